/**
 * Time as one number: microseconds since 1970-01-01, UTC. It is exact in a double until the year 2255, sorts,
 * and subtracts; text is made only for output. A FILETIME counts tenths of that since 1601 and does not fit a
 * double, so its two halves are taken to 1970 apart. The tenth (100 ns) is cut off: logs are ordered and
 * compared in microseconds everywhere, as ECS and the usual JSON renderings of EVTX do.
 */

/** 1970-01-01 as a FILETIME, its two halves. */
const EPOCH_HIGH = 0x019db1de;
const EPOCH_LOW = 0xd53e8000;

/** What stands for the time of an event that says none: it lies in no window and widens no span. */
export const NO_TIME = 0;

const DAY_MICROS = 86_400_000_000;
/** What a `Date` can hold; hostile values are held to it. */
const MAX_MICROS = 8.64e18;

/**
 * Microseconds since 1970 of a FILETIME given as two unsigned halves; the 100 ns digit is cut off. Exact from
 * 1684 to 2255; beyond that to a few microseconds.
 */
export function fileTimeMicros(low: number, high: number): number {
  const span = high - EPOCH_HIGH;
  // 2^32 tenths are 429496729.6 microseconds: whole and fraction go separate ways to stay exact.
  return span * 429_496_729 + Math.floor((span * 6 + (low - EPOCH_LOW)) / 10);
}

/** Writes the FILETIME of `micros` (exact where `fileTimeMicros` is) to eight bytes at `at`. */
export function writeFileTime(view: DataView, at: number, micros: number): void {
  // Seconds and microseconds apart, or ten million times the seconds since 1601 would not fit a double.
  const seconds = Math.floor(micros / 1_000_000);
  const tenths = (micros - seconds * 1_000_000) * 10;
  const since = seconds + 11_644_473_600;
  // 10^7 seconds = 2^32 * 0.00232…: the product is built of two halves of 16 bits.
  const low = (since % 65_536) * 10_000_000 + tenths;
  const high = Math.floor(since / 65_536) * 10_000_000 + Math.floor(low / 65_536);
  view.setUint32(at, ((high % 65_536) * 65_536 + (low % 65_536)) >>> 0, true);
  view.setUint32(at + 4, Math.floor(high / 65_536) >>> 0, true);
}

const two: readonly string[] = Array.from({ length: 100 }, (_, i) => String(i).padStart(2, '0'));
const three: readonly string[] = Array.from({ length: 1000 }, (_, i) => String(i).padStart(3, '0'));

/** The day that was formatted last: events of a log come day by day. */
let cachedDay = Number.NaN;
let cachedPrefix = '';

function dayPrefix(day: number): string {
  if (day !== cachedDay) {
    const iso = new Date((day * DAY_MICROS) / 1000).toISOString();
    cachedPrefix = iso.slice(0, iso.indexOf('T') + 1);
    cachedDay = day;
  }
  return cachedPrefix;
}

/**
 * `2026-04-17T05:24:53.088849Z`: RFC 3339, UTC, always six digits. Years beyond 9999 (hostile values only)
 * get the six-digit form of ISO 8601; what is no number at all reads as 1970.
 */
export function formatMicros(micros: number): string {
  let time = Math.floor(micros);
  if (!(time >= -MAX_MICROS && time <= MAX_MICROS)) {
    time = time > 0 ? MAX_MICROS : time < 0 ? -MAX_MICROS : 0;
  }
  const day = Math.floor(time / DAY_MICROS);
  const rest = time - day * DAY_MICROS;
  const seconds = Math.floor(rest / 1_000_000);
  const fraction = rest - seconds * 1_000_000;
  const thousands = Math.floor(fraction / 1000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  return `${dayPrefix(day)}${two[hours]!}:${two[minutes - hours * 60]!}:${two[seconds - minutes * 60]!}.${three[thousands]!}${three[fraction - thousands * 1000]!}Z`;
}

const timePattern =
  /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,20}))?)?(?: ?([Zz]|[+-]\d\d(?::?\d\d)?))?)?$/;

function zoneMicros(zone: string | undefined): number | undefined {
  if (zone === undefined || zone === 'Z' || zone === 'z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = zone.length > 3 ? Number(zone.slice(-2)) : 0;
  if (hours > 23 || minutes > 59) return undefined;
  return (zone[0] === '-' ? -1 : 1) * (hours * 60 + minutes) * 60_000_000;
}

/** Days since 1970 of a date of the proleptic Gregorian calendar (Hinnant's `days_from_civil`). */
function daysOf(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** The number that `count` digits from `at` on make, -1 where one is no digit. */
function digits(text: string, at: number, count: number): number {
  let value = 0;
  for (let i = at; i < at + count; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** The time of `2026-04-17T05:24:53.0888490Z` and nothing else, which is what logs have by the million. */
function parseUtc(text: string): number | undefined {
  const last = text.length - 1;
  if (last < 19 || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return undefined;
  if (text.charCodeAt(10) !== 84 || text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58)
    return undefined;
  if (text.charCodeAt(last) !== 90 || (last > 19 && (text.charCodeAt(19) !== 46 || last > 40)))
    return undefined;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 2);
  const day = digits(text, 8, 2);
  const hour = digits(text, 11, 2);
  const minute = digits(text, 14, 2);
  const second = digits(text, 17, 2);
  if (year < 0 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return undefined;
  let micros = 0;
  for (let i = 0, at = 20; i < 6; i++, at++) {
    const digit = at < last ? digits(text, at, 1) : 0;
    if (digit < 0) return undefined;
    micros = micros * 10 + digit;
  }
  for (let at = 26; at < last; at++) if (digits(text, at, 1) < 0) return undefined;
  if (last === 20) return undefined;
  const seconds = daysOf(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
  return seconds * 1_000_000 + micros;
}

/**
 * Microseconds since 1970 of a written time, or undefined where it is none: RFC 3339 (`…T05:24:53.08Z`,
 * `+02:00`), Windows' event XML (seven or nine digits, cut to six), Sysmon's `2026-04-17 05:24:53.079`, a date
 * alone. Without a zone it is UTC. A leap second counts as the second after it.
 */
export function parseTime(text: string): number | undefined {
  return parseUtc(text) ?? parseAny(text);
}

function parseAny(text: string): number | undefined {
  const parts = timePattern.exec(text.trim());
  if (parts === null) return undefined;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone] = parts;
  const offset = zoneMicros(zone);
  if (offset === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60)
    return undefined;
  if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1) return undefined;
  if (Number(day) > daysIn(Number(year), Number(month))) return undefined;
  const days = daysOf(Number(year), Number(month), Number(day));
  const seconds = days * 86_400 + Number(hour) * 3600 + Number(minute) * 60 + Number(second);
  const micros = Number(fraction.slice(0, 6).padEnd(6, '0'));
  return seconds * 1_000_000 + micros - offset;
}
