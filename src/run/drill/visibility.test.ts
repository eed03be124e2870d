/** The truth of a drill's visibility agrees with the files that were written: they are read again, and compared. */
import { describe, expect, test } from 'vitest';
import { TestReader } from '../../../test/evtx-collect.ts';
import { schema } from '../../../test/schemas.ts';
import { dayOf } from './blind/index.ts';
import { type Drill, generateDrill } from './generate.ts';
import { scenarioByName } from './scenarios/index.ts';
import type { TrueSource } from './visibility.ts';

type Kept = {
  readonly host: string;
  readonly channel: string;
  readonly eventId: number;
  readonly day: number;
  readonly recordId: number | null;
  readonly line: string;
};

type Line = {
  readonly '@timestamp': string;
  readonly winlog: {
    readonly channel: string;
    readonly computer_name: string;
    readonly event_id: string;
    readonly record_id?: number;
    readonly event_data?: { readonly CommandLine?: string };
  };
};

/** Every record of the files. */
function recordsOf({ files }: Drill): readonly Kept[] {
  const reader = new TestReader();
  const kept = files.flatMap(({ path, bytes }): Kept[] => {
    if (path.endsWith('.log')) return [];
    if (path.endsWith('.ndjson')) {
      return bytes
        .toString()
        .trim()
        .split('\n')
        .map(text => {
          const { '@timestamp': time, winlog } = JSON.parse(text) as Line;
          return {
            host: winlog.computer_name,
            channel: winlog.channel,
            eventId: Number(winlog.event_id),
            day: dayOf(Date.parse(time) * 1000),
            recordId: winlog.record_id ?? null,
            line: winlog.event_data?.CommandLine ?? '',
          };
        });
    }
    return reader.read(bytes).events.map(({ host, channel, eventId, micros, recordId, fields }) => ({
      host,
      channel,
      eventId,
      day: dayOf(micros),
      recordId,
      line: fields.get('EventData/CommandLine')?.[0] ?? '',
    }));
  });
  reader.close();
  return kept;
}

const dayNumber = (date: string): number => dayOf(Date.parse(date) * 1000);
const about = ({ host, channel, eventIds }: TrueSource, each: Kept): boolean =>
  host === each.host &&
  (channel === null || channel === each.channel) &&
  (eventIds === null || eventIds.includes(each.eventId));
const within = ({ from, to }: TrueSource, each: Kept): boolean =>
  dayNumber(from) <= each.day && each.day < dayNumber(to);

const isTruth = schema('drill-truth');

describe.each([
  ['full-chain', 1],
  ['security-only', 2],
  ['vpn-entry-quiet', 3],
  ['crossing-ot', 4],
  ['edge-device', 5],
  ['two-intrusions-quiet', 6],
] as const)('%s, seed %i', (name, seed) => {
  const drill = generateDrill({
    scenario: scenarioByName(name)!,
    seed,
    days: 16,
    formats: ['evtx', 'ndjson'],
    blind: 9,
  });
  const { visibility, blinded, site } = drill.truth;
  const records = recordsOf(drill);
  const hidden = visibility.filter(({ seen }) => !seen);
  const seen = visibility.filter(source => source.seen);
  const logs = new Map<string, Kept[]>();
  for (const each of records) {
    const log = `${each.host} ${each.channel}`;
    const of = logs.get(log);
    if (of === undefined) logs.set(log, [each]);
    else of.push(each);
  }

  test('fits its schema', () => {
    isTruth(drill.truth);
    expect(isTruth.errors).toBeNull();
  });
  test('holds nothing of what is hidden', () => {
    const shown = hidden.flatMap(source =>
      records.filter(
        each => about(source, each) && within(source, each) && (source.field === null || each.line !== ''),
      ),
    );
    expect(shown).toEqual([]);
  });
  test('gives a reason for what is hidden, and none for what is seen', () => {
    expect(hidden.filter(({ kind }) => kind === null)).toEqual([]);
    expect(seen.filter(({ kind }) => kind !== null)).toEqual([]);
  });
  test('has every record of the files in what is seen, or on a day that is hidden in part', () => {
    const parts = hidden.flatMap(source =>
      source.partial.map(date => `${source.host} ${source.channel} ${dayNumber(date)}`),
    );
    const covered = new Set(parts);
    const unseen = records.filter(
      each =>
        !covered.has(`${each.host} ${each.channel} ${each.day}`) &&
        !seen.some(source => about(source, each) && within(source, each)),
    );
    expect(unseen).toEqual([]);
  });
  test('speaks of every channel of every host, as seen or as hidden', () => {
    for (const host of site.hosts.map(each => each.name)) {
      const own = visibility.filter(source => source.host === host);
      if (own.some(({ kind }) => kind === 'no-logs')) {
        expect(records.filter(each => each.host === host)).toEqual([]);
        continue;
      }
      const channels = new Set(seen.filter(source => source.host === host).map(({ channel }) => channel));
      const kept = new Set(records.filter(each => each.host === host).map(({ channel }) => channel));
      expect(channels).toEqual(kept);
    }
  });
  test('names what the auditing of a workstation leaves out', () => {
    const desks = site.hosts.filter(({ role }) => role === 'workstation').map(({ name: host }) => host);
    for (const host of desks.filter(each => logs.has(`${each} Security`))) {
      const absent = hidden.filter(source => source.host === host && source.kind === 'event-absent');
      expect(absent.flatMap(({ eventIds }) => eventIds)).toEqual(expect.arrayContaining([4656, 4663, 5145]));
    }
  });
  test('has a hole in the numbers exactly where records were cut', () => {
    const cut = hidden
      .filter(({ kind }) => kind === 'record-gap')
      .map(({ host, channel, from, to }) => `${host} ${channel} ${dayNumber(from) - 1} ${dayNumber(to)}`);
    const holes = [...logs].flatMap(([log, of]) =>
      of.slice(1).flatMap(({ recordId, day }, i) => {
        const before = of[i]!;
        const isWhole = recordId === null || before.recordId === null || recordId === before.recordId + 1;
        return isWhole ? [] : [`${log} ${before.day} ${day}`];
      }),
    );
    expect(holes.sort()).toEqual(cut.sort());
  });
  test('has numbers everywhere but where a forwarder that keeps none lost days', () => {
    const unnumbered = new Set(records.filter(({ recordId }) => recordId === null).map(({ host }) => host));
    expect(unnumbered).toEqual(
      new Set(hidden.filter(({ kind }) => kind === 'silent').map(({ host }) => host)),
    );
  });
  test('sees a host that slept while it slept', () => {
    for (const { host } of blinded.filter(each => each.name === 'asleep')) {
      const days = new Set(
        records.filter(each => each.host === host && each.channel === 'Security').map(({ day }) => day),
      );
      const source = seen.find(each => each.host === host && each.channel === 'Security')!;
      const quiet = Array.from(
        { length: dayNumber(source.to) - dayNumber(source.from) },
        (_, i) => dayNumber(source.from) + i,
      ).filter(at => !days.has(at));
      expect(quiet.length).toBeGreaterThan(1);
    }
  });
  test('has a record that says so where a log was cleared', () => {
    for (const { host, channel } of hidden.filter(({ kind }) => kind === 'log-cleared')) {
      const id = channel === 'Security' ? 1102 : 104;
      expect(records.some(each => each.host === host && each.eventId === id)).toBe(true);
    }
  });
  test('has the edge device where it is seen, and no line of it where it is not', () => {
    const isThere = drill.files.some(({ path }) => path.endsWith('.log'));
    expect(visibility.find(({ channel }) => channel === 'fortigate')?.seen).toBe(isThere);
  });
});

test('a drill that was not blinded tells of its blind spots all the same', () => {
  const { truth } = generateDrill({
    scenario: scenarioByName('security-only')!,
    seed: 7,
    days: 14,
    formats: ['evtx'],
  });
  expect(truth.blinded).toEqual([]);
  const kinds = new Set(truth.visibility.map(({ kind }) => kind));
  expect(kinds).toContain('channel-absent');
  expect(kinds).toContain('field-absent');
  expect(kinds).not.toContain('record-gap');
});
