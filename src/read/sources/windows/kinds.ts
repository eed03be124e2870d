/**
 * Finds the kind of an event: channel, provider, event id and host of its shape. Log after log repeats the same few,
 * so the last one is compared first, bytes with bytes; decoding and looking up happen when it differs.
 */
import {
  type EventKind,
  fieldText,
  fileTimeMicros,
  type LazyEvent,
  parseTime,
  type ReadContext,
  type Shape,
  type ShapeField,
  slotText,
  soleSlot,
  ValueType,
} from '../../events/index.ts';

import { TextTimes } from './text-times.ts';
import type { Texts } from './texts.ts';

/** Where one of the header's values is: in one slot, the same for all events of the shape (`constant`), or joined. */
type HeaderValue = {
  readonly field: ShapeField | null;
  readonly slot: number;
  readonly constant: boolean;
  /** Text id of a constant. */
  readonly id: number;
};

type Known = {
  readonly eventId: number;
  readonly channel: number;
  readonly provider: number;
  readonly host: number;
  readonly kind: EventKind;
};

const MAX_EVENT_ID = 0xffff_ffff;
/** Kinds one reader makes: shapes times event ids times hosts. */
const MAX_KINDS = 1_000_000;

export class KindFinder {
  readonly shape: Shape;
  readonly #context: ReadContext;
  readonly #texts: Texts;
  readonly #eventId: HeaderValue;
  readonly #channel: HeaderValue;
  readonly #provider: HeaderValue;
  readonly #host: HeaderValue;
  readonly #time: HeaderValue;
  readonly #recordId: HeaderValue;
  /** True where System/Computer is the slot whose text id the caller knows. */
  readonly #hostKnown: boolean;
  readonly #times = new TextTimes();
  readonly #known = new Map<number, Map<number, Known>>();
  #last: Known | null = null;

  /** `hostSlot`: the slot that `find` gets the text id of, -1 where there is none. */
  constructor(context: ReadContext, texts: Texts, shape: Shape, hostSlot: number) {
    this.shape = shape;
    this.#context = context;
    this.#texts = texts;
    this.#eventId = header(shape, texts, 'EventID');
    this.#channel = header(shape, texts, 'Channel');
    this.#provider = header(shape, texts, 'Provider_Name');
    this.#host = header(shape, texts, 'Computer');
    this.#time = header(shape, texts, 'TimeCreated_SystemTime');
    this.#recordId = header(shape, texts, 'EventRecordID');
    this.#hostKnown = hostSlot >= 0 && this.#host.slot === hostSlot;
  }

  /** The kind of `event`, whose slots are set; null where there is no room for another. `host` as above. */
  find(event: LazyEvent, view: DataView, host: number): EventKind | null {
    const last = this.#last;
    if (
      last !== null &&
      (!this.#hostKnown || last.host === host) &&
      this.#isEventId(event, view, last.eventId) &&
      this.#is(event, view, this.#channel, last.channel) &&
      this.#is(event, view, this.#provider, last.provider) &&
      (this.#hostKnown || this.#is(event, view, this.#host, last.host))
    ) {
      return last.kind;
    }
    return this.#search(event, view, host);
  }

  /** Microseconds of System/TimeCreated, NaN where the event has none that can be read. */
  micros(event: LazyEvent, view: DataView): number {
    const slot = this.#time.slot;
    if (slot >= 0 && event.types[slot] === ValueType.FileTime && event.sizes[slot] === 8) {
      const at = event.offsets[slot]!;
      return fileTimeMicros(view.getUint32(at, true), view.getUint32(at + 4, true));
    }
    if (slot >= 0 && event.types[slot] === ValueType.String) {
      return this.#times.read(event.bytes, view, event.offsets[slot]!, event.sizes[slot]!);
    }
    const text = textOf(event, this.#time);
    return (text === undefined ? undefined : parseTime(text)) ?? Number.NaN;
  }

  /** System/EventRecordID, -1 where the event has none that is a number. */
  recordId(event: LazyEvent, view: DataView): number {
    const slot = this.#recordId.slot;
    if (slot >= 0 && event.types[slot] === ValueType.UInt64 && event.sizes[slot] === 8) {
      const at = event.offsets[slot]!;
      return view.getUint32(at + 4, true) * 0x1_0000_0000 + view.getUint32(at, true);
    }
    if (slot >= 0 && event.types[slot] === ValueType.String) {
      const number = writtenNumber(view, event.offsets[slot]!, event.sizes[slot]!);
      if (number >= 0) return number;
    }
    return wholeNumber(textOf(event, this.#recordId), Number.MAX_SAFE_INTEGER);
  }

  #isEventId(event: LazyEvent, view: DataView, id: number): boolean {
    const slot = this.#eventId.slot;
    if (this.#eventId.constant) return true;
    if (slot >= 0 && event.types[slot] === ValueType.UInt16 && event.sizes[slot] === 2) {
      return view.getUint16(event.offsets[slot]!, true) === id;
    }
    if (slot >= 0 && event.types[slot] === ValueType.String) {
      const number = writtenNumber(view, event.offsets[slot]!, event.sizes[slot]!);
      if (number >= 0) return number === id;
    }
    return this.#readEventId(event) === id;
  }

  #readEventId(event: LazyEvent): number {
    return wholeNumber(textOf(event, this.#eventId), MAX_EVENT_ID);
  }

  /** True if the value is text with the bytes of text `id`, or the same for every event. */
  #is(event: LazyEvent, view: DataView, value: HeaderValue, id: number): boolean {
    if (value.constant) return true;
    const slot = value.slot;
    if (slot >= 0 && event.types[slot] === ValueType.String) {
      return this.#texts.equals(id, view, event.offsets[slot]!, event.sizes[slot]!);
    }
    return this.#idOf(event, view, value) === id;
  }

  /** Text id of a header value, of the empty text where the event lacks it. */
  #idOf(event: LazyEvent, view: DataView, value: HeaderValue): number {
    if (value.constant) return value.id;
    const slot = value.slot;
    if (slot >= 0 && event.types[slot] === ValueType.String) {
      return this.#texts.intern(view, event.offsets[slot]!, event.sizes[slot]!);
    }
    return this.#texts.internText(textOf(event, value) ?? '');
  }

  #search(event: LazyEvent, view: DataView, host: number): EventKind | null {
    const channel = this.#idOf(event, view, this.#channel);
    const provider = this.#idOf(event, view, this.#provider);
    const hostId = this.#hostKnown ? host : this.#idOf(event, view, this.#host);
    if (channel < 0 || provider < 0 || hostId < 0) return null;
    const eventId = this.#readEventId(event);
    // Text ids stay below 2^20, so each pair is one exact number.
    const outer = hostId * 0x2_0000_0000 + eventId + 1;
    let inner = this.#known.get(outer);
    if (inner === undefined) {
      inner = new Map();
      this.#known.set(outer, inner);
    }
    const key = channel * 0x10_0000 + provider;
    let known = inner.get(key);
    if (known === undefined) {
      if (this.#context.kinds.length >= MAX_KINDS) return null;
      const text = (id: number): string => this.#texts.text(id);
      const kind = this.#context.kind(this.shape, text(channel), text(provider), eventId, text(hostId));
      known = { eventId, channel, provider, host: hostId, kind };
      inner.set(key, known);
    }
    this.#last = known;
    return known.kind;
  }
}

function header(shape: Shape, texts: Texts, name: string): HeaderValue {
  const field = shape.fields.find(each => each.section === 'System' && each.name === name) ?? null;
  if (field === null) return { field, slot: -1, constant: true, id: texts.internText('') };
  const first = field.values.every(value => value.kind === 'constant') ? field.values[0] : undefined;
  const id = first?.kind === 'constant' ? texts.internText(first.text) : -1;
  return { field, slot: soleSlot(field), constant: first !== undefined, id };
}

function textOf(event: LazyEvent, value: HeaderValue): string | undefined {
  if (value.slot >= 0) return slotText(event, value.slot);
  return value.field === null ? undefined : fieldText(event, value.field);
}

/** The number that UTF-16 digits at `at` make, at most 15 of them; -1 where anything else is there. */
function writtenNumber(view: DataView, at: number, size: number): number {
  if (size === 0 || size > 30) return -1;
  let value = 0;
  for (let i = at; i < at + size; i += 2) {
    const digit = view.getUint16(i, true) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** A decimal number from 0 to `max`, else -1. */
function wholeNumber(text: string | undefined, max: number): number {
  if (text === undefined || text.length === 0 || text.length > 16) return -1;
  let value = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return text.trim() === text ? -1 : wholeNumber(text.trim(), max);
    value = value * 10 + digit;
  }
  return value <= max ? value : -1;
}
