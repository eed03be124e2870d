/**
 * JSON documents prepared as programs: what all events of a shape have in common is worked out once, and printing an
 * event is one loop over a row of instructions.
 *
 * An instruction is constant JSON text and one thing to do after it: nothing, the value of a slot, a member that may be
 * absent, the end of an object that may be empty. All programs of a writer lie in one array of words, text and all, in
 * the order in which they are read:
 *
 *     operation | bytes of text << 8     argument: slot, index or place to go on     text, four bytes a word …
 *
 * A log has a thousand shapes of fifty values and its events change shape all the time, so a tree of closures with a
 * buffer each misses the processor's cache several times a value; a row of words is read ahead of time. Preparing is as
 * cheap: text is appended, no object is made. The loop keeps its position in the output in a local variable and
 * asks for room once a value. What is rare in logs leaves the loop for a plain function (`values.ts`, `call`).
 */
import { type LazyEvent, ValueType } from '../../read/events/index.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';
import { NUMBER_ROOM } from '../bytes/numbers.ts';
import { isQuoted, putFixed, sizeOfFixed, trimmedEnd } from '../bytes/slots.ts';
import { putUtf16 } from '../bytes/utf16.ts';
import { mayHoldSecretUtf16 } from '../masking/index.ts';
import { saysNothing, writeText, writeValue } from './values.ts';

/** Writes what an event has to say at one place. */
export type Write = (out: ByteWriter, event: LazyEvent) => void;

// Operations. Those from MEMBER on write nothing, not even their text, where the slot is absent.
const END = 0;
const TEXT = 1;
const CALL = 2;
const OPEN = 3;
const VALUE = 4;
const CLOSE = 5;
const JUMP = 6;
const MEMBER = 7;
const FIELD = 8;
const TELLING_FIELD = 9;
/** Flag of VALUE and what comes after MEMBER: secrets are hidden. */
const MASKED = 0x80;
const OPERATION = 0x7f;

const QUOTE = 0x22;
const COMMA = 0x2c;
/** `null`, its first letter in the lowest byte. */
const NULL = 0x6c6c756e;
/** Text of one instruction; longer text is split. */
const MOST_TEXT = 1 << 20;
/** Room for a value that is no text, with quotes, comma and the last word of a constant. */
const ROOM = NUMBER_ROOM + 8;
/** Objects that may be empty within each other. */
const DEPTH = 8;

export class Programs {
  #code = new Int32Array(1 << 12);
  #length = 0;
  /** Constant text that goes before the next instruction. */
  readonly #text = new ByteWriter(1 << 12);
  readonly #calls: Write[] = [];
  readonly #marks = new Int32Array(2 * DEPTH);

  /** Begins a program: what `run` takes. The one before has to be ended. */
  begin(): number {
    return this.#length;
  }

  end(): void {
    this.#emit(END, 0);
  }

  /** Constant ASCII text. */
  text(ascii: string): void {
    this.#text.ascii(ascii);
  }

  /** A constant JSON string, escaped as everywhere in our output. */
  string(text: string): void {
    this.#text.jsonString(text);
  }

  /** `"name":` */
  key(name: string): void {
    this.#text.jsonString(name);
    this.#text.ascii(':');
  }

  /** Whatever else is to be written here. */
  call(write: Write): void {
    this.#emit(CALL, this.#calls.length);
    this.#calls.push(write);
  }

  /** The slot's value as typed JSON, `null` where it is absent. */
  value(slot: number, isMasked: boolean): void {
    this.#emit(isMasked ? VALUE | MASKED : VALUE, slot);
  }

  /** `"name":value,` as typed JSON, nothing where the slot is absent. */
  member(name: string, slot: number, isMasked: boolean): void {
    this.#flush();
    this.key(name);
    this.#emit(isMasked ? MEMBER | MASKED : MEMBER, slot);
  }

  /**
   * `"name":"text",` or a list of texts, nothing where the slot is absent; with `isTelling` neither where the value is
   * empty or a dash.
   */
  field(name: string, slot: number, isMasked: boolean, isTelling = false): void {
    this.#flush();
    this.key(name);
    this.#emit((isTelling ? TELLING_FIELD : FIELD) | (isMasked ? MASKED : 0), slot);
  }

  /** Opens an object whose members, each with a comma after it, may all be absent. */
  open(text: string): void {
    this.#flush();
    this.text(text);
    this.#emit(OPEN, 0);
  }

  /**
   * Closes the object opened last: `text` takes the place of the last comma. Without any member the object is taken back
   * and the program goes on at `otherwise`, set by `land`.
   */
  close(text: string): number {
    this.#flush();
    this.text(text);
    return this.#emit(CLOSE, 0);
  }

  /** Goes on elsewhere; where is set by `land`. */
  jump(): number {
    this.#flush();
    return this.#emit(JUMP, 0);
  }

  /** The program goes on here after the jump or the empty object `from`. */
  land(from: number): void {
    this.#flush();
    this.#code[from + 1] = this.#length;
  }

  /** The same for an object of which nothing remains but `text`. */
  closeOr(text: string, empty: string): void {
    const otherwise = this.close(text);
    if (empty === '') {
      this.land(otherwise);
      return;
    }
    const after = this.jump();
    this.land(otherwise);
    this.text(empty);
    this.land(after);
  }

  #flush(): void {
    if (this.#text.length > 0) this.#emit(TEXT, 0);
  }

  /** Appends an instruction with the text so far and returns where it is. */
  #emit(operation: number, argument: number): number {
    const text = this.#text.take();
    for (let from = 0; ; from += MOST_TEXT) {
      const count = Math.min(text.length - from, MOST_TEXT);
      const isLast = from + count === text.length;
      const at = this.#append(isLast ? operation : TEXT, isLast ? argument : 0, text, from, count);
      if (!isLast) continue;
      this.#text.reset();
      return at;
    }
  }

  #append(operation: number, argument: number, text: Buffer, from: number, count: number): number {
    const at = this.#length;
    const end = at + 2 + ((count + 3) >> 2);
    if (end > this.#code.length) {
      const grown = new Int32Array(Math.max(end, this.#code.length * 2));
      grown.set(this.#code);
      this.#code = grown;
    }
    const code = this.#code;
    code[at] = operation | (count << 8);
    code[at + 1] = argument;
    for (let i = 0; i < count; i++) code[at + 2 + (i >> 2)]! |= text[from + i]! << ((i & 3) << 3);
    this.#length = end;
    return at;
  }

  /** Writes what the program that begins at `start` makes of the event. */
  run(start: number, out: ByteWriter, event: LazyEvent): void {
    const code = this.#code;
    const { bytes, types, offsets, sizes } = event;
    const source = out.viewOf(bytes);
    let { bytes: to, view, length: at } = out;
    let room = to.length - ROOM;
    let depth = 0;
    for (let pc = start; ; ) {
      const head = code[pc]!;
      const slot = code[pc + 1]!;
      const count = head >>> 8;
      const operation = head & OPERATION;
      pc += 2;
      let type = 0;
      if (operation >= CLOSE) {
        if (operation >= MEMBER) {
          type = types[slot]!;
          if (type === 0 || (operation === TELLING_FIELD && saysNothing(event, slot))) {
            pc += (count + 3) >> 2;
            continue;
          }
        } else if (operation === JUMP) {
          pc = slot;
          continue;
        } else {
          const mark = this.#marks[--depth]!;
          const opened = this.#marks[--depth]!;
          if (at === mark) {
            at = opened;
            pc = slot;
            continue;
          }
          // A member ends in a comma, an object within may not.
          if (to[at - 1] === COMMA) at--;
        }
      } else if (operation === OPEN) {
        this.#marks[depth++] = at;
      }
      if (at + count > room) {
        out.length = at;
        out.ensure(count + ROOM);
        ({ bytes: to, view } = out);
        room = to.length - ROOM;
      }
      for (let p = at, end = at + count; p < end; p += 4) view.setInt32(p, code[pc++]!, true);
      at += count;
      if (operation <= CALL) {
        if (operation === TEXT) continue;
        out.length = at;
        if (operation === END) return;
        this.#calls[slot]!(out, event);
        ({ bytes: to, view, length: at } = out);
        room = to.length - ROOM;
        continue;
      }
      if (operation === OPEN) {
        this.#marks[depth++] = at;
        continue;
      }
      if (operation === CLOSE) continue;
      if (operation === VALUE) {
        type = types[slot]!;
        if (type === 0) {
          view.setInt32(at, NULL, true);
          at += 4;
          continue;
        }
      }
      const from = offsets[slot]!;
      const size = sizes[slot]!;
      const isMasked = (head & MASKED) !== 0;
      if (type === ValueType.String) {
        if (!isMasked || !mayHoldSecretUtf16(bytes, from, from + size)) {
          const end = trimmedEnd(bytes, from, size);
          if (at + (end - from) * 3 > room) {
            out.length = at;
            out.ensure((end - from) * 3 + ROOM);
            ({ bytes: to, view } = out);
            room = to.length - ROOM;
          }
          to[at++] = QUOTE;
          at = putUtf16(to, view, at, bytes, source, from, end);
          to[at++] = QUOTE;
          if (operation !== VALUE) to[at++] = COMMA;
          continue;
        }
      } else if (sizeOfFixed(type) === size) {
        // Numbers, identifiers and times hide nothing.
        const quoted = operation >= FIELD || isQuoted(type);
        const before = at;
        if (quoted) to[at++] = QUOTE;
        at = putFixed(to, at, bytes, type, from);
        if (at >= 0) {
          if (quoted) to[at++] = QUOTE;
          if (operation !== VALUE) to[at++] = COMMA;
          continue;
        }
        at = before;
      }
      out.length = at;
      if (operation >= FIELD) writeText(out, event, slot, isMasked);
      else writeValue(out, event, slot, isMasked);
      if (operation !== VALUE) out.byte(COMMA);
      ({ bytes: to, view, length: at } = out);
      room = to.length - ROOM;
    }
  }
}
