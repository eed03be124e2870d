/**
 * One file per set of paths: which rule files were there (path, stamp, content hash), and their compiled rules.
 * It is a cache and nothing else: a file that is damaged, foreign or of another version counts as absent, and
 * failing to write one is no error. Written beside and renamed, for its owner only.
 *
 * Layout: magic, CRC-32 of all that follows; summary and paths (deflated JSON), stamps (numbers), hashes and pack,
 * each behind its length. To learn that nothing changed, a run compares one hash of all paths and one array of
 * stamps; the list of files is made only where something did.
 */
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { makeFolder } from '../../state/index.ts';
import { bytesOf, deflateJson, float64s, inflateJson, joinBlobs, splitBlobs } from './bytes.ts';
import type { RuleFile, Stamp } from './files.ts';
import { openPaths, type PathTable, packPaths } from './path-table.ts';

const magic = Buffer.from('HUNTRUL3', 'latin1');
const headerLength = magic.length + 4;
const fileName = /^rules-[0-9a-f]{32}\.cache$/;
/** What a write that was cut short leaves. */
const leftOver = /^rules-[0-9a-f]{32}\.cache\.\d+\.[0-9a-z]+\.tmp$/;
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

/** What a cache file turned out to hold. */
export type CacheContent = CacheEntry & {
  /**
   * True if `files` are those that the cache saw, each readable then and now, with the stamp of then, and none
   * changed at or after `rest` (milliseconds since 1970).
   */
  isOf(files: readonly RuleFile[], rest: number): boolean;
};

type Summary = {
  readonly time: number;
  readonly sha256: string;
  readonly pathsHash: string;
  /** All files could be read. */
  readonly readable: boolean;
};

/** Numbers of each file: size, modified, changed, inode, documents. */
const columns = 5;
const noHash = '0'.repeat(64);

/** The path of the cache file for `key` (hexadecimal). */
export function cachePath(directory: string, key: string): string {
  return join(directory, `rules-${key.slice(0, 32)}.cache`);
}

/** What the file holds; null where there is nothing of use. */
export function readCache(path: string): CacheContent | null {
  try {
    const bytes = readFileSync(path);
    if (!bytes.subarray(0, magic.length).equals(magic)) return null;
    const body = bytes.subarray(headerLength);
    if (crc32(body) !== bytes.readUInt32LE(magic.length)) return null;
    const [first, table, second, hashes, pack] = splitBlobs(body) as [
      Uint8Array,
      Uint8Array,
      Uint8Array,
      Uint8Array,
      Uint8Array,
    ];
    const summary = inflateJson(first) as Summary;
    const numbers = float64s(second);
    let files: readonly KnownFile[] | null = null;
    return {
      get files() {
        files ??= knownFiles(table, numbers, hashes);
        return files;
      },
      time: summary.time,
      sha256: summary.sha256,
      pack,
      isOf: (found, rest) => summary.readable && isOf(found, rest, summary.pathsHash, numbers),
    };
  } catch {
    return null;
  }
}

function isOf(files: readonly RuleFile[], rest: number, pathsHash: string, numbers: Float64Array): boolean {
  if (numbers.length !== files.length * columns) return false;
  for (let i = 0, row = 0; i < files.length; i++, row += columns) {
    const { stamp, trouble } = files[i]!;
    const { modified, changed } = stamp;
    if (
      trouble !== null ||
      stamp.size !== numbers[row] ||
      modified !== numbers[row + 1] ||
      changed !== numbers[row + 2] ||
      stamp.inode !== numbers[row + 3] ||
      modified >= rest ||
      changed >= rest
    ) {
      return false;
    }
  }
  return hashOfPaths(files) === pathsHash;
}

/** Paths hold no NUL, so that two lists of the same text are the same list. */
function hashOfPaths(files: readonly { readonly path: string }[]): string {
  return createHash('sha256')
    .update(files.map(({ path }) => path).join('\0'))
    .digest('hex');
}

function knownFiles(table: Uint8Array, numbers: Float64Array, hashBytes: Uint8Array): KnownFile[] {
  const hashes = Buffer.from(hashBytes.buffer, hashBytes.byteOffset, hashBytes.byteLength).toString('hex');
  return openPaths(inflateJson(table) as PathTable).map((path, i): KnownFile => {
    const hash = hashes.slice(64 * i, 64 * i + 64);
    return {
      path,
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
}

/** Writes the file; quietly does nothing where that is not possible. */
export function writeCache(path: string, directory: string, entry: CacheEntry): void {
  const { files, time, sha256, pack } = entry;
  const readable = files.every(file => file.sha256 !== null);
  const summary: Summary = { time, sha256, pathsHash: hashOfPaths(files), readable };
  const numbers = files.flatMap(({ stamp, documents }) => [
    stamp.size,
    stamp.modified,
    stamp.changed,
    stamp.inode,
    documents,
  ]);
  const body = joinBlobs([
    deflateJson(summary),
    deflateJson(packPaths(files.map(file => file.path))),
    bytesOf(Float64Array.from(numbers)),
    Buffer.from(files.map(file => file.sha256 ?? noHash).join(''), 'hex'),
    pack,
  ]);
  const header = Buffer.alloc(headerLength);
  magic.copy(header);
  header.writeUInt32LE(crc32(body), magic.length);
  writeBeside(path, directory, Buffer.concat([header, body]));
}

/** Writes a cache file of `directory` beside and renames it; quietly does nothing where that is not possible. */
export function writeBeside(path: string, directory: string, content: Uint8Array): void {
  const temporary = `${path}.${process.pid}.${Date.now().toString(36)}.tmp`;
  try {
    makeFolder(directory);
    writeFileSync(temporary, content, { mode: 0o600, flag: 'wx' });
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

export type RuleCache = {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
};

/** The cache files of `directory`, oldest first: plain files of our names and nothing else. Throws on I/O errors. */
export function ruleCaches(directory: string): RuleCache[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { withFileTypes: true })
    .filter(entry => entry.isFile() && (fileName.test(entry.name) || leftOver.test(entry.name)))
    .map(entry => {
      const path = join(directory, entry.name);
      const { size, mtimeMs } = statSync(path);
      return { path, size, modified: mtimeMs };
    })
    .sort((a, b) => a.modified - b.modified);
}

/** Removes what `ruleCaches` lists; returns what is gone. Another process may be first. */
export function clearRuleCaches(directory: string): RuleCache[] {
  return ruleCaches(directory).filter(({ path }) => {
    removeQuietly(path);
    return !existsSync(path);
  });
}

function prune(directory: string): void {
  const names = readdirSync(directory).filter(name => fileName.test(name));
  if (names.length <= keep) return;
  const aged = names.map(name => ({ name, time: statSync(join(directory, name)).mtimeMs }));
  aged.sort((a, b) => b.time - a.time);
  for (const { name } of aged.slice(keep)) removeQuietly(join(directory, name));
}
