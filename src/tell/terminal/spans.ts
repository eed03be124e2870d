/** Times for people: UTC, to the second. */
import { formatMicros } from '../../read/events/index.ts';

/** `2019-03-17 19:09:41`. */
export function second(micros: number): string {
  const text = formatMicros(micros);
  return `${text.slice(0, 10)} ${text.slice(11, 19)}`;
}

/** Columns of the longest `span`. */
export const SPAN_WIDTH = 28;

/** From first to last in at most 28 columns: the second, `…19:09:41–19:12:03` of one day, or two days. */
export function span(first: number, last: number): string {
  const [from, to] = [second(first), second(last)];
  if (from === to) return from;
  if (from.slice(0, 10) === to.slice(0, 10)) return `${from}–${to.slice(11)}`;
  return `${from.slice(0, 10)} – ${to.slice(0, 10)}`;
}
