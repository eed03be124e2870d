/**
 * Reads the values of JSON objects: strings with escapes, lists, numbers and words. A value that can't stand as it is written
 * is put together in the window's scratch.
 */
import { type LazyEvent, ValueType } from '../../events/index.ts';
import type { TextWindow } from '../text/index.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LINE_FEED = 0x0a;
const COMMA = 0x2c;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;

/** Says that the text is not as it should be: `end` and `reason` say where and why. */
const BROKEN = -1;

export class ValueReader {
  /** Where the text showed that it is not as it should be, and why; empty where that is plain. */
  end = 0;
  reason = '';
  /** Next free unit of scratch. */
  scratch = 0;

  readonly #event: LazyEvent;
  #window!: TextWindow;
  #units!: Uint16Array;
  #multiline = false;

  /** Values become slots of `event`. */
  constructor(event: LazyEvent) {
    this.#event = event;
  }

  /** A record begins; `multiline`: a line feed may stand between its parts. */
  begin(window: TextWindow, multiline: boolean): void {
    this.#window = window;
    this.#units = window.units;
    this.#multiline = multiline;
    this.scratch = window.scratch;
    this.reason = '';
  }

  /** Breaks the record off for a reason. */
  fail(at: number, reason: string): -1 {
    this.end = at;
    this.reason = reason;
    return BROKEN;
  }

  /** Breaks the record off where the text is not as it should be, or ends. */
  stop(at: number): -1 {
    this.end = at;
    return BROKEN;
  }

  /** Breaks the record off where a string has no end. */
  unclosed(at: number): -1 {
    return at >= this.#window.end ? this.stop(at) : this.fail(at, 'a line ends inside a string');
  }

  /** The first unit from `at` on that is not blank. */
  blanks(from: number): number {
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

  /** Decodes the string from `from` on, which has no escape before `first`; its closing quote, -1 where there is none. */
  decode(from: number, first: number): number {
    const units = this.#units;
    let to = this.scratch;
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
    this.scratch = to;
    if (units[at] === QUOTE) return at;
    return this.unclosed(at);
  }

  /** Reads a list of values, whose first item or end is at `from`, into `slot`; the unit behind it, -1 where it is broken. */
  list(from: number, slot: number): number {
    const units = this.#units;
    const event = this.#event;
    let at = from;
    let count = 0;
    const begin = this.scratch;
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
        end = this.decode(at + 1, at + 1);
        if (end < 0) return -1;
        end++;
      } else {
        end = unit === OPEN || unit === OPEN_LIST ? this.#raw(at) : this.#wordEnd(at);
        if (end < 0) return -1;
        for (let i = at; i < end; i++) units[this.scratch++] = units[i]!;
      }
      units[this.scratch++] = 0;
      count++;
      at = this.blanks(end);
      if (units[at] === COMMA) at = this.blanks(at + 1);
      else if (units[at] === CLOSE_LIST) break;
      else {
        return this.stop(at);
      }
    }
    event.offsets[slot] = begin * 2;
    // One value is no list: it is compared and written as any other.
    event.sizes[slot] = (this.scratch - begin - (count === 1 ? 1 : 0)) * 2;
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
            return this.unclosed(at);
          }
        }
      } else if (unit === LINE_FEED && (!this.#multiline || at >= this.#window.end)) {
        return this.stop(at);
      }
    }
  }

  /** Reads a number or a word at `at` into `slot`; the unit behind it, -1 where there is none. */
  word(at: number, slot: number): number {
    const end = this.#wordEnd(at);
    if (end < 0) return -1;
    const event = this.#event;
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
        return this.stop(at);
      }
      if (at > from + 1 || units[from] !== 0x2d) return at;
    }
    for (const word of words) {
      let i = 0;
      while (i < word.length && units[from + i] === word.charCodeAt(i)) i++;
      if (i === word.length) return from + i;
      if (from + i >= this.#window.end) {
        return this.stop(from + i);
      }
    }
    return this.stop(from);
  }
}

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
