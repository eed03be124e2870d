/**
 * The content of one zip member. Small members are unpacked in one call (a stream costs half a millisecond to
 * set up), large ones as a stream; stored ones are read where they lie.
 */
import { crc32, inflateRawSync } from 'node:zlib';
import { ArchiveError } from '../archive-error.ts';
import { ByteReader } from '../byte-reader.ts';
import { type Content, firstBytes, PIECE_BYTES, skipBytes } from '../content.ts';
import { inflateHead } from '../gzip.ts';
import { BROKEN_OFF, damagedData, inflateRaw, PACKED_PIECE_BYTES } from '../inflate.ts';
import type { ArchiveLimits } from '../input.ts';
import { assertBounded } from '../limits.ts';
import { PartAccess, type RandomAccess, readAt, readRange } from '../random-access.ts';
import { unzstd } from '../zstd/frames.ts';
import { inflate64 } from './deflate64.ts';
import { LOCAL_BYTES, LOCAL_SIGNATURE, type ZipEntry } from './entry.ts';

const STORED = 0;
const DEFLATE = 8;
const DEFLATE64 = 9;
/** The second is its first number, which archivers of 2020 still wrote. */
const ZSTD: readonly number[] = [93, 20];
/** Up to this size, packed and unpacked, a member is unpacked in one call. */
const AT_ONCE_BYTES = 2 << 20;

/** Methods that exist and that this version can't unpack (APPNOTE 4.4.5). */
const methods: Record<number, string> = {
  1: 'Shrink',
  6: 'Implode',
  12: 'BZIP2',
  14: 'LZMA',
  95: 'XZ',
  96: 'JPEG',
  97: 'WavPack',
  98: 'PPMd',
};

export class ZipMember implements Content {
  readonly entry: ZipEntry;
  readonly #bytes: RandomAccess;
  readonly #limits: ArchiveLimits;
  #range: { readonly start: number; readonly end: number } | null = null;

  constructor(bytes: RandomAccess, entry: ZipEntry, limits: ArchiveLimits) {
    this.#bytes = bytes;
    this.entry = entry;
    this.#limits = limits;
  }

  get size(): number {
    return this.entry.size;
  }

  get direct(): RandomAccess | null {
    if (this.entry.method !== STORED || this.entry.encrypted) return null;
    const { start, end } = this.#locate();
    return new PartAccess(this.#bytes, start, end - start);
  }

  head(length: number): Uint8Array | Promise<Uint8Array> {
    this.#assertReadable();
    if (this.#isStreamOnly()) return firstBytes(this.stream(), length);
    const { start, end } = this.#locate();
    if (this.entry.method === STORED) return readAt(this.#bytes, start, Math.min(length, end - start));
    // Deflate data grow by a few bytes in 32 KiB at worst; empty blocks in front of the data are not real.
    return inflateHead(readAt(this.#bytes, start, Math.min(length + 512, end - start)), length);
  }

  async *stream(from = 0): AsyncGenerator<Uint8Array, void, void> {
    if (from > 0) return yield* skipBytes(this.stream(), from);
    this.#assertReadable();
    const { start, end } = this.#locate();
    const whole = this.#atOnce(start, end);
    if (whole !== null) {
      if (whole.length > 0) yield whole;
      return;
    }
    const check = { crc: 0, bytes: 0 };
    const chunks = this.#unpacked(start, end);
    try {
      for await (const chunk of chunks) {
        check.crc = crc32(chunk, check.crc);
        check.bytes += chunk.length;
        yield chunk;
      }
      this.#assertWhole(check.bytes, check.crc);
    } catch (error) {
      throw error instanceof ArchiveError ? error.after(check.bytes) : error;
    }
  }

  /** Its beginning can't be unpacked without what comes before, in one call. */
  #isStreamOnly(): boolean {
    return this.entry.method === DEFLATE64 || ZSTD.includes(this.entry.method);
  }

  /** The whole content where it is small and sound; null where it takes, or deserves, the slower way. */
  #atOnce(start: number, end: number): Uint8Array | null {
    const { method, size, crc } = this.entry;
    if (method !== DEFLATE || size < 0 || size > AT_ONCE_BYTES || end - start > AT_ONCE_BYTES) return null;
    try {
      const packed = readAt(this.#bytes, start, end - start);
      const whole = inflateRawSync(packed, { maxOutputLength: size + 1, chunkSize: chunkFor(size) });
      return whole.length === size && crc32(whole) === crc ? whole : null;
    } catch (error) {
      if ((error as { syscall?: string }).syscall !== undefined) throw error;
      return null;
    }
  }

  #unpacked(start: number, end: number): AsyncGenerator<Uint8Array, void, void> {
    if (this.entry.method === STORED) return this.#stored(start, end);
    if (this.entry.method === DEFLATE64) return this.#inflated64(start, end);
    if (ZSTD.includes(this.entry.method)) return this.#unzstd(start, end);
    return this.#inflated(start, end);
  }

  async *#unzstd(start: number, end: number): AsyncGenerator<Uint8Array, void, void> {
    const input = new ByteReader(readRange(this.#bytes, start, end, PACKED_PIECE_BYTES));
    let bytes = 0;
    for await (const chunk of unzstd(input)) {
      bytes += chunk.length;
      assertBounded(bytes, end - start, this.#limits);
      yield chunk;
    }
  }

  async *#inflated64(start: number, end: number): AsyncGenerator<Uint8Array, void, void> {
    const packed = new PartAccess(this.#bytes, start, end - start);
    let bytes = 0;
    for await (const chunk of inflate64(packed, Math.max(0, this.entry.size))) {
      bytes += chunk.length;
      assertBounded(bytes, end - start, this.#limits);
      yield chunk;
    }
  }

  async *#stored(start: number, end: number): AsyncGenerator<Uint8Array, void, void> {
    for await (const piece of readRange(this.#bytes, start, end, PIECE_BYTES)) yield piece;
    const { packed } = this.entry;
    if (packed > end - start) throw cutOff();
  }

  async *#inflated(start: number, end: number): AsyncGenerator<Uint8Array, void, void> {
    const pieces = (): AsyncGenerator<Uint8Array, void, void> =>
      readRange(this.#bytes, start, end, PACKED_PIECE_BYTES);
    let bytes = 0;
    const chunks = inflateRaw(pieces(), pieces);
    try {
      let next = await chunks.next();
      for (; next.done !== true; next = await chunks.next()) {
        bytes += next.value.length;
        assertBounded(bytes, end - start, this.#limits);
        yield next.value;
      }
      if (next.value.failed !== null) throw damagedData(next.value.failed);
      if (this.entry.packed > end - start && !next.value.ended) throw cutOff();
    } finally {
      await chunks.return(BROKEN_OFF);
    }
  }

  #assertReadable(): void {
    const { encrypted, method, overlaps } = this.entry;
    if (overlaps) {
      throw new ArchiveError(
        'bomb',
        'shares its bytes with another member, as in a zip bomb; it was not read',
      );
    }
    if (encrypted) {
      throw new ArchiveError('encrypted', 'encrypted; unpack it with its password and give the folder');
    }
    if (![STORED, DEFLATE, DEFLATE64, ...ZSTD].includes(method)) {
      const name = methods[method] ?? `method ${method}`;
      throw new ArchiveError(
        'unknown-type',
        `packed with ${name}, which is not read; unpack it and give the folder`,
      );
    }
  }

  #assertWhole(bytes: number, crc: number): void {
    const { size } = this.entry;
    if (size >= 0 && bytes < size)
      throw new ArchiveError('corrupt', `holds ${bytes} of ${size} bytes; they were read`);
    if (size >= 0 && bytes > size) {
      throw new ArchiveError('corrupt', `holds ${bytes} bytes where ${size} are said; all were read`);
    }
    if (this.entry.crc >= 0 && crc !== this.entry.crc) {
      throw new ArchiveError(
        'corrupt',
        'the check sum does not fit; the content was read, but may be damaged',
      );
    }
  }

  /** Where the packed bytes lie; `end` is never beyond the archive. */
  #locate(): { readonly start: number; readonly end: number } {
    if (this.#range !== null) return this.#range;
    const { offset, packed } = this.entry;
    const header = readAt(this.#bytes, offset, LOCAL_BYTES);
    if (header.length < LOCAL_BYTES) throw cutOff();
    if (header.readUInt32LE(0) !== LOCAL_SIGNATURE) {
      throw new ArchiveError('corrupt', 'there is no member where the directory says; it was not read');
    }
    const start = offset + LOCAL_BYTES + header.readUInt16LE(26) + header.readUInt16LE(28);
    const { size } = this.#bytes;
    if (start > size) throw cutOff();
    this.#range = { start, end: packed < 0 ? size : Math.min(size, start + packed) };
    return this.#range;
  }
}

function cutOff(): ArchiveError {
  return new ArchiveError('corrupt', 'cut off where the archive ends; what is there was read');
}

/** Room for the whole output in one buffer, so that nothing is copied. */
function chunkFor(size: number): number {
  return Math.max(64, size + 1);
}
