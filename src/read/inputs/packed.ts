/**
 * Content packed as one stream (gzip, Zstandard): what these have in common. Members or frames follow one another and
 * are one content; how far it goes is bounded while it is unpacked, because no header can be believed.
 */
import { ArchiveError } from './archive-error.ts';
import { ByteReader } from './byte-reader.ts';
import { type Content, skipBytes } from './content.ts';
import type { ArchiveLimits } from './input.ts';
import { assertBounded } from './limits.ts';

export abstract class PackedContent implements Content {
  readonly size = -1;
  readonly direct = null;
  protected readonly packed: Content;
  /** `packed` can be read more than once. */
  protected readonly repeatable: boolean;
  readonly #limits: ArchiveLimits;

  constructor(packed: Content, limits: ArchiveLimits, repeatable: boolean) {
    this.packed = packed;
    this.#limits = limits;
    this.repeatable = repeatable;
  }

  abstract head(length: number): Promise<Uint8Array>;

  /** Unpacks all of `input`. Throws ArchiveError after the last sound byte. */
  protected abstract unpack(input: ByteReader): AsyncGenerator<Uint8Array, void, void>;

  async *stream(from = 0): AsyncGenerator<Uint8Array, void, void> {
    if (from > 0) return yield* skipBytes(this.stream(), from);
    const source = this.packed.stream();
    const input = new ByteReader(source);
    let bytes = 0;
    try {
      for await (const chunk of this.unpack(input)) {
        assertBounded(bytes + chunk.length, input.position, this.#limits);
        bytes += chunk.length;
        yield chunk;
      }
    } catch (error) {
      throw error instanceof ArchiveError ? error.after(bytes) : error;
    } finally {
      await source.return();
    }
  }
}

/**
 * What stands behind the last member, `first` bytes taken of it: returns where it is nothing but zeros (padding of
 * tapes and blocks), else throws. `name` is that of the format.
 */
export async function assertPadding(first: Uint8Array, input: ByteReader, name: string): Promise<void> {
  for (let piece = first; ; ) {
    if (!piece.every(byte => byte === 0)) {
      const message = `something that is no ${name} follows the ${name} data; it was not read`;
      throw new ArchiveError('corrupt', message);
    }
    const next = await input.next();
    if (next.done === true) return;
    piece = next.value;
  }
}
