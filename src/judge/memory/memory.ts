/**
 * Memories as values: none is ever changed in place. Lists are kept in one order, so that the same knowledge makes the same
 * file, and within bounds, so that a memory stays small over years; what goes beyond them goes oldest first, and is said.
 */
import { DRILL_MARK } from '../../read/events/index.ts';
import { daysIn, daysText } from '../days.ts';
import type { Memory } from './types.ts';

const DAY = 86_400e6;

export function emptyMemory(): Memory {
  return {
    version: 2,
    drill: false,
    exposed: [],
    uses: [],
    days: [],
    krbtgt: [],
    passwords: [],
    periods: [],
  };
}

/** Entries of each list that are kept. A use takes about 150 bytes of the file, the days of a year 150 more for each kind. */
export const bounds: Readonly<Record<Exclude<keyof Memory, 'version' | 'drill'>, number>> = {
  exposed: 50_000,
  uses: 60_000,
  days: 60_000,
  krbtgt: 1_000,
  passwords: 100_000,
  periods: 10_000,
};

/** What drills leave must not be taken for knowledge of real accounts, nor the other way round. */
export function isDrill(...names: readonly (string | undefined)[]): boolean {
  return names.some(name => name?.toUpperCase().includes(DRILL_MARK));
}

/** Nothing was learnt yet, so it may become a drill's. */
export function isBlank(memory: Memory): boolean {
  const { exposed, uses, days, krbtgt, passwords, periods } = memory;
  return [exposed, uses, days, krbtgt, passwords, periods].every(({ length }) => length === 0);
}

/** All that either knows; a drill's and a site's are not merged: the first stays as it is. */
export function mergeMemories(a: Memory, b: Memory): Memory {
  if (a.drill !== b.drill) return tidy(a);
  return tidy({
    version: 2,
    drill: a.drill,
    days: [...a.days, ...b.days],
    exposed: [...a.exposed, ...b.exposed],
    uses: [...a.uses, ...b.uses],
    krbtgt: [...a.krbtgt, ...b.krbtgt],
    passwords: [...a.passwords, ...b.passwords],
    periods: [...a.periods, ...b.periods],
  });
}

/** In order, each thing once; that of a site without what a drill left. */
export function tidy(memory: Memory): Memory {
  const { drill } = memory;
  const belongs = (...names: string[]): boolean => drill || !isDrill(...names);
  return {
    version: 2,
    drill,
    exposed: unique(
      memory.exposed,
      each => [each.since, each.scope, each.how, each.account],
      (kept, other) => (other.evidence < kept.evidence ? other : kept),
    ).filter(({ scope, evidence }) => belongs(scope, evidence)),
    uses: unique(
      memory.uses,
      each => [each.account, each.source, each.way, each.host],
      (kept, other) => ({
        ...kept,
        first: Math.min(kept.first, other.first),
        last: Math.max(kept.last, other.last),
        network: kept.network === '' || other.network < kept.network ? other.network : kept.network,
      }),
    ).filter(({ host, source }) => belongs(host, source)),
    days: unique(
      memory.days.filter(({ days }) => days !== ''),
      each => [each.account, each.kind],
      // What two memories know of one day is one day.
      (kept, other) =>
        kept.days === other.days
          ? kept
          : { ...kept, days: daysText([...(daysIn(kept.days) ?? []), ...(daysIn(other.days) ?? [])]) },
    ),
    krbtgt: unique(
      memory.krbtgt,
      each => [each.domain, each.micros],
      kept => kept,
    ),
    passwords: unique(
      memory.passwords,
      each => [each.account],
      (kept, other) => (other.micros > kept.micros ? other : kept),
    ),
    periods: joined(memory.periods).filter(({ host }) => belongs(host)),
  };
}

type Part = string | number;

/** Longer texts are no names of accounts or hosts. */
export const MOST_TEXT = 1_024;

/** True if it can be read again: hostile logs hold names and times of any size. */
function isKept(item: object): boolean {
  return Object.values(item).every(value =>
    typeof value === 'string' ? value.length <= MOST_TEXT : Number.isSafeInteger(value) && value >= 0,
  );
}

/** One of each key, in the order of keys. */
function unique<T extends object>(
  items: readonly T[],
  keyOf: (item: T) => readonly Part[],
  merge: (kept: T, other: T) => T,
): T[] {
  const byKey = new Map<string, { readonly key: readonly Part[]; item: T }>();
  for (const item of items) {
    if (!isKept(item)) continue;
    const key = keyOf(item);
    const name = key.join('\0');
    const known = byKey.get(name);
    if (known === undefined) byKey.set(name, { key, item });
    else known.item = merge(known.item, item);
  }
  return [...byKey.values()].sort((a, b) => compareKeys(a.key, b.key)).map(({ item }) => item);
}

function compareKeys(a: readonly Part[], b: readonly Part[]): number {
  for (const [i, part] of a.entries()) {
    const other = b[i]!;
    if (part !== other) return part < other ? -1 : 1;
  }
  return 0;
}

/** Logs that end and begin within a day are one period: a quiet night is no gap. */
const GAP = DAY;

function joined(periods: Memory['periods']): Memory['periods'] {
  const sorted = periods.filter(isKept).sort((a, b) => compareKeys([a.host, a.from], [b.host, b.from]));
  const out: { host: string; from: number; to: number }[] = [];
  for (const period of sorted) {
    const last = out.at(-1);
    if (last?.host === period.host && period.from <= last.to + GAP) last.to = Math.max(last.to, period.to);
    else out.push({ ...period });
  }
  return out;
}

export type Bounded = {
  readonly memory: Memory;
  /** What was left out, in sentences. */
  readonly notes: readonly string[];
};

/** The memory within its bounds. */
export function boundMemory(memory: Memory): Bounded {
  const notes: string[] = [];
  const keep = <T>(
    list: keyof typeof bounds,
    items: readonly T[],
    age: (item: T) => number,
    what: string,
  ): readonly T[] => {
    const over = items.length - bounds[list];
    if (over <= 0) return items;
    notes.push(`The memory holds ${bounds[list]} ${what} at most: the ${over} oldest were left out.`);
    const oldest = new Set([...items].sort((a, b) => age(a) - age(b)).slice(0, over));
    return items.filter(item => !oldest.has(item));
  };
  return {
    memory: {
      version: 2,
      drill: memory.drill,
      days: keep('days', memory.days, lastDay, 'days of use'),
      exposed: keep('exposed', memory.exposed, each => each.since, 'exposed accounts'),
      uses: keep('uses', memory.uses, each => each.last, 'uses of accounts'),
      krbtgt: keep('krbtgt', memory.krbtgt, each => each.micros, 'resets of krbtgt'),
      passwords: keep('passwords', memory.passwords, each => each.micros, 'password changes'),
      periods: keep('periods', memory.periods, each => each.to, 'periods of logs'),
    },
    notes,
  };
}

function lastDay({ days }: Memory['days'][number]): number {
  return daysIn(days)?.at(-1) ?? 0;
}

/** Without what ended before `micros`: uses, periods, exposures, and the password changes that would end those. */
export function expireMemory(memory: Memory, micros: number): Memory {
  const day = Math.floor(micros / DAY);
  return {
    version: 2,
    drill: memory.drill,
    days: memory.days.flatMap(each => {
      const left = (daysIn(each.days) ?? []).filter(own => own >= day);
      return left.length === 0 ? [] : [{ ...each, days: daysText(left) }];
    }),
    exposed: memory.exposed.filter(({ since }) => since >= micros),
    uses: memory.uses.filter(({ last }) => last >= micros),
    krbtgt: memory.krbtgt.filter(each => each.micros >= micros),
    passwords: memory.passwords.filter(each => each.micros >= micros),
    periods: memory.periods
      .filter(({ to }) => to >= micros)
      .map(period => ({ ...period, from: Math.max(period.from, micros) })),
  };
}

/**
 * Without what is known of one account, given as its key or as `DOMAIN\\user`. What a theft of the whole domain exposed stays:
 * it names nobody.
 */
export function forgetAccount(memory: Memory, account: string): Memory {
  const key = keyMeant(memory, account);
  const others = <T extends { readonly account: string }>(items: readonly T[]): T[] =>
    items.filter(item => item.account.toLowerCase() !== key);
  return {
    ...memory,
    exposed: others(memory.exposed),
    uses: others(memory.uses),
    days: others(memory.days),
    passwords: others(memory.passwords),
  };
}

/** A name as it is where the memory holds it; else without its domain, which keys of domain accounts leave out. */
function keyMeant(memory: Memory, written: string): string | null {
  const text = written.trim().toLowerCase();
  if (text === '*') return null;
  const lists = [memory.exposed, memory.uses, memory.days, memory.passwords];
  if (lists.some(list => list.some(({ account }) => account.toLowerCase() === text))) return text;
  return text.slice(text.lastIndexOf('\\') + 1).replace(/@.*$/, '');
}
