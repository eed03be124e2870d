/**
 * One file per set of paths: which rule files were there (path, stamp, content hash), and their compiled rules.
 * It is a cache and nothing else: a file that is damaged, foreign or of another version counts as absent, and
 * failing to write one is no error. Written beside and renamed, for its owner only.
 *
 * Layout: magic, CRC-32 of all that follows; index (deflated JSON), numbers, hashes and pack, each behind its length.
 */
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { bytesOf, deflateJson, float64s, inflateJson, joinBlobs, splitBlobs } from './bytes.ts';
import type { Stamp } from './files.ts';
import { openPaths, type PathTable, packPaths } from './path-table.ts';

const magic = Buffer.from('HUNTRUL2', 'latin1');
const headerLength = magic.length + 4;
const fileName = /^rules-[0-9a-f]{32}\.cache$/;
/** Sets kept; more are a sign of throw-away folders. */
const keep = 24;

export type KnownFile = {
  readonly path: string;
  readonly stamp: Stamp;
  /** Of the content; null where the file could not be read. */
  readonly sha256: string | null;
  /** Number of its documents in the pack, which follow those of the file before. */
  readonly documents: number;
};

export type CacheEntry = {
  readonly files: readonly KnownFile[];
  /** Milliseconds since 1970 when the stamps were taken. */
  readonly time: number;
  /** Of the whole set. */
  readonly sha256: string;
  /** See `openPack`. */
  readonly pack: Uint8Array;
};

type Index = { readonly time: number; readonly sha256: string; readonly paths: PathTable };

/** Numbers of each file: size, modified, changed, inode, documents. */
const columns = 5;
const noHash = '0'.repeat(64);

/** The path of the cache file for `key` (hexadecimal). */
export function cachePath(directory: string, key: string): string {
  return join(directory, `rules-${key.slice(0, 32)}.cache`);
}

/** What the file holds; null where there is nothing of use. */
export function readCache(path: string): CacheEntry | null {
  try {
    const bytes = readFileSync(path);
    if (!bytes.subarray(0, magic.length).equals(magic)) return null;
    const body = bytes.subarray(headerLength);
    if (crc32(body) !== bytes.readUInt32LE(magic.length)) return null;
    const [first, second, third, pack] = splitBlobs(body) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
    const { time, sha256, paths } = inflateJson(first) as Index;
    const numbers = float64s(second);
    const hashes = Buffer.from(third.buffer, third.byteOffset, third.byteLength).toString('hex');
    const files = openPaths(paths).map((file, i): KnownFile => {
      const hash = hashes.slice(64 * i, 64 * i + 64);
      return {
        path: file,
        stamp: {
          size: numbers[columns * i]!,
          modified: numbers[columns * i + 1]!,
          changed: numbers[columns * i + 2]!,
          inode: numbers[columns * i + 3]!,
        },
        sha256: hash === noHash ? null : hash,
        documents: numbers[columns * i + 4]!,
      };
    });
    return { files, time, sha256, pack };
  } catch {
    return null;
  }
}

/** Writes the file; quietly does nothing where that is not possible. */
export function writeCache(path: string, directory: string, entry: CacheEntry): void {
  const { files, time, sha256, pack } = entry;
  const index: Index = { time, sha256, paths: packPaths(files.map(file => file.path)) };
  const numbers = files.flatMap(({ stamp, documents }) => [
    stamp.size,
    stamp.modified,
    stamp.changed,
    stamp.inode,
    documents,
  ]);
  const body = joinBlobs([
    deflateJson(index),
    bytesOf(Float64Array.from(numbers)),
    Buffer.from(files.map(file => file.sha256 ?? noHash).join(''), 'hex'),
    pack,
  ]);
  const header = Buffer.alloc(headerLength);
  magic.copy(header);
  header.writeUInt32LE(crc32(body), magic.length);
  const temporary = `${path}.${process.pid}.${Date.now().toString(36)}.tmp`;
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    writeFileSync(temporary, Buffer.concat([header, body]), { mode: 0o600, flag: 'wx' });
    chmodSync(temporary, 0o600);
    renameSync(temporary, path);
    prune(directory);
  } catch {
    removeQuietly(temporary);
  }
}

function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // What cannot be removed was most likely never there.
  }
}

function prune(directory: string): void {
  const names = readdirSync(directory).filter(name => fileName.test(name));
  if (names.length <= keep) return;
  const aged = names.map(name => ({ name, time: statSync(join(directory, name)).mtimeMs }));
  aged.sort((a, b) => b.time - a.time);
  for (const { name } of aged.slice(keep)) removeQuietly(join(directory, name));
}
