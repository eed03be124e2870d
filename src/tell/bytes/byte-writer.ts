/**
 * Bytes that grow: where all JSON of the product is written.
 *
 * Text in logs is UTF-16 and output is UTF-8, so a value goes from its bytes straight to escaped bytes, without
 * a string between: decoding, escaping and encoding in one loop of about a nanosecond a character, where
 * `JSON.stringify` of a decoded string costs three passes and two allocations. One writer is used for
 * millions of lines; `take` gives what was written, `reset` starts again in the same memory.
 *
 * Output is JSON and safe to look at: besides what JSON asks for, everything that a terminal or a log viewer
 * could obey is escaped (see `escapes.ts`); `JSON.parse` gives back the same text.
 */
import { escapeRest, plainBytes, specialBytes } from './escapes.ts';

const QUOTE = 0x22;
const MINUS = 0x2d;
const ZERO = 0x30;

/** Up to this length a loop beats the fixed cost of a native copy. */
const SHORT_COPY = 12;

/** Bytes an escaped UTF-16 code unit takes at most: `\u0000`. */
const ESCAPED_UNIT = 6;

// Copies into constants of this module, which the compiler embeds: with imported bindings the loops below take half
// as long again.
const special = Uint8Array.from(specialBytes);
const plain = Uint8Array.from(plainBytes);

const hexDigits = Buffer.from('0123456789abcdef', 'latin1');
const upperHexDigits = Buffer.from('0123456789ABCDEF', 'latin1');

export class ByteWriter {
  /** Valid up to `length`; replaced when it grows, so never keep it over a call. */
  bytes: Buffer;
  length = 0;

  constructor(capacity = 65_536) {
    this.bytes = Buffer.allocUnsafe(capacity);
  }

  /** Forgets what was written; keeps the memory. */
  reset(): void {
    this.length = 0;
  }

  /** Forgets what was written after `length`. */
  truncate(length: number): void {
    if (length < this.length) this.length = length;
  }

  /** What was written: a view, valid until the next write or reset. */
  take(): Buffer {
    return this.bytes.subarray(0, this.length);
  }

  /** Makes room for `more` bytes; the loops below rely on it instead of looking at each byte. */
  ensure(more: number): void {
    const needed = this.length + more;
    if (needed <= this.bytes.length) return;
    const grown = Buffer.allocUnsafe(Math.max(needed, this.bytes.length * 2));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
  }

  byte(value: number): void {
    if (this.length === this.bytes.length) this.ensure(1);
    this.bytes[this.length++] = value;
  }

  raw(bytes: Uint8Array): void {
    const count = bytes.length;
    if (this.length + count > this.bytes.length) this.ensure(count);
    const out = this.bytes;
    const at = this.length;
    if (count <= SHORT_COPY) for (let i = 0; i < count; i++) out[at + i] = bytes[i]!;
    else out.set(bytes, at);
    this.length = at + count;
  }

  /** Bytes `start` to `end` of `bytes` as they are. */
  slice(bytes: Uint8Array, start: number, end: number): void {
    const count = end - start;
    if (this.length + count > this.bytes.length) this.ensure(count);
    const out = this.bytes;
    const at = this.length;
    if (count <= SHORT_COPY) for (let i = 0; i < count; i++) out[at + i] = bytes[start + i]!;
    else out.set(bytes.subarray(start, end), at);
    this.length = at + count;
  }

  /** ASCII text as it is: names, punctuation, dates. */
  ascii(text: string): void {
    const count = text.length;
    if (this.length + count > this.bytes.length) this.ensure(count);
    const out = this.bytes;
    const at = this.length;
    for (let i = 0; i < count; i++) out[at + i] = text.charCodeAt(i);
    this.length = at + count;
  }

  /** Any text as UTF-8, without escapes. */
  utf8(text: string): void {
    this.ensure(text.length * 3);
    this.length += this.bytes.write(text, this.length, 'utf8');
  }

  /** A JSON string with its quotes. */
  jsonString(text: string): void {
    this.byte(QUOTE);
    this.escaped(text);
    this.byte(QUOTE);
  }

  /** A JSON string of the UTF-16LE text in `source` from byte `start` to byte `end`. */
  jsonUtf16(source: Uint8Array, start: number, end: number): void {
    this.byte(QUOTE);
    this.escapedUtf16(source, start, end);
    this.byte(QUOTE);
  }

  /** The inside of a JSON string. */
  escaped(text: string): void {
    const count = text.length;
    this.ensure(count * ESCAPED_UNIT);
    const out = this.bytes;
    let at = this.length;
    for (let i = 0; i < count; i++) {
      const unit = text.charCodeAt(i);
      if (unit < 0x80 && plain[unit] === 1) {
        out[at++] = unit;
        continue;
      }
      const next = i + 1 < count ? text.charCodeAt(i + 1) : 0;
      at = escapeRest(out, at, unit, next);
      if (isPair(unit, next)) i++;
    }
    this.length = at;
  }

  /** The inside of a JSON string, from UTF-16LE bytes; an odd last byte is left out. */
  escapedUtf16(source: Uint8Array, start: number, end: number): void {
    const last = start + ((end - start) & ~1);
    this.ensure(((last - start) >> 1) * ESCAPED_UNIT);
    const out = this.bytes;
    let at = this.length;
    let i = start;
    for (;;) {
      while (i < last) {
        const low = source[i]!;
        if ((source[i + 1]! | special[low]!) !== 0) break;
        out[at++] = low;
        i += 2;
      }
      if (i >= last) break;
      const unit = source[i]! | (source[i + 1]! << 8);
      const next = i + 2 < last ? source[i + 2]! | (source[i + 3]! << 8) : 0;
      at = escapeRest(out, at, unit, next);
      i += isPair(unit, next) ? 4 : 2;
    }
    this.length = at;
  }

  /** The inside of a JSON string, from UTF-8 bytes that may be anything. */
  escapedUtf8(source: Uint8Array, start: number, end: number): void {
    for (let i = start; i < end; i++) {
      if (plain[source[i]!] !== 1) {
        const view = Buffer.from(source.buffer, source.byteOffset + start, end - start);
        this.escaped(view.toString('utf8'));
        return;
      }
    }
    this.slice(source, start, end);
  }

  /** An integer of at most 2^53 either way, in decimal. */
  integer(value: number): void {
    this.ensure(20);
    let rest = value;
    if (rest < 0) {
      this.bytes[this.length++] = MINUS;
      rest = -rest;
    }
    const digits = digitCount(rest);
    this.#digits(rest, digits);
  }

  /** The unsigned 64-bit number of two halves, in decimal. */
  unsigned64(high: number, low: number): void {
    const top = high >>> 0;
    const bottom = low >>> 0;
    if (top < 0x20_0000) this.integer(top * 0x1_0000_0000 + bottom);
    else this.ascii(((BigInt(top) << 32n) | BigInt(bottom)).toString());
  }

  /** Lower-case hexadecimal without leading zeros, from two 32-bit halves. */
  hex64(high: number, low: number): void {
    this.ensure(16);
    const out = this.bytes;
    let at = this.length;
    let started = false;
    for (let shift = 60; shift >= 0; shift -= 4) {
      const digit = shift >= 32 ? (high >>> (shift - 32)) & 15 : (low >>> shift) & 15;
      if (!started && digit === 0 && shift > 0) continue;
      started = true;
      out[at++] = hexDigits[digit]!;
    }
    this.length = at;
  }

  /** Two upper-case hexadecimal digits for each byte. */
  hexBytes(source: Uint8Array, start: number, end: number): void {
    this.ensure((end - start) * 2);
    const out = this.bytes;
    let at = this.length;
    for (let i = start; i < end; i++) {
      const value = source[i]!;
      out[at] = upperHexDigits[value >> 4]!;
      out[at + 1] = upperHexDigits[value & 15]!;
      at += 2;
    }
    this.length = at;
  }

  #digits(value: number, count: number): void {
    const out = this.bytes;
    let rest = value;
    let at = this.length + count;
    this.length = at;
    // Integer division is several times cheaper on 32 bits than on doubles.
    while (rest > 0x7fff_ffff && at > this.length - count) {
      const next = Math.floor(rest / 10);
      out[--at] = ZERO + (rest - next * 10);
      rest = next;
    }
    rest |= 0;
    while (at > this.length - count) {
      const next = (rest / 10) | 0;
      out[--at] = ZERO + (rest - next * 10);
      rest = next;
    }
  }
}

function isPair(unit: number, next: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff && next >= 0xdc00 && next <= 0xdfff;
}

function digitCount(value: number): number {
  let count = 1;
  for (let bound = 10; value >= bound; bound *= 10) count++;
  return count;
}
