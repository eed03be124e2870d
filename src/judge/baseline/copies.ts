/**
 * Which events were met before: a set of 53-bit keys in one array, eight bytes a place and at least half of them free. A
 * `Set` of a million numbers takes four times as much. Keys are as `mixKeys` gives them: their low bits say where they lie.
 */
export class KeySet {
  #places: Float64Array = new Float64Array(1024);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** True where `key` (not negative) was not in it. */
  add(key: number): boolean {
    if (this.#size * 2 >= this.#places.length) this.#grow();
    return this.#put(key + 1);
  }

  has(key: number): boolean {
    const places = this.#places;
    const mask = places.length - 1;
    for (let at = (key + 1) & mask; ; at = (at + 1) & mask) {
      if (places[at] === key + 1) return true;
      if (places[at] === 0) return false;
    }
  }

  /** 0 marks a free place, so keys are kept one higher. */
  #put(kept: number): boolean {
    const places = this.#places;
    const mask = places.length - 1;
    for (let at = kept & mask; ; at = (at + 1) & mask) {
      if (places[at] === kept) return false;
      if (places[at] !== 0) continue;
      places[at] = kept;
      this.#size++;
      return true;
    }
  }

  #grow(): void {
    const old = this.#places;
    this.#places = new Float64Array(old.length * 2);
    this.#size = 0;
    for (const kept of old) if (kept !== 0) this.#put(kept);
  }
}
