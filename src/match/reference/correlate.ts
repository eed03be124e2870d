/**
 * What a correlation means, said plainly: quadratic, for tests. The fast one is `correlations/`.
 *
 * **Groups.** Hits of one group number belong together; a hit without a group (-1) takes part in nothing. Within a
 * group hits stand by time, equal times as they were given.
 *
 * **Windows.** A window starts at each hit of a group and holds every hit of the group from that moment to `timespan`
 * later, the edge included. Hits at the very moment of the start belong to it wherever they are listed, so hits of
 * equal time start one and the same window. Where `temporal_ordered` asks for all of its rules, a window starts only at
 * a hit of the first: what stands before it is no part of the row. A window without hits does not exist: `lt: 5` can't fire where
 * nothing is.
 *
 * **Condition.** It is asked of each window as a whole:
 * - `event_count`: the number of hits. An event that matched two of the rules is two hits.
 * - `value_count`: the number of different values; a missing value is none.
 * - `value_sum`, `value_avg`, `value_median`, `value_percentile`: of the values that are numbers (`parseExact`),
 *   others do not count; without any number the condition is false. The median of an even number of values is the
 *   mean of the two in the middle. Percentile p is the smallest value such that at least p % of the values are not
 *   above it. All are compared exactly, not as doubles.
 * - `temporal`: the number of different rules; without bounds all must occur. Or an expression over which rules
 *   occur.
 * - `temporal_ordered`: how many rules occur in the order of their positions, one hit each, at times that do not
 *   decrease, leaving out others: the longest such row. Without bounds it must be all of them. Equal times count as
 *   any order, so an event that matched two rules serves both. Or an expression, read along time: `and` is its parts
 *   one after the other (the earliest end of the left part, the right part from that moment on), `or` the earlier of
 *   its parts, `not x` holds where x occurs nowhere in the window, and takes no time. One hit may serve two parts of
 *   an expression.
 *
 * Several bounds must all hold.
 *
 * **Firings.** Windows of a group that fulfil the condition and share a hit are one firing, as are all that hang
 * together so: ten hits, and ten more before the first window has passed, are one firing and not eleven. Its hits are
 * those of the windows that fulfil. Its moment and measure are of the first of those windows: the measure is of the
 * window as a whole; the moment is the earliest at which the condition holds of what the window held by then. For
 * `lt` and its like this is as a rule the window's first moment, although only its end proves it.
 *
 * Firings are ordered by moment, then by first hit. Neither depends on how groups and values are numbered.
 */
import type { Bound, Occurrence } from '../../know/sigma/index.ts';
import type { Firing, Hits, Pattern } from '../correlations/index.ts';
import { exactOf, inUnits, nearestDouble, parseExact } from '../values/index.ts';

/** Values are whole numbers of 10^-400: below what a log (10^-100) or a rule (10^-324) can say. */
const scale = 400;

/** A number to be compared, as the fraction `of` / `parts`, and as the double that is shown. */
type Measure = { readonly of: bigint; readonly parts: bigint; readonly shown: number };

/** All correlated firings of `hits` under `pattern`, in order. */
export function referenceCorrelate(pattern: Pattern, hits: Hits): Firing[] {
  const all = Array.from({ length: hits.length }, (_, hit) => hit).filter(hit => hits.group[hit]! >= 0);
  const groups = new Set(all.map(hit => hits.group[hit]!));
  const firings = [...groups].flatMap(group =>
    firingsOf(
      pattern,
      hits,
      all.filter(hit => hits.group[hit] === group),
    ),
  );
  return firings.sort((a, b) => a.micros - b.micros || a.hits[0]! - b.hits[0]!);
}

function firingsOf(pattern: Pattern, hits: Hits, members: readonly number[]): Firing[] {
  const firings: Firing[] = [];
  let last: Set<number> | null = null;
  for (const start of members) {
    if (!startsWindow(pattern, hits, start)) continue;
    const window = members.filter(hit => {
      const after = hits.micros[hit]! - hits.micros[start]!;
      return after >= 0 && after <= pattern.timespan;
    });
    if (!holds(pattern, hits, window)) continue;
    if (last !== null && window.some(hit => last!.has(hit))) {
      const firing = firings.pop()!;
      last = new Set([...last, ...window]);
      firings.push({ ...firing, hits: Uint32Array.from(last).sort() });
    } else {
      last = new Set(window);
      firings.push({
        group: hits.group[start]!,
        micros: momentOf(pattern, hits, window),
        hits: Uint32Array.from(window),
        measure: shownOf(pattern, hits, window),
      });
    }
  }
  return firings;
}

function startsWindow({ type, condition }: Pattern, hits: Hits, hit: number): boolean {
  const asksForAll = condition.occurrence === null && condition.bounds.length === 0;
  return type !== 'temporal_ordered' || !asksForAll || hits.rule[hit] === 0;
}

function momentOf(pattern: Pattern, hits: Hits, window: readonly number[]): number {
  const moments = window.map(hit => hits.micros[hit]!);
  return moments.find(moment =>
    holds(
      pattern,
      hits,
      window.filter(hit => hits.micros[hit]! <= moment),
    ),
  )!;
}

function holds(pattern: Pattern, hits: Hits, window: readonly number[]): boolean {
  const { bounds, occurrence } = pattern.condition;
  if (occurrence !== null && pattern.type === 'temporal') return occurs(occurrence, rulesOf(hits, window));
  if (occurrence !== null && pattern.type === 'temporal_ordered') {
    return reached(occurrence, hits, window, hits.micros[window[0]!]!) < Number.POSITIVE_INFINITY;
  }
  const measure = measureOf(pattern, hits, window);
  if (measure === null) return false;
  const temporal = pattern.type === 'temporal' || pattern.type === 'temporal_ordered';
  if (temporal && bounds.length === 0) return measure.shown === pattern.rules;
  return bounds.every(bound => fits(bound, measure));
}

function fits({ op, value }: Bound, { of, parts }: Measure): boolean {
  const bound = inUnits(exactOf(value), scale) * parts;
  switch (op) {
    case 'gt':
      return of > bound;
    case 'gte':
      return of >= bound;
    case 'lt':
      return of < bound;
    case 'lte':
      return of <= bound;
    case 'eq':
      return of === bound;
    case 'neq':
      return of !== bound;
  }
}

function shownOf(pattern: Pattern, hits: Hits, window: readonly number[]): number {
  if (pattern.condition.occurrence !== null) return rulesOf(hits, window).size;
  return measureOf(pattern, hits, window)!.shown;
}

/** What the bounds are asked about; null where there is nothing to measure. */
function measureOf(pattern: Pattern, hits: Hits, window: readonly number[]): Measure | null {
  switch (pattern.type) {
    case 'event_count':
      return count(window.length);
    case 'value_count':
      return count(new Set(window.map(hit => hits.value[hit]!).filter(value => value >= 0)).size);
    case 'temporal':
      return count(rulesOf(hits, window).size);
    case 'temporal_ordered':
      return count(longestRow(hits, window));
    default:
      return statistic(pattern, numbersOf(hits, window));
  }
}

function count(number: number): Measure {
  return { of: inUnits(exactOf(number), scale), parts: 1n, shown: number };
}

function statistic({ type, condition }: Pattern, numbers: readonly bigint[]): Measure | null {
  if (numbers.length === 0) return null;
  const middle = numbers.length >> 1;
  switch (type) {
    case 'value_sum':
      return fraction(sum(numbers), 1);
    case 'value_avg':
      return fraction(sum(numbers), numbers.length);
    case 'value_median':
      return numbers.length % 2 === 1
        ? fraction(numbers[middle]!, 1)
        : fraction(numbers[middle - 1]! + numbers[middle]!, 2);
    default: {
      const hundredth = inUnits(exactOf(condition.percentile ?? 0), scale);
      const all = 100n * 10n ** BigInt(scale);
      // How many are not above a number that occurs more than once, its last place says.
      const enough = (value: bigint): boolean =>
        BigInt(numbers.lastIndexOf(value) + 1) * all >= hundredth * BigInt(numbers.length);
      return fraction(numbers.find(enough)!, 1);
    }
  }
}

function sum(numbers: readonly bigint[]): bigint {
  return numbers.reduce((total, value) => total + value, 0n);
}

function fraction(of: bigint, parts: number): Measure {
  return { of, parts: BigInt(parts), shown: nearestDouble(of, scale) / parts };
}

/** The numbers among the values of a window, ascending. */
function numbersOf(hits: Hits, window: readonly number[]): bigint[] {
  return window
    .map(hit => parseExact(hits.texts[hits.value[hit]!] ?? ''))
    .filter(exact => exact !== null)
    .map(exact => inUnits(exact, scale))
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

function rulesOf(hits: Hits, window: readonly number[]): Set<number> {
  return new Set(window.map(hit => hits.rule[hit]!));
}

/** The greatest number of hits whose rules ascend while their times do not descend. */
function longestRow(hits: Hits, window: readonly number[]): number {
  const byRule = [...window].sort((a, b) => hits.rule[a]! - hits.rule[b]!);
  const longest = new Map<number, number>();
  for (const hit of byRule) {
    const before = byRule.filter(
      other => hits.rule[other]! < hits.rule[hit]! && hits.micros[other]! <= hits.micros[hit]!,
    );
    longest.set(hit, 1 + Math.max(0, ...before.map(other => longest.get(other)!)));
  }
  return Math.max(...longest.values());
}

function occurs(node: Occurrence, rules: ReadonlySet<number>): boolean {
  switch (node.op) {
    case 'and':
      return node.nodes.every(part => occurs(part, rules));
    case 'or':
      return node.nodes.some(part => occurs(part, rules));
    case 'not':
      return !occurs(node.node, rules);
    case 'rule':
      return rules.has(node.rule);
  }
}

/** The earliest moment, not before `from`, at which the expression is reached in the window; infinite if never. */
function reached(node: Occurrence, hits: Hits, window: readonly number[], from: number): number {
  const never = Number.POSITIVE_INFINITY;
  switch (node.op) {
    case 'and':
      return node.nodes.reduce(
        (moment, part) => (moment === never ? never : reached(part, hits, window, moment)),
        from,
      );
    case 'or':
      return Math.min(never, ...node.nodes.map(part => reached(part, hits, window, from)));
    case 'not':
      return reached(node.node, hits, window, hits.micros[window[0]!]!) === never ? from : never;
    case 'rule': {
      const hit = window.find(each => hits.rule[each] === node.rule && hits.micros[each]! >= from);
      return hit === undefined ? never : hits.micros[hit]!;
    }
  }
}
