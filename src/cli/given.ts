/** Flags that several commands share, from words to values. */
import type { Selection } from '../run/selection.ts';
import type { Given } from './commands/index.ts';
import type { ColorChoice } from './stdio.ts';
import { UsageError } from './usage.ts';
import { choice, level, moment, statusList } from './values.ts';

/** The value of a flag; null where it was not given. */
export const text = (given: Given, name: string): string | null => {
  const value = given[name];
  return typeof value === 'string' ? value : null;
};
export const list = (given: Given, name: string): readonly string[] => {
  const value = given[name];
  return Array.isArray(value) ? value : [];
};

/** Applies `read` to a flag that was given; null where it was not. */
export function flag<T>(given: Given, name: string, read: (value: string) => T): T | null {
  const value = text(given, name);
  return value === null ? null : read(value);
}

/** The range of time of `--from`, `--to` and `--as-of`; `now` in milliseconds. */
export function timeRange(given: Given, now: number): { from: number; to: number; asOf: number | null } {
  const asOf = flag(given, 'asOf', value => moment('as-of', value, now * 1000));
  const base = asOf ?? now * 1000;
  const from = flag(given, 'from', value => moment('from', value, base)) ?? Number.NEGATIVE_INFINITY;
  const to = flag(given, 'to', value => moment('to', value, base, true)) ?? Number.POSITIVE_INFINITY;
  if (from >= to) throw new UsageError('--from lies at or after --to: no event fits between them');
  return { from, to, asOf };
}

/** Which rules are meant by `--level`, `--status`, `--include` and `--exclude`. */
export function ruleSelection(given: Given): Selection {
  return {
    level: flag(given, 'level', value => level('level', value)),
    statuses: flag(given, 'status', statusList),
    include: list(given, 'include'),
    exclude: list(given, 'exclude'),
  };
}

/** Where compiled rules are kept: null for `--no-cache`. `fallback` is the user's cache folder. */
export function cacheDirectory(given: Given, fallback: () => string | null): string | null {
  if (given['cache'] !== false) return text(given, 'cacheDir') ?? fallback();
  if (given['cacheDir'] === undefined) return null;
  throw new UsageError('--no-cache and --cache-dir exclude each other; give one');
}

export function colorChoice(given: Given): ColorChoice {
  return (
    flag(given, 'color', value => choice('color', ['auto', 'always', 'never'] as const, value)) ?? 'auto'
  );
}
