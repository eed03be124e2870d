/** Standard input as content that can be read once. */
import { read } from 'node:fs';
import { type Content, PIECE_BYTES } from './content.ts';

const RETRY_MS = 10;

/** The next bytes of standard input; empty at its end. Waits without blocking the thread. */
function readSome(fd: number): Promise<Uint8Array> {
  return fd === process.stdin.fd ? readStream(process.stdin) : readDescriptor(fd);
}

/**
 * The process's own standard input goes by its stream: a plain read of a pipe or terminal to which nobody writes
 * holds a thread of the pool, and the process could not end before it returns.
 */
async function readStream(stream: NodeJS.ReadStream): Promise<Uint8Array> {
  for (;;) {
    const chunk = stream.read() as Uint8Array | null;
    if (chunk !== null) return chunk;
    if (stream.readableEnded || stream.destroyed) return new Uint8Array(0);
    await new Promise<void>((resolve, reject) => {
      const events = ['readable', 'end', 'close'] as const;
      const settle = (): void => {
        for (const event of events) stream.off(event, settle);
        stream.off('error', fail);
        resolve();
      };
      const fail = (error: Error): void => {
        for (const event of events) stream.off(event, settle);
        reject(error);
      };
      for (const event of events) stream.once(event, settle);
      stream.once('error', fail);
    });
  }
}

async function readDescriptor(fd: number): Promise<Uint8Array> {
  const buffer = Buffer.allocUnsafe(PIECE_BYTES);
  for (;;) {
    try {
      const got = await new Promise<number>((resolve, reject) => {
        read(fd, buffer, 0, buffer.length, null, (error, bytes) => (error ? reject(error) : resolve(bytes)));
      });
      return buffer.subarray(0, got);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EOF') return buffer.subarray(0, 0);
      if (code !== 'EAGAIN') throw error;
      await new Promise(resolve => setTimeout(resolve, RETRY_MS));
    }
  }
}

/**
 * The first `length` bytes of standard input, fewer only if there are no more; more if they came along. `before` was
 * read of it already.
 */
export async function readStdinHead(
  fd: number,
  length: number,
  before: Uint8Array = new Uint8Array(0),
): Promise<Uint8Array> {
  const parts = [before];
  for (let size = before.length; size < length; size += parts.at(-1)!.length) {
    const some = await readSome(fd);
    if (some.length === 0) break;
    parts.push(some);
  }
  return Buffer.concat(parts);
}

/** What is left of standard input, after the `head` that was read of it before. */
export class StdinContent implements Content {
  readonly size = -1;
  readonly direct = null;
  readonly #fd: number;
  readonly #head: Uint8Array;

  constructor(fd: number, head: Uint8Array) {
    this.#fd = fd;
    this.#head = head;
  }

  head(length: number): Uint8Array {
    return this.#head.subarray(0, length);
  }

  async *stream(): AsyncGenerator<Uint8Array, void, void> {
    if (this.#head.length > 0) yield this.#head;
    for (let some = await readSome(this.#fd); some.length > 0; some = await readSome(this.#fd)) yield some;
  }
}
