/** What a join is: pairs of items that share something, each with a reason that a person can check in both records. */
import type { Join } from '../../../know/advisories/index.ts';
import type { Context } from '../context.ts';
import type { Item } from '../item.ts';
import type { Tunnel } from '../tunnels.ts';

export type Pair = {
  /** Positions of the two items; `from` stands before `to`. */
  readonly from: number;
  readonly to: number;
  readonly join: Join;
  /** Set where it holds only between steps that the chain links by their source: everybody's day comes from his desk. */
  readonly ifChained?: true;
  /** Set where more time lies between than such things usually last: it holds only if neither is ordinary here. */
  readonly ifUnusual?: true;
  /** Of an exposure: whether it says whose theft it was, so that a second theft may be the same intruder's. */
  readonly ties?: () => boolean;
  /** Names fields and values that are in both records. Made only for links that are shown. */
  readonly reason: () => string;
};

export type Evidenced = {
  readonly items: readonly Item[];
  readonly context: Context;
  /** By inner address, in order of time. */
  readonly tunnels: ReadonlyMap<string, readonly Tunnel[]>;
};

/**
 * Pairs that join items whatever their step. A join makes a number of pairs in the order of the items, never their
 * square: of many items under one key it links each to the next.
 */
export type Joiner = (evidenced: Evidenced) => Iterable<Pair>;

/** Positions of items by key, in their order; an item may stand under several keys. */
export function byKey(
  items: readonly Item[],
  keysOf: (item: Item) => Iterable<string>,
): Map<string, number[]> {
  const index = new Map<string, number[]>();
  for (const [position, item] of items.entries()) {
    for (const key of keysOf(item)) {
      const positions = index.get(key);
      if (positions === undefined) index.set(key, [position]);
      else if (positions.at(-1) !== position) positions.push(position);
    }
  }
  return index;
}

/**
 * Links each item under a key to the next, and each that is more than weak to the next such: weak evidence is held to a day
 * of what it joins, and must not break what lasts longer.
 */
export function* neighbours(
  items: readonly Item[],
  index: ReadonlyMap<string, readonly number[]>,
): Generator<{ key: string; from: number; to: number }> {
  for (const [key, positions] of index) {
    let strong = -1;
    for (let i = 0; i < positions.length; i++) {
      const to = positions[i]!;
      if (i > 0) yield { key, from: positions[i - 1]!, to };
      if (items[to]!.gravity === 'weak') continue;
      if (strong >= 0 && positions[i - 1] !== strong) yield { key, from: strong, to };
      strong = to;
    }
  }
}

/** `0x551686`. */
export function hex(id: number): string {
  return `0x${id.toString(16)}`;
}

/** A process id in both notations: 4688 writes it in hexadecimal, Sysmon and ESENT in decimal. */
export function saidPid(pid: number): string {
  return `${pid} (${hex(pid)})`;
}
