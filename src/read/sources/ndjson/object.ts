/**
 * Reads one JSON object into the slots of an event: one pass over its units, and nothing is made on the way. A string
 * without escapes is a slot that points at it; others are decoded into the window's scratch. Numbers, `true` and `false`
 * keep their written text, `null` is absent, a list of values is one slot with several values; an item that is no plain
 * value stays as it is written.
 *
 * It takes what writers of JSON do wrong where the meaning is plain: raw tabs and NULs in strings, `NaN`, and backslashes
 * that escape nothing, as in a path that somebody wrote by hand.
 */
import { LazyEvent, ValueType } from '../../events/index.ts';
import type { TextWindow } from '../text/index.ts';
import { type Place, Step, type Structures } from './structure.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LINE_FEED = 0x0a;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;

const MAX_DEPTH = 64;
/** Values of one record; real ones have under 200. */
const MAX_SLOTS = 4096;

export type Outcome = 'whole' | 'more' | 'broken';

const isItem = 1;

export class ObjectReader {
  readonly event: LazyEvent = new LazyEvent();
  /** Where the keys of the object that was read lead to; where it is broken, those before. */
  place: Place;
  /** Unit behind the object; where it is broken, the unit where that shows. */
  end = 0;
  /** Why it is broken. */
  reason = '';

  readonly #structures: Structures;
  /** By depth: whether the object is an item of a list. */
  readonly #containers = new Uint8Array(MAX_DEPTH + 1);
  #window!: TextWindow;
  #units!: Uint16Array;
  #multiline = false;
  /** Next free unit of scratch. */
  #scratch = 0;

  constructor(structures: Structures) {
    this.#structures = structures;
    this.place = structures.root;
  }

  /**
   * Reads the object whose brace is at `start`; `multiline`: a line feed may stand between its parts. `more`: the window
   * ends inside it.
   */
  read(window: TextWindow, start: number, multiline: boolean): Outcome {
    this.#window = window;
    this.#units = window.units;
    this.#multiline = multiline;
    this.#scratch = window.scratch;
    this.reason = '';
    const done = this.#object(start);
    window.scratchAt = this.#scratch;
    if (done) return 'whole';
    if (this.reason === '' && this.end >= window.end) {
      if (!window.last) return 'more';
      this.reason = 'the record is cut off';
    }
    if (this.reason === '') {
      const atLine = window.units[this.end] === LINE_FEED;
      this.reason = atLine ? 'the line ends inside its record' : 'the record is no valid JSON';
    }
    return 'broken';
  }

  #fail(at: number, reason: string): false {
    this.end = at;
    this.reason = reason;
    return false;
  }

  /** Says only where the text is not as it should be. */
  #stop(at: number): false {
    this.end = at;
    return false;
  }

  #object(start: number): boolean {
    const units = this.#units;
    const { event } = this;
    this.place = this.#structures.root;
    let { offsets, sizes, types } = event;
    const { view } = this.#window;
    let written = this.#structures.view;
    let place = this.#structures.root;
    let depth = 1;
    this.#containers[1] = 0;
    let at = start + 1;
    let unit = units[at]!;
    if (unit <= 0x20) {
      at = this.#blanks(at);
      unit = units[at]!;
    }
    // An object without members leads nowhere.
    let closing = unit === CLOSE;
    for (;;) {
      if (closing) {
        // At the brace of the innermost object.
        for (;;) {
          at++;
          if (--depth === 0) {
            this.place = place;
            this.end = at;
            return true;
          }
          const next = place.close ?? this.#step(place, Step.Close);
          if (next === null) return this.#fail(at, tooMany);
          place.close = next;
          place = next;
          unit = units[at]!;
          if (unit <= 0x20) {
            at = this.#blanks(at);
            unit = units[at]!;
          }
          if (this.#containers[depth + 1] === isItem) {
            if (unit === COMMA) {
              at = this.#blanks(at + 1);
              if (units[at] !== OPEN) return this.#fail2(at, 'a list of objects holds something else');
              const item = place.item ?? this.#step(place, Step.Item);
              if (item === null) return this.#fail(at, tooMany);
              place.item = item;
              place = item;
              depth++;
              at = this.#blanks(at + 1);
              unit = units[at]!;
              if (unit === CLOSE) continue;
              closing = false;
              break;
            }
            if (unit !== CLOSE_LIST) return this.#stop(at);
            const ended = place.endList ?? this.#step(place, Step.EndList);
            if (ended === null) return this.#fail(at, tooMany);
            place.endList = ended;
            place = ended;
            unit = units[++at]!;
            if (unit <= 0x20) {
              at = this.#blanks(at);
              unit = units[at]!;
            }
          }
          if (unit === CLOSE) continue;
          if (unit !== COMMA) return this.#stop(at);
          at++;
          closing = false;
          unit = units[at]!;
          break;
        }
      }
      // At a key.
      if (unit <= 0x20) {
        at = this.#blanks(at);
        unit = units[at]!;
      }
      if (unit !== QUOTE) return this.#stop(at);
      at++;
      const guess = place.last;
      let next: Place | null = null;
      if (guess !== null) {
        // Two units at a time, and the quote behind the key.
        const last = at + guess.size - 1;
        if (units[last] === QUOTE) {
          let own = guess.start * 2;
          let i = at * 2;
          const stop = last * 2;
          while (i < stop && view.getInt32(i, true) === written.getInt32(own, true)) {
            i += 4;
            own += 4;
          }
          if (i >= stop) {
            next = guess;
            at = last + 1;
          }
        }
      }
      if (next === null) {
        next = this.#key(place, at);
        if (next === null) return false;
        at = this.end;
        written = this.#structures.view;
      }
      place = next;
      this.place = next;
      unit = units[at]!;
      if (unit <= 0x20) {
        at = this.#blanks(at);
        unit = units[at]!;
      }
      if (unit !== COLON) return this.#stop(at);
      unit = units[++at]!;
      if (unit <= 0x20) {
        at = this.#blanks(at);
        unit = units[at]!;
      }
      const { slot } = place;
      if (slot >= offsets.length) {
        if (slot >= MAX_SLOTS) return this.#fail(at, `more than ${MAX_SLOTS} values in one record`);
        event.reserve(slot + 1);
        ({ offsets, sizes, types } = event);
      }
      if (unit === QUOTE) {
        const from = ++at;
        unit = units[at]!;
        while (unit > BACKSLASH || (unit !== QUOTE && unit !== BACKSLASH && unit !== LINE_FEED)) {
          unit = units[++at]!;
        }
        if (unit === QUOTE) {
          offsets[slot] = from * 2;
          sizes[slot] = (at - from) * 2;
        } else if (unit === BACKSLASH) {
          const begin = this.#scratch;
          at = this.#decode(from, at);
          if (at < 0) return false;
          offsets[slot] = begin * 2;
          sizes[slot] = (this.#scratch - begin) * 2;
        } else {
          return this.#unclosed(at);
        }
        types[slot] = ValueType.String;
        at++;
        if (place.naming) {
          const size = sizes[slot]! / 2;
          const name = this.#window.text(offsets[slot]! / 2, offsets[slot]! / 2 + size);
          const named = this.#structures.named(place, name);
          if (named === null) return this.#fail(at, tooMany);
          place = named;
        }
      } else if (unit === OPEN) {
        if (depth >= MAX_DEPTH) return this.#fail(at, `more than ${MAX_DEPTH} objects within one another`);
        const inside = place.open ?? this.#step(place, Step.Open);
        if (inside === null) return this.#fail(at, tooMany);
        place.open = inside;
        place = inside;
        this.#containers[++depth] = 0;
        at = this.#blanks(at + 1);
        unit = units[at]!;
        closing = unit === CLOSE;
        continue;
      } else if (unit === OPEN_LIST) {
        at = this.#blanks(at + 1);
        if (units[at] === OPEN) {
          if (depth >= MAX_DEPTH) return this.#fail(at, `more than ${MAX_DEPTH} objects within one another`);
          const inside = place.list ?? this.#step(place, Step.List);
          if (inside === null) return this.#fail(at, tooMany);
          place.list = inside;
          place = inside;
          this.#containers[++depth] = isItem;
          at = this.#blanks(at + 1);
          unit = units[at]!;
          closing = unit === CLOSE;
          continue;
        }
        at = this.#list(at, slot);
        if (at < 0) return false;
      } else {
        at = this.#word(at, slot);
        if (at < 0) return false;
      }
      unit = units[at]!;
      if (unit <= 0x20) {
        at = this.#blanks(at);
        unit = units[at]!;
      }
      if (unit === COMMA) unit = units[++at]!;
      else if (unit === CLOSE) closing = true;
      else return this.#stop(at);
    }
  }

  #step(place: Place, step: number): Place | null {
    return this.#structures.step(place, step, place.text);
  }

  #fail2(at: number, reason: string): false {
    return at >= this.#window.end ? this.#stop(at) : this.#fail(at, reason);
  }

  /** The first unit from `at` on that is not blank. */
  #blanks(from: number): number {
    const units = this.#units;
    let at = from;
    for (;;) {
      const unit = units[at]!;
      if (unit > 0x20) return at;
      if (unit === LINE_FEED) {
        if (!this.#multiline || at >= this.#window.end) return at;
      } else if (unit !== 0x20 && unit !== 0x0d && unit !== 0x09) return at;
      at++;
    }
  }

  #unclosed(at: number): false {
    return at >= this.#window.end ? this.#stop(at) : this.#fail(at, 'a line ends inside a string');
  }

  /** The way on by the key whose first unit is at `from`; `end` is behind its quote. */
  #key(place: Place, from: number): Place | null {
    const units = this.#units;
    let at = from;
    let escaped = false;
    for (let unit = units[at]!; unit !== QUOTE; unit = units[++at]!) {
      if (unit === LINE_FEED) {
        this.#unclosed(at);
        return null;
      }
      if (unit !== BACKSLASH) continue;
      escaped = true;
      at++;
      if (units[at] === LINE_FEED) at--;
    }
    let text: string | null = null;
    if (escaped) {
      const begin = this.#scratch;
      this.#decode(from, from);
      text = this.#window.text(begin, this.#scratch);
      this.#scratch = begin;
    }
    const next = this.#structures.key(place, units, from, at, text);
    if (next === null) this.#fail(at, tooMany);
    else this.end = at + 1;
    return next;
  }

  /** Decodes the string from `from` on, which has no escape before `first`; its closing quote, -1 where there is none. */
  #decode(from: number, first: number): number {
    const units = this.#units;
    let to = this.#scratch;
    for (let i = from; i < first; i++) units[to++] = units[i]!;
    let at = first;
    for (;;) {
      let unit = units[at]!;
      while (unit > BACKSLASH || (unit !== QUOTE && unit !== BACKSLASH && unit !== LINE_FEED)) {
        units[to++] = unit;
        unit = units[++at]!;
      }
      if (unit !== BACKSLASH) break;
      unit = units[at + 1]!;
      let code = unit < 128 ? escapes[unit]! : 0;
      at += 2;
      if (code === 0) {
        if (unit === 0x75) code = hex(units, at);
        else code = -1;
        if (code >= 0) at += 4;
        else {
          // Nothing that JSON knows: both units stay, the second to be looked at again.
          code = BACKSLASH;
          at--;
        }
      }
      units[to++] = code;
    }
    this.#scratch = to;
    if (units[at] === QUOTE) return at;
    this.#unclosed(at);
    return -1;
  }

  /** Reads a list of values, whose first item or end is at `from`, into `slot`; the unit behind it, -1 where it is broken. */
  #list(from: number, slot: number): number {
    const units = this.#units;
    const { event } = this;
    let at = from;
    let count = 0;
    const begin = this.#scratch;
    if (units[at] === CLOSE_LIST) {
      event.types[slot] = ValueType.Null;
      event.offsets[slot] = 0;
      event.sizes[slot] = 0;
      return at + 1;
    }
    for (;;) {
      const unit = units[at]!;
      let end: number;
      if (unit === QUOTE) {
        end = this.#decode(at + 1, at + 1);
        if (end < 0) return -1;
        end++;
      } else {
        end = unit === OPEN || unit === OPEN_LIST ? this.#raw(at) : this.#wordEnd(at);
        if (end < 0) return -1;
        for (let i = at; i < end; i++) units[this.#scratch++] = units[i]!;
      }
      units[this.#scratch++] = 0;
      count++;
      at = this.#blanks(end);
      if (units[at] === COMMA) at = this.#blanks(at + 1);
      else if (units[at] === CLOSE_LIST) break;
      else {
        this.#stop(at);
        return -1;
      }
    }
    event.offsets[slot] = begin * 2;
    // One value is no list: it is compared and written as any other.
    event.sizes[slot] = (this.#scratch - begin - (count === 1 ? 1 : 0)) * 2;
    event.types[slot] = count === 1 ? ValueType.String : ValueType.String | ValueType.Array;
    return at + 1;
  }

  /** The unit behind the object or list at `from`, which is not looked into; -1 where it has no end. */
  #raw(from: number): number {
    const units = this.#units;
    let depth = 0;
    for (let at = from; ; at++) {
      const unit = units[at]!;
      if (unit === OPEN || unit === OPEN_LIST) depth++;
      else if (unit === CLOSE || unit === CLOSE_LIST) {
        if (--depth === 0) return at + 1;
      } else if (unit === QUOTE) {
        for (at++; units[at] !== QUOTE; at++) {
          if (units[at] === BACKSLASH && units[at + 1] !== LINE_FEED) at++;
          else if (units[at] === LINE_FEED) {
            this.#unclosed(at);
            return -1;
          }
        }
      } else if (unit === LINE_FEED && (!this.#multiline || at >= this.#window.end)) {
        this.#stop(at);
        return -1;
      }
    }
  }

  /** Reads a number or a word at `at` into `slot`; the unit behind it, -1 where there is none. */
  #word(at: number, slot: number): number {
    const end = this.#wordEnd(at);
    if (end < 0) return -1;
    const { event } = this;
    const isNull = end - at === 4 && this.#units[at] === 0x6e;
    event.offsets[slot] = at * 2;
    event.sizes[slot] = isNull ? 0 : (end - at) * 2;
    event.types[slot] = isNull ? ValueType.Null : ValueType.String;
    return end;
  }

  /** The unit behind the number or word at `from`; -1 where there is none. */
  #wordEnd(from: number): number {
    const units = this.#units;
    let at = from;
    let unit = units[at]!;
    if (unit === 0x2d || (unit >= 0x30 && unit <= 0x39)) {
      at++;
      unit = units[at]!;
      // Digits, point, sign, exponent.
      while ((unit >= 0x30 && unit <= 0x39) || (unit < 128 && numeric[unit] === 1)) unit = units[++at]!;
      if (at >= this.#window.end && !this.#window.last) {
        this.#stop(at);
        return -1;
      }
      if (at > from + 1 || units[from] !== 0x2d) return at;
    }
    for (const word of words) {
      let i = 0;
      while (i < word.length && units[from + i] === word.charCodeAt(i)) i++;
      if (i === word.length) return from + i;
      if (from + i >= this.#window.end) {
        this.#stop(from + i);
        return -1;
      }
    }
    this.#stop(from);
    return -1;
  }
}

const tooMany = 'too many different structures of events';

const words = ['null', 'true', 'false', 'NaN', 'Infinity', '-Infinity'];

const numeric = new Uint8Array(128);
for (const letter of '+-.eE') numeric[letter.charCodeAt(0)] = 1;

/** By the letter behind a backslash: what it stands for, 0 where nothing. */
const escapes = new Uint8Array(128);
for (const [letter, code] of Object.entries({
  '"': 0x22,
  '\\': 0x5c,
  '/': 0x2f,
  b: 8,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
})) {
  escapes[letter.charCodeAt(0)] = code;
}

/** The unit that four hexadecimal digits stand for, -1 where there are none. */
function hex(units: Uint16Array, at: number): number {
  let code = 0;
  for (let i = at; i < at + 4; i++) {
    const unit = units[i]!;
    const digit =
      unit >= 0x30 && unit <= 0x39
        ? unit - 0x30
        : unit >= 0x61 && unit <= 0x66
          ? unit - 0x57
          : unit >= 0x41 && unit <= 0x46
            ? unit - 0x37
            : -1;
    if (digit < 0) return -1;
    code = code * 16 + digit;
  }
  return code;
}
