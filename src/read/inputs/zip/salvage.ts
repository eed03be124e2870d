/**
 * Finds members by their local headers where the directory is lost: archives are cut off by full disks and
 * broken transfers, and most of their members are whole. One linear pass; known sizes are skipped over, so
 * that an archive stored inside is not taken apart.
 */
import { type RandomAccess, readAt } from '../random-access.ts';
import { FLAG_ENCRYPTED, FLAG_SIZES_FOLLOW, FLAG_UTF8, LOCAL_BYTES, type ZipEntry } from './entry.ts';
import { decodeName, isDirectoryName } from './names.ts';

const WINDOW_BYTES = 1 << 20;
const MAX_METHOD = 99;
const MAX_VERSION = 63;

/** Members by their headers in order of offset, at most `maxEntries`. */
export function salvageEntries(bytes: RandomAccess, maxEntries: number): ZipEntry[] {
  const entries: ZipEntry[] = [];
  /** Where the data of the last entry begin, if its size is not known: they end where the next member begins. */
  let openStart = -1;
  const closeAt = (end: number): void => {
    if (openStart >= 0) entries[entries.length - 1] = { ...entries.at(-1)!, packed: end - openStart };
    openStart = -1;
  };
  let position = 0;
  let windowStart = 0;
  let window = readAt(bytes, 0, WINDOW_BYTES);
  while (position + LOCAL_BYTES <= bytes.size && entries.length < maxEntries) {
    if (position < windowStart || position + LOCAL_BYTES > windowStart + window.length) {
      windowStart = position;
      window = readAt(bytes, position, WINDOW_BYTES);
      if (window.length < LOCAL_BYTES) break;
    }
    const at = window.indexOf('PK\x03\x04', position - windowStart, 'latin1');
    if (at < 0) {
      position = windowStart + window.length - 3;
      continue;
    }
    position = windowStart + at;
    if (at + LOCAL_BYTES > window.length) continue;
    const found = readHeader(bytes, window.subarray(at, at + LOCAL_BYTES), position, entries.length);
    if (found === null) {
      position += 4;
      continue;
    }
    closeAt(position);
    entries.push(found.entry);
    if (found.entry.packed < 0 && !isDirectoryName(found.entry.name)) openStart = found.dataStart;
    position = found.dataStart + Math.max(0, found.entry.packed);
  }
  closeAt(bytes.size);
  return entries;
}

/** The member whose local header this is; null if it makes no sense as one. */
function readHeader(
  bytes: RandomAccess,
  header: Buffer,
  offset: number,
  index: number,
): { readonly entry: ZipEntry; readonly dataStart: number } | null {
  const flags = header.readUInt16LE(6);
  const method = header.readUInt16LE(8);
  const nameLength = header.readUInt16LE(26);
  const extraLength = header.readUInt16LE(28);
  if (header[4]! > MAX_VERSION || method > MAX_METHOD || nameLength === 0) return null;
  const extraStart = offset + LOCAL_BYTES + nameLength;
  const dataStart = extraStart + extraLength;
  if (dataStart > bytes.size) return null;
  const nameBytes = readAt(bytes, offset + LOCAL_BYTES, nameLength);
  const follow = (flags & FLAG_SIZES_FOLLOW) !== 0;
  const sizes = follow
    ? null
    : localSizes(header, extraLength > 0 ? readAt(bytes, extraStart, extraLength) : null);
  const entry: ZipEntry = {
    index,
    name: decodeName(nameBytes, (flags & FLAG_UTF8) !== 0),
    method,
    encrypted: (flags & FLAG_ENCRYPTED) !== 0,
    crc: sizes === null ? -1 : header.readUInt32LE(14),
    packed: sizes?.packed ?? -1,
    size: sizes?.size ?? -1,
    offset,
    overlaps: false,
  };
  return { entry, dataStart };
}

/** Sizes in a local header, with its zip64 field. */
function localSizes(
  header: Buffer,
  extra: Buffer | null,
): { readonly packed: number; readonly size: number } {
  let packed = header.readUInt32LE(18);
  let size = header.readUInt32LE(22);
  for (let at = 0; extra !== null && at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 0x0001 || at + 20 > extra.length) continue;
    if (size === 0xffffffff) size = Number(extra.readBigUInt64LE(at + 4));
    if (packed === 0xffffffff) packed = Number(extra.readBigUInt64LE(at + 12));
  }
  return { packed, size };
}
