// SPDX-License-Identifier: GPL-3.0-or-later
// judge.mjs FOLDER: compares ajv's verdict on each dossier of lines.py with the check's. They must agree but for
// the codes that the schema itself calls server-only; a line that our reader does not take at all is not compared.
import { createRequire } from "node:module";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const require = createRequire(join(process.cwd(), "package.json"));
const Ajv2020 = require("ajv/dist/2020").default;
const folder = process.argv[2];
const lines = (name) => readFileSync(join(folder, name), "utf8").split("\n").slice(0, -1);
// Where every code point is a character of its own both can count: nothing else excuses a length.
const joined = /[^\x00-\x0c\x0e-\x7f\u2010-\u2027\u3000-\u3029\u4e00-\u9fff\uff00-\uff5e\u{20000}-\u{323af}]/u;
const lengths = new Set(["too-long", "too-short"]);
let differences = 0;

for (const file of readdirSync(folder).filter((name) => name.endsWith(".schema.json"))) {
  const name = file.slice(0, -".schema.json".length);
  const schema = JSON.parse(readFileSync(join(folder, file), "utf8"));
  const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allowUnionTypes: true });
  ajv.addVocabulary(["x-server-only"]);
  const validate = ajv.compile(schema);
  const serverOnly = new Set(schema["x-server-only"]);
  const verdicts = lines(`${name}.verdicts`);
  const tally = { "both take": 0, "both refuse": 0, "server-only": 0, "not read": 0, "ajv alone refuses": 0, "check alone refuses": 0 };

  lines(`${name}.jsonl`).forEach((line, i) => {
    const verdict = verdicts[i];
    const valid = validate(JSON.parse(line));
    const codes = verdict === "ok" ? [] : verdict.split(" ");
    const excused = (code) => serverOnly.has(code) && (!lengths.has(code) || joined.test(line));
    let what = "both refuse";
    if (verdict.startsWith("json: ")) what = "not read";
    else if (codes.length === 0) what = valid ? "both take" : "ajv alone refuses";
    else if (valid) what = codes.every(excused) ? "server-only" : "check alone refuses";
    tally[what]++;
    if (what.includes("alone") && differences++ < 10)
      console.log(`${name}, line ${i + 1}: ${what}: ${verdict}: ${JSON.stringify(validate.errors)?.slice(0, 600)}`);
  });
  console.log(name, JSON.stringify(tally));
}
console.log(differences === 0 ? "ajv and the check agree" : `${differences} differences`);
process.exit(differences === 0 ? 0 : 1);
