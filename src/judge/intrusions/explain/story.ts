/**
 * The story in a few plain sentences, in order of time. What one account did on one host within a stretch is one sentence;
 * weak evidence is told only where it fills such a stretch. What has no time is told last, and said to have none.
 */

import { listed } from '../gather.ts';
import { compareGravity, type Item } from '../item.ts';
import { sourcesOf } from '../sessions.ts';
import type { Group } from '../sets.ts';
import { HOUR, near, saidTime } from '../time.ts';
import type { Scene } from '../verdict.ts';
import { distinct, titleOf } from './words.ts';

/** What lies closer is one stretch. */
const STRETCH = 2 * HOUR;
const MOST_SENTENCES = 8;
/** Stretches that are looked at for one to go on with: hosts that somebody works on side by side. */
const MOST_OPEN = 8;

export function tellStory(group: Group, scene: Scene): string[] {
  const stretches: Item[][] = [];
  for (const at of group.items) {
    const item = scene.items[at]!;
    const open = stretches.slice(-MOST_OPEN).findLast(stretch => isSameStretch(stretch.at(-1)!, item));
    if (open !== undefined) open.push(item);
    else stretches.push([item]);
  }
  if (stretches.length <= MOST_SENTENCES) return stretches.map(stretch => saidStretch(stretch, scene));
  const told = mostTelling(stretches).map(stretch => saidStretch(stretch, scene));
  return [...told, `${stretches.length - told.length} shorter stretches are left out here.`];
}

function isSameStretch(a: Item, b: Item): boolean {
  if (a.host !== b.host) return false;
  const same = a.accountKey === b.accountKey || a.accountKey === null || b.accountKey === null;
  return same && (near(a.micros, b.micros, STRETCH) || (a.micros === 0 && b.micros === 0));
}

/** The gravest and longest, with the first of all, for it says where they came in; in order. */
function mostTelling(stretches: readonly Item[][]): Item[][] {
  const gravest = (items: readonly Item[]): Item =>
    items.reduce((a, b) => (compareGravity(b.gravity, a.gravity) < 0 ? b : a));
  const ranked = stretches
    .slice(1)
    .toSorted((a, b) => compareGravity(gravest(a).gravity, gravest(b).gravity) || b.length - a.length);
  const told = new Set([stretches[0]!, ...ranked.slice(0, MOST_SENTENCES - 2)]);
  return stretches.filter(stretch => told.has(stretch));
}

function saidStretch(items: readonly Item[], { context }: Scene): string {
  const first = items[0]!;
  const account = items.find(item => item.account !== null && item.accountKey !== null)?.account ?? null;
  const sources = distinct(items.flatMap(item => sourcesOf(item, context)));
  const from = sources.length === 0 ? '' : `, coming from ${listed(sources, 3)},`;
  const counts = new Map<string, number>();
  for (const item of items.toSorted((a, b) => compareGravity(a.gravity, b.gravity)))
    counts.set(titleOf(item), (counts.get(titleOf(item)) ?? 0) + 1);
  const deeds = [...counts].map(([title, count]) => (count === 1 ? title : `${title} (${count} times)`));
  const span = saidStretchTime(items);
  return `${span}, ${account ?? 'somebody'}${from} on ${first.host}: ${listed(deeds, 5)}.`;
}

function saidStretchTime(items: readonly Item[]): string {
  const [first, last] = [items[0]!.micros, items.at(-1)!.micros];
  if (first === 0) return 'At an unknown time';
  const start = saidTime(first);
  if (first === last) return start;
  const end = saidTime(last);
  // On one day the end is told by its hour alone.
  return start.slice(0, 10) === end.slice(0, 10)
    ? `${start.slice(0, 19)} to ${end.slice(11)}`
    : `${start} to ${end}`;
}
