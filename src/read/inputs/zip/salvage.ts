/**
 * Finds members by their local headers where the directory is lost: archives are cut off by full disks and
 * broken transfers, and most of their members are whole. One linear pass; known sizes are skipped over, so
 * that an archive stored inside is not taken apart.
 */
import { type RandomAccess, readAt } from '../random-access.ts';
import { FLAG_ENCRYPTED, FLAG_SIZES_FOLLOW, FLAG_UTF8, LOCAL_BYTES, type ZipEntry } from './entry.ts';
import { decodeName } from './names.ts';

const WINDOW_BYTES = 1 << 20;
const MAX_METHOD = 99;
const MAX_VERSION = 63;

/** Members by their headers in order of offset, at most `maxEntries`. */
export function salvageEntries(bytes: RandomAccess, maxEntries: number): ZipEntry[] {
  const entries: ZipEntry[] = [];
  let position = 0;
  /** Of the last entry, where its size is not known: its bytes end where the next member begins. */
  let openStart = -1;
  const closeAt = (end: number): void => {
    if (openStart >= 0) entries[entries.length - 1] = { ...entries.at(-1)!, packed: end - openStart };
    openStart = -1;
  };
  while (position + LOCAL_BYTES <= bytes.size && entries.length < maxEntries) {
    const window = readAt(bytes, position, WINDOW_BYTES);
    if (window.length < LOCAL_BYTES) break;
    const at = window.indexOf('PK\x03\x04', 0, 'latin1');
    if (at < 0) {
      position += window.length - 3;
      continue;
    }
    const entry = headerAt(bytes, position + at, entries.length);
    if (entry === null) position += at + 4;
    else {
      closeAt(position + at);
      entries.push(entry.entry);
      if (entry.entry.packed < 0) openStart = entry.next;
      position = entry.next;
    }
  }
  closeAt(bytes.size);
  return entries;
}

function headerAt(
  bytes: RandomAccess,
  offset: number,
  index: number,
): { readonly entry: ZipEntry; readonly next: number } | null {
  const header = readAt(bytes, offset, LOCAL_BYTES);
  if (header.length < LOCAL_BYTES) return null;
  const flags = header.readUInt16LE(6);
  const method = header.readUInt16LE(8);
  const nameLength = header.readUInt16LE(26);
  const extraLength = header.readUInt16LE(28);
  if ((header.readUInt16LE(4) & 0xff) > MAX_VERSION || method > MAX_METHOD || nameLength === 0) return null;
  const dataStart = offset + LOCAL_BYTES + nameLength + extraLength;
  if (dataStart > bytes.size) return null;
  const nameBytes = readAt(bytes, offset + LOCAL_BYTES, nameLength);
  const sizes = (flags & FLAG_SIZES_FOLLOW) !== 0 ? null : localSizes(bytes, header, dataStart - extraLength);
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
  return { entry, next: dataStart + Math.max(0, entry.packed) };
}

/** Sizes in a local header, with its zip64 field. */
function localSizes(
  bytes: RandomAccess,
  header: Buffer,
  extraStart: number,
): { readonly packed: number; readonly size: number } {
  let packed = header.readUInt32LE(18);
  let size = header.readUInt32LE(22);
  const extra = readAt(bytes, extraStart, header.readUInt16LE(28));
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 0x0001 || at + 20 > extra.length) continue;
    if (size === 0xffffffff) size = Number(extra.readBigUInt64LE(at + 4));
    if (packed === 0xffffffff) packed = Number(extra.readBigUInt64LE(at + 12));
  }
  return { packed, size };
}
