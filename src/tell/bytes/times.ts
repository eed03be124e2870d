/** Times as bytes: the digits that `formatMicros` gives, without the string. */
import { formatMicros } from '../../read/events/index.ts';
import type { ByteWriter } from './byte-writer.ts';

const DAY_MICROS = 86_400_000_000;
const ZERO = 0x30;

/** `2026-04-17T` of the day written last: events of a log come day by day. */
const cache = { day: Number.NaN, prefix: Buffer.alloc(0) };

/** Writes `2026-04-17T05:24:53.088849Z` for microseconds since 1970. */
export function writeMicros(out: ByteWriter, micros: number): void {
  const time = Math.floor(micros);
  const day = Math.floor(time / DAY_MICROS);
  if (day !== cache.day) {
    // Hostile values (no number, beyond what a date can be) are left to the plain formatter.
    if (!(day >= -719_528 && day < 2_932_897)) {
      out.ascii(formatMicros(micros));
      return;
    }
    cache.prefix = Buffer.from(formatMicros(micros).slice(0, 11));
    cache.day = day;
  }
  out.raw(cache.prefix);
  const rest = time - day * DAY_MICROS;
  const whole = Math.floor(rest / 1_000_000);
  const fraction = rest - whole * 1_000_000;
  const minutes = (whole / 60) | 0;
  const hours = (minutes / 60) | 0;
  out.ensure(16);
  const to = out.bytes;
  const at = out.length;
  twoDigits(to, at, hours);
  to[at + 2] = 0x3a;
  twoDigits(to, at + 3, minutes - hours * 60);
  to[at + 5] = 0x3a;
  twoDigits(to, at + 6, whole - minutes * 60);
  to[at + 8] = 0x2e;
  const high = (fraction / 10_000) | 0;
  const low = fraction - high * 10_000;
  const middle = (low / 100) | 0;
  twoDigits(to, at + 9, high);
  twoDigits(to, at + 11, middle);
  twoDigits(to, at + 13, low - middle * 100);
  to[at + 15] = 0x5a;
  out.length = at + 16;
}

function twoDigits(to: Buffer, at: number, value: number): void {
  const tens = (value / 10) | 0;
  to[at] = ZERO + tens;
  to[at + 1] = ZERO + value - tens * 10;
}
