/**
 * What could not be seen: hosts and channels whose logs do not reach the time asked about, kinds of records that no host
 * wrote, files that nobody could read, and what is known of blind spots besides. "Not seen" is never said without it.
 */
import type { Visibility } from '../../judge/index.ts';
import type { TermKind } from '../../know/terms/index.ts';
import { counted, plain, second } from '../terminal/index.ts';
import { wholeSpan } from './said.ts';
import type { LogSpan, LookAnswer, SeenKind } from './types.ts';

/** Lines of one kind; the rest is counted. */
const MOST = 12;
const DAY = 86_400e6;

/** Sentences, the weightiest first. `visibility`: blind spots of the hunt where they were worked out, else null. */
export function blindSaid(answer: LookAnswer, visibility: Visibility | null): string[] {
  return [
    ...(answer.interrupted ? ['the hunt was interrupted: what was not read by then was not looked at'] : []),
    ...bounded(hostsOutside(answer), 'host'),
    ...bounded(channelsCut(answer), 'log'),
    ...bounded(hostsBack(answer), 'host'),
    ...sourcesMissing(answer),
    ...filesLost(answer),
    ...(visibility === null ? [] : bounded(spots(answer, visibility), 'blind spot')),
  ];
}

function bounded(lines: readonly string[], one: string): string[] {
  const more = lines.length - MOST;
  return more <= 0 ? [...lines] : [...lines.slice(0, MOST), `${counted(more, `more ${one}`)} of this kind`];
}

function byHost(logs: readonly LogSpan[]): Map<string, LogSpan[]> {
  const hosts = new Map<string, LogSpan[]>();
  for (const log of logs) {
    const list = hosts.get(log.host);
    if (list === undefined) hosts.set(log.host, [log]);
    else list.push(log);
  }
  return hosts;
}

const earliest = (logs: readonly LogSpan[]): number => wholeSpan(logs).first;
const latest = (logs: readonly LogSpan[]): number => wholeSpan(logs).last;
const named = (host: string): string => (host === '' ? 'records without a host' : plain(host));

/** Hosts of which not one record lies in the time asked about. */
function hostsOutside({ logs, asked }: LookAnswer): string[] {
  return [...byHost(logs)].flatMap(([host, own]) => {
    const [first, last] = [earliest(own), latest(own)];
    if (first > last) return [];
    if (first >= asked.to) return [`${named(host)}: nothing at all, its logs begin only ${second(first)}`];
    if (last < asked.from) return [`${named(host)}: nothing at all, its logs end ${second(last)}`];
    return [];
  });
}

/**
 * Logs of hosts that were logging then, whose first or last record lies within the time asked about, by a day or more. A log
 * may be quiet as well as missing: what is said is where its records begin and end.
 */
function channelsCut({ logs, asked }: LookAnswer): string[] {
  const lines: (readonly [loss: number, line: string])[] = [];
  for (const [host, own] of byHost(logs)) {
    if (earliest(own) >= asked.to || latest(own) < asked.from) continue;
    for (const { channel, first, last } of own) {
      if (first > last) continue;
      const where = `${named(host)} ${plain(channel) || '(no channel)'}`;
      // Of an end that nobody gave the difference is infinite the other way round.
      const late = Math.min(first, asked.to) - asked.from;
      const early = asked.to - Math.max(last, asked.from);
      if (Number.isFinite(late) && late >= DAY) {
        lines.push([late, `${where}: no record before ${second(first)}`]);
      } else if (Number.isFinite(early) && early >= DAY) {
        lines.push([early, `${where}: no record after ${second(last)}`]);
      }
    }
  }
  return lines.sort((a, b) => b[0] - a[0] || (a[1] < b[1] ? -1 : 1)).map(([, line]) => line);
}

/** Without a time that was asked about: how far back each host's logs reach, the shortest first. */
function hostsBack({ logs, asked }: LookAnswer): string[] {
  if (Number.isFinite(asked.from)) return [];
  return [...byHost(logs)]
    .map(([host, own]) => [earliest(own), host] as const)
    .filter(([first]) => Number.isFinite(first))
    .sort(([a, one], [b, other]) => b - a || (one < other ? -1 : 1))
    .map(([first, host]) => `${named(host)}: nothing before ${second(first)}`);
}

/** Records in which a term of a kind stands on any host that writes them. */
const telling: Readonly<
  Record<
    TermKind,
    readonly { readonly what: string; readonly channel: RegExp; readonly ids: readonly number[] }[]
  >
> = {
  address: [
    { what: 'network connections (Sysmon 3, Security 5156)', channel: /^security$|sysmon/i, ids: [3, 5156] },
    { what: 'logons over the network (Security 4624, 4625)', channel: /^security$/i, ids: [4624, 4625] },
    { what: 'names that were resolved to addresses (Sysmon 22)', channel: /sysmon/i, ids: [22] },
  ],
  account: [
    { what: 'logons (Security 4624, 4625)', channel: /^security$/i, ids: [4624, 4625] },
    {
      what: 'programs that were started (Security 4688, Sysmon 1)',
      channel: /^security$|sysmon/i,
      ids: [4688, 1],
    },
  ],
  hash: [{ what: 'hashes of programs (Sysmon 1, 6, 7)', channel: /sysmon/i, ids: [1, 6, 7] }],
  path: [
    {
      what: 'programs that were started (Security 4688, Sysmon 1)',
      channel: /^security$|sysmon/i,
      ids: [4688, 1],
    },
    { what: 'files that were written (Sysmon 11)', channel: /sysmon/i, ids: [11] },
    { what: 'files that were opened (Security 4663, 5145)', channel: /^security$/i, ids: [4663, 5145] },
  ],
};

/** A host with such a log is one of Windows, and could write the records of the table. */
const ofWindows = /^(?:security|system|application|windows powershell|microsoft-windows-.*)$/i;

/** Per kind of term and of record: on which hosts no such record is. Sysmon numbers its events from 1, Security does not. */
function sourcesMissing({ terms, kinds, logs }: LookAnswer): string[] {
  const hosts = [...new Set(logs.filter(({ channel }) => ofWindows.test(channel)).map(({ host }) => host))];
  if (hosts.length === 0) return [];
  const wanted = new Set(terms.map(({ kind }) => kind));
  const said = new Set<string>();
  for (const kind of wanted) {
    for (const { what, channel, ids } of telling[kind]) {
      const shows = ({ channel: log, eventId }: SeenKind): boolean =>
        ids.includes(eventId) && channel.test(log);
      const able = new Set(kinds.filter(shows).map(({ host }) => host));
      const blind = hosts.filter(host => !able.has(host)).map(named);
      if (blind.length === 0) continue;
      const where =
        able.size === 0
          ? 'on no host'
          : blind.length <= 4
            ? `not on ${blind.join(', ')}`
            : `not on ${blind.length} of ${hosts.length} hosts`;
      said.add(`${what}: ${where} recorded`);
    }
  }
  return [...said];
}

function filesLost({ unread, damaged, timeless, asked }: LookAnswer): string[] {
  const isTimed = Number.isFinite(asked.from) || Number.isFinite(asked.to);
  return [
    ...(unread > 0 ? [`${counted(unread, 'file')} could not be read`] : []),
    ...(damaged > 0 ? [`${counted(damaged, 'file')} could be read only in part`] : []),
    ...(timeless > 0 && isTimed
      ? [`${counted(timeless, 'record says', 'records say')} no time: in no range of time`]
      : []),
  ];
}

/** Blind spots of days that were asked about. */
function spots({ asked }: LookAnswer, { blinds }: Visibility): string[] {
  return blinds
    .filter(({ period }) => period.to * DAY > asked.from && period.from * DAY < asked.to)
    .map(({ said }) => plain(said));
}
