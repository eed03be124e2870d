/**
 * What a return rests on, as links: every theft that exposed the account, for the likeliest to be chosen, and what was done
 * on the host that it came from. A weak return is what chance brings once in such logs; after a theft of the directory
 * everybody is exposed, so the theft alone makes it nobody's story. It joins one by its own logon or tunnel, if it does; and
 * where another account came back beyond chance after that theft, for then what was stolen is in use, and one more is what
 * is to be expected.
 *
 * Intruders come back to steal again (notes: the directory three times in four years at one victim, twice in nine months
 * at another), so a return may join the theft that it rests on with one that it led to. But all of a domain are exposed by
 * one theft of its directory, and a second intruder uses one of them by necessity. What tells is whether a stranger could
 * have come so: an account that nobody had ever used in that way before the theft, or that the theft exposed among few. And
 * the first theft must be an intruder's by more than itself: media for a new domain controller expose everybody too.
 */
import type { Return } from './found/index.ts';
import { type Item, isTheft } from './item.ts';
import { byKey, type Evidenced, isOutside, type Pair } from './joins/index.ts';
import { isAddress } from './names.ts';
import { sourcesOf } from './sessions.ts';
import type { Sets } from './sets.ts';
import { saidTime } from './time.ts';
import { carries, type Weighed } from './weigh.ts';

export function exposuresOf(
  evidenced: Evidenced,
  weighed: readonly Weighed[],
  returns: ReadonlyMap<string, Return>,
): Pair[] {
  if (returns.size === 0) return [];
  const { items } = evidenced;
  const positions = new Map(items.map(({ id }, at) => [id, at]));
  const footholds = new Footholds(evidenced, weighed);
  const used = theftsUsed(items, returns);
  const remembered = rememberedTies(items, returns);
  const pairs: Pair[] = [];
  for (const [to, item] of items.entries()) {
    const back = returns.get(item.id);
    if (back === undefined) continue;
    const isWeak = item.gravity === 'weak';
    for (const theft of back.thefts) {
      const tied = theft.item === null ? remembered.get(theft.said) : undefined;
      if (tied !== undefined && tied !== to) {
        const reason = (): string =>
          `${item.account ?? 'the account'} on ${item.host} and ${items[tied]!.account ?? 'another account'} on ${items[tied]!.host}, both used as never before, were exposed by one theft that memory holds`;
        pairs.push({ from: Math.min(tied, to), to: Math.max(tied, to), join: 'exposure', reason });
      }
      const from = theft.item === null ? undefined : positions.get(theft.item.id);
      if (from === undefined || from === to) continue;
      if (isWeak && !used.has(theft.item)) continue;
      const reason = (): string =>
        `${item.account ?? 'the account'} was exposed by what happened on ${theft.item!.host} at ${saidTime(theft.since)}, and was then used as never before on ${item.host}`;
      const ties = (): boolean => !isWeak && back.ties(theft);
      pairs.push({ from: Math.min(from, to), to: Math.max(from, to), join: 'exposure', ties, reason });
    }
    const foothold = back.isFromNew && !isWeak ? footholds.of(to) : null;
    if (foothold !== null) pairs.push(foothold);
  }
  return pairs;
}

/** Thefts after which an account came back beyond chance. */
function theftsUsed(items: readonly Item[], returns: ReadonlyMap<string, Return>): ReadonlySet<Item | null> {
  const used = new Set<Item | null>();
  for (const item of items) {
    if (item.gravity === 'weak') continue;
    for (const theft of returns.get(item.id)?.thefts ?? []) used.add(theft.item);
  }
  return used;
}

/**
 * The first return beyond chance after each theft that only memory knows, by what is said of it: in its stead it holds the
 * other returns together, weak ones too, as the theft itself would where the logs hold it.
 */
function rememberedTies(items: readonly Item[], returns: ReadonlyMap<string, Return>): Map<string, number> {
  const ties = new Map<string, number>();
  for (const [at, item] of items.entries()) {
    if (item.gravity === 'weak') continue;
    for (const { item: theft, said } of returns.get(item.id)?.thefts ?? [])
      if (theft === null && !ties.has(said)) ties.set(said, at);
  }
  return ties;
}

/** Steps that leave a host in an intruder's hands: what was taken there, and ways out that were built. */
const holding: ReadonlySet<string> = new Set(['take', 'carry']);

/** Hosts that an intruder held, as the sources of later first uses. */
class Footholds {
  readonly #evidenced: Evidenced;
  readonly #held: ReadonlyMap<string, readonly number[]>;

  constructor(evidenced: Evidenced, weighed: readonly Weighed[]) {
    this.#evidenced = evidenced;
    const held = new Set(
      evidenced.items.filter((item, at) => carries(item, weighed[at]!) && holding.has(item.step ?? '')),
    );
    this.#held = byKey(evidenced.items, item => (held.has(item) ? [item.host] : []));
  }

  /** Where an account comes from a host for the first time, and somebody held that host before: the latest of it. */
  of(to: number): Pair | null {
    const { items, context } = this.#evidenced;
    const item = items[to]!;
    for (const source of sourcesOf(item, context)) {
      for (const host of isAddress(source) ? context.hostsAt(source) : [source]) {
        const from = host === item.host ? undefined : this.#held.get(host)?.findLast(at => at < to);
        if (from === undefined) continue;
        const reason = (): string =>
          `${item.account} came to ${item.host} for the first time from ${host}${host === source ? '' : ` (${source})`}, which somebody had held since ${saidTime(items[from]!.micros)}`;
        return { from, to, join: 'source', reason };
      }
    }
    return null;
  }
}

/**
 * Which of the links to try first. Of the thefts that may explain a return, one whose group came from an address outside
 * that the return came from too: an intruder comes back to his own theft, not to the latest. Last come those that are at
 * least in part what the site does on a schedule: a weekly copy of the directory exposes it too, but where there is another
 * theft, that one is the likelier.
 */
export function likelihood(
  { items, context }: Evidenced,
  weighed: readonly Weighed[],
  sets: Sets,
  exposures: readonly Pair[],
): (pair: Pair) => number {
  const bySet = new Map<number, { readonly sources: Set<string>; isHabitual: boolean }>();
  for (const { from } of exposures) bySet.set(sets.root(from), { sources: new Set(), isHabitual: false });
  if (bySet.size === 0) return () => 0;
  for (const [position, item] of items.entries()) {
    const set = bySet.get(sets.root(position));
    if (set === undefined) continue;
    for (const source of sourcesOf(item, context)) if (isOutside(source)) set.sources.add(source);
    if (isTheft(item) && weighed[position]!.ordinary !== null) set.isHabitual = true;
  }
  const ranks = new Map<Pair, number>();
  for (const pair of exposures) {
    const { sources, isHabitual } = bySet.get(sets.root(pair.from))!;
    const isShared = sourcesOf(items[pair.to]!, context).some(source => sources.has(source));
    ranks.set(pair, (isShared ? 0 : 2) + (isHabitual ? 1 : 0));
  }
  return pair => ranks.get(pair) ?? 2;
}

/**
 * Joins two thefts where the return that led to the second says whose the first was; gives the links that did. Of each
 * return only the likeliest counts, and none where a theft of its own group or the host that it came from explains it.
 */
export function cameBack(
  parted: readonly Pair[],
  used: readonly Pair[],
  items: readonly Item[],
  weighed: readonly Weighed[],
  sets: Sets,
): Pair[] {
  if (parted.length === 0) return [];
  const explained = new Set(
    used.filter(({ join }) => join === 'exposure' || join === 'source').map(({ to }) => to),
  );
  const returns = new Set(parted.map(({ to }) => to));
  const intruders = new Set<number>();
  for (const [position, item] of items.entries()) {
    if (isTheft(item) || returns.has(position) || explained.has(position)) continue;
    if (carries(item, weighed[position]!)) intruders.add(sets.root(position));
  }
  return parted.filter(({ from, to, ties }) => {
    if (explained.has(to) || !intruders.has(sets.root(from)) || ties?.() !== true) return false;
    explained.add(to);
    sets.unite(from, to);
    return true;
  });
}
