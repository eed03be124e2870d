/**
 * When a line was written. FortiOS says `eventtime`, in seconds up to 6.0, later in milliseconds, microseconds or
 * nanoseconds since 1970; its size tells which. Older lines say date, time and zone of the device's clock. Without any of
 * these the header counts that whoever passed the line on put before it, if it says a year.
 */
import {
  type LazyEvent,
  NO_TIME,
  parseTime,
  parseTimeZone,
  type ReadContext,
  slotText,
} from '../../events/index.ts';
import type { TextWindow } from '../text/index.ts';
import type { TimeSlots } from './settle.ts';

/** Digits up to which a number counts seconds, milliseconds and microseconds: each until the year 5138. */
const SECONDS = 11;
const MILLIS = 14;
const MICROS = 17;
const MOST_DIGITS = 20;

/** Units of a header that are looked at. */
const HEADER = 128;

const offset = /^[+-]\d\d:?\d\d$/;
const iso = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?/;
const withYear = /([A-Z][a-z]{2}) {1,2}(\d{1,2})(?: (\d{4}))? (\d\d:\d\d:\d\d)(?: (\d{4}))?/;
const months = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/** Microseconds since 1970, UTC, of the line whose pairs begin at `pairs`; `NO_TIME` where it says none. */
export function microsOf(
  event: LazyEvent,
  slots: TimeSlots,
  window: TextWindow,
  start: number,
  pairs: number,
  context: ReadContext,
): number {
  if (slots.eventtime >= 0) {
    const micros = epoch(event, slots.eventtime, window.units);
    if (micros >= 0) return micros;
  }
  if (slots.date >= 0 && slots.time >= 0) {
    const written = parseTime(`${slotText(event, slots.date)}T${slotText(event, slots.time)}`);
    if (written !== undefined) {
      const tz = slots.tz < 0 ? '' : slotText(event, slots.tz)!.trim();
      const zone = offset.test(tz) ? parseTimeZone(tz) : undefined;
      return zone === undefined ? inZone(written, context) : zone.toUtc(written);
    }
  }
  return ofHeader(window.text(start, Math.min(pairs, start + HEADER)), context);
}

/** The number in a slot as microseconds, -1 where it is none. */
function epoch(event: LazyEvent, slot: number, units: Uint16Array): number {
  const start = event.offsets[slot]! >> 1;
  const size = event.sizes[slot]! >> 1;
  if (size === 0 || size > MOST_DIGITS) return -1;
  // Sixteen digits are exact, and more precise than is kept.
  const kept = size > MICROS ? size - 3 : size;
  let value = 0;
  for (let i = 0; i < size; i++) {
    const digit = units[start + i]! - 0x30;
    if (digit < 0 || digit > 9) return -1;
    if (i < kept) value = value * 10 + digit;
  }
  if (size > MICROS) return value;
  return size <= SECONDS ? value * 1_000_000 : size <= MILLIS ? value * 1000 : value;
}

function ofHeader(header: string, context: ReadContext): number {
  const written = iso.exec(header)?.[0];
  if (written !== undefined) {
    const micros = parseTime(written);
    if (micros === undefined) return NO_TIME;
    return /(?:Z|[+-]\d\d:?\d\d)$/.test(written.slice(19)) ? micros : inZone(micros, context);
  }
  const parts = withYear.exec(header);
  const year = parts?.[3] ?? parts?.[5];
  const month = parts === null ? -1 : months.indexOf(parts[1]!);
  if (parts === null || year === undefined || month < 0 || month % 3 !== 0) return NO_TIME;
  const two = (value: number | string): string => String(value).padStart(2, '0');
  const micros = parseTime(`${year}-${two(month / 3 + 1)}-${two(parts[2]!)}T${parts[4]}`);
  return micros === undefined ? NO_TIME : inZone(micros, context);
}

/** A time of which nothing says how far its clock is from UTC. */
function inZone(local: number, context: ReadContext): number {
  context.zoneless++;
  return context.zone.toUtc(local);
}
