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
 * that what somebody does every morning does not. It is checked against chance: of series of four with random (exponential)
 * gaps fewer than one in forty pass where the gaps are hours, and one in two hundred where they are days; the test counts.
 */
import type { Regularity } from './types.ts';

/**
 * Sightings kept of one thing, the earliest, so that the order of facts does not matter; more of evidence, because that is
 * what is asked about: three years of nights. What comes after them is usual by the days on which it was seen.
 */
const MOST_TIMES = 32;
const MOST_EVIDENCE = 1_024;
const FEWEST = 4;
const TOLERANCE = 0.1;
const MOST_TOLERANCE = 1800e6;
const WHOLE_GAPS = 0.75;
/** Gaps of more periods than these are holes in the logs or another habit. */
const MOST_PERIODS = 8;
/** What repeats within a second is one run of something. */
const LEAST_GAP = 1e6;

type Schedule = {
  readonly starts: readonly number[];
  /** Microseconds. */
  readonly period: number;
};

/** When one thing was seen. */
export class Sightings {
  readonly #evidence: number[] = [];
  readonly #others: number[] = [];
  /** Undefined = not worked out yet. */
  #schedule: Schedule | null | undefined;

  add(micros: number, isEvidence: boolean): void {
    if (isEvidence) addTime(this.#evidence, micros, MOST_EVIDENCE);
    else addTime(this.#others, micros, MOST_TIMES);
    this.#schedule = undefined;
  }

  get first(): number {
    return Math.min(
      this.#evidence[0] ?? Number.POSITIVE_INFINITY,
      this.#others[0] ?? Number.POSITIVE_INFINITY,
    );
  }

  /** The schedule that they follow and the one at `micros` keeps to; null where there is none. */
  regularity(micros: number): Regularity | null {
    if (this.#schedule === undefined) {
      const times = Float64Array.from([...this.#evidence, ...this.#others]).sort();
      this.#schedule = scheduleOf([...times]);
    }
    if (this.#schedule === null || !keepsTo(this.#schedule, micros)) return null;
    const { starts, period } = this.#schedule;
    return { times: starts.length, period: period / 1e6, first: starts[0]!, last: starts.at(-1)! };
  }
}

/** Puts `micros` in its place in a sorted list of the earliest `most`; a copy of an event is there already. */
export function addTime(times: number[], micros: number, most: number): void {
  if (times.length === most && micros >= times[most - 1]!) return;
  const at = placeOf(times, micros);
  if (times[at] === micros) return;
  times.splice(at, 0, micros);
  if (times.length > most) times.pop();
}

/** The first place whose time is not before `micros`. */
function placeOf(times: readonly number[], micros: number): number {
  // Logs come nearly in order.
  if (times.length === 0 || times.at(-1)! < micros) return times.length;
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! < micros) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The schedule that times in order follow, and how many of them lie beside it; null where there is none. */
export function recurrenceOf(times: readonly number[]): (Regularity & { readonly beside: number }) | null {
  const schedule = scheduleOf(times);
  if (schedule === null) return null;
  const { starts, period } = schedule;
  const beside = starts.filter(start => !keepsTo(schedule, start)).length;
  return { times: starts.length, period: period / 1e6, first: starts[0]!, last: starts.at(-1)!, beside };
}

function scheduleOf(times: readonly number[]): Schedule | null {
  const starts = times.filter((time, i) => i === 0 || time - times[i - 1]! >= LEAST_GAP);
  if (starts.length < FEWEST) return null;
  const gaps = starts.slice(1).map((time, i) => time - starts[i]!);
  const period = medianOf(gaps);
  const spread = 1.4826 * medianOf(gaps.map(gap => Math.abs(gap - period)));
  if (spread > toleranceOf(period)) return null;
  const whole = gaps.filter(gap => isWhole(gap, period)).length;
  return whole < Math.ceil(gaps.length * WHOLE_GAPS) ? null : { starts, period };
}

/** An event of the same kind between two runs of a schedule is none of its runs: it lies whole periods from no others. */
function keepsTo({ starts, period }: Schedule, micros: number): boolean {
  const at = placeOf(starts, micros);
  const near = starts.slice(Math.max(0, at - MOST_PERIODS), at + MOST_PERIODS + 1);
  return near.filter(start => isWhole(Math.abs(start - micros), period)).length >= 2;
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
