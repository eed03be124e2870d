/**
 * Compiled rules as one file, for hosts to which a folder of thousands of files is awkward to bring. Recognised by
 * content. Only the version that wrote it reads it, because a plan means what that version's evaluators make of it;
 * any other says to compile again. The checksum is against damage, not against malice: who could change the file could
 * change the rules as well.
 *
 * Layout: magic, CRC-32 of all that follows; summary (deflated JSON) and pack, each behind its length. Numbers of the
 * pack are in the order of the machine that wrote it, which the summary names.
 */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { endianness } from 'node:os';
import { crc32 } from 'node:zlib';
import { packageVersion } from '../../state/index.ts';
import type { RuleDocument } from '../sigma/index.ts';
import { deflateJson, inflateJson, joinBlobs, splitBlobs } from './bytes.ts';
import { formatVersion } from './format-version.ts';
import { openPack, packRules } from './pack.ts';
import type { RuleSet } from './ruleset.ts';

const magic = Buffer.from('HUNTRULC', 'latin1');
const headerLength = magic.length + 4;
/** Bytes; all rules of SigmaHQ take 2 MB. */
const maxLength = 1 << 28;

type Summary = {
  readonly version: string;
  readonly format: number;
  readonly endianness: string;
  /** Of the rule set. */
  readonly sha256: string;
};

/** True for a file that begins as compiled rules do, whatever its name. */
export function isCompiled(path: string): boolean {
  let fd = -1;
  try {
    // Opening a pipe would wait for a writer.
    if (!statSync(path).isFile()) return false;
    fd = openSync(path, 'r');
    const head = Buffer.alloc(magic.length);
    return readSync(fd, head, 0, head.length, 0) === head.length && head.equals(magic);
  } catch {
    return false;
  } finally {
    if (fd >= 0) closeSync(fd);
  }
}

export type Compiled =
  | { readonly documents: readonly RuleDocument[]; readonly sha256: string }
  /** Why the file cannot be used, in one sentence with the remedy. */
  | { readonly trouble: string };

/** What a file for which `isCompiled` is true holds. */
export function readCompiled(path: string): Compiled {
  try {
    if (statSync(path).size > maxLength) return { trouble: 'it is larger than compiled rules ever are' };
    const bytes = readFileSync(path);
    const body = bytes.subarray(headerLength);
    if (bytes.length < headerLength || crc32(body) !== bytes.readUInt32LE(magic.length)) {
      return { trouble: `the compiled rules are damaged: ${remedy}` };
    }
    const [first, pack] = splitBlobs(body) as [Uint8Array, Uint8Array];
    const summary = inflateJson(first) as Summary;
    if (summary.version !== packageVersion() || summary.format !== formatVersion) {
      return {
        trouble: `the rules were compiled by version ${summary.version}, this is ${packageVersion()}: ${remedy}`,
      };
    }
    if (summary.endianness !== endianness()) {
      return { trouble: `the rules were compiled on a machine of another byte order: ${remedy}` };
    }
    return { documents: openPack(pack), sha256: summary.sha256 };
  } catch {
    return { trouble: `the compiled rules cannot be read: ${remedy}` };
  }
}

const remedy = "compile them again with 'huntaway rules compile'";

/** Writes the file beside and renames it; returns its size in bytes. Throws what the system says where it cannot. */
export function writeCompiled(path: string, { documents, sha256 }: RuleSet): number {
  const summary: Summary = {
    version: packageVersion(),
    format: formatVersion,
    endianness: endianness(),
    sha256,
  };
  const body = joinBlobs([deflateJson(summary), packRules(documents)]);
  const header = Buffer.alloc(headerLength);
  magic.copy(header);
  header.writeUInt32LE(crc32(body), magic.length);
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    writeFileSync(temporary, Buffer.concat([header, body]), { flag: 'wx' });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  return headerLength + body.length;
}
