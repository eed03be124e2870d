/** Each blinding does to the records what it says, and nothing else. */
import { beforeAll, describe, expect, test } from 'vitest';
import { playDaily } from '../daily/index.ts';
import { Random } from '../random.ts';
import type { WindowsRecord } from '../record.ts';
import { day } from '../time.ts';
import { World } from '../world/world.ts';
import {
  asWritten,
  blindings,
  chooseSpots,
  dayOf,
  type Hidden,
  hostsOf,
  isLeft,
  type Scene,
  type Spot,
} from './index.ts';

const first = Date.UTC(2026, 5, 1) * 1000;
let world: World;
let records: readonly WindowsRecord[];
beforeAll(() => {
  world = new World(new Random(4), new Random(5), first, 14, { formats: ['evtx', 'ndjson'] });
  playDaily(world);
  records = [...world.recorder.windows].sort((a, b) => a.event.time - b.event.time);
});

function sceneOf(seed: number): Scene {
  const { site, recorder, calendar } = world;
  return {
    site,
    recorder,
    random: new Random(seed),
    hosts: hostsOf(site.hosts, records),
    from: dayOf(calendar.first),
    to: dayOf(calendar.end - 1) + 1,
  };
}

/** The spot, and what is left of the records with it, numbered from 1 by host and channel. */
function blinded(name: string, seed = 1): { readonly spot: Spot; readonly left: readonly WindowsRecord[] } {
  const spot = blindings.find(each => each.name === name)!.blind(sceneOf(seed))!;
  expect(spot).not.toBeNull();
  const last = new Map<string, number>();
  const written = [...asWritten(records, [spot])].sort((a, b) => a.event.time - b.event.time);
  for (const record of written) {
    const key = `${record.host.name} ${record.event.channel}`;
    const number = (last.get(key) ?? 0) + 1;
    last.set(key, number);
    record.recordId = number;
  }
  return { spot, left: written.filter(record => isLeft(record, [spot])) };
}

const of = (all: readonly WindowsRecord[], spot: Spot, channel: string | null): readonly WindowsRecord[] =>
  all.filter(({ host, event }) => host === spot.host && (channel === null || event.channel === channel));

/** Of a spot that is about one host and channel. */
function hidesOf({ hides }: Spot): readonly [Hidden & { readonly channel: string }] {
  const [hidden] = hides;
  if (hidden === undefined) throw new Error('nothing is hidden');
  return [{ ...hidden, channel: hidden.channel ?? '' }];
}

/** Times and ids, as copies of a changed record are others. */
const named = (all: readonly WindowsRecord[]): readonly string[] =>
  all.map(({ host, event }) => `${host.name} ${event.channel} ${event.eventId} ${event.time}`);

const holes = (all: readonly WindowsRecord[]): number =>
  all.slice(1).filter(({ recordId }, i) => recordId !== all[i]!.recordId! + 1).length;

const line = ({ event }: WindowsRecord): unknown =>
  event.data.kind === 'named' ? event.data.fields.find(([name]) => name === 'CommandLine')?.[1] : undefined;

describe.each(blindings.map(({ name }) => name).filter(name => name !== 'edge-lost'))('%s', name => {
  test.each([1, 2, 3])('touches no other host, and takes something away (%i)', seed => {
    const { spot, left } = blinded(name, seed);
    const rest = (all: readonly WindowsRecord[]): readonly string[] =>
      named(all.filter(({ host }) => host !== spot.host));
    expect(rest(left)).toEqual(rest(records));
    const own = (all: readonly WindowsRecord[]): readonly unknown[] =>
      of(all, spot, null).map(record => [record.event.eventId, record.event.time, line(record)]);
    expect(own(left)).not.toEqual(own(records));
  });
  test('touches no other channel, where it is about one', () => {
    const { spot, left } = blinded(name);
    const channel = spot.hides[0]?.channel ?? null;
    const rest = (all: readonly WindowsRecord[]): readonly string[] =>
      channel === null ? [] : named(of(all, spot, null).filter(({ event }) => event.channel !== channel));
    expect(rest(left)).toEqual(rest(records));
  });
  test('says only which host, channel and days there are', () => {
    const { from, to } = sceneOf(1);
    for (const hidden of blinded(name).spot.hides) {
      expect(hidden.from).toBeGreaterThanOrEqual(from);
      expect(hidden.to).toBeLessThanOrEqual(to);
      expect(hidden.from).toBeLessThan(hidden.to);
    }
  });
});

test('a lost host has no record left', () => {
  const { spot, left } = blinded('host-lost');
  expect(of(left, spot, null)).toEqual([]);
});
test.each(['application-lost', 'security-lost', 'sysmon-missing'])('%s leaves none of its channel', name => {
  const { spot, left } = blinded(name);
  const [{ channel }] = hidesOf(spot);
  expect(of(records, spot, channel).length).toBeGreaterThan(0);
  expect(of(left, spot, channel)).toEqual([]);
});
test('a channel that ends has all before the day, and none from it on', () => {
  const { spot, left } = blinded('channel-ended');
  const [{ channel, from }] = hidesOf(spot);
  expect(named(of(left, spot, channel))).toEqual(
    named(of(records, spot, channel).filter(({ event }) => dayOf(event.time) < from)),
  );
});
test('command lines are empty from the day on, and as they were before', () => {
  const { spot, left } = blinded('lines-off');
  const [{ from }] = hidesOf(spot);
  expect(named(of(left, spot, null))).toEqual(named(of(records, spot, null)));
  const starts = of(left, spot, 'Security').filter(({ event }) => event.eventId === 4688);
  const after = starts.filter(({ event }) => dayOf(event.time) >= from);
  expect(after.length).toBeGreaterThan(0);
  for (const record of after) expect(line(record)).toBe('');
  const before = starts.filter(({ event }) => dayOf(event.time) < from);
  expect(before.some(record => line(record) !== '')).toBe(true);
});
test('a program without its command line is no core evidence', () => {
  const [{ host, found }] = [{ host: blinded('lines-off').spot.host!, found: blinded('lines-off').spot }];
  const record = records.find(
    each => each.host === host && typeof line(each) === 'string' && line(each) !== '',
  )!;
  const late = { ...record, event: { ...record.event, time: first + 14 * day }, note: { core: true } };
  expect(found.changed!(late).note.core).toBe(false);
});
test('process creation that is not audited leaves no hole in the numbers', () => {
  const { spot, left } = blinded('processes-off');
  const security = of(left, spot, 'Security');
  expect(security.length).toBeGreaterThan(0);
  expect(security.filter(({ event }) => event.eventId === 4688)).toEqual([]);
  expect(holes(security)).toBe(0);
});
test('a cleared log begins with 1102, and its numbers go on', () => {
  const { spot, left } = blinded('security-cleared');
  const [begin, ...rest] = of(left, spot, 'Security');
  expect(begin!.event.eventId).toBe(1102);
  expect(begin!.recordId).toBeGreaterThan(1);
  expect(rest.length).toBeGreaterThan(0);
  expect(holes([begin!, ...rest])).toBe(0);
  expect(spot.hides[0]!.partial).toEqual([dayOf(begin!.event.time)]);
});
test.each([1, 2, 3])('a cut leaves one hole, as wide as it says (%i)', seed => {
  const { spot, left } = blinded('records-cut', seed);
  const [{ channel, from, to }] = hidesOf(spot);
  const own = of(left, spot, channel);
  expect(holes(own)).toBe(1);
  const days = own.map(({ event }) => dayOf(event.time));
  expect(days.filter(at => at >= from && at < to)).toEqual([]);
  expect([days.includes(from - 1), days.includes(to)]).toEqual([true, true]);
});
test('a host that slept has days without a record, and no hole', () => {
  const { spot, left } = blinded('asleep');
  const own = of(left, spot, 'Security');
  expect(holes(own)).toBe(0);
  const days = new Set(own.map(({ event }) => dayOf(event.time)));
  const quiet = [...new Set(of(records, spot, 'Security').map(({ event }) => dayOf(event.time)))].filter(
    at => !days.has(at),
  );
  expect(quiet.length).toBeGreaterThan(1);
  expect(spot.hides).toEqual([]);
});
test('a lost shipment is of a host whose records have no numbers', () => {
  const { spot, left } = blinded('shipment-lost');
  const [{ from, to }] = hidesOf(spot);
  expect(spot.isUnnumbered).toBe(true);
  expect(spot.host!.logs.format).toBe('ndjson');
  expect(
    of(left, spot, null).filter(({ event }) => dayOf(event.time) >= from && dayOf(event.time) < to),
  ).toEqual([]);
});
test('short retention leaves the last days, with high numbers', () => {
  const { spot, left } = blinded('retention');
  const [{ to }] = hidesOf(spot);
  const own = of(left, spot, 'Security');
  expect(dayOf(own[0]!.event.time)).toBe(to);
  expect(own[0]!.recordId).toBeGreaterThan(1);
  expect(own.at(-1)!.event.time).toBe(of(records, spot, 'Security').at(-1)!.event.time);
});

describe('spots of a drill', () => {
  test('are each on a host of its own, and as many as asked for', () => {
    const spots = chooseSpots(world, 8);
    expect(spots).toHaveLength(8);
    expect(new Set(spots.map(({ host }) => host)).size).toBe(8);
  });
  test('are the same for the same drill', () =>
    expect(chooseSpots(world, 6).map(({ said }) => said)).toEqual(
      chooseSpots(world, 6).map(({ said }) => said),
    ));
  test('end where nothing is left to take away', () => {
    const spots = chooseSpots(world, 1000);
    expect(spots.length).toBeLessThan(30);
    expect(spots.filter(({ isEdgeLost }) => isEdgeLost === true)).toHaveLength(1);
  });
  test('are none where none is asked for', () => expect(chooseSpots(world, 0)).toEqual([]));
});
