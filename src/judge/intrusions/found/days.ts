/** A set of days, since 1970, as bits: a year of an account costs 50 bytes. */
const WORD = 32;
/** More than a century apart are clocks that lie, and would cost memory: they are left out. */
const MOST_WORDS = 1200;

export class DaySet {
  #base = 0;
  #words = new Uint32Array(0);

  add(day: number): void {
    const word = Math.floor(day / WORD);
    if (this.#words.length === 0) {
      this.#base = word;
      this.#words = new Uint32Array(1);
    } else if (!this.#makeRoom(word)) return;
    const at = word - this.#base;
    this.#words[at]! |= 1 << (day - word * WORD);
  }

  #makeRoom(word: number): boolean {
    const first = Math.min(word, this.#base);
    const end = Math.max(word + 1, this.#base + this.#words.length);
    if (first === this.#base && end === this.#base + this.#words.length) return true;
    if (end - first > MOST_WORDS) return false;
    const words = new Uint32Array(end - first);
    words.set(this.#words, this.#base - first);
    this.#base = first;
    this.#words = words;
    return true;
  }

  /** In order. */
  *[Symbol.iterator](): Generator<number> {
    for (const [at, bits] of this.#words.entries()) {
      for (let left = bits; left !== 0; left &= left - 1) {
        yield (this.#base + at) * WORD + (31 - Math.clz32(left & -left));
      }
    }
  }
}

/** How many of the numbers, which are in order, lie below `limit`. */
export function countBelow(sorted: readonly number[], limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
