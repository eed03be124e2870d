/**
 * Evidence as lanes of marks: a lane for each host, and in it one mark for what would lie on one another, with how many they are.
 * So a window draws hundreds of marks at most for each lane, however many thousand events there are.
 */
import type { PageEvidence } from '../data.ts';
import type { Span } from './filtering.ts';

export type Lane = {
  /** Position in `hosts`. */
  readonly host: number;
  /** Positions of evidence that has a time, in order of it. */
  readonly evidence: readonly number[];
};

export type Mark = {
  readonly x: number;
  /** Positions of evidence, in order of time; at least one. */
  readonly evidence: readonly number[];
  /** The weightiest of them: its stage gives shape and colour. */
  readonly weightiest: number;
};

/** By the time of a host's first evidence. `passed` in order of time. */
export function lanesOf(all: readonly PageEvidence[], passed: readonly number[]): Lane[] {
  const lanes = new Map<number, number[]>();
  for (const i of passed) {
    const { host, at } = all[i]!;
    if (at === null) continue;
    const lane = lanes.get(host);
    if (lane === undefined) lanes.set(host, [i]);
    else lane.push(i);
  }
  return [...lanes].map(([host, evidence]) => ({ host, evidence }));
}

/** What a lane draws of a window that is `width` pixels wide; what lies within `near` pixels of a mark's beginning joins it. */
export function marksOf(
  all: readonly PageEvidence[],
  lane: Lane,
  window: Span,
  width: number,
  near: number,
): Mark[] {
  const timeOf = (i: number): number => all[lane.evidence[i]!]!.at!;
  const scale = width / (window.to - window.from);
  const marks: { x: number; evidence: number[]; weightiest: number }[] = [];
  const end = firstFrom(lane.evidence.length, i => timeOf(i) > window.to);
  for (let i = firstFrom(lane.evidence.length, j => timeOf(j) >= window.from); i < end; i++) {
    const position = lane.evidence[i]!;
    const x = (timeOf(i) - window.from) * scale;
    const open = marks.at(-1);
    if (open === undefined || x - open.x >= near) {
      marks.push({ x, evidence: [position], weightiest: position });
    } else {
      open.evidence.push(position);
      if (all[position]!.weight > all[open.weightiest]!.weight) open.weightiest = position;
    }
  }
  return marks;
}

/** How many of `times` (ascending) lie in each of `bins` equal parts of the window. */
export function densityOf(times: readonly number[], { from, to }: Span, bins: number): number[] {
  const counts = new Array<number>(bins).fill(0);
  for (const time of times) {
    const bin = Math.floor(((time - from) / (to - from)) * bins);
    if (bin >= 0 && bin < bins) counts[bin]!++;
  }
  return counts;
}

/** The first position from which on `holds` is true. */
function firstFrom(length: number, holds: (position: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
