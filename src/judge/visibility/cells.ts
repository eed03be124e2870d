/**
 * The rows of one host: each behaviour over the whole span, cut where anything changes. A behaviour would have shown if one
 * source that shows it whole was able; evidence is stronger than any reason. A source is asked only on days from which its
 * host's logs may stand otherwise than before, so that years without change cost nothing.
 */
import type { Behaviour } from '../../know/advisories/index.ts';
import type { LogSetting } from '../../know/logging/index.ts';
import { isDeviceChannel } from '../../know/logsources/index.ts';
import type { Day } from '../../read/coverage/index.ts';
import { HostBlinds } from './blinds.ts';
import { cheapest } from './fixes.ts';
import type { SeenHost } from './hosts.ts';
import { shownBy } from './shows.ts';
import { type AskedSource, type Reason, type State, sourceOn } from './sources.ts';
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

/** A behaviour with its sources as they are asked for. */
export type AskedBehaviour = { readonly behaviour: Behaviour; readonly asked: readonly AskedSource[] };

export type HostRows = { readonly drafts: readonly Draft[]; readonly blinds: HostBlinds };

/** Days of evidence by behaviour. */
export type FoundDays = ReadonlyMap<string, ReadonlySet<Day>>;

export function rowsOf(
  host: SeenHost,
  behaviours: readonly AskedBehaviour[],
  span: Period,
  found: FoundDays,
): HostRows {
  const blinds = new HostBlinds();
  const sources = new SourceDays(host, span);
  const drafts = behaviours.flatMap(({ behaviour, asked }) => {
    const days = found.get(behaviour.id) ?? none;
    if (days.size === 0 && !appliesTo(behaviour, host)) return [];
    const shown = shownBy(
      behaviour,
      asked.filter(each => isDeviceChannel(each.channel) === host.isDevice && sources.has(each)),
    );
    // Nothing is asked of such a host; what was found on it stands all the same.
    if (shown.length === 0) return foundAlone(behaviour.id, days, span);
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

function foundAlone(behaviour: string, days: ReadonlySet<Day>, span: Period): Draft[] {
  return [...days]
    .filter(day => span.from <= day && day < span.to)
    .sort((a, b) => a - b)
    .map(day => ({ behaviour, sight: 'found', period: { from: day, to: day + 1 }, ...seen }));
}

const seen = { isPartial: false, keys: [], way: null } as const;

type Row = {
  readonly sources: SourceDays;
  readonly whole: readonly AskedSource[];
  readonly parts: readonly AskedSource[];
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
  if (days.has(period.from)) return { sight: 'found', ...seen };
  const states = whole.map(source => sources.at(source, period.from));
  if (states.includes('able')) return { sight: 'would-have-shown', ...seen };
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
  /** Days on which a source may stand otherwise than before; the first is the span's. */
  readonly #asked: readonly Day[];
  readonly #known = new Map<string, { readonly at: (day: Day) => State } | null>();

  constructor(host: SeenHost, span: Period) {
    this.#host = host;
    this.#span = span;
    const own = [...host.logs.values()].flatMap(log => log.edges());
    const within = own.filter(day => span.from < day && day < span.to);
    this.#asked = [...new Set([span.from, ...within])].sort((a, b) => a - b);
  }

  /** False where the source is none of this kind of host. */
  has(source: AskedSource): boolean {
    return this.#of(source) !== null;
  }

  at(source: AskedSource, day: Day): State {
    return this.#of(source)!.at(day);
  }

  #of(source: AskedSource): { readonly at: (day: Day) => State } | null {
    let known = this.#known.get(source.key);
    if (known === undefined) {
      const ask = sourceOn(this.#host, source);
      known = ask === null ? null : this.#daysOf(ask);
      this.#known.set(source.key, known);
    }
    return known;
  }

  /** Asks each day on which something may be new, and keeps where it is. */
  #daysOf(ask: (day: Day) => State): { readonly at: (day: Day) => State } {
    const states = new Map<Day, State>();
    let before: State | null = null;
    for (const day of this.#asked) {
      const state = ask(day);
      if (before === null || !areSame(before, state)) {
        this.#edges.add(day);
        states.set(day, state);
        before = state;
      }
    }
    const changes = [...states.keys()];
    const all = [...states.values()];
    return {
      at: day => {
        let [low, high] = [0, changes.length];
        while (high - low > 1) {
          const middle = (low + high) >>> 1;
          if (changes[middle]! <= day) low = middle;
          else high = middle;
        }
        return all[low]!;
      },
    };
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
