/**
 * Does something recur as a schedule does? The gaps between its sightings are compared with their median: a schedule has
 * gaps that hardly differ, now and then a multiple of it where a run was missed, and a person has neither.
 *
 * Spread is the median absolute deviation, which a few odd gaps do not move (F. Hampel, "The influence curve and its role in
 * robust estimation", JASA 69, 1974; P. Rousseeuw and C. Croux, "Alternatives to the median absolute deviation", JASA 88,
 * 1993), scaled by 1.4826 to stand for a standard deviation. With three gaps that alone is too kind (of three numbers two
 * are often near each other), so three in four of the gaps must also be a whole number of periods long.
 *
 * The tolerance is a tenth of the period, so that jobs whose start is put off by minutes pass, and at most half an hour, so
 * that what somebody does every morning does not. It is checked against chance: of gaps that are random (exponential)
 * fewer than one in forty series of four pass; the test counts them.
 */
import type { Regularity } from './types.ts';

/** Sightings kept of one thing; the earliest, so that the order of facts does not matter. */
export const MOST_TIMES = 32;
const FEWEST = 4;
const TOLERANCE = 0.1;
const MOST_TOLERANCE = 1800e6;
/** Gaps of more periods than these are holes in the logs or another habit. */
const MOST_PERIODS = 8;
/** What repeats within a second is one run of something. */
const LEAST_GAP = 1e6;

/** Puts `micros` in its place in a sorted list. */
export function addTime(times: number[], micros: number): void {
  let at = times.length;
  if (at === MOST_TIMES && micros >= times[at - 1]!) return;
  while (at > 0 && times[at - 1]! > micros) at--;
  times.splice(at, 0, micros);
  if (times.length > MOST_TIMES) times.pop();
}

/** The schedule that sorted `times` follow and `micros`, one of them, keeps to; null where there is none. */
export function regularityOf(times: readonly number[], micros: number): Regularity | null {
  const starts = times.filter((time, i) => i === 0 || time - times[i - 1]! >= LEAST_GAP);
  if (starts.length < FEWEST) return null;
  const gaps = starts.slice(1).map((time, i) => time - starts[i]!);
  const period = medianOf(gaps);
  const spread = 1.4826 * medianOf(gaps.map(gap => Math.abs(gap - period)));
  if (spread > toleranceOf(period)) return null;
  const whole = gaps.filter(gap => isWhole(gap, period)).length;
  if (whole < Math.ceil(gaps.length * 0.75) || !keepsTo(starts, micros, period)) return null;
  return { times: starts.length, period: period / 1e6, first: starts[0]!, last: starts.at(-1)! };
}

/** An event of the same kind between two runs of a schedule is none of its runs: it lies whole periods from no others. */
function keepsTo(starts: readonly number[], micros: number, period: number): boolean {
  return starts.filter(start => isWhole(Math.abs(start - micros), period)).length >= 2;
}

function isWhole(gap: number, period: number): boolean {
  const times = Math.round(gap / period);
  return times >= 1 && times <= MOST_PERIODS && Math.abs(gap - times * period) <= toleranceOf(period);
}

function toleranceOf(period: number): number {
  return Math.min(TOLERANCE * period, MOST_TOLERANCE);
}

export function medianOf(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return Number.NaN;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
