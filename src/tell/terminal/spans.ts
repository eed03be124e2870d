/** Times for people: UTC, to the second. */
import { formatMicros } from '../../read/events/index.ts';

/** `2019-03-17 19:09:41`. */
export function second(micros: number): string {
  const text = formatMicros(micros);
  return `${text.slice(0, 10)} ${text.slice(11, 19)}`;
}

/** Columns of the longest `span`. */
export const SPAN_WIDTH = 28;

/**
 * From first to last in at most 28 columns: the second, `…19:09:41–19:12:03` of one day, or two days; of events that say no
 * time, first is Infinity.
 */
export function span(first: number, last: number): string {
  if (first > last) return 'no time';
  const [from, to] = [second(first), second(last)];
  if (from === to) return from;
  if (from.slice(0, 10) === to.slice(0, 10)) return `${from}–${to.slice(11)}`;
  return `${from.slice(0, 10)} – ${to.slice(0, 10)}`;
}

const units = [
  [86_400e6, 'd'],
  [3600e6, 'h'],
  [60e6, 'min'],
  [1e6, 's'],
] as const;

/** A length of time in its two largest units: `3 d 4 h`, `4 min 10 s`, `0.25 s`. */
export function duration(micros: number): string {
  if (micros < 10e6) return `${Number((micros / 1e6).toPrecision(2))} s`;
  const at = units.findIndex(([size]) => micros >= size);
  const [size, unit] = units[at]!;
  const next = units[at + 1];
  const whole = Math.floor(micros / size);
  const rest = next === undefined ? 0 : Math.floor((micros - whole * size) / next[0]);
  return rest > 0 ? `${whole} ${unit} ${rest} ${next![1]}` : `${whole} ${unit}`;
}
