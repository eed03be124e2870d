/**
 * Gzip (RFC 1952): members one after another, each a header, deflate data, CRC-32 and size. The frame is read
 * here and not by node:zlib, because zlib's own gzip reader is silent about what follows a member and throws
 * away sound output at damage.
 */
import { constants, crc32, inflateRawSync } from 'node:zlib';
import { ArchiveError } from './archive-error.ts';
import type { ByteReader } from './byte-reader.ts';
import { BROKEN_OFF, damagedData, inflateRaw } from './inflate.ts';
import { assertPadding, PackedContent } from './packed.ts';

const MEMBER_HEADER_BYTES = 10;
const TRAILER_BYTES = 8;
/** Longest name or comment in a header that is believed. */
const MAX_TEXT_BYTES = 64 * 1024;
/** A few KiB of a nearly empty log unpack to a few ten KiB; a thousand times as much is a bomb's work. */
const MAX_HEAD_BYTES = 256 * 1024;
const FLAG = { headerCrc: 2, extra: 4, name: 8, comment: 16, reserved: 0xe0 } as const;

/** True if content that begins so is gzip: magic, deflate, no reserved flag. */
export function isGzip(head: Uint8Array): boolean {
  return (
    head.length >= MEMBER_HEADER_BYTES &&
    head[0] === 0x1f &&
    head[1] === 0x8b &&
    head[2] === 8 &&
    (head[3]! & FLAG.reserved) === 0
  );
}

/** What a gzip file holds: all its members as one content. */
export class GzipContent extends PackedContent {
  async head(length: number): Promise<Uint8Array> {
    const packed = await this.packed.head(length + 2048);
    const start = headerLength(packed);
    if (start < 0) throw new ArchiveError('corrupt', 'damaged or cut off gzip header');
    return inflateHead(packed.subarray(start), length);
  }

  protected async *unpack(input: ByteReader): AsyncGenerator<Uint8Array, void, void> {
    for (let member = 0; await this.#header(input, member); member++) yield* this.#member(input);
  }

  /** The content of one member and its trailer. */
  async *#member(input: ByteReader): AsyncGenerator<Uint8Array, void, void> {
    const start = input.position;
    const chunks = inflateRaw(input, this.repeatable ? () => this.packed.stream(start) : null);
    let crc = 0;
    let size = 0;
    try {
      let next = await chunks.next();
      for (; next.done !== true; next = await chunks.next()) {
        crc = crc32(next.value, crc);
        size += next.value.length;
        yield next.value;
      }
      input.unread(next.value.rest);
      if (next.value.failed !== null) throw damagedData(next.value.failed);
    } finally {
      await chunks.return(BROKEN_OFF);
    }
    await checkTrailer(input, crc, size);
  }

  /** Reads past the header of the next member; false at the end. */
  async #header(input: ByteReader, member: number): Promise<boolean> {
    const fixed = await input.take(MEMBER_HEADER_BYTES);
    if (!isGzip(fixed)) {
      if (member === 0) throw new ArchiveError('corrupt', 'damaged or cut off gzip header');
      await assertPadding(fixed, input, 'gzip');
      return false;
    }
    const flags = fixed[3]!;
    if (flags & FLAG.extra) {
      const length = await input.take(2);
      if (length.length === 2) await input.take(length[0]! | (length[1]! << 8));
    }
    if (flags & FLAG.name) await skipText(input);
    if (flags & FLAG.comment) await skipText(input);
    if (flags & FLAG.headerCrc) await input.take(2);
    return true;
  }
}

async function skipText(input: ByteReader): Promise<void> {
  for (let skipped = 0; skipped < MAX_TEXT_BYTES; ) {
    const next = await input.next();
    if (next.done === true) return;
    const end = next.value.indexOf(0);
    if (end >= 0) return input.unread(next.value.subarray(end + 1));
    skipped += next.value.length;
  }
  throw new ArchiveError('corrupt', 'damaged gzip header (a name without end)');
}

async function checkTrailer(input: ByteReader, crc: number, size: number): Promise<void> {
  const trailer = Buffer.from(await input.take(TRAILER_BYTES));
  if (trailer.length < TRAILER_BYTES) {
    throw new ArchiveError('corrupt', 'the gzip data are cut off; what is there was read');
  }
  if (trailer.readUInt32LE(0) !== crc || trailer.readUInt32LE(4) !== size >>> 0) {
    throw new ArchiveError(
      'corrupt',
      'the gzip check sum does not fit; the content was read, but may be damaged',
    );
  }
}

/** Length of the member header at the start of `bytes`; -1 if it is not all there. */
function headerLength(bytes: Uint8Array): number {
  if (!isGzip(bytes)) return -1;
  const flags = bytes[3]!;
  let at = MEMBER_HEADER_BYTES;
  if (flags & FLAG.extra) at += 2 + (bytes[at]! | (bytes[at + 1]! << 8));
  for (const flag of [FLAG.name, FLAG.comment]) {
    if ((flags & flag) === 0) continue;
    const end = bytes.indexOf(0, at);
    if (end < 0) return -1;
    at = end + 1;
  }
  if (flags & FLAG.headerCrc) at += 2;
  return at <= bytes.length ? at : -1;
}

/**
 * The first `length` bytes that `packed`, the beginning of deflate data, unpacks to. Where the data are damaged,
 * or unpack to absurdly much, what less of them gives.
 */
export function inflateHead(packed: Uint8Array, length: number): Uint8Array {
  for (let room = packed.length; room > 0; room >>= 1) {
    try {
      return inflateRawSync(packed.subarray(0, room), {
        finishFlush: constants.Z_SYNC_FLUSH,
        chunkSize: MAX_HEAD_BYTES / 8,
        maxOutputLength: MAX_HEAD_BYTES,
      }).subarray(0, length);
    } catch {
      // Damaged or too much within `room`: half of it may be sound.
    }
  }
  return new Uint8Array(0);
}
