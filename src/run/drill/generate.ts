/**
 * Plays a drill and gives its files: logs by host and channel, and the truth. The same kind, seeds and days give the same
 * bytes. Costs about 50 µs a record; all of it is in memory until it is written.
 */
import { type EvtxEvent, writeEvtx } from '../../read/sources/index.ts';
import { asWritten, chooseSpots, isLeft, type NamedSpot } from './blind/index.ts';
import { playDaily } from './daily/index.ts';
import { Random } from './random.ts';
import type { WindowsRecord } from './record.ts';
import type { Scenario } from './scenarios/index.ts';
import { siteFile } from './site-file.ts';
import { type Truth, truthOf, type Written } from './truth.ts';
import { winlogbeatLine } from './winlogbeat.ts';
import type { LogFormat } from './world/site.ts';
import { firstDay, World } from './world/world.ts';

export type DrillOptions = {
  readonly scenario: Scenario;
  readonly seed: number;
  /** Of names alone: other names, the same deeds. */
  readonly nameSeed?: number;
  readonly days?: number;
  readonly formats: readonly LogFormat[];
  /** How many blind spots are made: sources taken away. None where absent. */
  readonly blind?: number;
};

export type DrillFile = { readonly path: string; readonly bytes: Buffer };

export type Drill = {
  readonly files: readonly DrillFile[];
  readonly truth: Truth;
  /** `huntaway.yml`: what the operator knows of the site. */
  readonly site: string;
};

export function generateDrill({
  scenario,
  seed,
  nameSeed = seed,
  days = scenario.days,
  formats,
  blind = 0,
}: DrillOptions): Drill {
  const random = new Random(seed).fork(scenario.name);
  const names = new Random(nameSeed).fork(`names of ${scenario.name}`);
  const world = new World(random, names, firstDay(random.fork('begin'), days), days, {
    ...scenario.site,
    formats,
  });
  playDaily(world, scenario.moving);
  scenario.play(world);
  const spots = chooseSpots(world, blind);
  const logs = logsOf(world, spots);
  const written = logs.flatMap(({ path, records }): Written[] =>
    records.map(record => ({ record, file: path })),
  );
  const isEdgeLost = spots.some(spot => spot.isEdgeLost === true);
  const edge = isEdgeLost ? [] : [...world.recorder.edge].sort((a, b) => a.time - b.time);
  const edgePath = `${world.site.edge.name}/fortigate.log`;
  written.push(...edge.map(record => ({ record, file: edgePath })));
  const truth = truthOf(scenario, seed, days, world.site, world.recorder, written, spots);
  return {
    truth,
    site: siteFile(world.site),
    files: [
      ...logs.map(({ path, format, records }) => ({ path, bytes: bytesOf(format, records) })),
      { path: edgePath, bytes: Buffer.from(edge.map(({ text }) => `${text}\n`).join('')) },
    ].filter(({ bytes }) => bytes.length > 0),
  };
}

type Log = { readonly path: string; readonly format: LogFormat; readonly records: readonly WindowsRecord[] };

/** The name Windows gives to a channel's file. */
function fileNameOf(channel: string): string {
  return `${channel.replaceAll('/', '%4')}.evtx`;
}

/** The records of each log in order, numbered as on the host, without what was cleared or is lost. */
function logsOf(world: World, spots: readonly NamedSpot[]): readonly Log[] {
  const { recorder } = world;
  const unnumbered = new Set(spots.flatMap(spot => (spot.isUnnumbered === true ? [spot.host] : [])));
  const channels = new Map<string, WindowsRecord[]>();
  for (const record of asWritten(recorder.windows, spots)) {
    const key = `${record.host.name}\0${record.event.channel}`;
    const list = channels.get(key);
    if (list === undefined) channels.set(key, [record]);
    else list.push(record);
  }
  const logs = new Map<string, { format: LogFormat; records: WindowsRecord[] }>();
  for (const key of [...channels.keys()].sort()) {
    const records = channels.get(key)!.sort((a, b) => a.event.time - b.event.time);
    const { host, event } = records[0]!;
    const first = world.random.fork(`records ${host.role} ${event.channel}`).whole(1_000, 400_000);
    const isNumbered = !unnumbered.has(host);
    for (const [i, record] of records.entries()) record.recordId = isNumbered ? first + i : null;
    const { format } = host.logs;
    const path = `${host.name}/${format === 'evtx' ? fileNameOf(event.channel) : 'winlogbeat.ndjson'}`;
    const log = logs.get(path) ?? { format, records: [] };
    log.records.push(...records.filter(record => recorder.isKept(record) && isLeft(record, spots)));
    logs.set(path, log);
  }
  return [...logs].map(([path, { format, records }]) => ({
    path,
    format,
    records: format === 'evtx' ? records : records.sort((a, b) => a.event.time - b.event.time),
  }));
}

function bytesOf(format: LogFormat, records: readonly WindowsRecord[]): Buffer {
  if (records.length === 0) return Buffer.alloc(0);
  if (format === 'ndjson') return Buffer.from(records.map(record => `${winlogbeatLine(record)}\n`).join(''));
  const events = records.map(({ event, recordId }): EvtxEvent => ({ ...event, recordId: recordId ?? 0 }));
  return writeEvtx(events, { firstRecordNumber: records[0]!.recordId ?? 0 });
}
