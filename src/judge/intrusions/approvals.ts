/**
 * What a named person approved is taken out of the evidence and listed as suppressed, never hidden. Two things decide
 * more than the approval itself. An event that cannot say who acted (ESENT names no user) goes with the approved process
 * or file it belongs to. And what was approved stays evidence if something that was not approved then archived or read
 * what it wrote: a backup is approved, taking it away is not.
 */
import type { Approval } from '../../know/site/index.ts';
import type { Item } from './item.ts';
import { type Evidenced, joinAll, type Pair } from './joins/index.ts';
import { MINUTE, near } from './time.ts';

/** The database event of a copy comes within seconds of the command (notes: 12 to 90 s). */
const SAME_ACT = 10 * MINUTE;

export type Approved = { readonly approval: Approval; readonly reason: string };

export type Approvals = {
  /** By position. */
  readonly suppressed: ReadonlyMap<number, Approved>;
  /** By id: why an item stays evidence although it was approved. */
  readonly kept: ReadonlyMap<string, string>;
};

export function approveItems(
  items: readonly Item[],
  { context, tunnels }: Pick<Evidenced, 'context' | 'tunnels'>,
  approvalOf: (item: Item) => Approved | null,
): Approvals {
  const approved = new Map<number, Approved>();
  for (const [position, item] of items.entries()) {
    const found = approvalOf(item);
    if (found !== null) approved.set(position, found);
  }
  if (approved.size === 0) return { suppressed: approved, kept: new Map() };
  const pairs = joinAll({ items, context, tunnels });
  inherit(items, pairs, approved);
  const kept = carriedOff(items, pairs, approved);
  for (const position of kept.keys()) approved.delete(position);
  return { suppressed: approved, kept: new Map([...kept].map(([at, reason]) => [items[at]!.id, reason])) };
}

/**
 * What an approved event vouches for: what belongs to its process or file and cannot say who acted, and what its account did
 * in that same process and cannot say by which parent it was started. From there it goes on.
 */
function inherit(items: readonly Item[], pairs: readonly Pair[], approved: Map<number, Approved>): void {
  const beside = new Map<number, Pair[]>();
  for (const pair of pairs) {
    if (pair.join !== 'process' && pair.join !== 'file') continue;
    for (const at of [pair.from, pair.to]) {
      const same = beside.get(at);
      if (same === undefined) beside.set(at, [pair]);
      else same.push(pair);
    }
  }
  const open = [...approved.keys()].map(at => ({ at, whose: items[at]!.accountKey }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { at, whose } = next;
    for (const { from, to, join } of beside.get(at) ?? []) {
      const other = from === at ? to : from;
      const { accountKey, fact, micros } = items[other]!;
      if (approved.has(other) || !near(items[at]!.micros, micros, SAME_ACT)) continue;
      const isOwn = join === 'process' && accountKey === whose && fact.values.parentImage === undefined;
      if (accountKey !== null && !isOwn) continue;
      approved.set(other, approved.get(at)!);
      open.push({ at: other, whose });
    }
  }
}

/** Approved items whose files something later took that nobody approved; they stay, with the reason. */
function carriedOff(
  items: readonly Item[],
  pairs: readonly Pair[],
  approved: ReadonlyMap<number, Approved>,
): Map<number, string> {
  const kept = new Map<number, string>();
  for (const { from, to, join, reason } of pairs) {
    if (join !== 'file' && join !== 'share-file') continue;
    const found = approved.get(from);
    if (found === undefined || approved.has(to)) continue;
    const { host, example } = items[to]!;
    kept.set(
      from,
      `approved by ${found.approval.by} (${found.approval.id}), but what it wrote was then taken on ${host} by something that nobody approved (${example.slice(0, 80)}): ${reason()}`,
    );
  }
  return kept;
}
