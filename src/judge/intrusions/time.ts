/**
 * Spans of time as microseconds, and whether two events are near. An event without a time is near nothing and before
 * nothing: it may be joined by what it says, never by when.
 */
import { formatMicros, NO_TIME } from '../../read/events/index.ts';

export const SECOND = 1_000_000;
export const MINUTE: number = 60 * SECOND;
export const HOUR: number = 60 * MINUTE;
export const DAY: number = 24 * HOUR;

/** What clocks of two hosts may differ by before an order between them means something (`ChainLink.ordered`). */
const SKEW: number = MINUTE;

/** By how much one may seem to come before what it follows: nothing on one host, which has one clock. */
export function skewOf(a: { readonly host: string }, b: { readonly host: string }): number {
  return a.host === b.host ? 0 : SKEW;
}

/** `b` - `a`; NaN where one of them has no time, so that every comparison fails. */
export function gap(a: number, b: number): number {
  return a === NO_TIME || b === NO_TIME ? Number.NaN : b - a;
}

/** Whether two times lie at most `within` apart, in whatever order. */
export function near(a: number, b: number, within: number): boolean {
  return Math.abs(gap(a, b)) <= within;
}

/** Whether nothing in two times speaks against their lying at most `within` apart: where one is missing, nothing does. */
export function mayBeNear(a: number, b: number, within: number): boolean {
  return !(Math.abs(gap(a, b)) > within);
}

/** `2026-10-08 01:52:33 UTC`; `at an unknown time` where there is none. */
export function saidTime(micros: number): string {
  if (micros === NO_TIME) return 'an unknown time';
  const iso = formatMicros(micros);
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
}

/** `2026-10-08`. */
export function saidDay(micros: number): string {
  return micros === NO_TIME ? 'an unknown day' : formatMicros(micros).slice(0, 10);
}

/** `12 s`, `3 min`, `5 h`, `25 days`: for people, so never more exact than they need. */
export function saidSpan(micros: number): string {
  const span = Math.abs(micros);
  if (span < 2 * MINUTE) return `${Math.round(span / SECOND)} s`;
  if (span < 2 * HOUR) return `${Math.round(span / MINUTE)} min`;
  if (span < 2 * DAY) return `${Math.round(span / HOUR)} h`;
  return `${Math.round(span / DAY)} days`;
}
