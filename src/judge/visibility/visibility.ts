/**
 * Brings the collaborators together: which hosts there are, how their sources stood day by day, what was found, what hides
 * the rest, and what would have opened it. Pure: the same coverage and judgement give the same visibility.
 *
 * Cost: hosts × different sources × days of the host, each a few look-ups; hosts without logs cost one cell a behaviour.
 */
import type { Advisory, Behaviour } from '../../know/advisories/index.ts';
import { type LogSetting, settingsOf } from '../../know/logging/index.ts';
import { isDeviceChannel } from '../../know/logsources/index.ts';
import type { Day } from '../../read/coverage/index.ts';
import { fold, NO_TIME } from '../../read/events/index.ts';
import type { Judgement } from '../types.ts';
import { HostBlinds } from './blinds.ts';
import { type AskedBehaviour, type Draft, type FoundDays, type HostRows, rowsOf } from './cells.ts';
import { FixTally } from './fixes.ts';
import { type SeenHost, seenHosts } from './hosts.ts';
import { dayOf } from './log.ts';
import { saidOf } from './said.ts';
import { asked, type Reason } from './sources.ts';
import type { Blind, Cell, Period, Sight, ViewedHost, Visibility, VisibilityInput } from './types.ts';

/** Cells at most. Hosts beyond it, those without logs first, are left out and counted. */
const MOST_CELLS = 500_000;

export function stateVisibility(input: VisibilityInput): Visibility {
  const { advisories, coverage, judgement, mentioned, site } = input;
  const behaviours = behavioursOf(advisories);
  const evidence = foundIn(judgement);
  const hosts = seenHosts(coverage, [...mentioned, ...evidence.keys()], site);
  const span = spanOf(hosts);
  const table = new Table(span);
  const viewed: ViewedHost[] = [];
  if (span !== null) {
    const rows = new Rows(behaviours, span);
    for (const host of hosts) {
      if (table.isFull) break;
      viewed.push(viewedOf(host));
      table.add(host.host, rows.of(host, evidence.get(host.host) ?? new Map()));
    }
    table.add(null, siteRows(hosts, behaviours, span));
  } else viewed.push(...hosts.map(viewedOf));
  const { cells, blinds, counts, fixes } = table;
  const told = {
    span,
    hosts: viewed,
    found: new Set(evidence.keys()),
    blinds,
    fixes: fixes.finish(),
    counts,
    leftOut: hosts.length - viewed.length,
    isLookedFor: behaviours.length > 0,
    firstFound: firstFound(judgement),
  };
  return {
    span,
    hosts: viewed,
    cells,
    blinds,
    fixes: told.fixes,
    counts,
    said: saidOf(told, coverage),
  };
}

/** Each once, by id: of two packs the first says. */
function behavioursOf(advisories: readonly Advisory[]): Behaviour[] {
  const byId = new Map<string, Behaviour>();
  for (const behaviour of advisories.flatMap(each => each.behaviours)) {
    if (!byId.has(behaviour.id)) byId.set(behaviour.id, behaviour);
  }
  return [...byId.values()];
}

/** By host: days of evidence by behaviour. A host whose evidence says no time has no day, and is in it all the same. */
function foundIn({ intrusions, suppressed }: Judgement): Map<string, Map<string, Set<Day>>> {
  const hosts = new Map<string, Map<string, Set<Day>>>();
  const all = [
    ...intrusions.flatMap(({ evidence }) => evidence),
    ...suppressed.map(({ evidence }) => evidence),
  ];
  for (const { host, behaviour, micros } of all) {
    let found = hosts.get(host);
    if (found === undefined) {
      found = new Map();
      hosts.set(host, found);
    }
    if (behaviour === null || micros === NO_TIME) continue;
    const days = found.get(behaviour.id);
    if (days === undefined) found.set(behaviour.id, new Set([dayOf(micros)]));
    else days.add(dayOf(micros));
  }
  return hosts;
}

function firstFound({ intrusions }: Judgement): Day | null {
  const first = intrusions.filter(({ verdict, firstSeen }) => verdict !== 'lead' && firstSeen !== NO_TIME);
  return first.length === 0 ? null : dayOf(Math.min(...first.map(({ firstSeen }) => firstSeen)));
}

function spanOf(hosts: readonly SeenHost[]): Period | null {
  const periods = hosts.flatMap(({ period }) => (period === null ? [] : [period]));
  if (periods.length === 0) return null;
  return {
    from: Math.min(...periods.map(({ from }) => from)),
    to: Math.max(...periods.map(({ to }) => to)),
  };
}

function viewedOf({ host, roles, zone, basis, period }: SeenHost): ViewedHost {
  return { host, roles, zone, basis, period };
}

/** Rows of the site as a whole: what no log shows, and devices of which there is no log. */
function siteRows(hosts: readonly SeenHost[], behaviours: readonly Behaviour[], span: Period): HostRows {
  const blinds = new HostBlinds();
  const there = new Set(hosts.flatMap(({ logs }) => [...logs.keys()]));
  const drafts = behaviours.flatMap((behaviour): Draft[] => {
    const reasons: Reason[] =
      behaviour.notObservable !== null
        ? [{ kind: 'not-observable', channel: null, eventIds: [], field: null, settings: [] }]
        : behaviour.sources
            .filter(({ channel }) => isDeviceChannel(fold(channel)) && !there.has(fold(channel)))
            .map(source => ({
              kind: 'no-source',
              channel: source.channel,
              eventIds: [],
              field: null,
              settings: settingsOf(source).filter(({ byDefault }) => byDefault === 'off'),
            }));
    if (reasons.length === 0) return [];
    const way: readonly LogSetting[] = reasons[0]!.settings;
    const keys = [...new Set(reasons.map(reason => blinds.add(reason, span)))];
    return [{ behaviour: behaviour.id, sight: 'could-not-see', period: span, isPartial: false, keys, way }];
  });
  return { drafts, blinds };
}

/** Rows of hosts. Those without logs and evidence are alike, and there may be thousands of them. */
class Rows {
  readonly #behaviours: readonly AskedBehaviour[];
  readonly #span: Period;
  readonly #bare = new Map<boolean | null, HostRows>();

  constructor(behaviours: readonly Behaviour[], span: Period) {
    this.#behaviours = behaviours.map(behaviour => ({ behaviour, asked: behaviour.sources.map(asked) }));
    this.#span = span;
  }

  of(host: SeenHost, found: FoundDays): HostRows {
    if (host.period !== null || found.size > 0) return rowsOf(host, this.#behaviours, this.#span, found);
    let rows = this.#bare.get(host.isController);
    if (rows === undefined) {
      rows = rowsOf(host, this.#behaviours, this.#span, found);
      this.#bare.set(host.isController, rows);
    }
    return rows;
  }
}

/** All cells, as the rows of one host after the other come in. */
class Table {
  readonly cells: Cell[] = [];
  readonly blinds: Blind[] = [];
  readonly counts: Record<Sight, number> = { found: 0, 'would-have-shown': 0, 'could-not-see': 0 };
  readonly fixes: FixTally = new FixTally();
  readonly #span: Period | null;

  constructor(span: Period | null) {
    this.#span = span;
  }

  get isFull(): boolean {
    return this.cells.length >= MOST_CELLS || this.#span === null;
  }

  add(host: string | null, { drafts, blinds }: HostRows): void {
    const numbered = blinds.finish(host, drafts, this.blinds.length);
    this.blinds.push(...numbered.blinds);
    for (const [i, { behaviour, sight, period, isPartial, way }] of drafts.entries()) {
      const days = period.to - period.from;
      this.counts[sight] += days;
      if (way !== null) this.fixes.add(way, host, behaviour, days);
      this.cells.push({ behaviour, host, sight, period, isPartial, blinds: numbered.positions[i]! });
    }
  }
}
