/**
 * Links that rest on the advisory's chain: what shares only an account or a host belongs together where one step leads to the
 * other, within the time that the chain gives. For each item at a link's end the nearest at its beginning, so there are no
 * more of them than items, for each link and join.
 */
import type { Chain, ChainLink, Join } from '../../know/advisories/index.ts';
import type { Item } from './item.ts';
import type { Pair } from './joins/index.ts';
import type { Kinds } from './kinds.ts';
import { near, SECOND, saidSpan, skewOf } from './time.ts';
import type { Weighed } from './weigh.ts';

/** What joins may link by a chain only; the others link always. */
const softJoins: readonly Join[] = ['account-host', 'account', 'host'];

export function* chainedPairs(
  chains: readonly Chain[],
  items: readonly Item[],
  kinds: Kinds,
  weighed: readonly Weighed[],
): Generator<Pair> {
  const carriers = new Carriers(items, weighed);
  for (const chain of chains) yield* chainPairs(chain, items, kinds, carriers);
}

/** Positions of what may carry a weak link, by join and key; made once for all links of all chains. */
class Carriers {
  readonly #items: readonly Item[];
  readonly #positions: readonly number[];
  readonly #byJoin = new Map<Join, Map<string, number[]>>();

  constructor(items: readonly Item[], weighed: readonly Weighed[]) {
    this.#items = items;
    this.#positions = [...items.keys()].filter(
      at => items[at]!.gravity !== 'weak' && weighed[at]!.ordinary === null,
    );
  }

  by(join: Join): ReadonlyMap<string, readonly number[]> {
    let index = this.#byJoin.get(join);
    if (index !== undefined) return index;
    index = new Map();
    for (const at of this.#positions) {
      const key = softKey(join, this.#items[at]!);
      if (key === null) continue;
      const positions = index.get(key);
      if (positions === undefined) index.set(key, [at]);
      else positions.push(at);
    }
    this.#byJoin.set(join, index);
    return index;
  }
}

function* chainPairs(
  chain: Chain,
  items: readonly Item[],
  kinds: Kinds,
  carriers: Carriers,
): Generator<Pair> {
  for (const link of chain.links) {
    const joins = link.on.filter(join => softJoins.includes(join));
    if (joins.length === 0) continue;
    const isFrom = kinds.at(link.from);
    const isTo = kinds.at(link.to);
    for (const join of joins) yield* pairsOn(link, join, items, carriers.by(join), isFrom, isTo);
  }
}

/** For each item at the link's end the nearest at its beginning, under the key of the join. */
function* pairsOn(
  link: ChainLink,
  join: Join,
  items: readonly Item[],
  byKey: ReadonlyMap<string, readonly number[]>,
  isFrom: (position: number) => boolean,
  isTo: (position: number) => boolean,
): Generator<Pair> {
  for (const [key, positions] of byKey) {
    const ends = positions.filter(isTo);
    if (ends.length === 0) continue;
    const starts = positions.filter(isFrom);
    for (const end of ends) {
      const start = nearestStart(link, items, starts, end);
      if (start !== null) yield softPair(join, key, items, start, end);
    }
  }
}

function softKey(join: Join, { accountKey, host }: Item): string | null {
  if (join === 'host') return host;
  return accountKey === null || join === 'account' ? accountKey : `${accountKey}\n${host}`;
}

/** The last start that the link allows before `end`; where it is not ordered, also the first after it, if nearer. */
function nearestStart(
  { within, ordered }: ChainLink,
  items: readonly Item[],
  starts: readonly number[],
  end: number,
): number | null {
  const limit = within === null ? Number.POSITIVE_INFINITY : within * SECOND;
  const at = items[end]!.micros;
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (starts[middle]! < end) low = middle + 1;
    else high = middle;
  }
  const before = starts[low - 1];
  const after = starts[low] === end ? starts[low + 1] : starts[low];
  const most = ordered && after !== undefined ? skewOf(items[after]!, items[end]!) : limit;
  const gaps = [
    before !== undefined && near(items[before]!.micros, at, limit) ? at - items[before]!.micros : null,
    after !== undefined && near(items[after]!.micros, at, most) ? items[after]!.micros - at : null,
  ] as const;
  if (gaps[0] !== null && (gaps[1] === null || gaps[0] <= gaps[1])) return before!;
  return gaps[1] === null ? null : after!;
}

function softPair(join: Join, key: string, items: readonly Item[], start: number, end: number): Pair {
  const [a, b] = [items[start]!, items[end]!];
  const who = a.account ?? b.account ?? key;
  const apart = saidSpan(b.micros - a.micros);
  const said = {
    'account-host': () => `same account ${who} on ${a.host}, ${apart} apart`,
    account: () => `same account ${who} on ${a.host} and ${b.host}, ${apart} apart`,
    host: () => `same host ${a.host}, ${apart} apart`,
  };
  const reason = said[join as keyof typeof said];
  return { from: Math.min(start, end), to: Math.max(start, end), join, reason };
}
