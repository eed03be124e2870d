/**
 * Turns bytes of an input into UTF-16 units. ASCII, which is nearly all of what logs hold, is widened natively at
 * several GB/s; a block with anything else is decoded unit by unit at about 1 GB/s.
 *
 * A byte that is part of no valid UTF-8 becomes the character that Windows-1252 has for it: one byte, one unit. A
 * replacement character would make all bad bytes look alike and lose what the log says, and most text that is not
 * UTF-8 is written by programs that use the code page of their system: a name in Latin letters stays readable.
 */
import { isAscii } from 'node:buffer';
import type { Encoding } from './encoding.ts';
import { type Offsets, Stretch } from './offsets.ts';

/**
 * Bytes that are looked at together: one native call each where they are ASCII. Where they are not, less is tried, so that
 * a letter here and there costs little.
 */
const MOST = 16 * 1024;
const LEAST = 1024;

/** Windows-1252 from 0x80 to 0x9f; the five unassigned codes stay as they are. */
const windows1252 = Uint16Array.from(
  '\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f' +
    '\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178',
  letter => letter.charCodeAt(0),
);

export class Widener {
  readonly #offsets: Offsets;
  #encoding: Encoding['name'] = 'utf-8';
  /** Offset in the input of the next byte that is widened. */
  #byte = 0;
  /** Bytes that were taken and are part of a character whose rest has not come. */
  readonly #held = Buffer.alloc(4);
  held = 0;
  /** Next unit that is written. */
  #to = 0;

  constructor(offsets: Offsets) {
    this.#offsets = offsets;
  }

  /** Turns to an input whose next byte is at `offset`. */
  begin(encoding: Encoding, offset: number): void {
    this.#encoding = encoding.name;
    this.#byte = offset;
    this.held = 0;
  }

  /**
   * Writes the units of `bytes` to `text` from `to` on, where there is room for one unit a byte and `held` more; the
   * unit behind them. `ended`: nothing follows, so what is cut off is written as single bytes.
   */
  widen(bytes: Uint8Array, ended: boolean, text: Uint16Array, to: number): number {
    this.#to = to;
    if (this.#encoding === 'utf-8') this.#utf8(bytes, ended, text);
    else this.#utf16(bytes, ended, text);
    return this.#to;
  }

  #utf8(bytes: Uint8Array, ended: boolean, text: Uint16Array): void {
    let from = 0;
    if (this.held > 0) from = this.#join(bytes, ended, text);
    let size = LEAST * 4;
    while (from < bytes.length) {
      const block = bytes.subarray(from, from + size);
      if (isAscii(block)) {
        this.#offsets.mark(this.#to, this.#byte, Stretch.One);
        text.set(block, this.#to);
        this.#to += block.length;
        this.#byte += block.length;
        from += block.length;
        size = Math.min(MOST, size * 2);
        continue;
      }
      if (size > LEAST) {
        size /= 2;
        continue;
      }
      const last = from + size >= bytes.length;
      const used = this.#decode(block, ended && last, text);
      from += used;
      if (last && from < bytes.length) {
        // Less than a character is left.
        for (; from < bytes.length; from++) this.#held[this.held++] = bytes[from]!;
      }
    }
  }

  /** Writes the character that the held bytes begin; how many of `bytes` that took. */
  #join(bytes: Uint8Array, ended: boolean, text: Uint16Array): number {
    const before = this.held;
    const taken = Math.min(4 - before, bytes.length);
    this.#held.set(bytes.subarray(0, taken), before);
    const joined = this.#held.subarray(0, before + taken);
    this.held = 0;
    const wanted = sequence(joined, 0, joined.length);
    if (wanted === 0 && !ended) {
      this.held = joined.length;
      return taken;
    }
    if (wanted > before) {
      this.#decode(joined.subarray(0, wanted), true, text);
      return wanted - before;
    }
    // No character after all: the held bytes are single ones, and `bytes` is read from its start.
    for (let i = 0; i < before; i++) this.#single(joined[i]!, text);
    return 0;
  }

  /**
   * Decodes `block`; how many bytes of it that took. A character that is cut off at its end is left, unless nothing
   * comes behind it (`final`).
   */
  #decode(block: Uint8Array, final: boolean, text: Uint16Array): number {
    const { length } = block;
    const base = this.#byte;
    let to = this.#to;
    let from = 0;
    let sort: number = Stretch.One;
    this.#offsets.mark(to, base, sort);
    while (from < length) {
      const byte = block[from]!;
      if (byte < 0x80) {
        text[to++] = byte;
        from++;
        continue;
      }
      const size = sequence(block, from, length);
      if (size === 0 && !final) break;
      const wanted = size > 1 ? Stretch.Utf8 : Stretch.One;
      if (wanted !== sort) {
        sort = wanted;
        this.#offsets.mark(to, base + from, sort);
      }
      if (size > 1) {
        to = character(block, from, size, text, to);
        from += size;
      } else {
        text[to++] = single(byte);
        from++;
      }
    }
    this.#to = to;
    this.#byte = base + from;
    return from;
  }

  #single(byte: number, text: Uint16Array): void {
    this.#offsets.mark(this.#to, this.#byte, Stretch.One);
    text[this.#to++] = single(byte);
    this.#byte++;
  }

  #utf16(bytes: Uint8Array, ended: boolean, text: Uint16Array): void {
    const low = this.#encoding === 'utf-16le' ? 0 : 1;
    let from = 0;
    if (this.held > 0 && bytes.length > 0) {
      this.#held[1] = bytes[0]!;
      from = 1;
      this.held = 0;
      this.#offsets.mark(this.#to, this.#byte, Stretch.Two);
      text[this.#to++] = this.#held[low]! | (this.#held[1 - low]! << 8);
      this.#byte += 2;
    }
    const whole = (bytes.length - from) & ~1;
    if (whole > 0) {
      this.#offsets.mark(this.#to, this.#byte, Stretch.Two);
      const target = Buffer.from(text.buffer, text.byteOffset + this.#to * 2, whole);
      target.set(bytes.subarray(from, from + whole));
      if (low === 1) target.swap16();
      this.#to += whole / 2;
      this.#byte += whole;
    }
    if (from + whole < bytes.length) {
      this.#held[0] = bytes[from + whole]!;
      this.held = 1;
    }
    if (ended && this.held > 0) {
      this.held = 0;
      this.#single(this.#held[0]!, text);
    }
  }
}

function single(byte: number): number {
  return byte >= 0x80 && byte < 0xa0 ? windows1252[byte - 0x80]! : byte;
}

/** Bytes of the valid UTF-8 character at `at`; 1 where there is none; 0 where more bytes would have to say. */
function sequence(bytes: Uint8Array, at: number, end: number): number {
  const first = bytes[at]!;
  if (first < 0xc2 || first > 0xf4) return 1;
  const size = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  if (at + 1 >= end) return 0;
  const second = bytes[at + 1]!;
  const least = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const most = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  if (second < least || second > most) return 1;
  for (let i = 2; i < size; i++) {
    if (at + i >= end) return 0;
    if ((bytes[at + i]! & 0xc0) !== 0x80) return 1;
  }
  return size;
}

/** Writes the character of `size` bytes at `at`; the unit behind it. */
function character(bytes: Uint8Array, at: number, size: number, text: Uint16Array, to: number): number {
  const first = bytes[at]!;
  const second = bytes[at + 1]! & 0x3f;
  if (size === 2) text[to] = ((first & 0x1f) << 6) | second;
  else if (size === 3) text[to] = ((first & 0x0f) << 12) | (second << 6) | (bytes[at + 2]! & 0x3f);
  else {
    const code =
      ((first & 0x07) << 18) | (second << 12) | ((bytes[at + 2]! & 0x3f) << 6) | (bytes[at + 3]! & 0x3f);
    text[to] = 0xd7c0 + (code >> 10);
    text[to + 1] = 0xdc00 | (code & 0x3ff);
    return to + 2;
  }
  return to + 1;
}
