/**
 * The same manner: whoever comes back for the same thing every few months does it as he did before. Two thefts are one
 * intruder's where all of this holds, which a stranger would hardly share: the same was taken; under one account, or under
 * one that the earlier theft exposed; in sessions opened from one and the same host; both times somebody had come in from
 * outside, from where that account hardly ever comes; and what was taken was packed, carried off or covered up by at least
 * two same behaviours.
 *
 * An administrator's habit has no strange way in, and neither a promotion from media nor a restore is carried off and
 * covered up. Where such an owner is told with an intruder all the same, nothing becomes graver: a verdict asks for steps
 * that are linked, and these links are none of the chain's. Linear in the number of items.
 */
import type { Uses } from './found/index.ts';
import { type Item, isTheft } from './item.ts';
import { byKey, type Evidenced, isOutside, type Pair } from './joins/index.ts';
import { isAddress, type Names } from './names.ts';
import type { Ways } from './ordinary.ts';
import { sourcesOf } from './sessions.ts';
import type { Sets } from './sets.ts';
import { DAY, near, saidTime } from './time.ts';
import { carries, type Weighed } from './weigh.ts';

/** What is done with what was taken. */
const after: ReadonlySet<string> = new Set(['pack', 'carry', 'hide']);
/** One such step is how everybody packs; two make a manner. A convention, not measured. */
const TELLING = 2;
/** Thefts before one that are looked at for its like. */
const MOST_LOOKED_AT = 32;

type Visit = {
  /** Behaviours of the steps after the theft. */
  readonly manner: Set<string>;
  isFromOutside: boolean;
};

/** Whether the account hardly ever came from there. */
export type IsStrange = (item: Item) => boolean;

/**
 * Strange is a network that is not the account's habit, or an address that it came from on one day only: this actor comes
 * over routers of homes and offices nearby (notes, IA-02), whose network may well be the account's own.
 */
export function strangeBy(ways: Ways, uses: Uses | null, names: Names): IsStrange {
  return ({ fact }) => {
    if (ways.isUnusual(fact)) return true;
    const { account, sid, sourceIp } = fact.values;
    const { key } = names.account(account, sid);
    const known = key === null ? undefined : uses?.byAccount.get(key);
    const same = [...(known?.uses.values() ?? [])].filter(({ source }) => source === sourceIp?.toLowerCase());
    return (
      same.length > 0 && same.every(({ first, last }) => last - first <= DAY && near(first, fact.micros, DAY))
    );
  };
}

/** Unites sets that hold thefts of one manner; gives the links that did. */
export function sameManner(
  { items, context }: Evidenced,
  weighed: readonly Weighed[],
  sets: Sets,
  isStrange: IsStrange,
): Pair[] {
  const thefts = [...items.keys()].filter(at => isTheft(items[at]!) && carries(items[at]!, weighed[at]!));
  const visits = visitsOf(
    items,
    sets,
    new Set(thefts.map(at => sets.root(at))),
    item =>
      isStrange(item) &&
      (item.fact.type === 'tunnel' || sourcesOf(item, context).some(each => isOutside(each))),
  );
  // Sets grow while thefts are compared: a visit stays what it was before.
  const visitOf = new Map(thefts.map(at => [at, visits.get(sets.root(at))!]));
  const ways = byKey(items, item => {
    if (item.behaviour === null || !isTheft(item)) return [];
    return viaOf(item, { items, context }).map(host => `${item.behaviour!.id}\n${host}`);
  });
  const links: Pair[] = [];
  for (const [key, positions] of ways) {
    const via = key.slice(key.indexOf('\n') + 1);
    const strange = positions.filter(at => visitOf.get(at)?.isFromOutside === true);
    for (const [i, to] of strange.entries()) {
      const earlier = strange.slice(Math.max(0, i - MOST_LOOKED_AT), i);
      const from = earlier.findLast(
        at => mayBeOne(items[at]!, items[to]!) && isAlike(visitOf.get(at)!, visitOf.get(to)!),
      );
      if (from === undefined || sets.root(from) === sets.root(to)) continue;
      sets.unite(from, to);
      links.push({ from, to, join: 'source', reason: saidManner(items[from]!, items[to]!, via) });
    }
  }
  return links;
}

function visitsOf(
  items: readonly Item[],
  sets: Sets,
  roots: ReadonlySet<number>,
  isWayIn: (item: Item) => boolean,
): Map<number, Visit> {
  const visits = new Map<number, Visit>();
  for (const root of roots) visits.set(root, { manner: new Set(), isFromOutside: false });
  for (const [at, item] of items.entries()) {
    const visit = visits.get(sets.root(at));
    if (visit === undefined) continue;
    if (item.behaviour !== null && after.has(item.step ?? '')) visit.manner.add(item.behaviour.id);
    visit.isFromOutside ||= isWayIn(item);
  }
  return visits;
}

/** Hosts that the session of a theft was opened from. */
function viaOf(item: Item, { context }: Pick<Evidenced, 'items' | 'context'>): string[] {
  return sourcesOf(item, context)
    .flatMap(source => (isAddress(source) ? context.hostsAt(source) : [source]))
    .filter(host => host !== item.host);
}

/** One account, or whoever holds what the first theft exposed. */
function mayBeOne(a: Item, b: Item): boolean {
  if (a.accountKey === null || b.accountKey === null) return false;
  return a.accountKey === b.accountKey || a.behaviour?.exposes === 'domain';
}

function isAlike(a: Visit, b: Visit): boolean {
  let shared = 0;
  for (const behaviour of a.manner) if (b.manner.has(behaviour)) shared++;
  return shared >= TELLING;
}

function saidManner(a: Item, b: Item, via: string): () => string {
  return () =>
    `${a.account} on ${a.host} at ${saidTime(a.micros)} and ${b.account} on ${b.host} took the same in the same manner, both from ${via} and from outside before`;
}
