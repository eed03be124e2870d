/**
 * What one visit tells of others. Most days of somebody who stays for weeks hold nothing that is strong by itself: he comes
 * in, looks around and leaves. Once one of his visits is known, what it shows says which others are his. Each way to tell is a
 * file here, and a line in the table.
 *
 * What is told so stays weak, and its link never makes one story of two thefts.
 */
import type { EventKeys } from '../events.ts';
import type { Item } from '../item.ts';
import type { Pair } from '../joins/index.ts';
import { backAgain } from './back-again.ts';
import { madeReady } from './made-ready.ts';
import { sameGuest } from './same-guest.ts';
import { samePlace } from './same-place.ts';
import { throughRelay } from './through-relay.ts';
import type { Trail, Trailer, Visits } from './trail.ts';
import { wentOnward } from './went-onward.ts';

export type { Trail } from './trail.ts';

const MOST_TRAILS = 10_000;

const trailers: readonly Trailer[] = [samePlace, backAgain, madeReady, wentOnward, sameGuest, throughRelay];

export function trailsOf(visits: Visits): Trail[] {
  return trailers.flatMap(trailer => [...trailer(visits)]).slice(0, MOST_TRAILS);
}

/** The trails as links of items that are judged; what trails from one event to itself is none. */
export function trailPairs(trails: readonly Trail[], keys: EventKeys, items: readonly Item[]): Pair[] {
  if (trails.length === 0) return [];
  const positions = new Map(items.map((item, at) => [keys.of(item.fact), at]));
  return trails.flatMap(({ from, to, reason }): Pair[] => {
    const a = positions.get(keys.of(from));
    const b = positions.get(keys.of(to.fact));
    if (a === undefined || b === undefined || a === b) return [];
    return [{ from: Math.min(a, b), to: Math.max(a, b), join: 'source', reason: () => reason }];
  });
}
