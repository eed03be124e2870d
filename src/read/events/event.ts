/**
 * The event every source yields: a shape (what all events of one structure share) and slots (where this
 * event's values lie in the bytes). Nothing is decoded until somebody asks, because most events are asked
 * for two or three of their twenty fields.
 *
 * One `LazyEvent` is reused for all events of a reader: it is valid only until the sink returns. Keep
 * numbers and strings, never the event.
 */
import type { EventKind } from './kind.ts';
import type { Shape } from './shape.ts';
import { NO_TIME } from './time.ts';

/** Slots that an event has room for at first; `reserve` grows it for the rare larger one. */
const INITIAL_SLOTS = 256;

export class LazyEvent {
  /** Structure: names, constants, and which slot holds what. */
  shape!: Shape;
  /** Channel, provider, event id and host, interned. */
  kind!: EventKind;
  /** The bytes that the slots point into; reused by the reader. */
  bytes!: Buffer;
  /** Per slot: start in `bytes`. */
  offsets: Int32Array = new Int32Array(INITIAL_SLOTS);
  /** Per slot: length in bytes. */
  sizes: Int32Array = new Int32Array(INITIAL_SLOTS);
  /** Per slot: a `ValueType`, `ValueType.Null` where the value is absent. */
  types: Uint8Array = new Uint8Array(INITIAL_SLOTS);
  /** Time the event says of itself (System/TimeCreated), else the record's: microseconds since 1970, UTC; `NO_TIME`. */
  micros: number = NO_TIME;
  /** System/EventRecordID: the number on the host that wrote the event; -1 where it has none. */
  recordId = -1;
  /** Number of the record in the file it was read from; differs from `recordId` in forwarded logs. */
  recordNumber = -1;
  /** Byte offset of the record in its file or member. */
  recordOffset = 0;
  /** True where the record was found by searching a damaged chunk or beyond its end: it may be old. */
  salvaged = false;

  /** Makes room for `slots` slots; keeps what is there. */
  reserve(slots: number): void {
    if (slots <= this.offsets.length) return;
    const room = Math.max(slots, this.offsets.length * 2);
    const grow = <T extends Int32Array | Uint8Array>(from: T, to: T): T => {
      to.set(from);
      return to;
    };
    this.offsets = grow(this.offsets, new Int32Array(room));
    this.sizes = grow(this.sizes, new Int32Array(room));
    this.types = grow(this.types, new Uint8Array(room));
  }
}
