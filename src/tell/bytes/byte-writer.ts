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
import { escapeRest, isPair, plainBytes } from './escapes.ts';
import { NUMBER_ROOM, putHex64, putHexBytes, putInteger, putUnsigned64 } from './numbers.ts';
import { putUtf16 } from './utf16.ts';

const QUOTE = 0x22;

/** Up to this length a loop beats the fixed cost of a native copy. */
const SHORT_COPY = 12;

/** Bytes an escaped UTF-16 code unit takes at most: `\u0000`. */
const ESCAPED_UNIT = 6;

// A copy into a constant of this module, which the compiler embeds: with an imported binding the loop below takes
// half as long again.
const plain = Uint8Array.from(plainBytes);

export class ByteWriter {
  /** Valid up to `length`; replaced when it grows, so never keep it over a call. */
  bytes: Buffer;
  /** The same memory, for words at any offset. */
  view: DataView;
  length = 0;
  #source: Uint8Array;
  #sourceView: DataView;

  constructor(capacity = 65_536) {
    this.bytes = Buffer.allocUnsafe(capacity);
    this.view = viewOf(this.bytes);
    this.#source = this.bytes;
    this.#sourceView = this.view;
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
    this.view = viewOf(grown);
  }

  /** A view of `source`; made anew only where it is another one than last time, as readers reuse their memory. */
  viewOf(source: Uint8Array): DataView {
    if (source !== this.#source) {
      this.#source = source;
      this.#sourceView = viewOf(source);
    }
    return this.#sourceView;
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
    this.ensure(((end - start) >> 1) * ESCAPED_UNIT);
    this.length = putUtf16(this.bytes, this.view, this.length, source, this.viewOf(source), start, end);
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
    this.ensure(NUMBER_ROOM);
    this.length = putInteger(this.bytes, this.length, value);
  }

  /** The unsigned 64-bit number of two halves, in decimal. */
  unsigned64(high: number, low: number): void {
    this.ensure(NUMBER_ROOM);
    this.length = putUnsigned64(this.bytes, this.length, high, low);
  }

  /** Lower-case hexadecimal without leading zeros, from two 32-bit halves. */
  hex64(high: number, low: number): void {
    this.ensure(NUMBER_ROOM);
    this.length = putHex64(this.bytes, this.length, high, low);
  }

  /** Two upper-case hexadecimal digits for each byte. */
  hexBytes(source: Uint8Array, start: number, end: number): void {
    this.ensure((end - start) * 2);
    this.length = putHexBytes(this.bytes, this.length, source, start, end);
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
