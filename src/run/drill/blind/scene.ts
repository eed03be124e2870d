/** What is in a drill's logs by host, channel and day, and how a blinding picks its host and its days out of it. */
import type { Random } from '../random.ts';
import type { WindowsRecord } from '../record.ts';
import { day } from '../time.ts';
import type { Host } from '../world/site.ts';
import type { Counts, Day, Days, SceneHost } from './types.ts';

export const dayOf = (micros: number): Day => Math.floor(micros / day);

/** `2026-10-01`. */
export const dateOf = (at: Day): string => new Date(at * 86_400_000).toISOString().slice(0, 10);

/** The text of a field; empty where the event has none. */
function fieldOf({ event }: WindowsRecord, name: string): string {
  if (event.data.kind !== 'named') return '';
  const value = event.data.fields.find(([field]) => field === name)?.[1];
  return typeof value === 'string' ? value : '';
}

/** 4688 with the command line in it. */
export const hasLine = (record: WindowsRecord): boolean =>
  record.event.eventId === 4688 &&
  record.event.channel === 'Security' &&
  fieldOf(record, 'CommandLine') !== '';

type Tally = { host: Host; channels: Map<string, Map<Day, number>>; lines: Map<Day, number> };

/** Hosts in the order of `hosts`; one without records is left out. */
export function hostsOf(hosts: readonly Host[], records: readonly WindowsRecord[]): readonly SceneHost[] {
  const byHost = new Map<Host, Tally>();
  const count = (days: Map<Day, number>, at: Day): void => {
    days.set(at, (days.get(at) ?? 0) + 1);
  };
  for (const record of records) {
    const { host, event } = record;
    const of: Tally = byHost.get(host) ?? { host, channels: new Map(), lines: new Map() };
    byHost.set(host, of);
    const days = of.channels.get(event.channel) ?? new Map<Day, number>();
    of.channels.set(event.channel, days);
    count(days, dayOf(event.time));
    if (hasLine(record)) count(of.lines, dayOf(event.time));
  }
  return hosts.flatMap(host => byHost.get(host) ?? []);
}

/** True where something was written on each of these days. */
export function isDaily(counts: Counts | undefined, { from, to }: Days): boolean {
  for (let at = from; at < to; at++) if (counts?.has(at) !== true) return false;
  return true;
}

/** A host of those, and what was found on it; null where none has it. */
export function pickHost<T>(
  hosts: readonly SceneHost[],
  random: Random,
  find: (of: SceneHost) => T | null,
): { readonly host: Host; readonly found: T } | null {
  for (const of of random.some(hosts, hosts.length)) {
    const found = find(of);
    if (found !== null) return { host: of.host, found };
  }
  return null;
}

/**
 * Days in the middle of the logs, `shortest` to `longest` of them, that fit; null where none do. A hole needs something on
 * both sides, or it is a beginning or an end.
 */
export function pickDays(
  { from, to }: Days,
  random: Random,
  [shortest, longest]: readonly [number, number],
  fits: (days: Days) => boolean,
): Days | null {
  const length = random.whole(shortest, longest);
  const begins: Day[] = [];
  for (let at = from + 2; at + length < to - 2; at++) {
    if (fits({ from: at, to: at + length })) begins.push(at);
  }
  if (begins.length === 0) return null;
  const begin = random.pick(begins);
  return { from: begin, to: begin + length };
}

/** A day in the middle of the logs from which on something is otherwise; null where none fits. */
export function pickDay(days: Days, random: Random, fits: (at: Day) => boolean): Day | null {
  return pickDays(days, random, [1, 1], ({ from }) => fits(from))?.from ?? null;
}
