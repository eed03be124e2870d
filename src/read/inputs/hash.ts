/**
 * SHA-256 of inputs. A plain file is read and hashed in slices that fit the cache, so that the thread stays
 * responsive between them; what can be read only once (members, standard input) is hashed on its way
 * through. Costs what the processor's SHA instructions cost: about 1.5 GB/s.
 */
import { createHash, type Hash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';

const BUFFER_BYTES = 1 << 20;
/** Bytes between two looks at the event loop: some 20 ms. */
const SLICE_BYTES = 32 << 20;

/**
 * SHA-256 of a file, hexadecimal. An fd is read by position from its start, is not moved and not closed.
 * `onProgress` gets the bytes done up to now. Rejects with the signal's reason when aborted, and on I/O errors.
 */
export async function hashFile(
  file: string | Uint8Array | number,
  onProgress?: (bytes: number) => void,
  signal?: AbortSignal,
): Promise<string> {
  signal?.throwIfAborted();
  const fd = typeof file === 'number' ? file : openSync(file as string | Buffer, 'r');
  try {
    const hash = createHash('sha256');
    const buffer = Buffer.allocUnsafeSlow(BUFFER_BYTES);
    for (let position = 0, slice = SLICE_BYTES; ; ) {
      const got = readSync(fd, buffer, 0, BUFFER_BYTES, position);
      if (got === 0) break;
      hash.update(got === BUFFER_BYTES ? buffer : buffer.subarray(0, got));
      position += got;
      if (position < slice) continue;
      slice = position + SLICE_BYTES;
      onProgress?.(position);
      await new Promise(setImmediate);
      signal?.throwIfAborted();
    }
    return hash.digest('hex');
  } finally {
    if (typeof file !== 'number') closeSync(fd);
  }
}

/** Hashes chunks on their way to a reader. Damage in the stream passes through; the hash is of what came. */
export class HashingStream {
  readonly #chunks: AsyncIterable<Uint8Array>;
  readonly #hash: Hash = createHash('sha256');
  #digest: string | null = null;
  /** Bytes that passed up to now. */
  bytes = 0;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, void> {
    for await (const chunk of this.#chunks) {
      this.#hash.update(chunk);
      this.bytes += chunk.length;
      yield chunk;
    }
  }

  /** SHA-256 of the bytes that passed, hexadecimal. Ends the hashing. */
  digest(): string {
    this.#digest ??= this.#hash.digest('hex');
    return this.#digest;
  }
}
