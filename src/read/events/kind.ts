/**
 * The kind of an event: its shape with channel, provider, event id and host. A log holds millions of events
 * and a few hundred kinds, so whoever routes, counts or prints by any of these does it once per kind and
 * finds it again by `kind.id`.
 */
import type { Shape } from './shape.ts';
import { NO_TIME } from './time.ts';
import { type TimeZone, utc } from './zone.ts';

export type EventKind = {
  /** Dense number, unique within a `ReadContext`; usable as an array index. */
  readonly id: number;
  readonly shape: Shape;
  /** As written in the event; empty where it has none. */
  readonly channel: string;
  readonly provider: string;
  /** -1 where the event has none or it is not a number. */
  readonly eventId: number;
  /** System/Computer as written. */
  readonly host: string;
  /** Tally of the events of this kind: kept here because the ledger reads it per kind, not per event. */
  events: number;
  /** Earliest and latest `micros` seen; Infinity and -Infinity before the first event that says a time. */
  first: number;
  last: number;
};

/** Counts an event of `kind` at `micros`, once for all sources; one that says no time leaves first and last as they are. */
export function countEvent(kind: EventKind, micros: number): void {
  kind.events++;
  if (micros === NO_TIME) return;
  if (micros < kind.first) kind.first = micros;
  if (micros > kind.last) kind.last = micros;
}

/** Interns kinds. One per worker, shared by all its readers, so that ids are dense and unique. */
export class ReadContext {
  readonly kinds: EventKind[] = [];
  /** Of times that do not say theirs. */
  readonly zone: TimeZone;
  /** Events whose time was taken to be in `zone`, because neither it nor the record says another. */
  zoneless = 0;
  #shapes = 0;
  readonly #byKey = new Map<string, EventKind>();

  constructor(zone: TimeZone = utc) {
    this.zone = zone;
  }

  nextShapeId(): number {
    return this.#shapes++;
  }

  /** The kind of these five, made at first sight. Readers keep a cache per shape before it. */
  kind(shape: Shape, channel: string, provider: string, eventId: number, host: string): EventKind {
    const key = `${shape.id}\0${eventId}\0${channel}\0${provider}\0${host}`;
    let kind = this.#byKey.get(key);
    if (kind === undefined) {
      kind = {
        id: this.kinds.length,
        shape,
        channel,
        provider,
        eventId,
        host,
        events: 0,
        first: Number.POSITIVE_INFINITY,
        last: Number.NEGATIVE_INFINITY,
      };
      this.kinds.push(kind);
      this.#byKey.set(key, kind);
    }
    return kind;
  }
}
