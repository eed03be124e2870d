/**
 * Numbers for tuples of numbers: equal tuples have one number, others another. A table for the first place, a map for
 * each further one: most groups have one field, and asking a map a million times is what would take the time.
 */

/** Above the number of texts a hunt keeps; two of them in one exact number. */
const BASE = 0x400_0000;

export class Tuples {
  /** By the number in the first place. */
  readonly #first: Int32Array;
  #firstCount = 0;
  /** By place after the first: pair of what came before and the number there. */
  readonly #maps: Map<number, number>[] = [];

  /** `size`: above each number of a tuple. */
  constructor(size: number) {
    this.#first = new Int32Array(size).fill(-1);
  }

  /** The number of a tuple of numbers from 0. All tuples given to one object are of the same length. */
  id(tuple: readonly number[]): number {
    if (tuple.length === 0) return 0;
    let id = this.#first[tuple[0]!]!;
    if (id < 0) {
      id = this.#firstCount++;
      this.#first[tuple[0]!] = id;
    }
    for (let i = 1; i < tuple.length; i++) {
      this.#maps[i - 1] ??= new Map();
      const map = this.#maps[i - 1]!;
      const key = id * BASE + tuple[i]!;
      let next = map.get(key);
      if (next === undefined) {
        next = map.size;
        map.set(key, next);
      }
      id = next;
    }
    return id;
  }
}
