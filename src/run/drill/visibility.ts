/**
 * The truth of what a drill's logs could show: for each host, channel and time, what is there to be seen and what is not,
 * by what the hosts log, by what was taken away, and by what the files hold in the end. What is neither seen nor hidden
 * nobody can tell from the logs: before the first record of a log that rests for days, or of an event that its auditing
 * may have on or off and that never happened.
 */
import type { BlindKind } from '../../judge/index.ts';
import { type Day, dateOf, dayOf, edgeChannel, type Hidden, type NamedSpot } from './blind/index.ts';
import { sysmon } from './events/index.ts';
import type { Recorder } from './record.ts';
import type { Written } from './truth.ts';
import type { Host, Site } from './world/site.ts';

export type TrueSource = {
  /** As records say it; null = the site as a whole, for the edge device. */
  readonly host: string | null;
  /** As Windows writes it, or `fortigate`; null = every channel of the host. */
  readonly channel: string | null;
  /** Null = all of them. */
  readonly eventIds: readonly number[] | null;
  /** Null = the events themselves. */
  readonly field: string | null;
  /** Days, UTC; `to` is the first day that it is not about. */
  readonly from: string;
  readonly to: string;
  /** Days beside these of which only a part is hidden, or in which the hole begins or ends. */
  readonly partial: readonly string[];
  /** Why it is hidden; null where it is seen. */
  readonly kind: BlindKind | null;
  readonly seen: boolean;
};

/** What `--blind` did. */
export type TrueBlinding = {
  readonly name: string;
  readonly host: string | null;
  readonly said: string;
};

/** Channels that hosts of drills write, or that a pack asks for. One without a file is nowhere to be seen. */
const channels = [
  'Security',
  'System',
  'Application',
  sysmon.sysmonChannel,
  'Microsoft-Windows-PowerShell/Operational',
  'Windows PowerShell',
  'Microsoft-Windows-TaskScheduler/Operational',
  'Microsoft-Windows-TerminalServices-LocalSessionManager/Operational',
  'Microsoft-Windows-TerminalServices-RemoteConnectionManager/Operational',
  'Microsoft-Windows-TerminalServices-RDPClient/Operational',
  'Microsoft-Windows-WMI-Activity/Operational',
  'Microsoft-Windows-WinRM/Operational',
  'Microsoft-Windows-Windows Firewall With Advanced Security/Firewall',
];

/** Of channels whose events are switched on one by one: those that Windows writes without anybody's doing. */
const switched: ReadonlyMap<string, readonly number[]> = new Map([
  ['Security', [1102, 4719, 4720, 4722, 4723, 4724, 4725, 4726, 4728, 4732, 4738, 4740, 4756]],
  [sysmon.sysmonChannel, [1]],
  ['Microsoft-Windows-PowerShell/Operational', []],
]);

/** Logons and programs: a host in use writes some every day. Before the first and after the last, nobody can tell whether they were on. */
const daily: ReadonlySet<number> = new Set([4624, 4634, 4648, 4672, 4688]);

/** What is in one channel of one host. */
type Held = { ids: Map<number, Set<Day>>; days: Set<Day> };

export function visibilityOf(
  site: Site,
  recorder: Recorder,
  written: readonly Written[],
  spots: readonly NamedSpot[],
): readonly TrueSource[] {
  const held = heldOf(written);
  const edgeDays = daysOf(written.flatMap(({ record }) => (record.kind === 'edge' ? [record.time] : [])));
  const all = [
    ...edgeDays,
    ...[...held.values()].flatMap(of => [...of.values()].flatMap(each => [...each.days])),
  ];
  if (all.length === 0) return [];
  const span = { from: least(all), to: most(all) + 1 };
  const lost = [...spots.flatMap(spot => spot.hides), ...clearings(recorder, span.from)];
  const unnumbered = new Set(spots.flatMap(spot => (spot.isUnnumbered === true ? [spot.host] : [])));
  const whole = { eventIds: null, field: null, ...span, partial: [] };
  const sources: TrueSource[] = [];
  const hide = (hidden: Hidden): void => {
    const from = Math.max(hidden.from, span.from);
    const to = Math.min(hidden.to, span.to);
    const partial = hidden.partial.filter(at => at >= span.from && at < span.to);
    if (from < to || partial.length > 0) sources.push(told({ ...hidden, from, to, partial }));
  };
  for (const days of seenDays(edgeDays, [], true)) sources.push(seen(null, edgeChannel, null, days));
  if (edgeDays.size === 0) hide({ kind: 'no-source', host: null, channel: edgeChannel, ...whole });
  for (const host of site.hosts) {
    const own = held.get(host);
    if (own === undefined) {
      hide({ kind: 'no-logs', host, channel: null, ...whole });
      continue;
    }
    const gone = lost.filter(hidden => hidden.host === host);
    for (const hidden of [...gone, ...unaudited(host, own.get('Security'), span)]) {
      const of = hidden.channel === null ? undefined : own.get(hidden.channel);
      if (of === undefined && hidden.channel !== null) continue;
      hide(hidden.eventIds === null || of === undefined ? hidden : clipped(hidden, runOf(of.days)));
    }
    for (const channel of channels) {
      const of = own.get(channel);
      if (of === undefined) {
        hide({ kind: 'channel-absent', host, channel, ...whole });
        continue;
      }
      const covers = gone.filter(
        hidden => hidden.eventIds === null && (hidden.channel ?? channel) === channel,
      );
      for (const days of seenDays(of.days, covers, unnumbered.has(host)))
        sources.push(...shown(host, channel, of, days));
    }
  }
  return sources;
}

const least = (days: Iterable<Day>): Day => [...days].reduce((a, b) => Math.min(a, b));
const most = (days: Iterable<Day>): Day => [...days].reduce((a, b) => Math.max(a, b));
const runOf = (days: Iterable<Day>): Days => ({ from: least(days), to: most(days) + 1 });
const daysOf = (times: readonly number[]): ReadonlySet<Day> => new Set(times.map(dayOf));

type Days = { readonly from: Day; readonly to: Day };

function heldOf(written: readonly Written[]): ReadonlyMap<Host, ReadonlyMap<string, Held>> {
  const held = new Map<Host, Map<string, Held>>();
  for (const { record } of written) {
    if (record.kind === 'edge') continue;
    const { host, event } = record;
    const own = held.get(host) ?? new Map<string, Held>();
    held.set(host, own);
    const of = own.get(event.channel) ?? { ids: new Map(), days: new Set() };
    own.set(event.channel, of);
    const at = dayOf(event.time);
    of.days.add(at);
    const days = of.ids.get(event.eventId);
    if (days === undefined) of.ids.set(event.eventId, new Set([at]));
    else days.add(at);
  }
  return held;
}

/** Logs that were cleared in the course of things: gone where the host's own file is what was collected. */
function clearings(recorder: Recorder, from: Day): readonly Hidden[] {
  return recorder.cleared.flatMap(({ host, channel, time }) => {
    if (host.logs.format === 'ndjson') return [];
    const to = dayOf(time);
    return [
      { kind: 'log-cleared', host, channel, eventIds: null, field: null, from, to, partial: [to] } as const,
    ];
  });
}

/** What the host's auditing leaves out for as long as its Security log is there. */
function unaudited(host: Host, held: Held | undefined, span: Days): readonly Hidden[] {
  if (held === undefined) return [];
  const { processes, shares, objects } = host.logs;
  const common = { host, channel: 'Security', field: null, ...span, partial: [] };
  const absent = [
    ...(shares === 'none' ? [5140, 5145] : shares === 'opened' ? [5145] : []),
    ...(objects ? [] : [4656, 4663]),
    ...(processes === 'none' ? [4688] : []),
  ].filter(id => !held.ids.has(id));
  return [
    ...absent.map((id): Hidden => ({ ...common, kind: 'event-absent', eventIds: [id] })),
    ...(processes === 'names' && held.ids.has(4688)
      ? [{ ...common, kind: 'field-absent', eventIds: [4688], field: 'CommandLine' } as const]
      : []),
  ];
}

/**
 * From the first day with a record to the last, without what is hidden. Numbers prove that nothing is missing between;
 * without them only days that have a record are seen.
 */
function seenDays(days: ReadonlySet<Day>, hidden: readonly Hidden[], isUnnumbered: boolean): readonly Days[] {
  const runs: Days[] = [];
  if (days.size === 0) return runs;
  const { from, to } = runOf(days);
  for (let at = from; at < to; at++) {
    if (isUnnumbered && !days.has(at)) continue;
    if (hidden.some(each => (each.from <= at && at < each.to) || each.partial.includes(at))) continue;
    const last = runs.at(-1);
    if (last?.to === at) runs[runs.length - 1] = { from: last.from, to: at + 1 };
    else runs.push({ from: at, to: at + 1 });
  }
  return runs;
}

/** What a log lacks can be told only where the log is there. */
const clipped = (hidden: Hidden, { from, to }: Days): Hidden => ({
  ...hidden,
  from: Math.max(hidden.from, from),
  to: Math.min(hidden.to, to),
});

/** What a log shows over days on which it is there. */
function shown(host: Host, channel: string, { ids }: Held, days: Days): readonly TrueSource[] {
  const always = switched.get(channel);
  if (always === undefined) return [seen(host, channel, null, days)];
  const isDaily = (id: number): boolean => channel === 'Security' && daily.has(id);
  const any = [...new Set([...always, ...ids.keys()])].filter(id => !isDaily(id)).sort((a, b) => a - b);
  const usual = [...ids].flatMap(([id, own]) => {
    const run = runOf(own);
    const from = Math.max(run.from, days.from);
    const to = Math.min(run.to, days.to);
    return isDaily(id) && from < to ? [seen(host, channel, [id], { from, to })] : [];
  });
  return [seen(host, channel, any, days), ...usual];
}

function seen(
  host: Host | null,
  channel: string,
  eventIds: readonly number[] | null,
  { from, to }: Days,
): TrueSource {
  return {
    host: host?.fqdn ?? null,
    channel,
    eventIds,
    field: null,
    from: dateOf(from),
    to: dateOf(to),
    partial: [],
    kind: null,
    seen: true,
  };
}

function told({ kind, host, channel, eventIds, field, from, to, partial }: Hidden): TrueSource {
  return {
    host: host?.fqdn ?? null,
    channel,
    eventIds,
    field,
    from: dateOf(from),
    to: dateOf(to),
    partial: partial.map(dateOf),
    kind,
    seen: false,
  };
}
