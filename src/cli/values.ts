/** Reads the words of the command line as values. A word that is none is a `UsageError` with the remedy. */
import { type Level, levels, type Status, statuses } from '../know/sigma/index.ts';
import { parseTime, parseTimeZone } from '../read/events/index.ts';
import { oneOf, UsageError } from './usage.ts';

export function choice<T extends string>(flag: string, words: readonly T[], given: string): T {
  const found = words.find(word => word === given.toLowerCase());
  if (found === undefined) throw new UsageError(`--${flag} takes ${oneOf(words)}, not '${given}'`);
  return found;
}

export function level(flag: string, given: string): Level {
  return choice(flag, levels, given);
}

export function statusList(given: string): Status[] {
  return given.split(',').map(word => choice('status', statuses, word.trim()));
}

export function workerCount(given: string): number {
  const count = Number(given);
  if (!/^\d+$/.test(given.trim()) || count < 1 || count > 64) {
    throw new UsageError(`--workers takes a whole number from 1 to 64, not '${given}'`);
  }
  return count;
}

/** The name of a time zone, as `parseTimeZone` takes it. */
export function timeZoneName(given: string): string {
  if (parseTimeZone(given) !== undefined) return given.trim();
  throw new UsageError(
    `--time-zone takes an offset such as +12:00, or a name such as Pacific/Auckland, not '${given}'`,
  );
}

/** A zone with a name, so that summer time is known. */
export function siteTimeZone(given: string): string {
  const name = given.trim();
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    throw new UsageError(`--site-timezone takes a name such as Pacific/Auckland, not '${given}'`);
  }
}

const unitMicros: Readonly<Record<string, number>> = {
  s: 1e6,
  m: 60e6,
  h: 3600e6,
  d: 86_400e6,
  w: 7 * 86_400e6,
};

/**
 * Microseconds since 1970 of a moment: RFC 3339, a date, or a span back from `now` (`-24h`, `-7d`). A date
 * stands for its first moment, or with `end` for the moment after its last.
 */
export function moment(flag: string, given: string, now: number, end = false): number {
  const back = /^-(\d{1,9})([smhdw])$/.exec(given.trim());
  if (back !== null) return now - Number(back[1]) * unitMicros[back[2]!]!;
  const time = parseTime(given);
  if (time === undefined) {
    throw new UsageError(
      `--${flag} takes a time such as 2026-03-01T08:00:00Z, 2026-03-01 or -24h, not '${given}'`,
    );
  }
  return end && /^\d{4}-\d\d-\d\d$/.test(given.trim()) ? time + unitMicros['d']! : time;
}

/** A record of a log: `Security.evtx#4711` by its record id, `Security.evtx#@4608` by its offset. */
export function recordReference(
  flag: string,
  given: string,
): { path: string; by: 'record' | 'offset'; value: number } {
  // The last sign: a path may hold others.
  const mark = given.lastIndexOf('#');
  const parts = /^(@?)(\d{1,16})$/.exec(given.slice(mark + 1).trim());
  const value = Number(parts?.[2]);
  if (mark <= 0 || parts === null || !Number.isSafeInteger(value)) {
    throw new UsageError(
      `--${flag} takes FILE#RECORD with a record id (Security.evtx#4711) or an offset (Security.evtx#@4608), not '${given}'`,
    );
  }
  return { path: given.slice(0, mark), by: parts[1] === '@' ? 'offset' : 'record', value };
}
