/** Resets that were found, as links: the tunnel, the password that was set through it, and the account that came out of it. */
import type { EventKeys } from './events.ts';
import type { Reset } from './found/index.ts';
import type { Item } from './item.ts';
import type { Pair } from './joins/index.ts';
import { saidTime } from './time.ts';

/** Weak by their join: they never make one story of two thefts. */
export function resetPairs(resets: readonly Reset[], keys: EventKeys, items: readonly Item[]): Pair[] {
  if (resets.length === 0) return [];
  const positions = new Map(items.map((item, at) => [keys.of(item.fact), at]));
  return resets.flatMap(({ change, use, tunnel: { up, inner } }): Pair[] => {
    const [door, set, used] = [up, change, use].map(fact => positions.get(keys.of(fact)));
    const pairs: Pair[] = [];
    const link = (a: number | undefined, b: number | undefined, said: string): void => {
      if (a === undefined || b === undefined || a === b) return;
      pairs.push({ from: Math.min(a, b), to: Math.max(a, b), join: 'source', reason: () => said });
    };
    const whose = change.values.account ?? 'another account';
    const who = change.values.byAccount ?? 'its user';
    link(
      set,
      used,
      `${who} set the password of ${whose} at ${saidTime(change.micros)}, and ${whose} then came from ${inner}`,
    );
    link(
      door,
      set,
      `the tunnel ${inner} of ${up.values.account ?? 'somebody'}, through which ${who} set the password of ${whose}`,
    );
    return pairs;
  });
}
