/**
 * Parts of a time as it is written: no zone is converted, the hour is the hour in the text. Read are
 *
 * - ISO 8601: `2026-08-05T13:37:42.123Z`, with a blank for the `T` (Sysmon's UtcTime), `/` for `-`, without
 *   seconds, without time, with any zone (ignored);
 * - the form of Windows in English (US) that its 12-hour clock tells apart: `8/5/2026 1:37:42 PM`.
 *
 * Day-first forms can't be told from month-first ones and are not times here. Weeks are ISO 8601's, 1 to 53.
 */
import type { TimePartTest } from '../../know/sigma/index.ts';

export type TimePart = TimePartTest['part'];

const iso =
  /^([0-9]{4})([-/])([0-9]{2})\2([0-9]{2})(?:[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]{1,9})?)?(?: ?(?:Z|[+-][0-9]{2}:?[0-9]{2}|UTC))?)?$/i;
// Windows separates the AM or PM by a narrow no-break space in newer versions.
const american =
  /^([0-9]{1,2})\/([0-9]{1,2})\/([0-9]{4}),? ([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?[ \u00a0\u202f](AM|PM)$/i;

type Written = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** NaN where the text is a date alone. */
  readonly hour: number;
  readonly minute: number;
};

/** The text with the marks that Windows puts around dates (left-to-right and right-to-left) left out. */
function written(text: string): Written | null {
  if (text.length < 8 || text.length > 48) return null;
  const plain = text.replace(/[\u200e\u200f]/g, '');
  let match = iso.exec(plain);
  if (match !== null) {
    return {
      year: Number(match[1]),
      month: Number(match[3]),
      day: Number(match[4]),
      hour: match[5] === undefined ? Number.NaN : Number(match[5]),
      minute: match[6] === undefined ? Number.NaN : Number(match[6]),
    };
  }
  match = american.exec(plain);
  if (match === null) return null;
  const hour = Number(match[4]);
  if (hour < 1 || hour > 12) return null;
  return {
    year: Number(match[3]),
    month: Number(match[1]),
    day: Number(match[2]),
    hour: (hour % 12) + (match[7]!.toUpperCase() === 'PM' ? 12 : 0),
    minute: Number(match[5]),
  };
}

const dayMillis = 86_400_000;

/** Milliseconds of the day's start, NaN where there is no such day. */
function dayOf(time: Written): number {
  const date = new Date(0);
  date.setUTCFullYear(time.year, time.month - 1, time.day);
  return date.getUTCMonth() === time.month - 1 && date.getUTCDate() === time.day
    ? date.getTime()
    : Number.NaN;
}

/** The ISO 8601 week of a day: that of its Thursday. */
function isoWeek(day: number): number {
  const weekday = (new Date(day).getUTCDay() + 6) % 7;
  const thursday = new Date(day + (3 - weekday) * dayMillis);
  const first = new Date(0);
  first.setUTCFullYear(thursday.getUTCFullYear(), 0, 1);
  return 1 + Math.floor((thursday.getTime() - first.getTime()) / (7 * dayMillis));
}

/** A part of the time that `text` is; NaN where it is no time or says nothing of that part. */
export function timePart(text: string, part: TimePart): number {
  const time = written(text);
  if (time === null || time.hour > 23 || time.minute > 59) return Number.NaN;
  const day = dayOf(time);
  if (Number.isNaN(day)) return Number.NaN;
  return part === 'week' ? isoWeek(day) : time[part];
}
