// SPDX-License-Identifier: GPL-3.0-or-later
// control.mjs SOCKET: starts and ends the peer for bench.py, which may live in another root and see none of its processes. One
// line of JSON a request: {"start": {arguments, environment}}, {"look": true}, {"stop": true}; one line a reply.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const program = join(dirname(fileURLToPath(import.meta.url)), "peer.mjs");
let peer = null;

function start({ args, env }) {
  return new Promise((resolve, reject) => {
    const began = process.hrtime.bigint();
    peer = spawn(process.execPath, [program, ...args], { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "inherit"] });
    peer.once("exit", (code) => reject(new Error(`the peer ended: ${code}`)));
    createInterface({ input: peer.stdout }).once("line", (line) =>
      resolve({ port: Number(line.split(" ")[1]), ms: Number(process.hrtime.bigint() - began) / 1e6 }));
  });
}

function look() {
  const status = readFileSync(`/proc/${peer.pid}/status`, "utf8");
  const ticks = readFileSync(`/proc/${peer.pid}/stat`, "utf8").split(") ")[1].split(" ");
  const kib = (name) => Number(status.match(new RegExp(`${name}:\\s+(\\d+)`))[1]);
  return { rss: kib("VmRSS"), peak: kib("VmHWM"), ticks: Number(ticks[11]) + Number(ticks[12]) };
}

function stop() {
  return new Promise((resolve) => {
    if (peer === null || peer.exitCode !== null) {
      resolve({});
      return;
    }
    peer.removeAllListeners("exit");
    peer.once("exit", () => resolve({}));
    peer.kill();
  });
}

async function answer(request) {
  if (request.start) return start(request.start);
  return request.look ? look() : stop();
}

const server = createServer((connection) => {
  createInterface({ input: connection }).on("line", async (line) => {
    const reply = await answer(JSON.parse(line)).catch((error) => ({ error: error.message }));
    connection.write(JSON.stringify(reply) + "\n");
  });
});
server.listen(process.argv[2]);
process.stdin.on("end", async () => {
  await stop();
  process.exit(0);
});
process.stdin.resume();
