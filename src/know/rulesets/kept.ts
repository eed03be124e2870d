/**
 * What was made of a few files, kept beside the compiled rules: JSON by the content that it was made of. It is a cache and
 * nothing else: what is damaged, foreign or of another build counts as absent, and failing to write is no error. It lies
 * among the caches of rules, under a name like theirs, so that whoever lists, clears or prunes them has it too.
 *
 * Layout: magic, CRC-32 of all that follows, deflated JSON.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { buildKey } from './build-key.ts';
import { deflateJson, inflateJson } from './bytes.ts';
import { cachePath, writeBeside } from './cache-file.ts';

const magic = Buffer.from('HUNTKEPT', 'latin1');
const headerLength = magic.length + 4;

/** The path for what this build made of content that `key` names wholly. */
function pathOf(directory: string, key: string): string {
  const whole = JSON.stringify(['kept', ...buildKey(), key]);
  return cachePath(directory, createHash('sha256').update(whole).digest('hex'));
}

/** What was kept under `key`; null where there is nothing of use. */
export function readKept(directory: string, key: string): unknown {
  try {
    const bytes = readFileSync(pathOf(directory, key));
    const body = bytes.subarray(headerLength);
    if (!bytes.subarray(0, magic.length).equals(magic)) return null;
    return crc32(body) === bytes.readUInt32LE(magic.length) ? inflateJson(body) : null;
  } catch {
    return null;
  }
}

/** Keeps what JSON can hold under `key`; quietly does nothing where that is not possible. */
export function writeKept(directory: string, key: string, value: unknown): void {
  const body = deflateJson(value);
  const header = Buffer.alloc(headerLength);
  magic.copy(header);
  header.writeUInt32LE(crc32(body), magic.length);
  writeBeside(pathOf(directory, key), directory, Buffer.concat([header, body]));
}
