/** Times as bytes: the digits that `formatMicros` gives, without the string. */
import { formatMicros } from '../../read/events/index.ts';
import type { ByteWriter } from './byte-writer.ts';

const DAY_MICROS = 86_400_000_000;
const ZERO = 0x30;
const DASH = 0x2d;
const COLON = 0x3a;

/** Room for what `putMicros` writes. */
const TIME_ROOM = 27;

/** `2026-04-17T` of the day written last: events of a log come day by day. */
const cache = { day: Number.NaN, prefix: Buffer.alloc(11) };

/** Writes `2026-04-17T05:24:53.088849Z` for microseconds since 1970. */
export function writeMicros(out: ByteWriter, micros: number): void {
  out.ensure(TIME_ROOM);
  const end = putMicros(out.bytes, out.length, micros);
  if (end < 0) out.ascii(formatMicros(micros));
  else out.length = end;
}

/**
 * Puts the time at `at` and returns where it ended; -1 for hostile values (no number, years of other than four
 * digits), which are left to the plain formatter. Needs 27 bytes.
 */
export function putMicros(to: Buffer, at: number, micros: number): number {
  const time = Math.floor(micros);
  const day = Math.floor(time / DAY_MICROS);
  const prefix = cache.prefix;
  if (day !== cache.day) {
    if (!(day >= -719_528 && day < 2_932_897)) return -1;
    putDay(prefix, day);
    cache.day = day;
  }
  for (let i = 0; i < 11; i++) to[at + i] = prefix[i]!;
  const rest = time - day * DAY_MICROS;
  const whole = Math.floor(rest / 1_000_000);
  const fraction = rest - whole * 1_000_000;
  const minutes = (whole / 60) | 0;
  const hours = (minutes / 60) | 0;
  twoDigits(to, at + 11, hours);
  to[at + 13] = COLON;
  twoDigits(to, at + 14, minutes - hours * 60);
  to[at + 16] = COLON;
  twoDigits(to, at + 17, whole - minutes * 60);
  to[at + 19] = 0x2e;
  const high = (fraction / 10_000) | 0;
  const low = fraction - high * 10_000;
  const middle = (low / 100) | 0;
  twoDigits(to, at + 20, high);
  twoDigits(to, at + 22, middle);
  twoDigits(to, at + 24, low - middle * 100);
  to[at + 26] = 0x5a;
  return at + TIME_ROOM;
}

/** `2026-04-17T` of a day since 1970 in the proleptic Gregorian calendar (Hinnant's `civil_from_days`). */
function putDay(to: Buffer, day: number): void {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const century = Math.floor(year / 100);
  twoDigits(to, 0, century);
  twoDigits(to, 2, year - century * 100);
  to[4] = DASH;
  twoDigits(to, 5, month);
  to[7] = DASH;
  twoDigits(to, 8, dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1);
  to[10] = 0x54;
}

function twoDigits(to: Buffer, at: number, value: number): void {
  const tens = (value / 10) | 0;
  to[at] = ZERO + tens;
  to[at + 1] = ZERO + value - tens * 10;
}
