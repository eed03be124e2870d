/** A hash table from a number to the first entry of a chain, in two typed arrays. Open addressing, a third full. */
export class Chains {
  readonly #mask: number;
  readonly #keys: Int32Array;
  /** First entry of the chain + 1, 0 = free. */
  readonly #heads: Int32Array;

  /** `size`: the most keys that will be pushed. */
  constructor(size: number) {
    let room = 16;
    while (room < size * 3) room *= 2;
    this.#mask = room - 1;
    this.#keys = new Int32Array(room);
    this.#heads = new Int32Array(room);
  }

  /** First entry of the chain of `key`, -1 where there is none. */
  head(key: number): number {
    const mask = this.#mask;
    let at = placeOf(key) & mask;
    for (;;) {
      const head = this.#heads[at]!;
      if (head === 0) return -1;
      if (this.#keys[at] === key) return head - 1;
      at = (at + 1) & mask;
    }
  }

  /** Puts `entry` before the chain of `key`; returns the entry that was first, -1 where there was none. */
  push(key: number, entry: number): number {
    const mask = this.#mask;
    let at = placeOf(key) & mask;
    for (;;) {
      const head = this.#heads[at]!;
      if (head === 0 || this.#keys[at] === key) {
        this.#keys[at] = key;
        this.#heads[at] = entry + 1;
        return head - 1;
      }
      at = (at + 1) & mask;
    }
  }
}

function placeOf(key: number): number {
  return Math.imul(key, 0x9e3779b1) >>> 7;
}
