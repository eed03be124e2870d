/**
 * The part of an input that is looked at: its text as UTF-16LE, whatever the input is written in, in one buffer that
 * is reused for every window of every input. Slots of events point into it, so that matching, masking and writing run on
 * text sources as they do on EVTX: on the bytes as they lie there.
 *
 * Behind the text is scratch of the same size, for values that have to be decoded (escapes, entities, lists). A decoded
 * value is never longer than what it was written as, so the scratch holds all values of any record that fits. Pages
 * that are not written to cost nothing.
 */
import type { Encoding } from './encoding.ts';
import { Offsets } from './offsets.ts';
import { Widener } from './widen.ts';

/** Units of scratch beyond those of the text, so that nobody has to count to the last one. */
const SLACK = 4096;
const LINE_FEED = 10;

export class TextWindow {
  /** All of it, text and scratch. Another buffer after the window has grown: ask again after each read. */
  bytes!: Buffer;
  view!: DataView;
  units!: Uint16Array;
  /**
   * The next unit that nobody has read, and the one behind the last. A reader moves `at` forward. At `end` stands a line
   * feed that is no text: a scan that stops at one needs no other bound.
   */
  at = 0;
  end = 0;
  /** True if nothing comes behind `end`. */
  last = false;
  /** First unit of scratch, and the next free one. Whoever starts a record sets it back. */
  scratch = 0;
  scratchAt = 0;

  readonly #offsets = new Offsets();
  readonly #widener = new Widener(this.#offsets);
  readonly #initial: number;
  readonly #most: number;
  #size = 0;

  /** A window of `size` units, which grows up to `most`. */
  constructor(size: number, most: number) {
    this.#initial = size;
    this.#most = Math.max(size, most);
    this.#allocate(size);
  }

  /** Empties the window for an input that is read from `offset` on. */
  begin(encoding: Encoding, offset: number): void {
    if (this.#size > this.#initial) this.#allocate(this.#initial);
    this.at = 0;
    this.end = 0;
    this.units[0] = LINE_FEED;
    this.last = false;
    this.scratchAt = this.scratch;
    this.#offsets.begin(offset);
    this.#widener.begin(encoding, offset);
  }

  /** Bytes that can be appended. */
  get room(): number {
    return Math.max(0, this.#size - this.end - this.#widener.held);
  }

  /** Appends `bytes`, at most `room` of them; `ended`: they are the last. */
  append(bytes: Uint8Array, ended: boolean): void {
    this.end = this.#widener.widen(bytes, ended, this.units, this.end);
    this.units[this.end] = LINE_FEED;
    this.last = ended;
  }

  /** Drops what was read and moves the rest to the front. Slots of former events are void. */
  slide(): void {
    const { at, end } = this;
    if (at === 0) return;
    this.#offsets.drop(at, this.units);
    this.units.copyWithin(0, at, end + 1);
    this.at = 0;
    this.end = end - at;
  }

  /** Doubles the room for text; false where that is not allowed. */
  grow(): boolean {
    if (this.#size >= this.#most) return false;
    const before = this.units;
    this.#allocate(Math.min(this.#most, this.#size * 2));
    this.units.set(before.subarray(0, this.end + 1));
    return true;
  }

  /** Offset in the input, in bytes, of `unit` of the text (up to `end`). */
  offsetOf(unit: number): number {
    return this.#offsets.of(unit, this.units);
  }

  /** Text of the units from `from` to `to`: for names and messages, not for values. */
  text(from: number, to: number): string {
    return this.bytes.toString('utf16le', from * 2, to * 2);
  }

  #allocate(size: number): void {
    this.#size = size;
    this.bytes = Buffer.allocUnsafeSlow((size + 1 + size + SLACK) * 2);
    this.view = new DataView(this.bytes.buffer);
    this.units = new Uint16Array(this.bytes.buffer);
    this.scratch = size + 1;
    this.scratchAt = size + 1;
  }
}
