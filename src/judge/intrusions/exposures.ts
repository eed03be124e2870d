/**
 * Which theft a return rests on, as links: every theft that exposed the account, for the nearest in time to be chosen. A weak
 * return is what chance brings once in such logs; after a theft of the directory everybody is exposed, so the theft alone
 * makes it nobody's story. It joins one by its own logon or tunnel, if it does; and where another account came back beyond
 * chance after that theft, for then what was stolen is in use, and one more is what is to be expected.
 */
import type { Return } from './found/index.ts';
import type { Item } from './item.ts';
import type { Pair } from './joins/index.ts';
import { saidTime } from './time.ts';

export function exposuresOf(items: readonly Item[], returns: ReadonlyMap<string, Return>): Pair[] {
  if (returns.size === 0) return [];
  const positions = new Map(items.map(({ id }, at) => [id, at]));
  const used = new Set<Item | null>();
  for (const item of items) {
    if (item.gravity === 'weak') continue;
    for (const theft of returns.get(item.id)?.thefts ?? []) used.add(theft.item);
  }
  const pairs: Pair[] = [];
  for (const [to, item] of items.entries()) {
    for (const theft of returns.get(item.id)?.thefts ?? []) {
      const from = theft.item === null ? undefined : positions.get(theft.item.id);
      if (from === undefined || from === to) continue;
      if (item.gravity === 'weak' && !used.has(theft.item)) continue;
      const reason = (): string =>
        `${item.account ?? 'the account'} was exposed by what happened on ${theft.item!.host} at ${saidTime(theft.since)}, and was then used as never before on ${item.host}`;
      pairs.push({ from: Math.min(from, to), to: Math.max(from, to), join: 'exposure', reason });
    }
  }
  return pairs;
}
