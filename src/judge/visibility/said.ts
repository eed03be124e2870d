/**
 * What a reader is told of visibility: sentences, the weightiest first. "Nothing found" never stands alone: with it go the
 * hosts that it is said of, how far their logs reach back, and that absence is not shown.
 */
import { settingById } from '../../know/logging/index.ts';
import type { Coverage, Day } from '../../read/coverage/index.ts';
import type { Blind, BlindKind, Fix, Period, Sight, ViewedHost } from './types.ts';

export type Told = {
  readonly span: Period | null;
  readonly hosts: readonly ViewedHost[];
  /** Canonical names of hosts with evidence. */
  readonly found: ReadonlySet<string>;
  readonly blinds: readonly Blind[];
  readonly fixes: readonly Fix[];
  readonly counts: Readonly<Record<Sight, number>>;
  /** Hosts that were left out, because more would fill the memory. */
  readonly leftOut: number;
  /** Whether a pack says what to look for. */
  readonly isLookedFor: boolean;
  /** The day of the earliest evidence of a story; null = there is none. */
  readonly firstFound: Day | null;
};

/** What is told of reasons, at most. */
const MOST_REASONS = 6;
const MOST_FIXES = 5;
/** Days; logs that reach back less are told of, because this kind of actor stays for longer. */
const SHORT = 30;
/** Days after the beginning of the logs in which evidence may well be older than they are. */
const CLOSE = 7;

export function saidOf(told: Told, coverage: Coverage): string[] {
  const { span, hosts, leftOut, isLookedFor } = told;
  if (span === null) return ['No event at hand says a time: nothing can be said of what would have shown.'];
  if (!isLookedFor)
    return ['No advisory was hunted for: what would have shown is said of the behaviours of one.'];
  return [
    saidFound(told, reachOf(coverage, span)),
    ...saidLeftOut(leftOut),
    ...saidBare(hosts),
    ...saidCounts(told.counts),
    ...saidReasons(told.blinds),
    ...saidRetention(hosts, span, told.firstFound),
    ...saidFixes(told.fixes),
  ];
}

function saidFound({ hosts, found }: Told, reach: string): string {
  const logged = hosts.filter(({ period }) => period !== null);
  const clean = logged.filter(({ host }) => !found.has(host)).length;
  const all = counted(hosts.length, 'host');
  const evidence = found.size === 0 ? '' : `Evidence on ${found.size} of ${all}. `;
  if (clean === 0) return found.size === 0 ? `Nothing could be found on any of ${all}.` : evidence.trim();
  return `${evidence}Nothing found on ${clean} of ${all}, back ${reach}. This does not show absence.`;
}

function saidBare(hosts: readonly ViewedHost[]): string[] {
  const bare = hosts.filter(({ period }) => period === null).map(({ host }) => host);
  if (bare.length === 0) return [];
  return [
    `${bare.length} of ${counted(hosts.length, 'host')} could not be seen at all, because ${bare.length === 1 ? 'it has' : 'they have'} no logs here: ${listed(bare, 5)}.`,
  ];
}

function saidCounts(counts: Told['counts']): string[] {
  const all = counts.found + counts['would-have-shown'] + counts['could-not-see'];
  if (all === 0) return [];
  const share = (sight: Sight): string => {
    const exact = (100 * counts[sight]) / all;
    return exact > 0 && exact < 1 ? 'under 1 %' : `${Math.floor(exact)} %`;
  };
  return [
    `Of what was looked for, day by day, ${share('would-have-shown')} would have shown and ${share('could-not-see')} could not be seen.`,
  ];
}

function saidLeftOut(leftOut: number): string[] {
  if (leftOut === 0) return [];
  return [
    `${counted(leftOut, 'more host')} could not be told of, because there are too many: hunt them apart.`,
  ];
}

type Group = { readonly blind: Blind; readonly hosts: Set<string>; weight: number };

/** One sentence for each kind of reason and log, those that hide most first. */
function saidReasons(blinds: readonly Blind[]): string[] {
  const groups = new Map<string, Group>();
  for (const blind of blinds) {
    const { kind, channel, field, host, behaviours, period } = blind;
    if (kind === 'no-logs') continue;
    const key = [kind, channel ?? '', field ?? '', blind.eventIds.join()].join('\0');
    const group = groups.get(key) ?? { blind, hosts: new Set(), weight: 0 };
    if (host !== null) group.hosts.add(host);
    group.weight += behaviours.length * (period.to - period.from);
    groups.set(key, group);
  }
  return [...groups]
    .sort(([a, x], [b, y]) => y.weight - x.weight || (a < b ? -1 : 1))
    .slice(0, MOST_REASONS)
    .map(([, group]) => saidReason(group));
}

const words: Readonly<Record<Exclude<BlindKind, 'field-absent' | 'event-absent'>, string>> = {
  'no-logs': 'has no logs here',
  'no-source': 'is not at hand at all',
  'channel-absent': 'is not at hand',
  'log-cleared': 'was cleared',
  'record-gap': 'lacks records',
  silent: 'was silent for days, and no record numbers show that nothing happened',
  'before-first': 'begins later than others',
  'after-last': 'ends earlier than others',
  'not-observable': 'shows it nowhere',
};

function saidReason({ blind: { kind, channel, eventIds, field, behaviours }, hosts }: Group): string {
  const on = ` on ${counted(hosts.size, 'host')} (${listed([...hosts].sort(), 3)})`;
  const hides = `, which hides ${counted(behaviours.length, 'behaviour')}`;
  const ids = listed(eventIds.map(String), 6);
  if (kind === 'not-observable') {
    return `${counted(behaviours.length, 'behaviour')} no log here shows at all: ${listed([...behaviours], 5)}.`;
  }
  if (kind === 'no-source')
    return `No log of ${channel} is at hand${hides}: sessions through it could not be seen.`;
  if (kind === 'field-absent') {
    return `${ids} carries no ${field === 'CommandLine' ? 'command line' : field}${on}${hides}.`;
  }
  if (kind === 'event-absent') return `${channel} holds no ${ids}${on}${hides}.`;
  return `${channel ?? 'Every log'} ${words[kind]}${on}${hides}.`;
}

function saidRetention(hosts: readonly ViewedHost[], span: Period, firstFound: Day | null): string[] {
  const short = hosts.filter(({ period }) => period !== null && span.to - period.from < SHORT);
  const said =
    short.length === 0
      ? []
      : [
          `The logs of ${counted(short.length, 'host')} reach back less than ${SHORT} days (${listed(
            short.map(({ host }) => host),
            3,
          )}): what is older could not be seen.`,
        ];
  if (firstFound === null || firstFound - span.from >= CLOSE) return said;
  return [
    ...said,
    `The first evidence lies ${firstFound <= span.from ? 'on the first day' : `within ${counted(firstFound - span.from, 'day')} of the beginning`} of these logs: it may have begun before them.`,
  ];
}

function saidFixes(fixes: readonly Fix[]): string[] {
  if (fixes.length === 0) return [];
  const told = fixes.slice(0, MOST_FIXES).map(({ setting, hosts, behaviours }) => {
    const where = hosts.length === 0 ? '' : ` on ${counted(hosts.length, 'host')}`;
    // What a title adds behind a colon is for who looks it up.
    const title = (settingById(setting)?.title ?? setting).split(': ')[0]!;
    return `${title} (${counted(behaviours.length, 'behaviour')}${where})`;
  });
  return [`What opens most for least: ${told.join('; ')}.`];
}

/** `31 hours` where all logs together are of days, `11 days` else. */
function reachOf({ records }: Coverage, span: Period): string {
  const days = span.to - span.from;
  const runs = records.flatMap(each => each.runs);
  if (days > 3 || runs.length === 0) return counted(days, 'day');
  const first = runs.reduce((least, { from }) => Math.min(least, from), Number.POSITIVE_INFINITY);
  const last = runs.reduce((most, { to }) => Math.max(most, to), Number.NEGATIVE_INFINITY);
  return counted(Math.max(1, Math.round((last - first) / 3_600e6)), 'hour');
}

export function counted(count: number, what: string): string {
  return `${count.toLocaleString('en-US')} ${what}${count === 1 ? '' : 's'}`;
}

/** `a, b and 4 more`. */
export function listed(names: readonly string[], most: number): string {
  const more = names.length - most;
  if (more > 0) return `${names.slice(0, most).join(', ')} and ${more.toLocaleString('en-US')} more`;
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** `2026-10-01`. */
export function isoDay(day: Day): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}
