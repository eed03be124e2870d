/**
 * Content is what a container holds or a path names: something with a beginning that can be looked at without
 * reading the rest, and that can be read in order from any place, again and again. Zip members, packed files,
 * plain files and standard input are all content, so containers nest without knowing of each other.
 */
import { ArchiveError } from './archive-error.ts';
import { type RandomAccess, readAt, readRange } from './random-access.ts';

/** Bytes of content that a source is shown to say whether it knows it. */
export const HEAD_BYTES = 4096;
/** Pieces in which content is read; packed and unpacked, a stream holds a few of them. */
export const PIECE_BYTES: number = 256 * 1024;

export interface Content {
  /** Unpacked bytes as far as is said before reading; -1 where nothing says it. */
  readonly size: number;
  /** The content's bytes where they can be read in place, without unpacking; else null. */
  readonly direct: RandomAccess | null;
  /**
   * The first `length` bytes, fewer only where there are no more or they are damaged. Throws ArchiveError. Nearly
   * always at once, without a promise.
   */
  head(length: number): Uint8Array | Promise<Uint8Array>;
  /** The bytes from `from` on, in order. Throws ArchiveError after the last sound byte where it is damaged. */
  stream(from?: number): AsyncGenerator<Uint8Array, void, void>;
}

/** Content that lies open: a file, or an unpacked archive. */
export class PlainContent implements Content {
  readonly direct: RandomAccess;

  constructor(bytes: RandomAccess) {
    this.direct = bytes;
  }

  get size(): number {
    return this.direct.size;
  }

  head(length: number): Uint8Array {
    return readAt(this.direct, 0, length);
  }

  stream(from = 0): AsyncGenerator<Uint8Array, void, void> {
    return readRange(this.direct, from, this.direct.size, PIECE_BYTES);
  }
}

/** Leaves out the first `count` bytes. */
export async function* skipBytes(
  chunks: AsyncIterable<Uint8Array>,
  count: number,
): AsyncGenerator<Uint8Array, void, void> {
  let left = count;
  for await (const chunk of chunks) {
    if (left >= chunk.length) left -= chunk.length;
    else {
      yield left === 0 ? chunk : chunk.subarray(left);
      left = 0;
    }
  }
}

/** The first `length` bytes of a stream, which is then let go; fewer where it ends or is damaged, but not none. */
export async function firstBytes(
  chunks: AsyncGenerator<Uint8Array, void, void>,
  length: number,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let got = 0;
  try {
    for await (const chunk of chunks) {
      parts.push(chunk);
      got += chunk.length;
      if (got >= length) break;
    }
  } catch (error) {
    if (!(error instanceof ArchiveError) || got === 0) throw error;
  }
  return Buffer.concat(parts).subarray(0, length);
}
