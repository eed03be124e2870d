/** Numbers for tuples of numbers: equal tuples have one number, others another. A map for each place in the tuple. */

/** Above the number of texts a hunt keeps; two of them in one exact number. */
const BASE = 0x400_0000;

export class Tuples {
  readonly #maps: Map<number, number>[] = [];
  #ids: number[] = [];

  /** The number of a tuple of numbers from 0. All tuples given to one object are of the same length. */
  id(tuple: readonly number[]): number {
    let id = 0;
    for (let i = 0; i < tuple.length; i++) {
      const map = this.#maps[i] ?? new Map<number, number>();
      this.#maps[i] = map;
      const key = id * BASE + tuple[i]!;
      let next = map.get(key);
      if (next === undefined) {
        next = this.#ids[i] ?? 0;
        this.#ids[i] = next + 1;
        map.set(key, next);
      }
      id = next;
    }
    return id;
  }

  /** How many different tuples there were. */
  get size(): number {
    return this.#maps.length === 0 ? 1 : (this.#ids[this.#maps.length - 1] ?? 0);
  }
}
