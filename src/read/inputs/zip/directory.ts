/**
 * The directory of a zip archive (APPNOTE 6.3.10), read in one go and believed in nothing. Read here and not
 * by a library for three reasons: evidence is cut off and damaged, so members must be found without a directory
 * too; overlapping members (a zip bomb) must be seen before anything is unpacked; and an archive is opened once
 * per worker, so it must cost microseconds per member (3 us; the library asks 35 us, and 35 ms to load).
 */
import { ArchiveError } from '../archive-error.ts';
import { type RandomAccess, readAt } from '../random-access.ts';
import { FLAG_ENCRYPTED, FLAG_UTF8, LOCAL_BYTES, type ZipEntry } from './entry.ts';
import { decodeName, unicodeName } from './names.ts';
import { salvageEntries } from './salvage.ts';

const SIGNATURE = { central: 0x02014b50, end64: 0x06064b50, locator64: 0x07064b50 } as const;

const CENTRAL_BYTES = 46;
const END_BYTES = 22;
const LOCATOR64_BYTES = 20;
const END64_BYTES = 56;
const MAX_COMMENT_BYTES = 0xffff;
/** Longest directory that is read: 250,000 members with long names. */
const MAX_DIRECTORY_BYTES = 64 * 2 ** 20;

export type ZipDirectory = {
  readonly entries: readonly ZipEntry[];
  /** One sentence where the directory is missing or damaged and members were found otherwise; else null. */
  readonly damage: string | null;
};

/** True if content that begins so is a zip archive: a member, an empty archive, or a split marker. */
export function isZip(head: Uint8Array): boolean {
  if (head.length < 4 || head[0] !== 0x50 || head[1] !== 0x4b) return false;
  const kind = (head[2]! << 8) | head[3]!;
  return kind === 0x0304 || kind === 0x0506 || kind === 0x0708 || kind === 0x0606 || kind === 0x3030;
}

/** Reads the directory; throws ArchiveError where the archive has more than `maxEntries` or is split. */
export function readDirectory(bytes: RandomAccess, maxEntries: number): ZipDirectory {
  const end = findEnd(bytes);
  if (end === null) {
    const entries = salvageEntries(bytes, maxEntries);
    markOverlaps(entries);
    return {
      entries,
      damage: 'the archive is cut off (its directory is missing); members were found by their own headers',
    };
  }
  if (end.split)
    throw new ArchiveError('corrupt', 'one part of a split archive; join the parts and give the whole');
  if (end.entries > maxEntries) {
    throw new ArchiveError('bomb', `holds ${end.entries} members, more than the limit of ${maxEntries}`);
  }
  const directory = parseEntries(bytes, end, maxEntries);
  if (directory.damage === null) {
    markOverlaps(directory.entries);
    return directory;
  }
  const found = mergeSalvaged(directory.entries, salvageEntries(bytes, maxEntries));
  markOverlaps(found);
  return { entries: found, damage: directory.damage };
}

type DirectoryEnd = {
  readonly entries: number;
  readonly start: number;
  readonly size: number;
  /** What must be added to stored offsets: bytes that stand before the archive. */
  readonly shift: number;
  readonly split: boolean;
};

function findEnd(bytes: RandomAccess): DirectoryEnd | null {
  const tailBytes = Math.min(bytes.size, END_BYTES + MAX_COMMENT_BYTES + LOCATOR64_BYTES);
  const tailStart = bytes.size - tailBytes;
  const tail = readAt(bytes, tailStart, tailBytes);
  for (let at = tail.length - END_BYTES; at >= 0; at--) {
    at = tail.lastIndexOf('PK\x05\x06', at, 'latin1');
    if (at < 0) return null;
    if (at + END_BYTES + tail.readUInt16LE(at + 20) > tail.length) continue;
    const end = parseEnd(bytes, tail, tailStart, at);
    if (end !== null) return end;
  }
  return null;
}

/** Reads the end record at `at` in `tail`, and the zip64 one where there is one; null if they make no sense. */
function parseEnd(bytes: RandomAccess, tail: Buffer, tailStart: number, at: number): DirectoryEnd | null {
  let entries = tail.readUInt16LE(at + 10);
  let size = tail.readUInt32LE(at + 12);
  let start = tail.readUInt32LE(at + 16);
  let split = tail.readUInt16LE(at + 4) !== 0 && tail.readUInt16LE(at + 4) !== 0xffff;
  let after = tailStart + at;
  const locator = at - LOCATOR64_BYTES;
  if (locator >= 0 && tail.readUInt32LE(locator) === SIGNATURE.locator64) {
    const stated = Number(tail.readBigUInt64LE(locator + 8));
    const record = findEnd64(bytes, stated, tailStart + locator - END64_BYTES);
    if (record !== null) {
      split = record.bytes.readUInt32LE(16) !== 0;
      entries = Number(record.bytes.readBigUInt64LE(32));
      size = Number(record.bytes.readBigUInt64LE(40));
      start = Number(record.bytes.readBigUInt64LE(48));
      after = record.position;
    }
  }
  if (split) return { entries, start, size, shift: 0, split };
  if (size > after || (entries > 0 && size < CENTRAL_BYTES)) return null;
  // Where bytes were put before the archive, all its offsets are too small by their number.
  const shift = after - size - start;
  return { entries, start: after - size, size, shift: shift < 0 ? 0 : shift, split };
}

function findEnd64(
  bytes: RandomAccess,
  stated: number,
  adjacent: number,
): { readonly bytes: Buffer; readonly position: number } | null {
  for (const position of [stated, adjacent]) {
    if (position < 0 || position > bytes.size - END64_BYTES) continue;
    const record = readAt(bytes, position, END64_BYTES);
    if (record.length === END64_BYTES && record.readUInt32LE(0) === SIGNATURE.end64) {
      return { bytes: record, position };
    }
  }
  return null;
}

function parseEntries(
  bytes: RandomAccess,
  end: DirectoryEnd,
  maxEntries: number,
): { entries: ZipEntry[]; damage: string | null } {
  if (end.size > MAX_DIRECTORY_BYTES) throw new ArchiveError('bomb', 'its directory is absurdly long');
  const directory = readAt(bytes, end.start, end.size);
  const entries: ZipEntry[] = [];
  let at = 0;
  while (at + CENTRAL_BYTES <= directory.length && directory.readUInt32LE(at) === SIGNATURE.central) {
    const next =
      at +
      CENTRAL_BYTES +
      directory.readUInt16LE(at + 28) +
      directory.readUInt16LE(at + 30) +
      directory.readUInt16LE(at + 32);
    if (next > directory.length) break;
    if (entries.length >= maxEntries) throw new ArchiveError('bomb', `holds more than ${maxEntries} members`);
    entries.push(parseEntry(directory.subarray(at, next), entries.length, end.shift));
    at = next;
  }
  // The count in the end record wraps at 65,536 in archives written without zip64.
  const complete = at === directory.length || entries.length === end.entries;
  return {
    entries,
    damage: complete
      ? null
      : `the archive's directory is damaged after ${entries.length} of ${end.entries} members`,
  };
}

function parseEntry(record: Buffer, index: number, shift: number): ZipEntry {
  const flags = record.readUInt16LE(8);
  const nameEnd = CENTRAL_BYTES + record.readUInt16LE(28);
  const nameBytes = record.subarray(CENTRAL_BYTES, nameEnd);
  const extra = record.subarray(nameEnd, nameEnd + record.readUInt16LE(30));
  let packed = record.readUInt32LE(20);
  let size = record.readUInt32LE(24);
  let offset = record.readUInt32LE(42);
  let unicode: string | null = null;
  for (let at = 0; at + 4 <= extra.length; ) {
    const id = extra.readUInt16LE(at);
    const field = extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2));
    if (id === 0x0001) {
      let from = 0;
      const wide = (value: number): number => {
        if (value !== 0xffffffff || from + 8 > field.length) return value;
        from += 8;
        return Number(field.readBigUInt64LE(from - 8));
      };
      size = wide(size);
      packed = wide(packed);
      offset = wide(offset);
    } else if (id === 0x7075) unicode = unicodeName(field, nameBytes);
    at += 4 + extra.readUInt16LE(at + 2);
  }
  return {
    index,
    name: unicode ?? decodeName(nameBytes, (flags & FLAG_UTF8) !== 0),
    method: record.readUInt16LE(10),
    encrypted: (flags & FLAG_ENCRYPTED) !== 0,
    crc: record.readUInt32LE(16),
    packed,
    size,
    offset: offset + shift,
    overlaps: false,
  };
}

/** The directory's entries, and those found by their headers at offsets that it does not know. */
function mergeSalvaged(entries: readonly ZipEntry[], salvaged: readonly ZipEntry[]): ZipEntry[] {
  const known = new Set(entries.map(entry => entry.offset));
  const all = [...entries];
  for (const entry of salvaged) if (!known.has(entry.offset)) all.push({ ...entry, index: all.length });
  return all;
}

/**
 * Marks members that share bytes: no honest writer makes them, and a few kilobytes that all members share
 * unpack to petabytes. A member spans at least its local header with the name, and its packed bytes.
 */
function markOverlaps(entries: readonly ZipEntry[]): void {
  const byOffset = [...entries].sort((a, b) => a.offset - b.offset || a.index - b.index);
  let reach = -1;
  let last: ZipEntry | null = null;
  for (const entry of byOffset) {
    if (last !== null && entry.offset < reach) {
      entry.overlaps = true;
      last.overlaps = true;
    }
    const end = entry.offset + LOCAL_BYTES + Math.max(0, entry.packed);
    if (end > reach) {
      reach = end;
      last = entry;
    }
  }
}
