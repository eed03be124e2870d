/** Windows of time and their round moments: pure arithmetic in microseconds. */
import type { Span } from './filtering.ts';

const SECOND = 1e6;
const DAY = 86_400 * SECOND;
/** Nothing is looked at more closely. */
export const LEAST_WINDOW: number = 5 * SECOND;
/** Room at both ends, so that the first and the last mark stay whole. */
const MARGIN = 0.03;

/** The window that shows all `times` (ascending, at least one). */
export function boundsOf(times: readonly number[]): Span {
  const [first, last] = [times[0]!, times.at(-1)!];
  const margin = Math.max(LEAST_WINDOW, (last - first) * MARGIN);
  return { from: first - margin, to: last + margin };
}

/** `factor` below 1 looks closer; `around` keeps its place. */
export function zoomed(window: Span, factor: number, around: number, bounds: Span): Span {
  const width = clamp((window.to - window.from) * factor, LEAST_WINDOW, bounds.to - bounds.from);
  const share = (around - window.from) / (window.to - window.from);
  return kept({ from: around - share * width, to: around + (1 - share) * width }, bounds);
}

/** Later by `share` of its width; earlier where negative. */
export function panned({ from, to }: Span, share: number, bounds: Span): Span {
  const by = (to - from) * share;
  return kept({ from: from + by, to: to + by }, bounds);
}

/** As wide as it was, with `micros` in its middle. */
export function centred({ from, to }: Span, micros: number, bounds: Span): Span {
  const half = (to - from) / 2;
  return kept({ from: micros - half, to: micros + half }, bounds);
}

/** A span with room around it, at least as wide as may be looked at. */
export function around({ from, to }: Span, bounds: Span): Span {
  const margin = Math.max((to - from) * MARGIN, (LEAST_WINDOW - (to - from)) / 2);
  return kept({ from: from - margin, to: to + margin }, bounds);
}

/** Moved into the bounds, and cut only where it is wider than they are. */
function kept({ from, to }: Span, bounds: Span): Span {
  const width = to - from;
  if (width >= bounds.to - bounds.from) return bounds;
  const start = clamp(from, bounds.from, bounds.to - width);
  return { from: start, to: Math.min(bounds.to, start + width) };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

/** Whole seconds, minutes, hours and days; months and years are of uneven length and counted by the calendar. */
const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200].map(
  seconds => seconds * SECOND,
);
const daySteps = [1, 2, 7, 14].map(days => days * DAY);
const monthSteps = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12_000];
const MONTH = 30.44 * DAY;

/** Round moments of UTC inside the window, at most `most`. */
export function ticksOf({ from, to }: Span, most: number): number[] {
  const least = (to - from) / Math.max(1, most);
  const step = [...steps, ...daySteps].find(each => each >= least);
  const ticks = step === undefined ? monthTicks(from, to, least) : evenTicks(from, to, step);
  return ticks.slice(0, Math.max(1, most));
}

function evenTicks(from: number, to: number, step: number): number[] {
  const ticks: number[] = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) ticks.push(at);
  return ticks;
}

function monthTicks(from: number, to: number, least: number): number[] {
  const step = monthSteps.find(each => each * MONTH >= least) ?? monthSteps.at(-1)!;
  const start = new Date(from / 1000);
  const months = start.getUTCFullYear() * 12 + start.getUTCMonth();
  const ticks: number[] = [];
  for (let month = Math.floor(months / step) * step; ticks.length < 100; month += step) {
    const at = monthStart(month) * 1000;
    if (at > to) break;
    if (at >= from) ticks.push(at);
  }
  return ticks;
}

/** Milliseconds of the first of a month, counted from the year 0; `Date.UTC` alone takes the years below 100 for 1900 on. */
function monthStart(month: number): number {
  const date = new Date(0);
  date.setUTCFullYear(Math.floor(month / 12), ((month % 12) + 12) % 12, 1);
  return date.getTime();
}
