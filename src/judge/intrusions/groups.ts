/**
 * Which items tell one story. What shares a logon, process, file or source belongs together whatever it is; what shares only
 * an account or a host belongs together where the advisory's chain says that one step leads to the other, within its time.
 *
 * Two intrusions stay two: such a weak link never joins two groups that each hold a theft. It attaches what is nearest
 * in time first. Two thefts are one intruder's where something says so that a stranger would hardly share: the very same
 * file or address outside (joins), a return that only the first theft explains (exposures), or the same manner (manner).
 * Near-linear in the number of items: union-find over links that joins keep few.
 */
import type { Chain, Join } from '../../know/advisories/index.ts';
import { chainedPairs } from './chained.ts';
import { cameBack, likelihood } from './exposures.ts';
import { compareTexts, type Item } from './item.ts';
import { type Evidenced, joinAll, type Pair } from './joins/index.ts';
import { Kinds } from './kinds.ts';
import { type IsStrange, sameManner } from './manner.ts';
import { type Group, Sets } from './sets.ts';
import { DAY, gap } from './time.ts';
import type { Weighed } from './weigh.ts';

/** Weak evidence belongs to what happened in its logon or process that day (notes: a burst lasts up to an hour). */
const WEAK_LASTS = DAY;

/** Groups of at least one item, in order of their first; `exposures` say what found returns may rest on, `isStrange` who hardly ever came so. */
export function groupItems(
  evidenced: Evidenced,
  weighed: readonly Weighed[],
  chains: readonly Chain[],
  exposures: readonly Pair[],
  isStrange: IsStrange,
): Group[] {
  const { items } = evidenced;
  const kinds = new Kinds(items);
  const bySource = sourceLinks(chains, kinds);
  const hard = joinAll(evidenced).filter(
    pair => holdsTogether(items, weighed, pair) && (pair.ifChained !== true || bySource(pair)),
  );
  const sets = new Sets(items);
  for (const { from, to } of hard) sets.unite(from, to);
  const soft = [...chainedPairs(chains, items, kinds, weighed), ...exposures];
  const rank = likelihood(evidenced, weighed, sets, exposures);
  soft.sort((a, b) => rank(a) - rank(b) || softOrder(items, a, b));
  // Of weak links only those are told that hold a group together; an exposure says where a return comes from.
  const parted: Pair[] = [];
  const used = soft.filter(pair => {
    const became = sets.attach(pair.from, pair.to);
    if (became === 'two' && pair.join === 'exposure') parted.push(pair);
    return became === 'one' || (became === 'was' && pair.join === 'exposure');
  });
  const back = cameBack(parted, used, items, weighed, sets);
  return sets.list([...hard, ...used, ...back, ...sameManner(evidenced, weighed, sets, isStrange)]);
}

function holdsTogether(
  items: readonly Item[],
  weighed: readonly Weighed[],
  { from, to, join, ifUnusual }: Pair,
): boolean {
  if (ifUnusual === true) return weighed[from]!.ordinary === null && weighed[to]!.ordinary === null;
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

/** Where somebody came from tells more than that his account was exposed, as all of a domain may be. */
const softRank: Partial<Record<Join, number>> = {
  'account-host': 0,
  source: 0,
  exposure: 1,
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
