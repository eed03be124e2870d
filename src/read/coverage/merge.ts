/**
 * One coverage of several: what workers saw, whoever read what and in which order. Hosts stay as they were written; channels
 * compare without case. Linear, but for the sorting of runs and of what is given.
 */
import { fold } from '../events/index.ts';
import { DaySet } from './day-set.ts';
import { areSparse, joinRuns } from './record-runs.ts';
import type { Clearing, Coverage, KindCoverage, RecordCoverage, RecordRun } from './types.ts';

export function mergeCoverage(parts: readonly Coverage[]): Coverage {
  return {
    kinds: mergeKinds(parts.flatMap(({ kinds }) => kinds)),
    records: mergeRecords(parts.flatMap(({ records }) => records)),
    clearings: mergeClearings(parts.flatMap(({ clearings }) => clearings)),
  };
}

function mergeKinds(kinds: readonly KindCoverage[]): KindCoverage[] {
  type Merging = { least: KindCoverage; days: DaySet; fields: Map<string, DaySet> };
  const merged = new Map<string, Merging>();
  for (const kind of kinds) {
    const key = [kind.host, fold(kind.channel), fold(kind.provider), kind.eventId].join('\0');
    let into = merged.get(key);
    if (into === undefined) {
      into = { least: kind, days: new DaySet(), fields: new Map() };
      merged.set(key, into);
    } else if (nameOf(kind) < nameOf(into.least)) into.least = kind;
    into.days.addAll(kind.days);
    for (const [name, days] of Object.entries(kind.fields)) {
      const known = into.fields.get(name) ?? new DaySet();
      known.addAll(days);
      into.fields.set(name, known);
    }
  }
  return sorted(merged).map(({ least: { host, channel, provider, eventId }, days, fields }) => ({
    host,
    channel,
    provider,
    eventId,
    days: days.days(),
    fields: Object.fromEntries([...fields].sort(byKey).map(([name, each]) => [name, each.days()])),
  }));
}

/** Of two ways of writing a channel the one that sorts first is kept. */
function nameOf({ channel, provider }: { readonly channel: string; readonly provider?: string }): string {
  return `${channel}\0${provider ?? ''}`;
}

function mergeRecords(records: readonly RecordCoverage[]): RecordCoverage[] {
  const merged = new Map<string, { least: RecordCoverage; runs: RecordRun[]; isSparse: boolean }>();
  for (const log of records) {
    const key = [log.host, fold(log.channel)].join('\0');
    const into = merged.get(key);
    if (into === undefined) {
      merged.set(key, { least: log, runs: [...log.runs], isSparse: log.isSparse });
      continue;
    }
    if (nameOf(log) < nameOf(into.least)) into.least = log;
    into.runs.push(...log.runs);
    into.isSparse ||= log.isSparse;
  }
  return sorted(merged).flatMap(({ least: { host, channel }, runs, isSparse }) => {
    const joined = joinRuns(runs);
    if (joined.length === 0 && !isSparse) return [];
    const saysNothing = isSparse || areSparse(joined);
    return [{ host, channel, runs: saysNothing ? [] : joined, isSparse: saysNothing }];
  });
}

/** A clearing that was exported twice is one. */
function mergeClearings(clearings: readonly Clearing[]): Clearing[] {
  const merged = new Map<string, Clearing>();
  for (const clearing of clearings) {
    const key = [clearing.host, fold(clearing.channel), clearing.micros].join('\0');
    const known = merged.get(key);
    if (known === undefined || nameOf(clearing) < nameOf(known)) merged.set(key, clearing);
  }
  return sorted(merged);
}

function sorted<T>(merged: ReadonlyMap<string, T>): T[] {
  return [...merged].sort(byKey).map(([, value]) => value);
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
