-- SPDX-License-Identifier: GPL-3.0-or-later
-- The records of a Zhicheng server. Numbered, never edited once released: what changes gets a number of its own.
--
-- One text for SQLite and PostgreSQL. For PostgreSQL the store puts BYTEA for BLOB and BIGINT for INTEGER, and leaves
-- out what stands between the lines "-- sqlite" and "-- end".
-- Instants are INTEGER, milliseconds since the epoch. Ids are UUIDs of version 7 as text; those of regions, levels, series,
-- businesses and imported bodies are the words their files give them.
-- "sealed" is an envelope of zc-seal: algorithm, key id, nonce and cipher text, bound to the row by its context.
-- "index" of something private is a keyed digest (blind index): equal things meet, nobody reads them.

-- What the server knows of itself: "epoch" (of the change feed, new at each restore), "created_at".
CREATE TABLE setting (
  name   TEXT PRIMARY KEY,
  value  TEXT NOT NULL
);

-- Numbers that only grow: "change", "receipt-2026".
CREATE TABLE counter (
  name   TEXT PRIMARY KEY,
  value  INTEGER NOT NULL
);
INSERT INTO counter (name, value) VALUES ('change', 0);

-- People ------------------------------------------------------------------------------------------------------------

-- identity: sealed {"id_number","birth_date","sex"}. A birth date in clear beside the masked number would tell all but
-- two digits of it. The masked form is for lists.
CREATE TABLE account (
  id             TEXT PRIMARY KEY,
  name           TEXT NOT NULL,
  id_kind        TEXT NOT NULL CHECK (id_kind IN ('id-card', 'residence-permit', 'foreign-permanent')),
  identity       BLOB NOT NULL,
  id_index       BLOB NOT NULL UNIQUE,
  id_masked      TEXT NOT NULL,
  mobile         TEXT NOT NULL,
  mobile_normal  TEXT NOT NULL UNIQUE,
  email          TEXT NOT NULL,
  email_normal   TEXT NOT NULL UNIQUE,
  password       TEXT NOT NULL,
  password_at    INTEGER NOT NULL,
  disabled_at    INTEGER,
  created_at     INTEGER NOT NULL
);

-- The three questions, and one slow hash over the three answers: they are only ever asked together.
CREATE TABLE question (
  account    TEXT PRIMARY KEY REFERENCES account (id),
  questions  TEXT NOT NULL,
  answers    TEXT NOT NULL,
  at         INTEGER NOT NULL
);

CREATE TABLE consent (
  account  TEXT NOT NULL REFERENCES account (id),
  kind     TEXT NOT NULL,
  version  TEXT NOT NULL,
  digest   TEXT NOT NULL,
  at       INTEGER NOT NULL,
  PRIMARY KEY (account, kind, version)
);

-- factor_at: when the second factor was shown in it.
CREATE TABLE session (
  id            TEXT PRIMARY KEY,
  token_digest  BLOB NOT NULL UNIQUE,
  account       TEXT NOT NULL REFERENCES account (id),
  method        TEXT NOT NULL CHECK (method IN ('password', 'code')),
  device        TEXT NOT NULL,
  membership    TEXT,
  factor_at     INTEGER,
  created_at    INTEGER NOT NULL,
  last_used_at  INTEGER NOT NULL,
  expires_at    INTEGER NOT NULL,
  ended_at      INTEGER
);
CREATE INDEX session_account ON session (account, created_at);

-- The second factor of staff: the sealed secret of their authenticator, and the step of the last code that counted, so that
-- none counts twice. It counts from confirmed_at on. Recovery codes are slow hashes, each for one use.
CREATE TABLE factor (
  account       TEXT PRIMARY KEY REFERENCES account (id),
  secret        BLOB NOT NULL,
  step          INTEGER NOT NULL,
  created_at    INTEGER NOT NULL,
  confirmed_at  INTEGER
);

CREATE TABLE recovery_code (
  account  TEXT NOT NULL REFERENCES account (id),
  number   INTEGER NOT NULL,
  hash     TEXT NOT NULL,
  used_at  INTEGER,
  PRIMARY KEY (account, number)
);

-- A code that was sent: one a purpose and address. The address is an index, the code a keyed digest.
CREATE TABLE code (
  purpose     TEXT NOT NULL,
  address     BLOB NOT NULL,
  digest      BLOB NOT NULL,
  sent_at     INTEGER NOT NULL,
  expires_at  INTEGER NOT NULL,
  wrong       INTEGER NOT NULL DEFAULT 0,
  used_at     INTEGER,
  PRIMARY KEY (purpose, address)
);

-- How often something happened in a span of time: codes sent by number and by network address, failed sign-ins.
-- Kept here so that a restart forgives nothing; rows go when their span is over.
CREATE TABLE attempt (
  kind        TEXT NOT NULL,
  subject     BLOB NOT NULL,
  count       INTEGER NOT NULL,
  since       INTEGER NOT NULL,
  until       INTEGER NOT NULL,
  PRIMARY KEY (kind, subject)
);
CREATE INDEX attempt_until ON attempt (until);

-- Bodies ------------------------------------------------------------------------------------------------------------

CREATE TABLE region (
  id        TEXT PRIMARY KEY,
  name      TEXT NOT NULL,
  position  INTEGER NOT NULL
);

CREATE TABLE level (
  id        TEXT PRIMARY KEY,
  name      TEXT NOT NULL,
  position  INTEGER NOT NULL
);

CREATE TABLE series (
  id        TEXT PRIMARY KEY,
  name      TEXT NOT NULL,
  position  INTEGER NOT NULL
);

-- The names of a series at a level ("names": JSON array, the steps of 初级 apart); exam_only: by national exam alone.
CREATE TABLE series_level (
  series     TEXT NOT NULL REFERENCES series (id),
  level      TEXT NOT NULL REFERENCES level (id),
  names      TEXT NOT NULL,
  exam_only  INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (series, level)
);

-- Working days as imported (decisions 7): one year of one layer; region '' is the State Council's. What is imported again
-- takes the place of the former. The setting "calendar" changes with each.
CREATE TABLE calendar (
  year    INTEGER NOT NULL,
  region  TEXT NOT NULL,
  text    TEXT NOT NULL,
  at      INTEGER NOT NULL,
  PRIMARY KEY (year, region)
);

-- parent: of a unit its department, of a committee its office, of an office the one above. office: where a unit reports.
-- head: of a branch the unit it belongs to (U2). It tells that and no more: a branch's dossiers are reviewed by the branch and
-- go where it reports. Written once, when the branch is taken in, as a unit that was there before: no circle can come about.
CREATE TABLE body (
  id           TEXT PRIMARY KEY,
  kind         TEXT NOT NULL CHECK (kind IN ('unit', 'department', 'office', 'committee', 'granting-body')),
  name         TEXT NOT NULL,
  credit_code  TEXT UNIQUE,
  region       TEXT REFERENCES region (id),
  level        TEXT,
  parent       TEXT REFERENCES body (id),
  office       TEXT REFERENCES body (id),
  created_at   INTEGER NOT NULL,
  head         TEXT REFERENCES body (id) CHECK (head <> id)
);
CREATE INDEX body_head ON body (head) WHERE head IS NOT NULL;
CREATE INDEX body_name ON body (kind, name, id);
CREATE INDEX body_parent ON body (parent, kind);

CREATE TABLE membership (
  id          TEXT PRIMARY KEY,
  account     TEXT NOT NULL REFERENCES account (id),
  body        TEXT NOT NULL REFERENCES body (id),
  role        TEXT NOT NULL CHECK (role IN ('clerk', 'leader')),
  from_at     INTEGER NOT NULL,
  until_at    INTEGER,
  UNIQUE (account, body, role)
);
CREATE INDEX membership_body ON membership (body);

-- A one-time secret that makes whoever brings it one of a body's staff: a keyed digest of it. inviter: the membership of the
-- leader who made it out, to person: the index of an ID number, beside its masked form and the name for lists. All NULL: made by
-- who runs the server, for a body that has no staff.
CREATE TABLE invitation (
  digest      BLOB PRIMARY KEY,
  id          TEXT NOT NULL UNIQUE,
  body        TEXT NOT NULL REFERENCES body (id),
  role        TEXT NOT NULL CHECK (role IN ('clerk', 'leader')),
  made_at     INTEGER NOT NULL,
  expires_at  INTEGER NOT NULL,
  used_at     INTEGER,
  account     TEXT REFERENCES account (id),
  inviter     TEXT REFERENCES membership (id),
  name        TEXT,
  masked      TEXT,
  person      BLOB
);
CREATE INDEX invitation_body ON invitation (body, made_at);

-- What a body's people write again and again when they return a dossier (P9).
CREATE TABLE phrase (
  id          TEXT PRIMARY KEY,
  body        TEXT NOT NULL REFERENCES body (id),
  text        TEXT NOT NULL,
  code        TEXT,
  account     TEXT NOT NULL REFERENCES account (id),
  created_at  INTEGER NOT NULL,
  UNIQUE (body, text)
);

-- What a committee evaluates: series × level × year, and when it takes filings: [starts_at, ends_at).
CREATE TABLE committee_scope (
  committee  TEXT NOT NULL REFERENCES body (id),
  series     TEXT NOT NULL REFERENCES series (id),
  level      TEXT NOT NULL REFERENCES level (id),
  year       INTEGER NOT NULL,
  starts_at  INTEGER NOT NULL,
  ends_at    INTEGER NOT NULL,
  PRIMARY KEY (committee, series, level, year)
);
CREATE INDEX committee_scope_series ON committee_scope (series, level, year);

-- Dossiers ----------------------------------------------------------------------------------------------------------

-- Every revision ever published stays; another text under the same id and revision is refused at import.
CREATE TABLE business (
  id        TEXT NOT NULL,
  revision  INTEGER NOT NULL,
  title     TEXT NOT NULL,
  text      TEXT NOT NULL,
  digest    TEXT NOT NULL,
  at        INTEGER NOT NULL,
  PRIMARY KEY (id, revision)
);

-- at_body: the body in whose queue it is, NULL while it is nobody's. holder: the membership that accepted it.
-- assigned: the membership that is asked to take it up (U6). decided_above: somebody beyond the unit has decided, so its
-- target is settled (decisions 4). origin: the stage that returned it. exclusive_key: the place that only one dossier may hold (decisions 5).
-- name, masked: the applicant's, beside the dossier for lists. unit_name: of the unit that it comes from, as a queue shows it:
-- written with each act, and when the unit's name changes while the dossier is in a queue; elsewhere nobody looks for it.
CREATE TABLE dossier (
  id              TEXT PRIMARY KEY,
  account         TEXT NOT NULL REFERENCES account (id),
  business        TEXT NOT NULL,
  revision        INTEGER NOT NULL,
  year            INTEGER NOT NULL,
  unit            TEXT REFERENCES body (id),
  department      TEXT REFERENCES body (id),
  office          TEXT REFERENCES body (id),
  committee       TEXT REFERENCES body (id),
  series          TEXT REFERENCES series (id),
  level           TEXT REFERENCES level (id),
  stage           TEXT NOT NULL,
  state           TEXT NOT NULL,
  origin          TEXT NOT NULL DEFAULT 'applicant',
  left_first      INTEGER NOT NULL DEFAULT 0,
  decided_above   INTEGER NOT NULL DEFAULT 0,
  at_body         TEXT REFERENCES body (id),
  holder          TEXT REFERENCES membership (id),
  held_at         INTEGER,
  assigned        TEXT REFERENCES membership (id),
  version         INTEGER NOT NULL DEFAULT 1,
  submissions     INTEGER NOT NULL DEFAULT 0,
  sections_done   INTEGER NOT NULL DEFAULT 0,
  sections_total  INTEGER NOT NULL DEFAULT 0,
  exclusive_key   TEXT,
  name            TEXT NOT NULL,
  masked          TEXT NOT NULL,
  unit_name       TEXT,
  rank            INTEGER NOT NULL DEFAULT 0,
  created_at      INTEGER NOT NULL,
  updated_at      INTEGER NOT NULL,
  submitted_at    INTEGER,
  FOREIGN KEY (business, revision) REFERENCES business (id, revision)
);
CREATE UNIQUE INDEX dossier_exclusive ON dossier (exclusive_key);
CREATE INDEX dossier_account ON dossier (account, created_at, id);
CREATE INDEX dossier_holder ON dossier (holder) WHERE holder IS NOT NULL;
-- A body's queue, one index for each order (U3). Behind the order stands what a queue is narrowed by, so that what does not
-- match is passed over in the index alone. rank: the position of the level.
CREATE INDEX dossier_queue ON dossier (at_body, submitted_at, id, state, level, year, business, stage, name, unit_name);
CREATE INDEX dossier_queue_state ON dossier (at_body, state, submitted_at, id, level, year, business, stage, name, unit_name);
CREATE INDEX dossier_queue_name ON dossier (at_body, name, submitted_at, id, state, level, year, business, stage, unit_name);
CREATE INDEX dossier_queue_rank ON dossier (at_body, rank, submitted_at, id, state, level, year, business, stage, name, unit_name);
-- What comes from a unit, found by its name and counted: narrow, as counting may walk all of it. And whose rows follow when that
-- name changes.
CREATE INDEX dossier_queue_unit ON dossier (at_body, unit_name, state, level, year, business, stage);
CREATE INDEX dossier_unit ON dossier (unit) WHERE at_body IS NOT NULL;

-- How many dossiers of each kind are in a body's queue, kept by the triggers on dossier below: counting 100,000 at every look
-- at a queue takes longer than all the rest. level: '' where it has none.
CREATE TABLE queue_count (
  body      TEXT NOT NULL,
  state     TEXT NOT NULL,
  level     TEXT NOT NULL,
  year      INTEGER NOT NULL,
  business  TEXT NOT NULL,
  stage     TEXT NOT NULL,
  n         INTEGER NOT NULL,
  PRIMARY KEY (body, state, level, year, business, stage)
);

-- Which bodies may see a dossier, and the latest submission that each may see (S3.1.3b).
CREATE TABLE reach (
  dossier     TEXT NOT NULL REFERENCES dossier (id),
  body        TEXT NOT NULL REFERENCES body (id),
  submission  INTEGER NOT NULL,
  at          INTEGER NOT NULL,
  PRIMARY KEY (dossier, body)
);
CREATE INDEX reach_body ON reach (body, dossier);

-- The answers: one sealed JSON document a section. All exist at version 0, empty (NULL), from the start (decisions 17).
-- state and problems are the check's verdict. body comes last: lists of states never read the long column.
-- An id "UNIT/SECTION" is what a former unit wrote there, before the dossier was addressed to another: its alone (decisions 4).
CREATE TABLE section (
  dossier     TEXT NOT NULL REFERENCES dossier (id),
  id          TEXT NOT NULL,
  fills       TEXT NOT NULL CHECK (fills IN ('applicant', 'unit')),
  version     INTEGER NOT NULL DEFAULT 0,
  state       TEXT NOT NULL,
  problems    INTEGER NOT NULL,
  updated_at  INTEGER NOT NULL,
  body        BLOB,
  PRIMARY KEY (dossier, id)
);

-- A submission as it was sent: sealed RFC 8785 text, its digest, its receipt number. Never changed.
CREATE TABLE submission (
  dossier       TEXT NOT NULL REFERENCES dossier (id),
  number        INTEGER NOT NULL,
  receipt       TEXT NOT NULL UNIQUE,
  digest        TEXT NOT NULL,
  content       BLOB NOT NULL,
  submitted_at  INTEGER NOT NULL,
  PRIMARY KEY (dossier, number)
);

-- Images ------------------------------------------------------------------------------------------------------------

-- The bytes are files named by their digest; a row is there only once its file is on the disk. touched_at: last named.
CREATE TABLE image (
  sha256      TEXT PRIMARY KEY,
  bytes       INTEGER NOT NULL,
  width       INTEGER NOT NULL,
  height      INTEGER NOT NULL,
  created_at  INTEGER NOT NULL,
  touched_at  INTEGER NOT NULL
);
CREATE INDEX image_touched ON image (touched_at);

-- Who uploaded it: only they, and who may see a dossier that names it, may name or read it (decisions 19).
CREATE TABLE image_owner (
  account  TEXT NOT NULL REFERENCES account (id),
  sha256   TEXT NOT NULL REFERENCES image (sha256),
  at       INTEGER NOT NULL,
  PRIMARY KEY (account, sha256)
);
CREATE INDEX image_owner_sha256 ON image_owner (sha256);

CREATE TABLE section_image (
  dossier  TEXT NOT NULL,
  section  TEXT NOT NULL,
  sha256   TEXT NOT NULL REFERENCES image (sha256),
  PRIMARY KEY (dossier, section, sha256)
);
CREATE INDEX section_image_sha256 ON section_image (sha256);

CREATE TABLE submission_image (
  dossier     TEXT NOT NULL,
  submission  INTEGER NOT NULL,
  sha256      TEXT NOT NULL REFERENCES image (sha256),
  PRIMARY KEY (dossier, submission, sha256)
);
CREATE INDEX submission_image_sha256 ON submission_image (sha256);

-- What happened ------------------------------------------------------------------------------------------------------

-- Append-only, chained: digest = SHA-256 of this row's members and the digest of the row before. What names a person
-- lies in event_payload, covered here by its digest, so that a lawful erasure may empty that without breaking the chain.
CREATE TABLE event (
  seq         INTEGER PRIMARY KEY,
  dossier     TEXT,
  at          INTEGER NOT NULL,
  act         TEXT NOT NULL,
  account     TEXT,
  body        TEXT,
  role        TEXT NOT NULL,
  from_stage  TEXT,
  from_state  TEXT,
  to_stage    TEXT,
  to_state    TEXT,
  subject     TEXT,
  payload     BLOB,
  digest      BLOB NOT NULL
);
CREATE INDEX event_dossier ON event (dossier, act, seq);

-- Sealed {"name","body","opinion","code","notes"}.
CREATE TABLE event_payload (
  seq      INTEGER PRIMARY KEY REFERENCES event (seq),
  content  BLOB NOT NULL
);

-- Which staff member read which dossier, once an hour at most for each act: the applicant may see who. 'reveal': what was
-- submitted, whose ID number is whole there; 'read-seal': the seal that came by this dossier, of the unit it made or changed.
CREATE TABLE reading (
  dossier     TEXT NOT NULL,
  membership  TEXT NOT NULL,
  hour        INTEGER NOT NULL,
  act         TEXT NOT NULL CHECK (act IN ('read', 'read-images', 'reveal', 'read-seal')),
  account     TEXT NOT NULL,
  body        TEXT NOT NULL,
  at          INTEGER NOT NULL,
  PRIMARY KEY (dossier, membership, hour, act)
);

-- sqlite
-- These keep a slip of our own code and a careless shell from rewriting the record. They do not stop somebody who owns
-- the file: against that the chain is anchored outside every day.
CREATE TRIGGER event_no_update BEFORE UPDATE ON event
BEGIN SELECT RAISE (ABORT, 'event is append-only'); END;
CREATE TRIGGER event_no_delete BEFORE DELETE ON event
BEGIN SELECT RAISE (ABORT, 'event is append-only'); END;
CREATE TRIGGER event_payload_no_update BEFORE UPDATE ON event_payload
BEGIN SELECT RAISE (ABORT, 'event_payload may be erased, never changed'); END;
CREATE TRIGGER submission_no_update BEFORE UPDATE ON submission
BEGIN SELECT RAISE (ABORT, 'submission is frozen'); END;
CREATE TRIGGER reading_no_update BEFORE UPDATE ON reading
BEGIN SELECT RAISE (ABORT, 'reading is append-only'); END;
CREATE TRIGGER reading_no_delete BEFORE DELETE ON reading
BEGIN SELECT RAISE (ABORT, 'reading is append-only'); END;
-- A save touches none of these columns and costs nothing here.
CREATE TRIGGER dossier_left AFTER UPDATE OF at_body, state, level, year, business, stage ON dossier WHEN old.at_body IS NOT NULL
BEGIN UPDATE queue_count SET n = n - 1 WHERE body = old.at_body AND state = old.state AND level = coalesce (old.level, '')
  AND year = old.year AND business = old.business AND stage = old.stage; END;
CREATE TRIGGER dossier_deleted AFTER DELETE ON dossier WHEN old.at_body IS NOT NULL
BEGIN UPDATE queue_count SET n = n - 1 WHERE body = old.at_body AND state = old.state AND level = coalesce (old.level, '')
  AND year = old.year AND business = old.business AND stage = old.stage; END;
CREATE TRIGGER dossier_came AFTER UPDATE OF at_body, state, level, year, business, stage ON dossier WHEN new.at_body IS NOT NULL
BEGIN INSERT INTO queue_count (body, state, level, year, business, stage, n)
  VALUES (new.at_body, new.state, coalesce (new.level, ''), new.year, new.business, new.stage, 1)
  ON CONFLICT (body, state, level, year, business, stage) DO UPDATE SET n = n + 1; END;
CREATE TRIGGER dossier_new AFTER INSERT ON dossier WHEN new.at_body IS NOT NULL
BEGIN INSERT INTO queue_count (body, state, level, year, business, stage, n)
  VALUES (new.at_body, new.state, coalesce (new.level, ''), new.year, new.business, new.stage, 1)
  ON CONFLICT (body, state, level, year, business, stage) DO UPDATE SET n = n + 1; END;
-- A queue shows the name that a unit bears now (U2), and finds by it (U3), whoever changes it: an office or an import.
CREATE TRIGGER body_renamed AFTER UPDATE OF name ON body WHEN old.name <> new.name
BEGIN UPDATE dossier SET unit_name = new.name WHERE unit = new.id AND at_body IS NOT NULL; END;
-- end

-- The change feed: one row an audience ("a:ACCOUNT" or "b:BODY") and dossier, moved forward.
CREATE TABLE change (
  audience  TEXT NOT NULL,
  dossier   TEXT NOT NULL,
  seq       INTEGER NOT NULL,
  version   INTEGER NOT NULL,
  gone      INTEGER NOT NULL DEFAULT 0,
  at        INTEGER NOT NULL,
  PRIMARY KEY (audience, dossier)
);
CREATE UNIQUE INDEX change_seq ON change (audience, seq);

-- The answer to a request that had an effect, sealed, for 72 hours (decisions 20). account: '' before there is one.
CREATE TABLE idempotency (
  account  TEXT NOT NULL,
  key      TEXT NOT NULL,
  digest   BLOB NOT NULL,
  status   INTEGER NOT NULL,
  body     BLOB NOT NULL,
  at       INTEGER NOT NULL,
  PRIMARY KEY (account, key)
);
CREATE INDEX idempotency_at ON idempotency (at);

-- Messages on their way out, written with their cause; sealed {"to","text"}; the row goes when the provider has taken it.
CREATE TABLE outbox (
  id        TEXT PRIMARY KEY,
  channel   TEXT NOT NULL CHECK (channel IN ('sms', 'email')),
  template  TEXT NOT NULL,
  content   BLOB NOT NULL,
  at        INTEGER NOT NULL,
  next_at   INTEGER NOT NULL,
  tries     INTEGER NOT NULL DEFAULT 0,
  error     TEXT
);
CREATE INDEX outbox_next ON outbox (next_at, id);

-- Units ---------------------------------------------------------------------------------------------------------------

-- What a dossier whose passing takes in a body was last submitted for (U1); body: what it was taken in as. seal: the digest
-- of the image that shows it.
CREATE TABLE registration (
  dossier      TEXT PRIMARY KEY REFERENCES dossier (id),
  name         TEXT NOT NULL,
  credit_code  TEXT NOT NULL,
  seal         TEXT,
  head         TEXT REFERENCES body (id),
  body         TEXT UNIQUE REFERENCES body (id)
);

-- What was changed of a body, from its first name and seal on (U2); became: a name, the digest of the image of a seal, or the
-- id of a head, NULL where it has none any more. When is the event's, which covers the same in the chain. The seal that counts is that of the last row.
CREATE TABLE body_change (
  event       INTEGER NOT NULL REFERENCES event (seq),
  what        TEXT NOT NULL CHECK (what IN ('name', 'seal', 'head')),
  body        TEXT NOT NULL REFERENCES body (id),
  was         TEXT,
  became      TEXT CHECK (became IS NOT NULL OR what = 'head'),
  dossier     TEXT NOT NULL REFERENCES dossier (id),
  decided_by  TEXT NOT NULL REFERENCES account (id),
  PRIMARY KEY (event, what)
);
CREATE INDEX body_change_body ON body_change (body, what, event);

-- sqlite
CREATE TRIGGER body_change_no_update BEFORE UPDATE ON body_change
BEGIN SELECT RAISE (ABORT, 'body_change is append-only'); END;
CREATE TRIGGER body_change_no_delete BEFORE DELETE ON body_change
BEGIN SELECT RAISE (ABORT, 'body_change is append-only'); END;
-- end
