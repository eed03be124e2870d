/** A stream of chunks with a position and a way to give back what was taken too much. */

export class ByteReader implements AsyncIterator<Uint8Array> {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #back: Uint8Array = new Uint8Array(0);
  #taken = 0;

  constructor(chunks: AsyncIterator<Uint8Array>) {
    this.#chunks = chunks;
  }

  /** Bytes taken and not given back. */
  get position(): number {
    return this.#taken;
  }

  /** The next chunk, whatever its size; never an empty one. */
  async next(): Promise<IteratorResult<Uint8Array, undefined>> {
    let value = this.#back;
    if (value.length > 0) this.#back = new Uint8Array(0);
    while (value.length === 0) {
      const next = await this.#chunks.next();
      if (next.done === true) return { done: true, value: undefined };
      value = next.value;
    }
    this.#taken += value.length;
    return { done: false, value };
  }

  /** Gives back the last bytes taken. */
  unread(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#taken -= bytes.length;
    this.#back = this.#back.length === 0 ? bytes : Buffer.concat([bytes, this.#back]);
  }

  /** The next `length` bytes, fewer only at the end. */
  async take(length: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    let missing = length;
    while (missing > 0) {
      const next = await this.next();
      if (next.done === true) break;
      parts.push(next.value.subarray(0, missing));
      if (next.value.length > missing) this.unread(next.value.subarray(missing));
      missing -= parts.at(-1)!.length;
    }
    return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  }
}
