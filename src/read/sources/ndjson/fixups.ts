/**
 * What has to be worked out for each event, because a record says it in another form than Windows: its time, its keywords,
 * and a channel behind a prefix.
 *
 * The time is the most exact one whose zone is known: the header's (`SystemTime`, `TimeCreated`) if it says its zone, then
 * Sysmon's `UtcTime`, then what else is called the event's time. A time without a zone is some clock's local time. Where the
 * record shows how far that clock is from UTC, it is corrected: by what `@timestamp`, which has a zone, is ahead of
 * `EventReceivedTime`, or else of the time itself, if that is within five minutes of whole quarters of an hour. Else it is
 * taken to be in the zone of the context, which is UTC unless somebody knows better, and counted. A record without any time
 * has the time 0.
 */
import { type LazyEvent, type ReadContext, slotText, ValueType, writeFileTime } from '../../events/index.ts';
import type { TextWindow } from '../text/index.ts';
import { TextTimes } from '../windows/index.ts';
import type { Fixups, TimeSlots } from './draft.ts';

const MINUTE = 60_000_000;
const QUARTER = 15 * MINUTE;
const TOLERANCE = 5 * MINUTE;
const FARTHEST = 14 * 60 * MINUTE;

const COLON = 0x3a;

/** Units of the longest keywords that are a number or a name, and how many different ones are kept. */
const LONGEST = 24;
const KEPT = 16;

/** Keywords as they were written, and what Windows writes for them. */
type Known = { readonly written: Uint16Array; readonly windows: Uint16Array };

export class Fixer {
  readonly #context: ReadContext;
  // One for each sort of time: each remembers the hour that it read last.
  readonly #created = new TextTimes();
  readonly #utc = new TextTimes();
  readonly #written = new TextTimes();
  readonly #stamps = new TextTimes();
  readonly #received = new TextTimes();
  /** By a mix of their units, the last ones of that mix. */
  readonly #keywordsKnown: (Known | null)[] = Array.from({ length: KEPT }, () => null);

  constructor(context: ReadContext) {
    this.#context = context;
  }

  /** Sets the slots that are worked out, and the event's time. */
  apply(fixups: Fixups, event: LazyEvent, window: TextWindow): void {
    const micros = this.#micros(fixups.times, event, window.view);
    const { time, keywords, prefixed } = fixups;
    const at = window.scratchAt;
    window.scratchAt += 4;
    event.offsets[time] = at * 2;
    if (Number.isNaN(micros)) {
      event.micros = 0;
      event.sizes[time] = 0;
      event.types[time] = ValueType.Null;
    } else {
      event.micros = micros;
      event.sizes[time] = 8;
      event.types[time] = ValueType.FileTime;
      writeFileTime(window.view, at * 2, micros);
    }
    if (keywords >= 0) this.#keywords(fixups, event, window);
    if (prefixed >= 0) withoutPrefix(event, prefixed, window.units);
  }

  #micros(slots: TimeSlots, event: LazyEvent, view: DataView): number {
    let local = Number.NaN;
    for (const slot of slots.created) {
      const micros = read(this.#created, event, view, slot);
      if (Number.isNaN(micros)) continue;
      if (this.#created.zoned) return micros;
      if (Number.isNaN(local)) local = micros;
    }
    for (const slot of slots.utc) {
      const micros = read(this.#utc, event, view, slot);
      if (!Number.isNaN(micros)) return micros;
    }
    for (const slot of slots.written) {
      const micros = read(this.#written, event, view, slot);
      if (Number.isNaN(micros)) continue;
      if (this.#written.zoned) return micros;
      if (Number.isNaN(local)) local = micros;
    }
    for (const slot of slots.stamp) {
      const stamp = read(this.#stamps, event, view, slot);
      if (Number.isNaN(stamp)) continue;
      if (Number.isNaN(local)) return this.#stamps.zoned ? stamp : this.#inZone(stamp);
      const ahead = this.#stamps.zoned ? this.#ahead(slots, event, view, stamp, local) : Number.NaN;
      return Number.isNaN(ahead) ? this.#inZone(local) : local + ahead;
    }
    return this.#inZone(local);
  }

  /** A time of which nothing says how far its clock is from UTC. */
  #inZone(local: number): number {
    if (Number.isNaN(local)) return local;
    this.#context.zoneless++;
    return this.#context.zone.toUtc(local);
  }

  /** Microseconds by which UTC is ahead of the clock that wrote `local`; NaN where the record does not show it. */
  #ahead(slots: TimeSlots, event: LazyEvent, view: DataView, stamp: number, local: number): number {
    let clock = local;
    for (const slot of slots.received) {
      const received = read(this.#received, event, view, slot);
      if (!Number.isNaN(received) && !this.#received.zoned) clock = received;
    }
    const ahead = stamp - clock;
    const rounded = Math.round(ahead / QUARTER) * QUARTER;
    return Math.abs(ahead - rounded) <= TOLERANCE && Math.abs(rounded) <= FARTHEST ? rounded : Number.NaN;
  }

  /** Keywords as Windows writes them, in a slot of their own: `0x8020000000000000`. */
  #keywords(fixups: Fixups, event: LazyEvent, window: TextWindow): void {
    const { keywordsFrom: from, keywords: to } = fixups;
    const { offsets, sizes, types } = event;
    const { units } = window;
    const start = offsets[from]! >> 1;
    const size = sizes[from]! >> 1;
    offsets[to] = offsets[from]!;
    sizes[to] = sizes[from]!;
    types[to] = types[from]!;
    // `0x…` is Windows' own form.
    if (types[from] !== ValueType.String || size === 0 || size > LONGEST || units[start + 1] === 0x78) return;
    const place = (size + units[start + size - 1]! + units[start + (size >> 2)]!) % KEPT;
    let known = this.#keywordsKnown[place]!;
    if (known === null || !same(known.written, units, start, size)) {
      const text = windowsKeywords(slotText(event, from)!);
      known = {
        written: units.slice(start, start + size),
        windows: Uint16Array.from(text, letter => letter.charCodeAt(0)),
      };
      this.#keywordsKnown[place] = known;
    }
    const { windows } = known;
    if (windows.length === 0) return;
    units.set(windows, window.scratchAt);
    offsets[to] = window.scratchAt * 2;
    sizes[to] = windows.length * 2;
    window.scratchAt += windows.length;
  }
}

function same(written: Uint16Array, units: Uint16Array, start: number, size: number): boolean {
  if (written.length !== size) return false;
  for (let i = 0; i < size; i++) if (written[i] !== units[start + i]) return false;
  return true;
}

function read(times: TextTimes, event: LazyEvent, view: DataView, slot: number): number {
  if (event.types[slot] !== ValueType.String) return Number.NaN;
  return times.read(event.bytes, view, event.offsets[slot]!, event.sizes[slot]!);
}

/** Windows' form of keywords that are a decimal number or an audit's name; empty where they are neither. */
function windowsKeywords(text: string): string {
  if (/^-?\d{1,20}$/.test(text)) return `0x${BigInt.asUintN(64, BigInt(text)).toString(16)}`;
  const name = text.trim().toLowerCase();
  if (name === 'audit success') return '0x8020000000000000';
  if (name === 'audit failure') return '0x8010000000000000';
  return '';
}

/** `WinEventLog:Security` becomes `Security`. */
function withoutPrefix(event: LazyEvent, slot: number, units: Uint16Array): void {
  if (event.types[slot] !== ValueType.String) return;
  const start = event.offsets[slot]! >> 1;
  const end = start + (event.sizes[slot]! >> 1);
  for (let at = start; at + 1 < end; at++) {
    if (units[at] !== COLON) continue;
    event.offsets[slot] = (at + 1) * 2;
    event.sizes[slot] = (end - at - 1) * 2;
    return;
  }
}
