/**
 * The rows of one host: each behaviour over the whole span, cut where anything changes. A behaviour would have shown if one
 * source that shows it whole was able; evidence is stronger than any reason. States are asked once a day and source, within
 * the host's own period only, for outside of it nothing changes.
 */
import type { Behaviour, NeededSource } from '../../know/advisories/index.ts';
import type { LogSetting } from '../../know/logging/index.ts';
import { isDeviceChannel } from '../../know/logsources/index.ts';
import type { Day } from '../../read/coverage/index.ts';
import { fold } from '../../read/events/index.ts';
import { HostBlinds } from './blinds.ts';
import { cheapest } from './fixes.ts';
import type { SeenHost } from './hosts.ts';
import { shownBy } from './shows.ts';
import { type Reason, type State, sourceOn } from './sources.ts';
import type { Period, Sight } from './types.ts';

/** A cell before its blind spots are numbered. */
export type Draft = {
  readonly behaviour: string;
  readonly sight: Sight;
  readonly period: Period;
  readonly isPartial: boolean;
  readonly keys: readonly string[];
  /** What would have opened it for the least; null = nothing, or it was open. */
  readonly way: readonly LogSetting[] | null;
};

export type HostRows = { readonly drafts: readonly Draft[]; readonly blinds: HostBlinds };

/** Days of evidence by behaviour. */
export type FoundDays = ReadonlyMap<string, ReadonlySet<Day>>;

export function rowsOf(
  host: SeenHost,
  behaviours: readonly Behaviour[],
  span: Period,
  found: FoundDays,
): HostRows {
  const blinds = new HostBlinds();
  const sources = new SourceDays(host, span);
  const drafts = behaviours.flatMap(behaviour => {
    const days = found.get(behaviour.id) ?? none;
    if (days.size === 0 && !appliesTo(behaviour, host)) return [];
    const shown = shownBy(
      behaviour,
      behaviour.sources.filter(
        source => isDeviceChannel(fold(source.channel)) === host.isDevice && sources.has(source),
      ),
    );
    if (shown.length === 0 && days.size === 0) return [];
    const whole = shown.filter(({ isWhole }) => isWhole).map(({ source }) => source);
    const parts = shown.filter(({ isWhole }) => !isWhole).map(({ source }) => source);
    return rowOf(behaviour.id, { sources, whole, parts, days, blinds });
  });
  return { drafts, blinds };
}

const none: ReadonlySet<Day> = new Set();

/** A behaviour of controllers is none of a host that is known to be no controller: it is not blind for it. */
function appliesTo({ only, notObservable }: Behaviour, { isController }: SeenHost): boolean {
  return notObservable === null && (only !== 'controllers' || isController !== false);
}

type Row = {
  readonly sources: SourceDays;
  readonly whole: readonly NeededSource[];
  readonly parts: readonly NeededSource[];
  readonly days: ReadonlySet<Day>;
  readonly blinds: HostBlinds;
};

function rowOf(behaviour: string, { sources, whole, parts, days, blinds }: Row): Draft[] {
  const drafts: Draft[] = [];
  for (const period of sources.cut(days)) {
    const draft = { behaviour, period, ...sightOn(period, { sources, whole, parts, days, blinds }) };
    const last = drafts.at(-1);
    if (last !== undefined && areAlike(last, draft)) {
      drafts[drafts.length - 1] = { ...last, period: { from: last.period.from, to: period.to } };
    } else drafts.push(draft);
  }
  return drafts;
}

type SightOn = Pick<Draft, 'sight' | 'isPartial' | 'keys' | 'way'>;

function sightOn(period: Period, { sources, whole, parts, days, blinds }: Row): SightOn {
  const open = { isPartial: false, keys: [], way: null };
  if (days.has(period.from)) return { sight: 'found', ...open };
  const states = whole.map(source => sources.at(source, period.from));
  if (states.includes('able')) return { sight: 'would-have-shown', ...open };
  const blind = states.filter(state => state !== 'able');
  return {
    sight: 'could-not-see',
    isPartial:
      blind.some(({ partly }) => partly) || parts.some(each => isOpen(sources.at(each, period.from))),
    keys: [...new Set(blind.map(({ reason }) => blinds.add(reason, period)))].sort(),
    way: cheapest(blind.map(({ reason }: { readonly reason: Reason }) => reason.settings)),
  };
}

function isOpen(state: State): boolean {
  return state === 'able' || state.partly;
}

function areAlike(a: Draft, b: Draft): boolean {
  return (
    a.sight === b.sight &&
    a.isPartial === b.isPartial &&
    a.keys.length === b.keys.length &&
    a.keys.every((key, i) => key === b.keys[i])
  );
}

/** How the sources of a host stand, day by day, and where any of them changes. */
class SourceDays {
  readonly #host: SeenHost;
  readonly #span: Period;
  /** Days from which nothing is new until the next of them. */
  readonly #edges = new Set<Day>();
  readonly #known = new Map<string, { readonly at: (day: Day) => State } | null>();

  constructor(host: SeenHost, span: Period) {
    this.#host = host;
    this.#span = span;
    this.#edges.add(span.from);
  }

  /** False where the source is none of this kind of host. */
  has(source: NeededSource): boolean {
    return this.#of(source) !== null;
  }

  at(source: NeededSource, day: Day): State {
    return this.#of(source)!.at(day);
  }

  #of(source: NeededSource): { readonly at: (day: Day) => State } | null {
    const key = [source.channel, source.eventIds, source.fields, source.enable ?? ''].join('\0');
    let known = this.#known.get(key);
    if (known === undefined) {
      const ask = sourceOn(this.#host, source);
      known = ask === null ? null : this.#daysOf(ask);
      this.#known.set(key, known);
    }
    return known;
  }

  /** Asks each day once and keeps where it changes. */
  #daysOf(ask: (day: Day) => State): { readonly at: (day: Day) => State } {
    const { from, to } = this.#span;
    const own = this.#host.period;
    const first = Math.max(from, own?.from ?? to);
    const end = Math.min(to, own?.to ?? to);
    const outside = ask(from);
    const states: State[] = [];
    let before: State = first > from ? outside : ask(first);
    for (let day = first; day < end; day++) {
      const state = ask(day);
      if (!areSame(before, state)) this.#edges.add(day);
      states.push(state);
      before = state;
    }
    const after = end < to ? ask(end) : outside;
    if (end < to && end >= first && !areSame(before, after)) this.#edges.add(end);
    return { at: day => (day < first ? outside : (states[day - first] ?? after)) };
  }

  /** The span in pieces in which nothing changes; `days` are of their own. Ask after all sources were asked for. */
  cut(days: ReadonlySet<Day>): Period[] {
    const { from, to } = this.#span;
    const edges = new Set(this.#edges);
    for (const day of days) if (day >= from && day < to) edges.add(day).add(day + 1);
    const ordered = [...edges].filter(day => day < to).sort((a, b) => a - b);
    return ordered.map((day, i) => ({ from: day, to: ordered[i + 1] ?? to }));
  }
}

function areSame(a: State, b: State): boolean {
  if (a === 'able' || b === 'able') return a === b;
  const [x, y] = [a.reason, b.reason];
  return (
    a.partly === b.partly &&
    (x === y || (x.kind === y.kind && x.channel === y.channel && x.field === y.field))
  );
}
