/**
 * Union-find over items that knows which sets hold a theft. The lowest position is the root, so that what comes of it does
 * not depend on the order of links. Near-linear.
 */
import { type Item, isTheft } from './item.ts';
import type { Pair } from './joins/index.ts';

export type Group = {
  /** Positions of its items, in their order. */
  readonly items: readonly number[];
  readonly links: readonly Pair[];
};

export class Sets {
  readonly #parent: Int32Array;
  readonly #hasTheft: Uint8Array;

  constructor(items: readonly Item[]) {
    this.#parent = Int32Array.from(items.keys());
    this.#hasTheft = Uint8Array.from(items, item => Number(isTheft(item)));
  }

  root(position: number): number {
    const parent = this.#parent;
    let root = position;
    while (parent[root] !== root) root = parent[root]!;
    for (let at = position; parent[at] !== root; ) {
      const next = parent[at]!;
      parent[at] = root;
      at = next;
    }
    return root;
  }

  unite(a: number, b: number): void {
    const [x, y] = [this.root(a), this.root(b)];
    if (x === y) return;
    const [low, high] = x < y ? [x, y] : [y, x];
    this.#parent[high] = low;
    this.#hasTheft[low]! |= this.#hasTheft[high]!;
  }

  /** Unites two sets unless both hold a theft; says whether they were one, are now, or stay two. */
  attach(a: number, b: number): 'was' | 'one' | 'two' {
    const [x, y] = [this.root(a), this.root(b)];
    if (x === y) return 'was';
    if (this.#hasTheft[x] === 1 && this.#hasTheft[y] === 1) return 'two';
    this.unite(a, b);
    return 'one';
  }

  list(links: readonly Pair[]): Group[] {
    const groups = new Map<number, { items: number[]; links: Pair[] }>();
    for (const position of this.#parent.keys()) {
      const root = this.root(position);
      const group = groups.get(root);
      if (group === undefined) groups.set(root, { items: [position], links: [] });
      else group.items.push(position);
    }
    for (const link of links) groups.get(this.root(link.from))!.links.push(link);
    return [...groups.values()];
  }
}
