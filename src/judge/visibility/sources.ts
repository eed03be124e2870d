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
import { type Day, type Days, hasDay } from '../../read/coverage/index.ts';
import { fold } from '../../read/events/index.ts';
import type { SeenHost } from './hosts.ts';
import type { SeenLog } from './log.ts';
import { Seen } from './seen.ts';
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

/** A source that a behaviour needs, with what is known of it whatever the host: looked up once for all of them. */
export type AskedSource = {
  readonly source: NeededSource;
  /** Two sources with the same key stand alike on each host. */
  readonly key: string;
  /** Folded. */
  readonly channel: string;
  /** By event id: what switches it on. */
  readonly settings: ReadonlyMap<number, readonly LogSetting[]>;
  readonly bare: Reason;
  readonly absent: Reason;
};

export function asked(source: NeededSource): AskedSource {
  const { channel, eventIds, fields, enable } = source;
  return {
    source,
    key: [channel, eventIds, fields, enable ?? ''].join('\0'),
    channel: fold(channel),
    settings: new Map(eventIds.map(id => [id, settingsFor(channel, id)])),
    bare: bare(source),
    absent: absent(source),
  };
}

/** A source on a host; null where it is none there: the events are another kind of host's. */
export function sourceOn(host: SeenHost, of: AskedSource): ((day: Day) => State) | null {
  const { source, channel } = of;
  const ids = source.eventIds.filter(id => isWrittenBy(host, of, id));
  if (ids.length === 0 && source.eventIds.length > 0) return null;
  const log = host.logs.get(channel);
  if (log === undefined) {
    const state: State = { reason: host.period === null ? of.bare : of.absent, partly: false };
    return () => state;
  }
  const dead = new Map<BlindKind, Reason>();
  const events = ids.map(id => new EventOn(host, log, of, id));
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
function isWrittenBy(host: SeenHost, { channel, settings: known }: AskedSource, id: number): boolean {
  const settings = known.get(id)!;
  if (settings.length === 0) return true;
  return settings.some(({ onlyOn, eventIds }) => {
    if (onlyOn === 'controllers') return host.isController !== false;
    if (onlyOn === 'policy-servers') return host.logs.get(channel)?.holds(eventIds) === true;
    return true;
  });
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
  readonly #settings: readonly { readonly isOn: boolean; readonly seen: Seen | null }[];
  readonly #fields: readonly { readonly reason: Reason; readonly seen: Seen; readonly event: Seen }[];
  readonly #own: Days;
  readonly #isHeld: boolean;

  constructor(host: SeenHost, log: SeenLog, { source, settings }: AskedSource, id: number) {
    const { channel, fields } = source;
    this.#own = log.daysOf(id);
    this.#isHeld = log.holds([id]);
    this.#settings = settings.get(id)!.map(setting => ({
      isOn: setting.rhythm === 'rare' && (isDefault(setting, host) || log.holds(setting.eventIds)),
      seen: setting.rhythm === 'daily' ? log.seen(setting.eventIds) : null,
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
      return [{ reason, seen: new Seen([log.fieldDays(id, field)]), event: log.seen([id]) }];
    });
  }

  /** Whether it would have been written that day. */
  isOn(day: Day): boolean {
    if (hasDay(this.#own, day)) return true;
    // An event that no setting is known of: seen once, it is written.
    if (this.#settings.length === 0) return this.#isHeld;
    return this.#settings.some(({ isOn, seen }) => isOn || seen?.isAround(day) === true);
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
