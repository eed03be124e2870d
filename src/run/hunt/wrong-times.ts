/**
 * Times that cannot be right: clocks that nobody had set (1601, 1970, 1980, 2000) and events from after the hunt. A judgement
 * takes such an event as one without a time, so that it is joined by what it says and an intrusion does not begin in 1601.
 * The record stays as it is in findings.
 *
 * A host all of whose times lie ahead keeps them: its clock was wrong as a whole, and the order of its events is still worth
 * something. Where every time is right, which is nearly always, nothing is wrapped and it costs a comparison a kind.
 */
import type { Fact, FactRole, FactSource, FactType, FactView } from '../../read/entities/index.ts';
import { formatMicros, NO_TIME } from '../../read/events/index.ts';
import type { ChannelTally } from './tallies.ts';

/** Windows Vista was finished that day: no log of this format is older, and no FortiGate that is still read. */
export const EARLIEST: number = Date.UTC(2006, 10, 8) * 1000;
/** A time zone taken wrongly moves an event by up to 14 hours. */
const AHEAD = 86_400e6;

export interface WrongTimes {
  /** Names of hosts whose clocks were ahead as a whole. */
  readonly ahead: readonly string[];
  /** Names of hosts some of whose times count as none. */
  readonly unset: readonly string[];
  isWrong(fact: { readonly micros: number; readonly host: string }): boolean;
}

/** The latest time that can be right. `now`: the latest that the hunt may have happened, microseconds. */
export function latestRight(now: number): number {
  return now + AHEAD;
}

/** `now`: the latest that the hunt may have happened, microseconds. Null where nothing speaks against any time. */
export function wrongTimes(channels: Iterable<ChannelTally>, now: number): WrongTimes | null {
  const latest = latestRight(now);
  const hosts = new Map<string, { early: boolean; late: boolean; right: boolean }>();
  let isRight = true;
  for (const { host, events, first, last } of channels) {
    if (events === 0 || first > last) continue;
    if (first >= EARLIEST && last <= latest) {
      const known = hosts.get(host);
      if (known === undefined) hosts.set(host, { early: false, late: false, right: true });
      else known.right = true;
      continue;
    }
    isRight = false;
    const known = hosts.get(host) ?? { early: false, late: false, right: false };
    known.early ||= first < EARLIEST;
    known.late ||= last > latest;
    known.right ||= (first >= EARLIEST && first <= latest) || (last >= EARLIEST && last <= latest);
    hosts.set(host, known);
  }
  if (isRight) return null;
  const listed = [...hosts].sort(([a], [b]) => (a < b ? -1 : 1));
  const ahead = listed.flatMap(([host, { late, right }]) => (late && !right ? [host] : []));
  const keeps = new Set(ahead);
  return {
    ahead,
    unset: listed.flatMap(([host, { early, late, right }]) => (early || (late && right) ? [host] : [])),
    isWrong: ({ micros, host }) =>
      micros !== NO_TIME && (micros < EARLIEST || (micros > latest && !keeps.has(host))),
  };
}

/** The fact as one without a time; why, as a reason. */
export function withoutTime(fact: Fact): { readonly fact: Fact; readonly doubt: string } {
  const said = formatMicros(fact.micros).slice(0, 19).replace('T', ' ');
  return {
    fact: { ...fact, micros: NO_TIME },
    doubt: `its record says ${said} UTC, which cannot be right: it counts as without a time`,
  };
}

/** The same facts, those with a wrong time as without one. */
export class RightFacts implements FactSource {
  readonly #facts: FactSource;
  readonly #times: WrongTimes;

  constructor(facts: FactSource, times: WrongTimes) {
    this.#facts = facts;
    this.#times = times;
  }

  get length(): number {
    return this.#facts.length;
  }

  get dropped(): number {
    return this.#facts.dropped;
  }

  scan(visit: (fact: FactView) => void, types?: readonly FactType[]): void {
    const timeless = new Timeless();
    this.#facts.scan(view => visit(this.#right(view, timeless)), types);
  }

  scanAlike<T>(
    roles: readonly FactRole[],
    make: (fact: FactView) => T,
    visit: (fact: FactView, made: T) => void,
    types?: readonly FactType[],
  ): void {
    const timeless = new Timeless();
    this.#facts.scanAlike(roles, make, (view, made) => visit(this.#right(view, timeless), made), types);
  }

  #right(view: FactView, timeless: Timeless): FactView {
    if (!this.#times.isWrong(view)) return view;
    timeless.view = view;
    return timeless;
  }
}

/** A view without its time. */
class Timeless implements FactView {
  view!: FactView;
  readonly micros: number = NO_TIME;

  get type(): FactType {
    return this.view.type;
  }
  get host(): string {
    return this.view.host;
  }
  get channel(): string {
    return this.view.channel;
  }
  get eventId(): number {
    return this.view.eventId;
  }
  get input(): number {
    return this.view.input;
  }
  get offset(): number {
    return this.view.offset;
  }
  get record(): number {
    return this.view.record;
  }
  text(role: FactRole): string | undefined {
    return this.view.text(role);
  }
  number(role: FactRole): number | undefined {
    return this.view.number(role);
  }
  keep(): Fact {
    return { ...this.view.keep(), micros: NO_TIME };
  }
}

/** What a reader of the stories must know of clocks. */
export function saidWrong({ ahead, unset }: WrongTimes): string[] {
  const notes: string[] = [];
  if (unset.length > 0) {
    notes.push(
      `Events of ${named(unset)} say times that cannot be right (before ${formatMicros(EARLIEST).slice(0, 4)}, or after this hunt): they count as without a time, and are linked by what they say, never by when.`,
    );
  }
  if (ahead.length > 0) {
    notes.push(
      `Every time of ${named(ahead)} lies after this hunt: that clock was wrong, so are the times told of it, and links by time to other hosts are missing.`,
    );
  }
  return notes;
}

const MOST_NAMED = 5;

function named(hosts: readonly string[]): string {
  const shown = hosts.slice(0, MOST_NAMED).map(host => (host === '' ? 'an unnamed host' : host));
  const more = hosts.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(' and ');
}
