/**
 * Reads one JSON object into the slots of an event: one pass over its units, and nothing is made on the way. A string
 * without escapes is a slot that points at it; others are decoded into the window's scratch. Numbers, `true` and `false`
 * keep their written text, `null` is absent, a list of values is one slot with several values; an item that is no plain
 * value stays as it is written.
 *
 * It takes what writers of JSON do wrong where the meaning is plain: raw tabs and NULs in strings, `NaN`, and backslashes
 * that escape nothing, as in a path that somebody wrote by hand.
 *
 * Each key is compared with the one that followed last, two units at a time; some 2 ns a unit in all.
 */
import { LazyEvent, ValueType } from '../../events/index.ts';
import type { TextWindow } from '../text/index.ts';
import { MAX_KEY, type Place, Step, type Structures } from './structure.ts';
import { ValueReader } from './values.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LINE_FEED = 0x0a;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const BLANK = 0x20;

const MAX_DEPTH = 64;
/** Values of one record; real ones have under 200. */
const MAX_SLOTS = 4096;

const tooMany = 'too many different structures of events';
const tooDeep = `more than ${MAX_DEPTH} objects within one another`;

export type Outcome = 'whole' | 'more' | 'broken';

export class ObjectReader {
  readonly event: LazyEvent = new LazyEvent();
  /** Where the keys of the object that was read lead to; where it is broken, those before. */
  place: Place;
  /** Unit behind the object; where it is broken, the unit where that shows. */
  end = 0;
  /** Why it is broken. */
  reason = '';

  readonly #structures: Structures;
  readonly #values = new ValueReader(this.event);
  /** By depth: whether the object is an item of a list. */
  readonly #isItem = new Uint8Array(MAX_DEPTH + 1);
  #depth = 0;
  #window!: TextWindow;
  #units!: Uint16Array;

  constructor(structures: Structures) {
    this.#structures = structures;
    this.place = structures.root;
  }

  /**
   * Reads the object whose brace is at `start`; `multiline`: a line feed may stand between its parts. `more`: the window
   * ends inside it.
   */
  read(window: TextWindow, start: number, multiline: boolean): Outcome {
    const values = this.#values;
    this.#window = window;
    this.#units = window.units;
    values.begin(window, multiline);
    const whole = this.#object(start);
    window.scratchAt = values.scratch;
    if (whole) return 'whole';
    this.end = values.end;
    this.reason = values.reason;
    if (this.reason !== '') return 'broken';
    if (this.end >= window.end) {
      if (!window.last) return 'more';
      this.reason = 'the record is cut off';
    } else {
      const atLine = window.units[this.end] === LINE_FEED;
      this.reason = atLine ? 'the line ends inside its record' : 'the record is no valid JSON';
    }
    return 'broken';
  }

  /** Reads member after member; false where the object is broken or cut off. */
  #object(start: number): boolean {
    const units = this.#units;
    const { event } = this;
    const values = this.#values;
    let { offsets, sizes, types } = event;
    this.place = this.#structures.root;
    this.#depth = 1;
    let at = values.blanks(start + 1);
    if (units[at] === CLOSE) at = this.#close(at);
    while (this.#depth > 0) {
      // At a key, or broken.
      if (at < 0) return false;
      at = this.#key(at);
      if (at < 0) return false;
      const { place } = this;
      const { slot } = place;
      if (slot >= offsets.length) {
        if (slot >= MAX_SLOTS) return values.fail(at, `more than ${MAX_SLOTS} values in one record`) > 0;
        event.reserve(slot + 1);
        ({ offsets, sizes, types } = event);
      }
      let unit = units[at]!;
      if (unit === QUOTE) {
        const from = ++at;
        unit = units[at]!;
        while (unit > BACKSLASH || (unit !== QUOTE && unit !== BACKSLASH && unit !== LINE_FEED)) {
          unit = units[++at]!;
        }
        let first = from;
        let end = at;
        if (unit === BACKSLASH) {
          first = values.scratch;
          at = values.decode(from, at);
          if (at < 0) return false;
          end = values.scratch;
        } else if (unit === LINE_FEED) {
          return values.unclosed(at) > 0;
        }
        offsets[slot] = first * 2;
        sizes[slot] = (end - first) * 2;
        types[slot] = ValueType.String;
        at++;
        if (place.naming && end - first <= MAX_KEY && !this.#named(first, end)) return false;
      } else if (unit === OPEN) {
        at = this.#enter(at, Step.Open);
        if (units[at] === CLOSE) at = this.#close(at);
        continue;
      } else if (unit === OPEN_LIST) {
        at = values.blanks(at + 1);
        if (units[at] === OPEN) {
          at = this.#enter(at, Step.List);
          if (units[at] === CLOSE) at = this.#close(at);
          continue;
        }
        at = values.list(at, slot);
        if (at < 0) return false;
      } else {
        at = values.word(at, slot);
        if (at < 0) return false;
      }
      unit = units[at]!;
      if (unit <= BLANK) {
        at = values.blanks(at);
        unit = units[at]!;
      }
      if (unit === COMMA) at++;
      else if (unit === CLOSE) at = this.#close(at);
      else return values.stop(at) > 0;
    }
    this.end = at;
    return true;
  }

  /** Reads the key at `at` and turns to its place; the first unit of its value, -1 where there is none. */
  #key(from: number): number {
    const units = this.#units;
    const values = this.#values;
    const at = units[from]! <= BLANK ? values.blanks(from) : from;
    if (units[at] !== QUOTE) return values.stop(at);
    const guess = this.place.last;
    let end = guess === null ? -1 : this.#guessed(guess, at + 1);
    if (end >= 0) this.place = guess!;
    else {
      end = this.#unknownKey(at + 1);
      if (end < 0) return end;
    }
    if (units[end]! <= BLANK) end = values.blanks(end);
    if (units[end] !== COLON) return values.stop(end);
    return units[end + 1]! <= BLANK ? values.blanks(end + 1) : end + 1;
  }

  /** The unit behind the key at `from` and its quote if it is that of `guess`, else -1. */
  #guessed(guess: Place, from: number): number {
    const last = from + guess.size - 1;
    if (this.#units[last] !== QUOTE) return -1;
    // Two units at a time: where their number is odd, with the quote.
    const { view } = this.#window;
    const written = this.#structures.view;
    const stop = last * 2;
    let own = guess.start * 2;
    for (let i = from * 2; i < stop; i += 4, own += 4) {
      if (view.getInt32(i, true) !== written.getInt32(own, true)) return -1;
    }
    return last + 1;
  }

  /** Turns to the place of the key whose first unit is at `from`; the unit behind its quote, -1 where there is none. */
  #unknownKey(from: number): number {
    const units = this.#units;
    const values = this.#values;
    let at = from;
    let escaped = false;
    for (let unit = units[at]!; unit !== QUOTE; unit = units[++at]!) {
      if (unit === LINE_FEED) return values.unclosed(at);
      if (unit !== BACKSLASH) continue;
      escaped = true;
      if (units[at + 1] !== LINE_FEED) at++;
    }
    let text: string | null = null;
    if (escaped) {
      const begin = values.scratch;
      values.decode(from, from);
      text = this.#window.text(begin, values.scratch);
      values.scratch = begin;
    }
    const next = this.#structures.key(this.place, units, from, at, text);
    if (next === null) return values.fail(at, tooMany);
    this.place = next;
    return at + 1;
  }

  /** Turns to where the value from `first` to `end` names the element; false where there is no room. */
  #named(first: number, end: number): boolean {
    const named = this.#structures.named(this.place, this.#window.text(first, end));
    if (named === null) return this.#values.fail(end, tooMany) > 0;
    this.place = named;
    return true;
  }

  /** Goes into the object whose brace is at `at`; its first key, or its other brace; -1 where it is broken. */
  #enter(at: number, step: typeof Step.Open | typeof Step.List | typeof Step.Item): number {
    const values = this.#values;
    if (this.#depth >= MAX_DEPTH) return values.fail(at, tooDeep);
    const { place } = this;
    const known = step === Step.Open ? place.open : step === Step.List ? place.list : place.item;
    const inside = known ?? this.#structures.step(place, step, place.text);
    if (inside === null) return values.fail(at, tooMany);
    if (step === Step.Open) place.open = inside;
    else if (step === Step.List) place.list = inside;
    else place.item = inside;
    this.place = inside;
    this.#depth++;
    this.#isItem[this.#depth] = step === Step.Open ? 0 : 1;
    return values.blanks(at + 1);
  }

  /**
   * Leaves the object whose brace is at `brace`, and those that end behind it: the next key, or what follows the record; -1
   * where it is broken.
   */
  #close(brace: number): number {
    const units = this.#units;
    const values = this.#values;
    for (let at = brace; ; ) {
      this.#depth--;
      if (this.#depth === 0) return at + 1;
      if (!this.#leave(Step.Close)) return values.fail(at, tooMany);
      at = values.blanks(at + 1);
      if (this.#isItem[this.#depth + 1] === 1) {
        if (units[at] === COMMA) {
          at = values.blanks(at + 1);
          if (units[at] === OPEN) {
            at = this.#enter(at, Step.Item);
            if (units[at] === CLOSE) continue;
            return at;
          }
          const atEnd = at >= this.#window.end;
          return atEnd ? values.stop(at) : values.fail(at, 'a list of objects holds something else');
        }
        if (units[at] !== CLOSE_LIST) return values.stop(at);
        if (!this.#leave(Step.EndList)) return values.fail(at, tooMany);
        at = values.blanks(at + 1);
      }
      if (units[at] === COMMA) return at + 1;
      if (units[at] !== CLOSE) return values.stop(at);
    }
  }

  /** Turns to behind the object or list that ends; false where there is no room. */
  #leave(step: typeof Step.Close | typeof Step.EndList): boolean {
    const { place } = this;
    const next =
      (step === Step.Close ? place.close : place.endList) ?? this.#structures.step(place, step, place.text);
    if (next === null) return false;
    if (step === Step.Close) place.close = next;
    else place.endList = next;
    this.place = next;
    return true;
  }
}
