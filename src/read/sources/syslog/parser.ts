/**
 * Reads the lines of a FortiGate: `<189>date=2026-04-17 devname="FGT1" logid="0101039424" type="event" …`, with or without a
 * syslog header before the pairs. Each pair is a field of the name that FortiOS gives it; besides, an event has the header
 * that Windows events have, so that everything after reading is the same: the device as host, and as event id the last six
 * digits of the log id, which are the number that Fortinet documents a message under.
 *
 * A value without escapes stands as it is written; others are decoded into scratch. A line that was cut off keeps what is
 * left of it, because syslog cuts long ones. Cost: each unit is looked at twice, once for the end of the line.
 */
import { LazyEvent, NO_TIME, type ReadContext, ValueType, writeFileTime } from '../../events/index.ts';
import type { RecordOutput, TextParser, TextWindow } from '../text/index.ts';
import { Texts } from '../windows/index.ts';
import { isWritten, type KeyPlace, KeyTree, MAX_PAIRS, signBehind } from './keys.ts';
import { FOREIGN, type Settled, settle, TOO_MANY } from './settle.ts';
import { microsOf } from './times.ts';

const LINE_FEED = 0x0a;
const BLANK = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const LESS = 0x3c;
const GREATER = 0x3e;
const ZERO = 0x30;

/** Digits of a log id that number the message; those before say type and subtype. */
const MESSAGE_DIGITS = 6;

/** Units of a priority: `<191>`. */
const PRIORITY = 5;

export class FortiGateParser implements TextParser {
  readonly #context: ReadContext;
  readonly #texts = new Texts();
  readonly #keys = new KeyTree();
  readonly #event = new LazyEvent();
  /** In the middle of a line that is too long. */
  #skipping = false;
  /** Where the pairs of the line begin. */
  #pairs = 0;
  /** Whether commas stand between its pairs, as FortiOS writes them where it is told to log `csv`. */
  #commas = false;

  constructor(context: ReadContext) {
    this.#context = context;
    this.#event.reserve(MAX_PAIRS + 2);
  }

  begin(): 'lines' {
    this.#skipping = false;
    this.#keys.begin();
    return 'lines';
  }

  read(window: TextWindow, most: number, output: RecordOutput): void {
    let left = most;
    while (left > 0 && window.at < window.end) {
      const start = window.at;
      const end = window.units.indexOf(LINE_FEED, start);
      if (end >= window.end && !window.last) return;
      window.at = Math.min(end + 1, window.end);
      if (this.#skipping) {
        this.#skipping = false;
        continue;
      }
      const to = trimmed(window.units, start, end);
      if (to === start) continue;
      left--;
      window.scratchAt = window.scratch;
      this.#line(window, start, to, output);
    }
  }

  skip(window: TextWindow, output: RecordOutput): void {
    if (!this.#skipping) output.unparsed(window.at, null, 'the line is longer than 32 MiB');
    this.#skipping = true;
    window.at = window.end;
  }

  #line(window: TextWindow, start: number, to: number, output: RecordOutput): void {
    const place = this.#pairsOf(window, start, to);
    if (place === null) {
      output.unparsed(start, null, TOO_MANY);
      return;
    }
    place.settled ??= settle(place, this.#keys, this.#context, this.#texts);
    const { settled } = place;
    if (settled === FOREIGN) {
      output.foreign(start);
      return;
    }
    if (settled === null || typeof settled === 'string') {
      output.unparsed(start, null, settled ?? TOO_MANY);
      return;
    }
    const event = this.#event;
    event.shape = settled.finder.shape;
    event.bytes = window.bytes;
    this.#number(settled, window.units);
    this.#time(settled, window, start);
    const kind = settled.finder.find(event, window.view, -1);
    if (kind === null) {
      output.unparsed(start, null, 'too many different kinds of events');
      return;
    }
    event.kind = kind;
    output.event(event, start);
  }

  /** Reads the pairs of a line into slots; the place of its keys, null where there is no room for them. */
  #pairsOf(window: TextWindow, start: number, to: number): KeyPlace | null {
    const { units } = window;
    let place = this.#keys.root;
    this.#commas = false;
    let at = nextWord(units, start - 1, to);
    while (at < to) {
      const known = place.last;
      let value: number;
      if (known !== null && isWritten(known, units, at)) {
        place = known;
        value = at + known.written.length;
      } else {
        const sign = signBehind(units, at);
        if (sign < 0 || sign >= to) {
          // A word of the header, or what a value without quotes went on with.
          at = place.slot < 0 && units[at] === LESS ? behindPriority(units, at, to) : nextWord(units, at, to);
          continue;
        }
        const next = this.#keys.step(place, units, at, sign);
        if (next === null) return null;
        place = next;
        value = sign + 1;
      }
      if (place.slot === 0) this.#pairs = at;
      at = this.#value(window, place.slot, value, to);
      at = this.#isBetween(place.slot, units, at) ? at + 1 : nextWord(units, at, to);
    }
    return place;
  }

  /** Puts the value at `from` into a slot; the unit behind it. */
  #value(window: TextWindow, slot: number, from: number, to: number): number {
    const { units } = window;
    if (from < to && units[from] === QUOTE) return this.#quoted(window, slot, from + 1, to);
    let end = from;
    while (end < to && units[end]! > BLANK && !this.#isBetween(slot, units, end)) end++;
    this.#set(slot, from, end);
    return end;
  }

  /** Whether a comma between two pairs stands at `at`: the first value of the line says how its pairs are divided. */
  #isBetween(slot: number, units: Uint16Array, at: number): boolean {
    if (units[at] !== COMMA || (slot > 0 && !this.#commas) || signBehind(units, at + 1) < 0) return false;
    this.#commas = true;
    return true;
  }

  #quoted(window: TextWindow, slot: number, from: number, to: number): number {
    const { units } = window;
    let at = from;
    while (at < to && units[at] !== QUOTE && units[at] !== BACKSLASH) at++;
    if (at >= to || units[at] === QUOTE) {
      this.#set(slot, from, at);
      return Math.min(at + 1, to);
    }
    const begin = window.scratchAt;
    let put = begin;
    for (let i = from; i < at; i++) units[put++] = units[i]!;
    for (; at < to && units[at] !== QUOTE; at++) {
      // Only quotes and backslashes are escaped; a single backslash, as in DOMAIN\user, is itself.
      const next = at + 1 < to ? units[at + 1]! : 0;
      if (units[at] === BACKSLASH && (next === QUOTE || next === BACKSLASH)) at++;
      units[put++] = units[at]!;
    }
    window.scratchAt = put;
    this.#set(slot, begin, put);
    return Math.min(at + 1, to);
  }

  #set(slot: number, from: number, to: number): void {
    const event = this.#event;
    event.offsets[slot] = from * 2;
    event.sizes[slot] = (to - from) * 2;
    event.types[slot] = ValueType.String;
  }

  #none(slot: number): void {
    const event = this.#event;
    event.offsets[slot] = 0;
    event.sizes[slot] = 0;
    event.types[slot] = ValueType.Null;
  }

  /** The message's number is a part of the log id: its last digits, without the zeros before. */
  #number({ logId, eventId }: Settled, units: Uint16Array): void {
    this.#none(eventId);
    if (logId < 0) return;
    const from = this.#event.offsets[logId]! >> 1;
    const to = from + (this.#event.sizes[logId]! >> 1);
    for (let at = from; at < to; at++) if (units[at]! < ZERO || units[at]! > ZERO + 9) return;
    let first = Math.max(from, to - MESSAGE_DIGITS);
    while (first < to - 1 && units[first] === ZERO) first++;
    if (first < to) this.#set(eventId, first, to);
  }

  #time({ times, created }: Settled, window: TextWindow, start: number): void {
    const event = this.#event;
    const micros = microsOf(event, times, window, start, this.#pairs, this.#context);
    event.micros = micros;
    if (micros === NO_TIME) {
      this.#none(created);
      return;
    }
    const at = window.scratchAt;
    window.scratchAt += 4;
    event.offsets[created] = at * 2;
    event.sizes[created] = 8;
    event.types[created] = ValueType.FileTime;
    writeFileTime(window.view, at * 2, micros);
  }
}

/** The end of a line without blanks, carriage returns and NULs. */
function trimmed(units: Uint16Array, start: number, end: number): number {
  let to = end;
  while (to > start && units[to - 1]! <= BLANK) to--;
  return to;
}

/** The unit behind the priority at `at` (`<189>`), or else the next word. */
function behindPriority(units: Uint16Array, at: number, to: number): number {
  for (let i = at + 1; i < Math.min(to, at + PRIORITY); i++) if (units[i] === GREATER) return i + 1;
  return nextWord(units, at, to);
}

/** The first unit of the next word behind the blank at `at` or later. */
function nextWord(units: Uint16Array, from: number, to: number): number {
  let at = from + 1;
  if (units[from]! > BLANK) while (at < to && units[at]! > BLANK) at++;
  while (at < to && units[at]! <= BLANK) at++;
  return Math.min(at, to);
}
