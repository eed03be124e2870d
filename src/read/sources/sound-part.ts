/**
 * A stream up to where it fails. A gzip member that is cut off or damaged gives sound bytes first: what a reader holds of
 * them is read before the failure is told, because the events that are there may be the ones that matter.
 */
export class SoundPart implements AsyncIterable<Uint8Array> {
  /** What the stream failed with; undefined while it is sound. */
  failure: unknown;
  readonly #chunks: AsyncIterable<Uint8Array>;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks;
  }

  /** Ends where the stream ends or fails. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      yield* this.#chunks;
    } catch (error) {
      this.failure = error;
    }
  }

  /** Throws what the stream failed with. For a reader that has read all it holds. */
  rethrow(): void {
    if (this.failure !== undefined) throw this.failure;
  }
}
