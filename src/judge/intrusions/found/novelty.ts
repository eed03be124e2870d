/**
 * What was new in how an account was used on one day, and whether chance explains it. A day of an account is one trial;
 * something new in each of source, way and host is as surprising as that account's past makes it, and what is new in one
 * only (somebody moved house, a new server) never counts. An account without a past is measured by the organisation's:
 * that it appears at all, and comes in as hardly anybody does.
 *
 * Of N days of accounts that are looked at, chance brings one with log2(N) bits. What is to carry a verdict must beat
 * that by odds of 20 to 1 (`worth.strong`).
 */

import { countBelow } from '../../days.ts';
import { DAY, saidDay } from '../time.ts';
import { worth } from '../weigh.ts';
import { type AccountUses, classOf, type Dimension, dimensions, type Use } from './account-uses.ts';
import type { Organisation } from './organisation.ts';

export type Novelty = {
  readonly day: number;
  readonly bits: number;
  readonly fresh: readonly Dimension[];
  /** A way in that hardly anybody takes: `remote outside`; null where others come in like that too. */
  readonly rare: string | null;
  /** Combinations first met on that day that hold something new. */
  readonly uses: readonly Use[];
  /** Days of use before. */
  readonly before: number;
};

/** What each day of an account from `since` on brought that was new, in order of days. */
export function noveltiesOf(uses: AccountUses, since: number, organisation: Organisation): Novelty[] {
  const byDay = new Map<number, Use[]>();
  for (const use of uses.uses.values()) {
    if (use.first < since) continue;
    if (!dimensions.some(dimension => uses.first(dimension, use) === use.first)) continue;
    const day = Math.floor(use.first / DAY);
    const same = byDay.get(day);
    if (same === undefined) byDay.set(day, [use]);
    else same.push(use);
  }
  return [...byDay]
    .sort(([a], [b]) => a - b)
    .map(([day, fresh]) => noveltyOf(uses, day, fresh, organisation));
}

function noveltyOf(
  uses: AccountUses,
  day: number,
  fresh: readonly Use[],
  organisation: Organisation,
): Novelty {
  const kinds = dimensions.filter(dimension =>
    fresh.some(use => Math.floor(uses.first(dimension, use) / DAY) === day),
  );
  let own = 0;
  for (const dimension of kinds) own += uses.surprise(dimension, day);
  const before = countBelow(uses.days, day);
  const rarest = rarestOf(fresh, day, organisation);
  const asked = (before === 0 ? organisation.newcomer(day) : 0) + rarest.bits;
  const isRare = rarest.seen === 0;
  const ordered = fresh.toSorted((a, b) => a.first - b.first || a.input - b.input || a.offset - b.offset);
  return {
    day,
    bits: isRare ? Math.max(own, asked) : own,
    fresh: kinds,
    rare: isRare ? rarest.kind : null,
    uses: ordered,
    before,
  };
}

function rarestOf(
  uses: readonly Use[],
  day: number,
  organisation: Organisation,
): { kind: string; bits: number; seen: number } {
  let rarest = { kind: '', bits: 0, seen: 1 };
  for (const { source, way } of uses) {
    const kind = classOf(source, way);
    const { bits, seen } = organisation.kind(kind, day);
    if (bits > rarest.bits) rarest = { kind, bits, seen };
  }
  return rarest;
}

/** What the novelty of a day is worth among so many chances; null = chance explains it. */
export function significance({ bits, fresh, rare }: Novelty, trials: number): 'strong' | 'weak' | null {
  if (fresh.length < 2 && rare === null) return null;
  const chance = Math.log2(Math.max(1, trials));
  if (bits >= chance + worth.strong) return 'strong';
  return bits >= chance ? 'weak' : null;
}

const words: Readonly<Record<Dimension, string>> = {
  source: 'from a new source',
  way: 'in a new way',
  host: 'on a new host',
};

/** `used from a new source and on a new host on 2026-11-02, after 60 days of use without`. */
export function saidNovelty({ fresh, rare, before, day, bits }: Novelty): string {
  const what = fresh.map(dimension => words[dimension]).join(' and ');
  const past = before === 0 ? 'never seen before' : `after ${before} days of use`;
  const way = rare === null ? '' : `; nobody had come in like that before (${rare})`;
  return `used ${what} on ${saidDay(day * DAY)}, ${past}${way} (${Math.round(bits)} bits)`;
}
