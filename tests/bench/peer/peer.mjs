// SPDX-License-Identifier: GPL-3.0-or-later
// peer.mjs DATA KEYS SCHEMA: what a careful Node programmer would put in zhichengd's place: fastify, better-sqlite3, ajv. It
// works on a copy of zhichengd's own database and images, with the same keys, so that both answer the same requests, make the
// same checks and write the same rows in the same formats; "zhichengd verify-log" and its readers take what this one wrote. Each request is a
// transaction of its own, synced before it is answered.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { openRecords } from "./records.mjs";
import { takeImage } from "./image.mjs";

const require = createRequire(join(process.cwd(), "package.json"));
const fastify = require("fastify");
const Ajv2020 = require("ajv/dist/2020").default;

const [data, keys, schemaFile] = process.argv.slice(2);
const records = openRecords(require, join(data, "zhicheng.db"), keys);
const sections = compileSections(JSON.parse(readFileSync(schemaFile, "utf8")));

// Of each section its structure, which a stored document must have, and its rules, which a complete one keeps.
function compileSections(schema) {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  const made = {};
  for (const [id, structure] of Object.entries(schema.properties)) {
    if (id === "target" || id === "account") continue;
    const rules = (schema.allOf ?? []).filter((rule) => JSON.stringify(rule).includes(JSON.stringify(id)));
    made[id] = {
      structure: ajv.compile({ $defs: schema.$defs, ...structure }),
      rules: ajv.compile({ $defs: schema.$defs, allOf: rules }),
    };
  }
  return made;
}

class Refusal extends Error {
  constructor(status, code, more) {
    super(code);
    Object.assign(this, { statusCode: status, code, more });
  }
}

const app = fastify({ logger: false, bodyLimit: 1048576, keepAliveTimeout: 600000 });

app.removeContentTypeParser("application/json");
app.addContentTypeParser("application/json", { parseAs: "buffer" }, (request, bytes, done) => {
  request.bytes = bytes;
  try {
    done(null, JSON.parse(bytes));
  } catch (error) {
    done(new Refusal(400, "bad-json"));
  }
});
app.addContentTypeParser("image/jpeg", (request, stream, done) => done(null, stream));
app.setErrorHandler((error, request, reply) => {
  const status = error.statusCode ?? 500;
  if (status === 500) console.error(error);
  reply.code(status).type("application/problem+json").send({ type: `urn:zhicheng:problem:${error.code}`, status, ...error.more });
});

// Who asks, read anew at every request.
app.addHook("onRequest", async (request) => {
  const header = request.headers.authorization ?? "";
  request.received = Date.now();
  request.caller = header.startsWith("Bearer ") ? records.findCaller(header.slice(7), request.received) : undefined;
  if (request.caller === undefined) throw new Refusal(401, "signed-out");
});

function findOwn(request) {
  const dossier = records.findDossier(request.params.id);
  if (dossier === undefined || dossier.account !== request.caller.account || request.caller.membership !== null)
    throw new Refusal(404, "not-found");
  if (dossier.stage !== "applicant" || !["draft", "returned", "withdrawn"].includes(dossier.state))
    throw new Refusal(409, "not-editable");
  return dossier;
}

function readVersion(request) {
  const tag = /^"(0|[1-9]\d*)"$/.exec(request.headers["if-match"] ?? "");
  if (tag === null) throw new Refusal(428, "precondition-required");
  return Number(tag[1]);
}

function judge(section, dossier, id, body) {
  const target = { unit: dossier.unit };
  const complete = section.rules({ target, account: { has_title: false, name: dossier.name }, [id]: body });
  return { state: complete ? "complete" : "incomplete", problems: complete ? [] : section.rules.errors };
}

app.put("/v1/dossiers/:id/sections/:section", (request, reply) => {
  const { received, caller } = request, id = request.params.section;
  const key = request.headers["idempotency-key"], digest = records.digestRequest(request.raw.url, request.bytes);
  const kept = key && records.findKept(caller.account, key, digest, received);
  if (kept !== undefined) return reply.code(kept.status).header("etag", kept.etag).type("application/json").send(kept.text);

  const dossier = findOwn(request), section = sections[id], version = readVersion(request);
  if (section === undefined) throw new Refusal(404, "not-found");
  if (!section.structure(request.body)) throw new Refusal(422, "invalid", { problems: section.structure.errors });
  const stored = records.findSections(dossier.id).find((row) => row.id === id);
  const unchanged = stored.body !== null && records.open(`section:${dossier.id}:${id}`, stored.body).equals(request.bytes);
  if (!unchanged && version !== stored.version) throw new Refusal(412, "precondition-failed", { version: stored.version });

  const { state, problems } = judge(section, dossier, id, request.body);
  const etag = `"${version + 1}"`;
  const text = JSON.stringify({ id, version: version + 1, state, problems, sections: [] });
  const written = records.save({ caller, dossier, id, version, state, n: problems.length, bytes: request.bytes, key, digest, etag, text, received });
  if (!written) throw new Refusal(412, "precondition-failed");
  return reply.header("etag", etag).type("application/json").send(text);
});

app.put("/v1/dossiers/:id/images/:sha256", async (request, reply) => {
  const dossier = findOwn(request);
  const image = await takeImage(request.body, join(data, "images"), request.params.sha256, 20971520);
  if (image.refusal) throw new Refusal(422, image.refusal);
  const created = records.addImage(request.caller, image, request.received);
  return reply.code(created ? 201 : 200).send({ sha256: image.sha256, bytes: image.bytes, width: image.width, height: image.height });
});

const named = (id, name) => (id === null ? null : { id, name });
const instant = (ms) => (ms ? new Date(ms).toISOString() : null);

function show(row, membership) {
  return {
    id: row.id, business: row.business, business_title: row.business_title, revision: row.revision, year: row.year,
    target: { unit: named(row.unit, row.unit_name), series: named(row.series, row.series_name), level: named(row.level, row.level_name),
      committee: named(row.committee, row.committee_name), office: named(row.office, row.office_name) },
    stage: row.stage, state: row.state, version: row.version, applicant: { name: row.name, id_number: row.masked },
    holder: row.holder === null ? null : { name: row.holder_name, me: row.holder === membership },
    assigned: row.assigned === null ? null : { name: row.assigned_name, me: row.assigned === membership },
    created_at: instant(row.created_at), updated_at: instant(row.updated_at), submitted_at: instant(row.submitted_at),
    deadline: instant(row.ends_at), sections_done: row.sections_done, sections_total: row.sections_total,
    actions: ["view", "progress", "accept"], returned: null,
  };
}

app.get("/v1/dossiers", (request, reply) => {
  const { caller, query } = request, limit = Number(query.limit ?? 50);
  if (caller.membership === null) throw new Refusal(403, "forbidden");
  records.touch(caller, request.received);
  const [at, id] = query.cursor ? Buffer.from(query.cursor, "base64url").toString().split("|") : [0, ""];
  const rows = records.listQueue(caller.body, Number(at), id, limit + 1);
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  const page = {
    items: rows.slice(0, limit).map((row) => show(row, caller.membership)),
    next: last ? Buffer.from(`${last.submitted_at}|${last.id}`).toString("base64url") : null,
  };
  if (!query.cursor) {
    page.counts = Object.fromEntries(records.countQueue(caller.body).map((row) => [row.state, row.n]));
    page.total = Object.values(page.counts).reduce((sum, n) => sum + n, 0);
  }
  return reply.send(page);
});

await app.listen({ host: "127.0.0.1", port: 0, backlog: 1024 });
console.log("listening", app.server.address().port);
process.on("SIGTERM", () => process.exit(0));
