/** The ground truth of a drill: which records an intruder caused, and which only look like it. */
import { DRILL_MARK, formatMicros } from '../../read/events/index.ts';
import type { NamedSpot } from './blind/index.ts';
import type { Cause, EdgeRecord, Recorder, WindowsRecord } from './record.ts';
import type { Scenario } from './scenarios/index.ts';
import { type TrueBlinding, type TrueSource, visibilityOf } from './visibility.ts';
import type { Edge, Role, Site, Zone } from './world/site.ts';

export type TruthEvent = {
  /** As the record says it. */
  readonly host: string;
  readonly channel: string;
  /** Null where the record has no number: a line of the edge device, or one whose forwarder keeps none. */
  readonly recordId: number | null;
  readonly time: string;
  /** Below `logs/`. */
  readonly file: string;
};

export type TruthEvidence = TruthEvent & {
  /** Null where the record only goes with others. */
  readonly behaviour: string | null;
  /** True for the records that show the intrusion to somebody who reads them. */
  readonly core: boolean;
};

export type TrueIntrusion = {
  readonly id: string;
  readonly summary: string;
  readonly firstSeen: string;
  readonly lastSeen: string;
  /** In order of entry: lower-case FQDN, `DOMAIN\user`, addresses outside. */
  readonly hosts: readonly string[];
  readonly accounts: readonly string[];
  readonly sources: readonly string[];
  /** In order of time. */
  readonly evidence: readonly TruthEvidence[];
};

export type TrueLookalike = {
  readonly summary: string;
  readonly why: string;
  readonly behaviour: string | null;
  readonly events: readonly TruthEvent[];
};

export type Truth = {
  readonly version: 1;
  readonly kind: string;
  readonly seed: number;
  readonly days: number;
  readonly mark: string;
  readonly site: {
    readonly domain: string;
    /** The device that ends tunnels. */
    readonly edge: string;
    readonly hosts: readonly {
      readonly name: string;
      readonly role: Role;
      readonly zone: Zone;
      readonly collected: boolean;
    }[];
  };
  readonly events: number;
  /** What the logs could show, and what not, by what the site logs and by what was taken away. */
  readonly visibility: readonly TrueSource[];
  /** What was taken away, where that was asked for. */
  readonly blinded: readonly TrueBlinding[];
  readonly intrusions: readonly TrueIntrusion[];
  readonly lookalikes: readonly TrueLookalike[];
};

/** A record with the name of the file that it was written to. */
export type Written =
  | { readonly record: WindowsRecord; readonly file: string }
  | { readonly record: EdgeRecord; readonly file: string };

/** Microseconds of one step of the edge device's clock. */
const steps: Readonly<Record<Edge['unit'], number>> = { s: 1_000_000, ms: 1_000, us: 1, ns: 1 };

/** When the record says it was: a shipper keeps milliseconds, and the edge device counts as its firmware does. */
function timeOf({ record }: Written, unit: Edge['unit']): number {
  if (record.kind === 'edge') return Math.floor(record.time / steps[unit]) * steps[unit];
  const { time } = record.event;
  return record.host.logs.format === 'ndjson' ? Math.floor(time / 1000) * 1000 : time;
}

function truthEvent(written: Written, edge: Edge): TruthEvent {
  const { record, file } = written;
  const time = formatMicros(timeOf(written, edge.unit));
  return record.kind === 'edge'
    ? { host: edge.name, channel: 'fortigate', recordId: null, time, file }
    : { host: record.host.fqdn, channel: record.event.channel, recordId: record.recordId, time, file };
}

export function truthOf(
  scenario: Scenario,
  seed: number,
  days: number,
  site: Site,
  recorder: Recorder,
  written: readonly Written[],
  spots: readonly NamedSpot[],
): Truth {
  const { edge } = site;
  const time = (each: Written): number => timeOf(each, edge.unit);
  const byCause = new Map<Cause, Written[]>();
  for (const each of written) {
    const { cause } = each.record;
    if (cause === null) continue;
    const list = byCause.get(cause);
    if (list === undefined) byCause.set(cause, [each]);
    else list.push(each);
  }
  const causes = recorder.causes.flatMap(cause => {
    const list = byCause.get(cause);
    return list === undefined ? [] : [{ cause, list: list.sort((a, b) => time(a) - time(b)) }];
  });
  return {
    version: 1,
    kind: scenario.name,
    seed,
    days,
    mark: DRILL_MARK,
    site: {
      domain: site.domain,
      edge: edge.name,
      hosts: site.hosts.map(({ fqdn, role, zone, logs }) => ({
        name: fqdn,
        role,
        zone,
        collected: logs.collected,
      })),
    },
    events: written.length,
    visibility: visibilityOf(site, recorder, written, spots),
    blinded: spots.map(({ name, host, said }) => ({ name, host: host?.fqdn ?? null, said })),
    intrusions: causes
      .filter(({ cause }) => cause.kind === 'intrusion')
      .map(({ cause, list }, i) => ({
        id: `T${i + 1}`,
        summary: cause.summary,
        firstSeen: formatMicros(time(list[0]!)),
        lastSeen: formatMicros(time(list.at(-1)!)),
        hosts: [...cause.hosts],
        accounts: [...cause.accounts],
        sources: [...cause.sources],
        evidence: list.map(each => ({
          ...truthEvent(each, edge),
          behaviour: each.record.note.behaviour ?? null,
          core: each.record.note.core === true,
        })),
      })),
    lookalikes: causes
      .filter(({ cause }) => cause.kind === 'lookalike')
      .map(({ cause, list }) => ({
        summary: cause.summary,
        why: cause.why,
        behaviour: cause.behaviour,
        events: list.map(each => truthEvent(each, edge)),
      })),
  };
}
