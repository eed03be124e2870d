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

function inherit(items: readonly Item[], pairs: readonly Pair[], approved: Map<number, Approved>): void {
  for (const { from, to, join } of pairs) {
    if (join !== 'process' && join !== 'file') continue;
    for (const [a, b] of [[from, to] as const, [to, from] as const]) {
      const found = approved.get(a);
      if (found === undefined || approved.has(b) || items[b]!.accountKey !== null) continue;
      if (near(items[a]!.micros, items[b]!.micros, SAME_ACT)) approved.set(b, found);
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
