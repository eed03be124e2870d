/**
 * A bag of small numbers that tells the k-th smallest: a binary indexed tree of counts. Adding, taking out and asking
 * cost a logarithm of how many different numbers there may be.
 */
export class OrderStatistic {
  /** From 1; entry i counts the numbers of the range of length (i & -i) that ends at i. */
  readonly #tree: Uint32Array;
  readonly #top: number;
  size = 0;

  /** Numbers lie below `end`. */
  constructor(end: number) {
    this.#tree = new Uint32Array(end + 1);
    this.#top = end === 0 ? 0 : 2 ** (31 - Math.clz32(end));
  }

  add(number: number): void {
    this.size++;
    for (let i = number + 1; i < this.#tree.length; i += i & -i) this.#tree[i]!++;
  }

  remove(number: number): void {
    this.size--;
    for (let i = number + 1; i < this.#tree.length; i += i & -i) this.#tree[i]!--;
  }

  /** The number at `place`, 1 to `size`, in ascending order. */
  at(place: number): number {
    const tree = this.#tree;
    let below = 0;
    let left = place;
    for (let step = this.#top; step > 0; step >>>= 1) {
      const next = below + step;
      if (next >= tree.length || tree[next]! >= left) continue;
      below = next;
      left -= tree[next]!;
    }
    return below;
  }
}
