/**
 * Bytes that can be read at any place: a file, a buffer, or a part of either. Zip needs this, because its
 * directory stands at the end.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

export interface RandomAccess {
  readonly size: number;
  /** Reads from `position` into `into`, as much as there is; returns the number of bytes. Throws on I/O errors. */
  read(into: Uint8Array, position: number): number;
}

/** An open file; whoever opened it closes it. */
export class FileAccess implements RandomAccess {
  readonly fd: number;
  readonly size: number;

  constructor(fd: number, size: number = fstatSync(fd).size) {
    this.fd = fd;
    this.size = size;
  }

  static open(file: string | Uint8Array): FileAccess {
    const fd = openSync(file as string | Buffer, 'r');
    try {
      return new FileAccess(fd);
    } catch (error) {
      closeSync(fd);
      throw error;
    }
  }

  read(into: Uint8Array, position: number): number {
    let done = 0;
    while (done < into.length) {
      const got = readSync(this.fd, into, done, into.length - done, position + done);
      if (got === 0) break;
      done += got;
    }
    return done;
  }

  close(): void {
    closeSync(this.fd);
  }
}

export class MemoryAccess implements RandomAccess {
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get size(): number {
    return this.#bytes.length;
  }

  read(into: Uint8Array, position: number): number {
    const part = this.#bytes.subarray(position, position + into.length);
    into.set(part);
    return part.length;
  }
}

/** `size` bytes of another from `start` on: a member that is stored unpacked is read where it lies. */
export class PartAccess implements RandomAccess {
  readonly #whole: RandomAccess;
  readonly #start: number;
  readonly size: number;

  constructor(whole: RandomAccess, start: number, size: number) {
    this.#whole = whole;
    this.#start = start;
    this.size = Math.max(0, Math.min(size, whole.size - start));
  }

  read(into: Uint8Array, position: number): number {
    const room = Math.max(0, Math.min(into.length, this.size - position));
    return this.#whole.read(room === into.length ? into : into.subarray(0, room), this.#start + position);
  }
}

/** Up to `length` bytes at `position`, in a new buffer. */
export function readAt(bytes: RandomAccess, position: number, length: number): Buffer {
  const room = Math.max(0, Math.min(length, bytes.size - position));
  const buffer = Buffer.allocUnsafe(room);
  const got = room === 0 ? 0 : bytes.read(buffer, position);
  return got === room ? buffer : buffer.subarray(0, got);
}

/** The bytes from `start` to `end` in order, in new buffers of at most `piece` bytes; ends early where they do. */
export async function* readRange(
  bytes: RandomAccess,
  start: number,
  end: number,
  piece: number,
): AsyncGenerator<Uint8Array, void, void> {
  for (let at = start; at < end; ) {
    const part = readAt(bytes, at, Math.min(piece, end - at));
    if (part.length === 0) return;
    yield part;
    at += part.length;
  }
}
