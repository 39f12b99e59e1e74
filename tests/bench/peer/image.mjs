// SPDX-License-Identifier: GPL-3.0-or-later
// Taking in an image: to a file of its own, its digest and its structure checked on the way, synced, named, its folder synced.
import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, rename, unlink } from "node:fs/promises";
import { join } from "node:path";

// The marker structure of a JPEG, entropy-coded segments included; the size, or what is wrong.
function walk(bytes) {
  const size = { width: 0, height: 0 };
  let at = 2;
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return { refusal: "image-not-jpeg" };
  while (at + 4 <= bytes.length) {
    const marker = bytes[at + 1];
    if (bytes[at] !== 0xff) return { refusal: "image-damaged" };
    if (marker === 0xd9) return at + 2 === bytes.length ? size : { refusal: "image-trailing" };
    if ((marker >= 0xe1 && marker <= 0xef && marker !== 0xe2 && marker !== 0xee) || marker === 0xfe) return { refusal: "image-metadata" };
    if (marker >= 0xc0 && marker <= 0xc2) {
      if (bytes[at + 4] !== 8) return { refusal: "image-unusual" };
      size.height = bytes.readUInt16BE(at + 5);
      size.width = bytes.readUInt16BE(at + 7);
      if (size.width * size.height > 50e6) return { refusal: "too-many-pixels" };
    }
    at += 2 + bytes.readUInt16BE(at + 2);
    if (marker !== 0xda) continue;
    for (at = bytes.indexOf(0xff, at); at >= 0 && (bytes[at + 1] === 0 || (bytes[at + 1] >= 0xd0 && bytes[at + 1] <= 0xd7));) at = bytes.indexOf(0xff, at + 2);
    if (at < 0) return { refusal: "image-truncated" };
  }
  return bytes.length === at + 2 && bytes[at] === 0xff && bytes[at + 1] === 0xd9 ? size : { refusal: "image-truncated" };
}

async function syncFolder(folder) {
  const handle = await open(folder, "r");
  await handle.sync();
  await handle.close();
}

export async function takeImage(stream, directory, sha256, limit) {
  const incoming = join(directory, "incoming", randomUUID()), folder = join(directory, sha256.slice(0, 2));
  const file = await open(incoming, "wx", 0o600), hash = createHash("sha256"), chunks = [];
  let bytes = 0, refusal;
  for await (const chunk of stream) {
    bytes += chunk.length;
    if (bytes > limit) {
      refusal = "too-large";
      break;
    }
    hash.update(chunk);
    chunks.push(chunk);
    await file.write(chunk);
  }
  const size = refusal ? {} : walk(Buffer.concat(chunks));
  refusal ??= size.refusal ?? (hash.digest("hex") !== sha256 ? "image-digest" : undefined);
  if (!refusal) {
    const made = await mkdir(folder).then(() => true, () => false);
    await file.datasync();
    await rename(incoming, join(folder, sha256));
    await syncFolder(folder);
    if (made) await syncFolder(directory);
  } else await unlink(incoming);
  await file.close();
  return { refusal, sha256, bytes, ...size };
}
