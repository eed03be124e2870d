/**
 * Is a source that a behaviour needs able to show it, on this host, on this day? It is if its log could have held the event,
 * if the event is switched on there, and if the field without which it is blind had values.
 *
 * Switched on shows by events. Where a setting is `daily`, by one of its events that day, or before and after it; after the
 * last of them a long weekend is no proof that it was switched off. Where it is `rare`, by the default of Windows, or by any
 * of its events at any time.
 */
import type { NeededSource } from '../../know/advisories/index.ts';
import {
  collectingFor,
  fieldSettingFor,
  keepingFor,
  type LogSetting,
  settingsFor,
  settingsOf,
} from '../../know/logging/index.ts';
import { type Day, type Days, eachDay, hasDay } from '../../read/coverage/index.ts';
import { fold } from '../../read/events/index.ts';
import type { SeenHost } from './hosts.ts';
import { periodOf, type SeenLog } from './log.ts';
import type { BlindKind } from './types.ts';

/** Why a source is blind, of one host: what becomes a `Blind` with its days. */
export type Reason = {
  readonly kind: BlindKind;
  readonly channel: string | null;
  readonly eventIds: readonly number[];
  readonly field: string | null;
  /** What mends it, the cheapest first. */
  readonly settings: readonly LogSetting[];
};

/** How a source stands on a day. `partly`: some of what it would show is there all the same. */
export type State = { readonly reason: Reason; readonly partly: boolean } | 'able';

/** Days of a long weekend: so long may a host that is used be without its daily events at either end of a log. */
const WEEKEND = 3;

/** A source on a host; null where it is none there: the events are another kind of host's. */
export function sourceOn(host: SeenHost, source: NeededSource): ((day: Day) => State) | null {
  const ids = source.eventIds.filter(id => isWrittenBy(host, source.channel, id));
  if (ids.length === 0 && source.eventIds.length > 0) return null;
  const log = host.logs.get(fold(source.channel));
  if (log === undefined) {
    const state: State = { reason: host.period === null ? bare(source) : absent(source), partly: false };
    return () => state;
  }
  const dead = new Map<BlindKind, Reason>();
  const events = ids.map(id => new EventOn(host, log, source, id));
  const unwritten: Reason = {
    kind: 'event-absent',
    channel: log.channel,
    eventIds: ids,
    field: null,
    settings: settingsOf({ ...source, eventIds: ids }),
  };
  return day => {
    const kind = log.whyBlind(day);
    if (kind !== null) {
      const reason = dead.get(kind) ?? deadReason(kind, host, log, day);
      if (reason.channel !== null) dead.set(kind, reason);
      return { reason, partly: hasDay(log.days, day) };
    }
    if (events.length === 0) return 'able';
    let bare: Reason | null = null;
    for (const event of events) {
      if (!event.isOn(day)) continue;
      const lacking = event.lackedField(day);
      if (lacking === null) return 'able';
      bare ??= lacking;
    }
    return { reason: bare ?? unwritten, partly: bare !== null };
  };
}

/** False where only another kind of host writes the event. */
function isWrittenBy(host: SeenHost, channel: string, id: number): boolean {
  const settings = settingsFor(channel, id);
  if (settings.length === 0) return true;
  return settings.some(({ onlyOn, eventIds }) => {
    if (onlyOn === 'controllers') return host.isController !== false;
    if (onlyOn === 'policy-servers') return hasAny(host.logs.get(fold(channel)), eventIds);
    return true;
  });
}

function hasAny(log: SeenLog | undefined, ids: readonly number[]): boolean {
  return log !== undefined && ids.some(id => periodOf(log.daysOf(id)) !== null);
}

/** Of a host without logs it can't be said what is switched on: fetching comes first. */
function bare({ channel }: NeededSource): Reason {
  const fetched = collectingFor(channel);
  const settings = fetched === null || fetched.byDefault === 'off' ? [] : [fetched];
  return { kind: 'no-logs', channel: null, eventIds: [], field: null, settings };
}

function absent(source: NeededSource): Reason {
  const fetched = collectingFor(source.channel);
  const isThere = fetched !== null && fetched.byDefault !== 'off';
  const others = settingsOf(source).filter(
    each => each.id !== fetched?.id && (!isThere || each.byDefault === 'off'),
  );
  return {
    kind: 'channel-absent',
    channel: source.channel,
    eventIds: [],
    field: null,
    settings: isThere ? [fetched, ...others] : others,
  };
}

function deadReason(kind: BlindKind, host: SeenHost, log: SeenLog, day: Day): Reason {
  const { from, to } = host.period!;
  // Of the host as a whole where none of its logs was there.
  const isAll = (kind === 'before-first' && day < from) || (kind === 'after-last' && day >= to);
  const setting =
    kind === 'before-first'
      ? keepingFor(log.channel)
      : kind === 'record-gap' || kind === 'log-cleared'
        ? null
        : collectingFor(log.channel);
  return {
    kind,
    channel: isAll ? null : log.channel,
    eventIds: [],
    field: null,
    settings: setting === null ? [] : [setting],
  };
}

/** One event id in a log of a host. */
class EventOn {
  readonly #settings: readonly { readonly isOn: boolean; readonly seen: Seen }[];
  readonly #fields: readonly { readonly reason: Reason; readonly seen: Seen; readonly event: Seen }[];
  readonly #own: Days;

  constructor(host: SeenHost, log: SeenLog, { channel, fields }: NeededSource, id: number) {
    this.#own = log.daysOf(id);
    this.#settings = settingsFor(channel, id).map(setting => ({
      isOn: setting.rhythm === 'rare' && (isDefault(setting, host) || hasAny(log, setting.eventIds)),
      seen: new Seen(setting.rhythm === 'daily' ? setting.eventIds.map(each => log.daysOf(each)) : []),
    }));
    this.#fields = fields.flatMap(field => {
      const setting = fieldSettingFor(channel, id, field);
      if (setting === null) return [];
      const reason: Reason = {
        kind: 'field-absent',
        channel: log.channel,
        eventIds: [id],
        field,
        settings: [setting],
      };
      return [{ reason, seen: new Seen([log.fieldDays(id, field)]), event: new Seen([this.#own]) }];
    });
  }

  /** Whether it would have been written that day. */
  isOn(day: Day): boolean {
    if (hasDay(this.#own, day)) return true;
    // An event that no setting is known of: seen once, it is written.
    if (this.#settings.length === 0) return periodOf(this.#own) !== null;
    return this.#settings.some(({ isOn, seen }) => isOn || seen.isAround(day));
  }

  /** The field that it lacked that day; null = none. */
  lackedField(day: Day): Reason | null {
    for (const { reason, seen, event } of this.#fields) {
      // On a day without the event, the days of it before and after say.
      const asked = event.has(day) ? [day] : event.neighbours(day);
      if (asked.length === 0 || !asked.every(each => seen.has(each))) return reason;
    }
    return null;
  }
}

function isDefault({ byDefault }: LogSetting, host: SeenHost): boolean {
  if (byDefault === 'on') return true;
  if (byDefault === 'controllers') return host.isController === true;
  return byDefault === 'servers' && (host.isController === true || host.roles.includes('file'));
}

/** Days on which something was seen, in order. */
class Seen {
  readonly #days: readonly Day[];

  constructor(sets: readonly Days[]) {
    this.#days = [...new Set(sets.flatMap(days => [...eachDay(days)]))].sort((a, b) => a - b);
  }

  has(day: Day): boolean {
    return this.#days[this.#position(day)] === day;
  }

  /** The last day before and the first after. */
  neighbours(day: Day): Day[] {
    const at = this.#position(day);
    return [this.#days[at - 1], this.#days[at]].filter(each => each !== undefined);
  }

  /** Seen that day, or before and after it, or within a weekend of the first or the last. */
  isAround(day: Day): boolean {
    const first = this.#days[0];
    const last = this.#days.at(-1);
    return first !== undefined && first - day <= WEEKEND && day - last! <= WEEKEND;
  }

  /** Of the first day that is not before. */
  #position(day: Day): number {
    let low = 0;
    let high = this.#days.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#days[middle]! < day) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
