/**
 * What was new in how an account was used on one day, and whether chance explains it. A day of an account is one trial;
 * something new in each of source, way and host is as surprising as that account's past makes it, and what is new in one
 * only (somebody moved house, a new server) never counts.
 *
 * Of N days of accounts that are looked at, chance brings one with log2(N) bits. What is to carry a verdict must beat
 * that by odds of 20 to 1 (`worth.strong`).
 */
import { DAY, saidDay } from '../time.ts';
import { worth } from '../weigh.ts';
import { type AccountUses, type Dimension, dimensions, type Use } from './uses.ts';

export type Novelty = {
  readonly day: number;
  readonly bits: number;
  readonly fresh: readonly Dimension[];
  /** Combinations first met on that day that hold something new. */
  readonly uses: readonly Use[];
  /** Days of use before. */
  readonly before: number;
};

/** What each day of an account from `since` on brought that was new, in order of days. */
export function noveltiesOf(uses: AccountUses, since: number): Novelty[] {
  const byDay = new Map<number, Use[]>();
  for (const use of uses.uses.values()) {
    if (use.first < since) continue;
    const isFresh = dimensions.some(dimension => uses.first(dimension, use) === use.first);
    if (!isFresh) continue;
    const day = Math.floor(use.first / DAY);
    const same = byDay.get(day);
    if (same === undefined) byDay.set(day, [use]);
    else same.push(use);
  }
  return [...byDay].sort(([a], [b]) => a - b).map(([day, fresh]) => noveltyOf(uses, day, fresh));
}

function noveltyOf(uses: AccountUses, day: number, fresh: readonly Use[]): Novelty {
  const kinds = dimensions.filter(dimension =>
    fresh.some(use => Math.floor(uses.first(dimension, use) / DAY) === day),
  );
  let bits = 0;
  for (const dimension of kinds) bits += uses.surprise(dimension, day);
  const before = uses.days.filter(other => other < day).length;
  const ordered = fresh.toSorted((a, b) => a.first - b.first || a.input - b.input || a.offset - b.offset);
  return { day, bits, fresh: kinds, uses: ordered, before };
}

/** How many days of accounts lie at or after `since`: so many chances there are to meet something new. */
export function chances(all: Iterable<AccountUses>, since: number): number {
  const first = Math.floor(since / DAY);
  let count = 0;
  for (const { days } of all) for (const day of days) if (day >= first) count++;
  return count;
}

/** What the novelty of a day is worth among so many chances; null = chance explains it. */
export function significance({ bits, fresh }: Novelty, trials: number): 'strong' | 'weak' | null {
  if (fresh.length < 2) return null;
  const chance = Math.log2(Math.max(1, trials));
  if (bits >= chance + worth.strong) return 'strong';
  return bits >= chance ? 'weak' : null;
}

const words: Readonly<Record<Dimension, string>> = {
  source: 'from a new source',
  way: 'in a new way',
  host: 'on a new host',
};

/** `from a new source and on a new host, after 60 days of use without`. */
export function saidNovelty({ fresh, before, day, bits }: Novelty): string {
  const what = fresh.map(dimension => words[dimension]).join(' and ');
  return `used ${what} on ${saidDay(day * DAY)}, after ${before} days of use (${Math.round(bits)} bits)`;
}
