/** Small sites whose logs are written down in a few words, for tests of what could be seen of them. */
import { stateVisibility, type Visibility, type VisibilityInput } from '../src/judge/index.ts';
import type { Advisory, Behaviour, NeededSource } from '../src/know/advisories/index.ts';
import {
  type Clearing,
  type Coverage,
  type KindCoverage,
  type RecordCoverage,
  setOfDays,
} from '../src/read/coverage/index.ts';
import { judgement } from './intrusions.ts';

export const DAY = 86_400e6;
/** 2026-10-01. */
export const first = 20_727;
export const security = 'Security';
export const sysmon = 'Microsoft-Windows-Sysmon/Operational';
export const scripts = 'Microsoft-Windows-PowerShell/Operational';

/** Days from `from` up to, not including, `to`, counted from the first. */
export const days = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);

/** Events of one id in one log of one host; `days` and `lines` (with a command line) are counted from the first. */
export function events(
  host: string,
  channel: string,
  eventId: number,
  on: readonly number[],
  lines?: readonly number[],
): KindCoverage {
  const set = (each: readonly number[]): KindCoverage['days'] => setOfDays(each.map(day => first + day));
  const fields = lines === undefined ? {} : { CommandLine: set(lines) };
  return { host, channel, provider: 'p', eventId, days: set(on), fields };
}

/** Runs as [first number, last number, first day, last day]. */
export function numbers(
  host: string,
  channel: string,
  ...runs: readonly (readonly [number, number, number, number])[]
): RecordCoverage {
  return {
    host,
    channel,
    runs: runs.map(([from, to, begin, end]) => ({
      first: from,
      last: to,
      from: (first + begin) * DAY + 1,
      to: (first + end) * DAY + DAY / 2,
    })),
    isSparse: false,
  };
}

/** In the middle of the day. */
export const cleared = (host: string, channel: string, day: number): Clearing => ({
  host,
  channel,
  micros: (first + day) * DAY + 3 * (DAY / 4),
});

export function coverage(
  kinds: readonly KindCoverage[],
  records: readonly RecordCoverage[] = [],
  clearings: readonly Clearing[] = [],
): Coverage {
  return { kinds, records, clearings };
}

export const source = (
  channel: string,
  eventIds: readonly number[],
  over: Partial<NeededSource> = {},
): NeededSource => ({ channel, eventIds, fields: [], enable: null, ...over });

export const starts: NeededSource = source(security, [4688], { fields: ['NewProcessName', 'CommandLine'] });
export const sysmonStarts: NeededSource = source(sysmon, [1], { fields: ['Image', 'CommandLine'] });

export function behaviour(
  sources: readonly NeededSource[],
  id = 'VT-CA-01',
  over: Partial<Behaviour> = {},
): Behaviour {
  return {
    id,
    title: id,
    stage: 'credential-access',
    step: null,
    gravity: 'strong',
    exposes: null,
    attack: [],
    attackReplaced: {},
    sources,
    rules: [],
    lookalikes: [],
    ask: null,
    fetch: null,
    notObservable: null,
    place: { path: 'b.yml', document: 0, line: 1, column: 1 },
    ...over,
  };
}

export function look(
  behaviours: readonly Behaviour[],
  over: Partial<VisibilityInput> & { readonly coverage: Coverage },
): Visibility {
  const advisory: Advisory = {
    id: 'test',
    title: 'Test',
    version: '1',
    published: '2026-11-24',
    modified: '2026-11-24',
    actor: { name: 'Test', aliases: [] },
    author: '',
    issuers: [],
    summary: '',
    references: [],
    mitigations: [],
    firstSteps: [],
    behaviours,
    chain: { steps: [], links: [], intrusion: [], suspected: [] },
    path: '',
    rules: null,
    indicators: null,
  };
  return stateVisibility({
    advisories: [advisory],
    judgement: judgement(),
    mentioned: [],
    site: null,
    ...over,
  });
}

const letters = { found: 'F', 'would-have-shown': 'w', 'could-not-see': '-' } as const;

/** A letter a day, `F`, `w` or `-`; empty where it is not said. */
export function row({ cells, span }: Visibility, host: string | null, id = 'VT-CA-01'): string {
  let text = '';
  for (const cell of cells) {
    if (cell.host !== host || cell.behaviour !== id) continue;
    // What is not the next piece leaves a mark that no test expects.
    if (cell.period.from !== span!.from + text.length) text += '?';
    text += letters[cell.sight].repeat(cell.period.to - cell.period.from);
  }
  return text;
}

/** Blind spots of a host: `kind log ids from..to`, days counted from the first. */
export function blindsOf({ blinds }: Visibility, host: string | null): string[] {
  return blinds.flatMap(each => {
    if (each.host !== host) return [];
    const { from, to } = each.period;
    const ids = each.eventIds.length === 0 ? '' : ` ${each.eventIds.join()}`;
    return [`${each.kind} ${each.channel ?? '*'}${ids} ${from - first}..${to - first}`];
  });
}
