/**
 * Which items tell one story. What shares a logon, process, file or source belongs together whatever it is; what shares only
 * an account or a host belongs together where the advisory's chain says that one step leads to the other, within its time.
 *
 * Two intrusions stay two: such a weak link never joins two groups that each hold a theft. It attaches what is nearest
 * in time first. Near-linear in the number of items: union-find over links that joins keep few.
 */
import type { Chain, ChainLink, Join } from '../../know/advisories/index.ts';
import { compareTexts, type Item } from './item.ts';
import { type Evidenced, isOutside, joinAll, type Pair } from './joins/index.ts';
import { sourcesOf } from './sessions.ts';
import { DAY, gap, near, SECOND, saidSpan, skewOf } from './time.ts';
import type { Weighed } from './weigh.ts';

export type Group = {
  /** Positions of its items, in their order. */
  readonly items: readonly number[];
  readonly links: readonly Pair[];
};

/** Weak evidence belongs to what happened in its logon or process that day (notes: a burst lasts up to an hour). */
const WEAK_LASTS = DAY;

/** What joins may link by a chain only; the others link always. */
const softJoins: readonly Join[] = ['account-host', 'account', 'host'];

/**
 * Groups of at least one item, in order of their first; `exposures` are the pairs of theft and return that found evidence
 * rests on.
 */
export function groupItems(
  evidenced: Evidenced,
  weighed: readonly Weighed[],
  chains: readonly Chain[],
  exposures: readonly Pair[],
): Group[] {
  const { items } = evidenced;
  const kinds = new Kinds(items);
  const bySource = sourceLinks(chains, kinds);
  const hard = joinAll(evidenced).filter(
    pair => holdsTogether(items, pair) && (pair.ifChained !== true || bySource(pair)),
  );
  const carriers = new Carriers(items, weighed);
  const soft = [...chains.flatMap(chain => [...chainPairs(chain, items, kinds, carriers)]), ...exposures];
  const groups = new Groups(items);
  for (const { from, to } of hard) groups.unite(from, to);
  const shared = sharedSources(evidenced, groups, exposures);
  const habitual = habitualThefts(items, weighed, groups, exposures);
  soft.sort(
    (a, b) =>
      Number(shared.has(b)) - Number(shared.has(a)) ||
      Number(habitual.has(a)) - Number(habitual.has(b)) ||
      softOrder(items, a, b),
  );
  // Of weak links only those are told that hold a group together; an exposure says where a return comes from.
  const used = soft.filter(({ from, to, join }) => {
    const became = groups.attach(from, to);
    return became === 'one' || (became === 'was' && join === 'exposure');
  });
  return groups.list([...hard, ...used]);
}

/**
 * Of the thefts that may explain a return, those whose group came from an address outside that the return came from too:
 * an intruder comes back to his own theft, not to the latest.
 */
function sharedSources(
  { items, context }: Evidenced,
  groups: Groups,
  exposures: readonly Pair[],
): ReadonlySet<Pair> {
  const roots = new Map<number, Set<string>>(exposures.map(({ from }) => [groups.root(from), new Set()]));
  if (roots.size === 0) return new Set();
  for (const [position, item] of items.entries()) {
    const sources = roots.get(groups.root(position));
    if (sources === undefined) continue;
    for (const source of sourcesOf(item, context)) if (isOutside(source)) sources.add(source);
  }
  return new Set(
    exposures.filter(({ from, to }) =>
      sourcesOf(items[to]!, context).some(source => roots.get(groups.root(from))!.has(source)),
    ),
  );
}

/**
 * Of the thefts that may explain a return, those that are at least in part what the site does on a schedule: a weekly copy
 * of the directory exposes it too, but where there is another theft, that one is the likelier.
 */
function habitualThefts(
  items: readonly Item[],
  weighed: readonly Weighed[],
  groups: Groups,
  exposures: readonly Pair[],
): ReadonlySet<Pair> {
  if (exposures.length === 0) return new Set();
  const roots = new Set<number>();
  for (const [position, item] of items.entries()) {
    if (isTheft(item) && weighed[position]!.ordinary !== null) roots.add(groups.root(position));
  }
  return new Set(exposures.filter(({ from }) => roots.has(groups.root(from))));
}

function holdsTogether(items: readonly Item[], { from, to, join }: Pair): boolean {
  const [a, b] = [items[from]!, items[to]!];
  if (join === 'file' || (a.gravity !== 'weak' && b.gravity !== 'weak')) return true;
  const apart = gap(a.micros, b.micros);
  // Without a time, a shared logon or process is all there is to go by.
  return Number.isNaN(apart) || Math.abs(apart) <= WEAK_LASTS;
}

/** Whether some chain leads from one item to the other by their source. */
function sourceLinks(chains: readonly Chain[], kinds: Kinds): (pair: Pair) => boolean {
  const links = chains
    .flatMap(chain => chain.links.filter(({ on }) => on.includes('source')))
    .map(({ from, to, ordered }) => ({ ordered, isFrom: kinds.at(from), isTo: kinds.at(to) }));
  return ({ from: a, to: b }) =>
    links.some(({ isFrom, isTo, ordered }) => {
      return (isFrom(a) && isTo(b)) || (!ordered && isFrom(b) && isTo(a));
    });
}

/** A theft is what exposes somebody's credentials, and more than a hint. */
export function isTheft(item: Item): boolean {
  return item.decides && item.gravity !== 'weak' && item.behaviour?.exposes != null;
}

const softRank: Partial<Record<Join, number>> = {
  'account-host': 0,
  exposure: 1,
  source: 1,
  account: 2,
  host: 3,
};

/** The stronger join first, then the nearer in time; then the order of the items. */
function softOrder(items: readonly Item[], a: Pair, b: Pair): number {
  return (
    softRank[a.join]! - softRank[b.join]! ||
    span(items, a) - span(items, b) ||
    a.from - b.from ||
    a.to - b.to ||
    compareTexts(a.reason(), b.reason())
  );
}

const span = (items: readonly Item[], { from, to }: Pair): number =>
  Math.abs(items[to]!.micros - items[from]!.micros);

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

/**
 * Which items stand at one of the steps, or show one of the behaviours, that a link names. Items of one rule share their
 * steps, so there are few kinds of them: each is asked once for each link.
 */
class Kinds {
  readonly #of: Int32Array;
  readonly #examples: Item[] = [];

  constructor(items: readonly Item[]) {
    const known = new Map<readonly string[], Map<Item['behaviour'], number>>();
    this.#of = Int32Array.from(items, item => {
      let kinds = known.get(item.steps);
      if (kinds === undefined) {
        kinds = new Map();
        known.set(item.steps, kinds);
      }
      let kind = kinds.get(item.behaviour);
      if (kind === undefined) {
        kind = this.#examples.push(item) - 1;
        kinds.set(item.behaviour, kind);
      }
      return kind;
    });
  }

  /** Answers by position. */
  at(names: readonly string[]): (position: number) => boolean {
    const answers = this.#examples.map(({ steps, behaviour }) => {
      return names.includes(behaviour?.id ?? '') || steps.some(step => names.includes(step));
    });
    return position => answers[this.#of[position]!]!;
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

/** Union-find that knows which sets hold a theft. */
class Groups {
  readonly #parent: Int32Array;
  readonly #hasTheft: Uint8Array;

  constructor(items: readonly Item[]) {
    this.#parent = Int32Array.from(items.keys());
    this.#hasTheft = Uint8Array.from(items, item => Number(isTheft(item)));
  }

  root(position: number): number {
    const parent = this.#parent;
    let root = position;
    while (parent[root] !== root) root = parent[root]!;
    for (let at = position; parent[at] !== root; ) {
      const next = parent[at]!;
      parent[at] = root;
      at = next;
    }
    return root;
  }

  unite(a: number, b: number): void {
    const [x, y] = [this.root(a), this.root(b)];
    if (x === y) return;
    // The lower position stays root, so that the result does not depend on the order of links.
    const [low, high] = x < y ? [x, y] : [y, x];
    this.#parent[high] = low;
    this.#hasTheft[low]! |= this.#hasTheft[high]!;
  }

  /** Unites two sets unless both hold a theft; says whether they were one, are now, or stay two. */
  attach(a: number, b: number): 'was' | 'one' | 'two' {
    const [x, y] = [this.root(a), this.root(b)];
    if (x === y) return 'was';
    if (this.#hasTheft[x] === 1 && this.#hasTheft[y] === 1) return 'two';
    this.unite(a, b);
    return 'one';
  }

  list(links: readonly Pair[]): Group[] {
    const groups = new Map<number, { items: number[]; links: Pair[] }>();
    for (const position of this.#parent.keys()) {
      const root = this.root(position);
      const group = groups.get(root);
      if (group === undefined) groups.set(root, { items: [position], links: [] });
      else group.items.push(position);
    }
    for (const link of links) groups.get(this.root(link.from))!.links.push(link);
    return [...groups.values()];
  }
}
