/**
 * A time axis from years to seconds. Intruders work for minutes and stay away for months: on an even axis each visit is a
 * dot. So empty time is cut out and shown as a band that says how long it is; between two bands time runs evenly. Stretches
 * differ in scale, so each says when it begins and how long it lasts, and the drawing says that it is so.
 */

/** Time that is drawn evenly: microseconds and the pixels they are drawn on. */
export type Stretch = {
  readonly from: number;
  readonly to: number;
  readonly left: number;
  readonly right: number;
};

export type Axis = {
  readonly stretches: readonly Stretch[];
  /** Empty time between two stretches, cut out. */
  readonly breaks: readonly { readonly left: number; readonly right: number; readonly micros: number }[];
  readonly right: number;
  /** Where a moment is drawn: inside its stretch, or at the nearest edge. */
  readonly x: (micros: number) => number;
};

/** Shorter silence is part of a visit. */
const LEAST_BREAK = 1800e6;
const BREAK_WIDTH = 56;
const LEAST_STRETCH = 100;

/**
 * `times` ascending, at least one. At most `most` stretches: silences are cut out that are longer than all the others, so
 * that an even row of visits stays an even row. Where the stretches need more room than there is, the axis ends beyond `right`.
 */
export function timeAxis(times: readonly number[], left: number, right: number, most = 12): Axis {
  const gaps = times.map((time, i) => (i === 0 ? 0 : time - times[i - 1]!));
  const longest = gaps.toSorted((a, b) => b - a);
  const least = Math.max(LEAST_BREAK, (longest[most - 1] ?? 0) + 1);
  const cuts = new Set(gaps.flatMap((gap, i) => (gap >= least ? [i] : [])));
  const spans: { from: number; to: number; distinct: number }[] = [];
  for (const [i, time] of times.entries()) {
    const open = spans.at(-1);
    if (open === undefined || cuts.has(i)) spans.push({ from: time, to: time, distinct: 1 });
    else {
      if (time !== open.to) open.distinct++;
      open.to = time;
    }
  }
  const room = right - left - BREAK_WIDTH * (spans.length - 1) - LEAST_STRETCH * spans.length;
  // A visit with more moments needs more room, but not in proportion: one long visit would leave nothing for the others.
  const needs = spans.map(({ distinct }) => Math.sqrt(distinct));
  const sum = needs.reduce((a, b) => a + b, 0);
  let at = left;
  const stretches = spans.map(({ from, to }, i) => {
    const start = at;
    at += LEAST_STRETCH + Math.max(0, (room * needs[i]!) / sum);
    const stretch = { from, to, left: start, right: at };
    at += BREAK_WIDTH;
    return stretch;
  });
  const breaks = stretches.slice(1).map((next, i) => {
    const before = stretches[i]!;
    return { left: before.right, right: next.left, micros: next.from - before.to };
  });
  return { stretches, breaks, right: at - BREAK_WIDTH, x: micros => place(stretches, micros) };
}

/** Marks at the edges of a stretch stay whole. */
const INSET = 12;

function place(stretches: readonly Stretch[], micros: number): number {
  const { from, to, left, right } = stretches.findLast(each => each.from <= micros) ?? stretches[0]!;
  if (to === from) return (left + right) / 2;
  const share = Math.min(1, Math.max(0, (micros - from) / (to - from)));
  return left + INSET + share * (right - left - 2 * INSET);
}

const SECOND = 1e6;
const steps = [
  1,
  5,
  10,
  30,
  60,
  300,
  600,
  1800,
  3600,
  3 * 3600,
  6 * 3600,
  12 * 3600,
  86_400,
  2 * 86_400,
  7 * 86_400,
  14 * 86_400,
  30 * 86_400,
  90 * 86_400,
  180 * 86_400,
  365 * 86_400,
  1825 * 86_400,
];
/** Between two labels, and to the edges. */
const LABEL_WIDTH = 165;

/** Round moments inside a stretch that have room for a label; where it begins is labelled anyway. */
export function ticksOf({ from, to, left, right }: Stretch): number[] {
  const room = right - left - 2 * INSET;
  if (to === from || room < 2 * LABEL_WIDTH) return [];
  const step = steps.find(each => ((each * SECOND) / (to - from)) * room >= LABEL_WIDTH);
  if (step === undefined) return [];
  const micros = step * SECOND;
  const ticks: number[] = [];
  for (let at = Math.ceil(from / micros) * micros; at <= to; at += micros) {
    const x = INSET + ((at - from) / (to - from)) * room;
    if (x >= LABEL_WIDTH && room - x > LABEL_WIDTH / 4) ticks.push(at);
  }
  return ticks;
}
