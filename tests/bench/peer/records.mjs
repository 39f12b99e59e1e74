// SPDX-License-Identifier: GPL-3.0-or-later
// The peer's records: the tables of data/sql, by better-sqlite3, sealed by sodium-native as zc-seal.c does.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

const PREFIX = 6, NONCE = 24, TAG = 16, DAY = 86400000, HOUR = 3600000, TOUCH = 20000;

// The envelope of zc-seal.c: version, algorithm, key id, nonce, cipher text; the first three and the context are bound to it.
function makeSeal(sodium, file) {
  const text = readFileSync(file, "utf8");
  const key = Buffer.from(text.match(/^seal-1=(.*)$/m)[1], "base64");
  const head = Buffer.from([1, 1, 0, 0, 0, 1]);
  return {
    close(context, plain) {
      const sealed = Buffer.allocUnsafe(PREFIX + NONCE + plain.length + TAG);
      const nonce = sealed.subarray(PREFIX, PREFIX + NONCE);
      head.copy(sealed);
      sodium.randombytes_buf(nonce);
      sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(sealed.subarray(PREFIX + NONCE), plain,
        Buffer.concat([head, Buffer.from(context)]), null, nonce, key);
      return sealed;
    },
    open(context, sealed) {
      const plain = Buffer.allocUnsafe(sealed.length - PREFIX - NONCE - TAG);
      sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(plain, null, sealed.subarray(PREFIX + NONCE),
        Buffer.concat([sealed.subarray(0, PREFIX), Buffer.from(context)]), sealed.subarray(PREFIX, PREFIX + NONCE), key);
      return plain;
    },
  };
}

// The digest of a row of the chained record (zc-event.c).
function chain(previous, seq, event) {
  const parts = [previous], number = (n) => {
    const bytes = Buffer.allocUnsafe(8);
    bytes.writeBigInt64BE(BigInt(n));
    parts.push(bytes);
  };
  number(seq);
  number(event.at);
  for (const text of [event.act, event.dossier, event.account, event.body, event.role, null, null, null, null, event.subject]) {
    const bytes = text === null ? null : Buffer.from(text), length = Buffer.allocUnsafe(4);
    length.writeUInt32BE(bytes === null ? 0xffffffff : bytes.length);
    parts.push(length);
    if (bytes !== null) parts.push(bytes);
  }
  return createHash("sha256").update(Buffer.concat(parts)).digest();
}

const COLUMNS = `d.*, b.title AS business_title, u.name AS unit_name, s.name AS series_name, l.name AS level_name, c.name AS committee_name,
  o.name AS office_name, w.starts_at, w.ends_at, ha.name AS holder_name, aa.name AS assigned_name FROM dossier d
  JOIN business b ON b.id = d.business AND b.revision = d.revision
  LEFT JOIN body u ON u.id = d.unit LEFT JOIN series s ON s.id = d.series LEFT JOIN level l ON l.id = d.level
  LEFT JOIN body c ON c.id = d.committee LEFT JOIN body o ON o.id = d.office
  LEFT JOIN committee_scope w ON w.committee = d.committee AND w.series = d.series AND w.level = d.level AND w.year = d.year
  LEFT JOIN membership m ON m.id = d.holder LEFT JOIN account ha ON ha.id = m.account
  LEFT JOIN membership am ON am.id = d.assigned LEFT JOIN account aa ON aa.id = am.account`;

function prepare(db) {
  const all = {
    caller: `SELECT s.id, s.account, m.id AS membership, m.body, s.created_at, s.last_used_at, s.expires_at FROM session s
      JOIN account a ON a.id = s.account LEFT JOIN membership m ON m.id = s.membership AND m.account = s.account
      AND m.from_at <= $now AND (m.until_at IS NULL OR m.until_at > $now) WHERE s.token_digest = $digest AND s.ended_at IS NULL
      AND a.disabled_at IS NULL AND (s.membership IS NULL OR m.id IS NOT NULL)`,
    touch: "UPDATE session SET last_used_at = $now WHERE id = $id AND last_used_at < $now",
    dossier: `SELECT ${COLUMNS} WHERE d.id = ?`,
    sections: "SELECT id, version, state, problems, body FROM section WHERE dossier = ?",
    kept: "SELECT digest, status, body FROM idempotency WHERE account = ? AND key = ? AND at > ?",
    keep: `INSERT INTO idempotency (account, key, digest, status, body, at) VALUES (?, ?, ?, 200, ?, ?) ON CONFLICT (account, key)
      DO UPDATE SET digest = excluded.digest, status = excluded.status, body = excluded.body, at = excluded.at`,
    write: `UPDATE section SET body = $body, version = version + 1, state = $state, problems = $n, updated_at = $now WHERE dossier = $dossier
      AND id = $id AND version = $version AND EXISTS (SELECT 1 FROM dossier d WHERE d.id = $dossier AND d.version = $of)`,
    count: `UPDATE dossier SET updated_at = $now, sections_done = (SELECT count (*) FROM section s WHERE s.dossier = $dossier
      AND s.fills = 'applicant' AND s.state IN ('complete', 'optional')), sections_total = (SELECT count (*) FROM section s
      WHERE s.dossier = $dossier AND s.fills = 'applicant' AND s.state <> 'hidden') WHERE id = $dossier`,
    tick: "UPDATE counter SET value = value + 1 WHERE name = 'change'",
    change: `INSERT INTO change (audience, dossier, seq, version, gone, at) VALUES (?, ?, (SELECT value FROM counter WHERE name = 'change'),
      ?, 0, ?) ON CONFLICT (audience, dossier) DO UPDATE SET seq = excluded.seq, version = excluded.version, gone = excluded.gone,
      at = excluded.at`,
    last: "SELECT seq, digest FROM event ORDER BY seq DESC LIMIT 1",
    event: `INSERT INTO event (seq, dossier, at, act, account, role, subject, digest) VALUES ($seq, $dossier, $at, $act, $account, $role,
      $subject, $digest)`,
    image: `INSERT INTO image (sha256, bytes, width, height, created_at, touched_at) VALUES ($sha256, $bytes, $width, $height, $now, $now)
      ON CONFLICT (sha256) DO UPDATE SET touched_at = excluded.touched_at`,
    owner: "INSERT INTO image_owner (account, sha256, at) VALUES (?, ?, ?) ON CONFLICT (account, sha256) DO NOTHING",
    queue: `SELECT ${COLUMNS} WHERE d.at_body = ? AND (d.submitted_at, d.id) > (?, ?) ORDER BY d.submitted_at, d.id LIMIT ?`,
    counts: "SELECT state, count (*) AS n FROM dossier WHERE at_body = ? GROUP BY state",
  };
  return Object.fromEntries(Object.entries(all).map(([name, sql]) => [name, db.prepare(sql)]));
}

function openDatabase(Database, file) {
  const db = new Database(file);
  for (const pragma of ["journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "cache_size = -16384", "temp_store = MEMORY"])
    db.pragma(pragma);
  return db;
}

export function openRecords(require, file, keys) {
  const sodium = require("sodium-native");
  const db = openDatabase(require("better-sqlite3"), file), run = prepare(db), seal = makeSeal(sodium, keys);

  function appendEvent(event) {
    const last = run.last.get() ?? { seq: 0, digest: Buffer.alloc(32) };
    run.event.run({ ...event, seq: last.seq + 1, digest: chain(last.digest, last.seq + 1, event) });
  }

  function touch(caller, now) {
    if (now - caller.last_used_at >= TOUCH) run.touch.run({ id: caller.id, now });
  }

  // In the order of zhichengd's: section, dossier, change, event, idempotency.
  const save = db.transaction(({ caller, dossier, id, version, state, n, bytes, key, digest, etag, text, received: now }) => {
    const body = seal.close(`section:${dossier.id}:${id}`, bytes);
    if (run.write.run({ body, state, n, now, dossier: dossier.id, id, version, of: dossier.version }).changes !== 1) return false;
    run.count.run({ now, dossier: dossier.id });
    run.tick.run();
    run.change.run(`a:${caller.account}`, dossier.id, dossier.version, now);
    appendEvent({ at: now, act: "save", dossier: dossier.id, account: caller.account, body: null, role: "applicant", subject: id });
    if (key) {
      const kept = Buffer.from(`application/json\n${etag}\n\n0\n\n${text}`);
      run.keep.run(caller.account, key, digest, seal.close(`idempotency:${caller.account}:${key}`, kept), now);
    }
    return true;
  });

  const addImage = db.transaction((caller, image, now) => {
    run.image.run({ ...image, now });
    return run.owner.run(caller.account, image.sha256, now).changes > 0;
  });

  return {
    open: seal.open,
    findCaller(token, now) {
      const caller = run.caller.get({ digest: createHash("sha256").update(token).digest(), now });
      if (caller === undefined || now >= caller.expires_at || now >= caller.last_used_at + (caller.membership ? HOUR / 2 : 30 * DAY)
          || (caller.membership && now >= caller.created_at + 12 * HOUR))
        return undefined;
      return caller;
    },
    findDossier: (id) => run.dossier.get(id),
    findSections: (id) => run.sections.all(id),
    digestRequest(url, bytes) {
      const digest = Buffer.allocUnsafe(32);
      sodium.crypto_generichash_batch(digest, [Buffer.from(`3 ${url}\0`), bytes]);
      return digest;
    },
    findKept(account, key, digest, now) {
      const row = run.kept.get(account, key, now - 72 * HOUR);
      if (row === undefined) return undefined;
      if (!row.digest.equals(digest)) throw Object.assign(new Error("key"), { statusCode: 422, code: "key-reused" });
      const [, etag, , , , text] = seal.open(`idempotency:${account}:${key}`, row.body).toString().split("\n");
      return { status: row.status, etag, text };
    },
    save: (what) => save.immediate(what),
    addImage: (...what) => addImage.immediate(...what),
    listQueue(body, at, id, limit) {
      return run.queue.all(body, at, id, limit);
    },
    countQueue: (body) => run.counts.all(body),
    touch,
  };
}
