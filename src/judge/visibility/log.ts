/**
 * One log of one host: on which days it could have held an event, and why not on the others. Three things prove that a log
 * was there: an event of that day; record numbers that run on over it, for then a silent day is silence and not blindness;
 * and, of a device, which numbers nothing, events before and after it within a week. Nothing else does. Numbers that are
 * missing, a clearing and the time before the first event are the opposite.
 *
 * A day of which any part is missing counts as missing: what was taken out may have been the very thing.
 */
import { isDeviceChannel } from '../../know/logsources/index.ts';
import {
  type Clearing,
  type Day,
  type Days,
  eachDay,
  hasDay,
  type KindCoverage,
  MICROS_PER_DAY,
  noDays,
  type RecordCoverage,
  type RecordRun,
  unionOf,
} from '../../read/coverage/index.ts';
import { fold } from '../../read/events/index.ts';
import { Seen, WEEKEND } from './seen.ts';
import type { BlindKind, Period } from './types.ts';

/** Days for which the log of a device may rest between two events: a week in which nobody came in by it. */
const DEVICE_RESTS = 7;

/** Days that a log can't speak of; `from` may be before all time. */
type Break = { readonly kind: 'record-gap' | 'log-cleared'; readonly from: Day; readonly to: Day };

export class SeenLog {
  /** As it is written. */
  readonly channel: string;
  /** Days on which it holds an event. */
  readonly days: Days;
  /** From its first event to its last. */
  readonly period: Period;
  readonly #kinds: readonly KindCoverage[];
  readonly #breaks: readonly Break[];
  /** Days over which numbers run on. */
  readonly #proven: readonly Period[];
  readonly #isDevice: boolean;
  readonly #blind = new Map<Day, BlindKind | null>();
  readonly #seen = new Map<string, Seen>();
  readonly #ids: ReadonlySet<number>;
  readonly #ofEvent = new Map<number, Days>();

  /** All of one log; each of the kinds has a day. */
  constructor(
    channel: string,
    kinds: readonly KindCoverage[],
    records: RecordCoverage | undefined,
    clearings: readonly Clearing[],
  ) {
    this.channel = channel;
    this.#kinds = kinds;
    this.#ids = new Set(kinds.map(({ eventId }) => eventId));
    this.#isDevice = isDeviceChannel(fold(channel));
    this.days = unionOf(kinds.map(({ days }) => days));
    this.period = periodOf(this.days)!;
    const runs = orderedRuns(records);
    this.#breaks = [...gapsOf(runs, clearings), ...clearedOf(runs, clearings, this.days)];
    this.#proven = runs.map(({ from, to }) => ({ from: dayOf(from), to: dayOf(to) + 1 }));
  }

  /** Whether it holds an event of one of these ids. Of kinds without a day it was given none. */
  holds(eventIds: readonly number[]): boolean {
    return eventIds.some(id => this.#ids.has(id));
  }

  /** Days on which it holds an event of that id. */
  daysOf(eventId: number): Days {
    let days = this.#ofEvent.get(eventId);
    if (days === undefined) {
      days = unionOf(this.#kinds.flatMap(kind => (kind.eventId === eventId ? [kind.days] : [])));
      this.#ofEvent.set(eventId, days);
    }
    return days;
  }

  /** Days on which an event of that id has a value of that field. */
  fieldDays(eventId: number, field: string): Days {
    return unionOf(
      this.#kinds.flatMap(kind => (kind.eventId === eventId ? [kind.fields[field] ?? noDays] : [])),
    );
  }

  /** The same of any of these ids, for questions about the days around one. */
  seen(eventIds: readonly number[]): Seen {
    const key = eventIds.join();
    let seen = this.#seen.get(key);
    if (seen === undefined) {
      seen = new Seen(eventIds.map(id => this.daysOf(id)));
      this.#seen.set(key, seen);
    }
    return seen;
  }

  /** Days from which it may stand otherwise than before. */
  edges(): Day[] {
    const edges: Day[] = [];
    for (const { from, to } of [...this.#breaks, ...this.#proven]) edges.push(from, to);
    for (const { days } of this.#kinds) {
      for (const day of eachDay(days)) edges.push(day, day + 1);
      const period = periodOf(days);
      if (period !== null) edges.push(period.from - WEEKEND, period.to + WEEKEND);
    }
    return edges;
  }

  /** Why it could not have held an event of that day, or not all of them; null = it could. */
  whyBlind(day: Day): BlindKind | null {
    let kind = this.#blind.get(day);
    if (kind === undefined) {
      kind = this.#askBlind(day);
      this.#blind.set(day, kind);
    }
    return kind;
  }

  #askBlind(day: Day): BlindKind | null {
    const broken = this.#breaks.find(({ from, to }) => from <= day && day < to);
    if (broken !== undefined) return broken.kind;
    if (hasDay(this.days, day)) return null;
    if (this.#proven.some(({ from, to }) => from <= day && day < to)) return null;
    if (day < this.period.from) return 'before-first';
    if (day >= this.period.to) return 'after-last';
    return this.#isDevice && this.#rests(day) ? null : 'silent';
  }

  /** Whether events lie around a day without any, close enough together. Devices number nothing. */
  #rests(day: Day): boolean {
    let before = Number.NEGATIVE_INFINITY;
    for (const each of eachDay(this.days)) {
      if (each > day) return each - before <= DEVICE_RESTS;
      before = each;
    }
    return false;
  }
}

export function dayOf(micros: number): Day {
  return Math.floor(micros / MICROS_PER_DAY);
}

/** From the first day to the last; null where there is none. */
export function periodOf(days: Days): Period | null {
  let from: Day | null = null;
  let to = 0;
  for (const day of eachDay(days)) {
    from ??= day;
    to = day + 1;
  }
  return from === null ? null : { from, to };
}

/** In order of time; none where the numbers say nothing. */
function orderedRuns(records: RecordCoverage | undefined): readonly RecordRun[] {
  if (records === undefined || records.isSparse) return [];
  const runs = [...records.runs].sort((a, b) => a.from - b.from || a.first - b.first);
  // Two series of numbers side by side are two logs under one name, and neither says what the other lacks.
  const isTangled = runs.some((run, i) => i > 0 && runs[i - 1]!.to - run.from > MICROS_PER_DAY);
  return isTangled ? [] : runs;
}

/** What is missing between runs. A clearing in the hole is its reason. */
function gapsOf(runs: readonly RecordRun[], clearings: readonly Clearing[]): Break[] {
  return runs.slice(1).map((run, i) => {
    const [from, to] = [Math.min(runs[i]!.to, run.from), Math.max(runs[i]!.to, run.from)];
    const isCleared = clearings.some(({ micros }) => micros >= from && micros <= to);
    return { kind: isCleared ? 'log-cleared' : 'record-gap', from: dayOf(from), to: dayOf(to) + 1 };
  });
}

/** What a clearing hides: back to the last record that was read before it, or without end. */
function clearedOf(runs: readonly RecordRun[], clearings: readonly Clearing[], days: Days): Break[] {
  return clearings.flatMap(({ micros }) => {
    const day = dayOf(micros);
    if (runs.length === 0)
      return [{ kind: 'log-cleared' as const, from: lastBefore(days, day) + 1, to: day + 1 }];
    // Numbers that run on over it: all that was cleared had been read before.
    if (runs.some(({ from, to }) => from < micros && micros <= to)) return [];
    const before = runs.filter(({ to }) => to < micros);
    // In a hole between two runs: `gapsOf` has it.
    if (before.length > 0 && before.length < runs.length) return [];
    const proof = Math.max(Number.NEGATIVE_INFINITY, ...before.map(({ to }) => to));
    return [{ kind: 'log-cleared' as const, from: dayOf(proof), to: day + 1 }];
  });
}

function lastBefore(days: Days, limit: Day): Day {
  let last = Number.NEGATIVE_INFINITY;
  for (const day of eachDay(days)) if (day < limit) last = day;
  return last;
}
