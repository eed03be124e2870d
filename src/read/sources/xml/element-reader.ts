/**
 * Reads one `Event` element into an event, in one pass: markup is compared with what stood there last time, values are
 * passed over and become slots where they lie, or are decoded to scratch where they hold references or line ends. No
 * tree, no object and no string is made per event.
 */
import { LazyEvent, type ReadContext, ValueType } from '../../events/index.ts';
import type { TextWindow } from '../text/index.ts';
import type { Texts } from '../windows/index.ts';
import { Markup } from './markup.ts';
import { type Edge, Follows, type PathNode, Paths } from './paths.ts';
import { AMP, BANG, CR, isText, LF, LT, QUESTION, SPACE } from './units.ts';
import { Values } from './values.ts';

export class EventElementReader {
  readonly event: LazyEvent = new LazyEvent();
  /** Behind the event that was read, or where reading failed. */
  position = 0;
  /** Why the last `read` failed, and whether that was because the text ended. */
  reason = '';
  cut = false;
  readonly #paths: Paths;
  readonly #values: Values;
  readonly #markup: Markup;
  #units: Uint16Array = new Uint16Array(0);
  #view: DataView = new DataView(new ArrayBuffer(0));
  /** Where the next value is decoded to. */
  #scratch = 0;

  constructor(context: ReadContext, texts: Texts) {
    this.#paths = new Paths(context, texts);
    this.#values = new Values();
    this.#markup = new Markup(this.#paths, this.#values);
  }

  /** A file begins, which may bring structures of its own; what is known stays known. */
  begin(): void {
    this.#paths.begin();
  }

  /**
   * Reads the element whose `<Event` stands at `start` of the window's units and that ends before `end`; what follows it
   * is not looked at. Values are decoded to the window's scratch. False with `reason` where it can't be read.
   */
  read(window: TextWindow, start: number, end: number): boolean {
    if (window.units !== this.#units) this.#turnTo(window);
    this.#scratch = window.scratchAt;
    this.cut = false;
    const node = this.#walk(start, end);
    if (node === null) return false;
    window.scratchAt = this.#scratch;
    if (this.#scratch > this.#units.length) return this.#fail('an event that is too long');
    return this.#identify(node);
  }

  #turnTo(window: TextWindow): void {
    this.#units = window.units;
    this.#view = window.view;
    this.event.bytes = window.bytes;
    this.#values.turnTo(window.units);
    this.#markup.turnTo(window.units, window.view);
  }

  /** Reads from value to value; the node at which the event has ended, null where it does not. */
  #walk(start: number, end: number): PathNode | null {
    const event = this.event;
    let node = this.#paths.root;
    let at = start;
    let slot = 0;
    for (;;) {
      const edge = this.#edge(node, at, end);
      if (edge === null) return this.#stopped();
      at += edge.size;
      node = edge.target;
      const { follows, slotCount } = node;
      if (slotCount > event.offsets.length) event.reserve(slotCount);
      // Values that the markup has between its tags: empty ones.
      const last = follows === Follows.End ? slotCount : slotCount - 1;
      for (; slot < last; slot++) this.#set(slot, at, at);
      if (follows === Follows.End) break;
      const stop =
        follows === Follows.Attribute
          ? this.#attribute(slot, at, end, edge.delimiter)
          : this.#text(slot, at, end);
      if (stop < 0) return null;
      at = stop;
      slot++;
    }
    this.position = at;
    return node;
  }

  /** Finds kind, time and number. */
  #identify(node: PathNode): boolean {
    const event = this.event;
    const finder = node.finder ?? this.#paths.settle(node);
    if (finder === null) {
      return this.#fail(node.refusal === '' ? 'too many different structures of events' : node.refusal);
    }
    event.shape = finder.shape;
    const kind = finder.find(event, this.#view, -1);
    if (kind === null) return this.#fail('too many different kinds of events');
    event.kind = kind;
    const micros = finder.micros(event, this.#view);
    event.micros = Number.isNaN(micros) ? 0 : micros;
    event.recordId = finder.recordId(event, this.#view);
    return true;
  }

  #fail(reason: string): false {
    this.reason = reason;
    return false;
  }

  #stopped(): null {
    this.position = this.#markup.position;
    this.cut = this.#markup.cut;
    this.#fail(this.#markup.reason);
    return null;
  }

  #ended(at: number): -1 {
    this.position = at;
    this.cut = true;
    this.#fail('the input ends inside an event');
    return -1;
  }

  /** The edge whose markup stands at `at`. */
  #edge(node: PathNode, at: number, end: number): Edge | null {
    const { edges } = node;
    for (let i = 0; i < edges.length; i++) {
      const edge = edges[i]!;
      if (!this.#matches(edge, at, end)) continue;
      for (let j = i; j > 0; j--) edges[j] = edges[j - 1]!;
      edges[0] = edge;
      return edge;
    }
    return this.#markup.read(node, at, end, this.#scratch);
  }

  #matches(edge: Edge, at: number, end: number): boolean {
    const { start, size, target } = edge;
    const behind = at + size;
    if (behind > end) return false;
    const view = this.#view;
    const { markup } = this.#paths;
    // From the end, as pieces of markup at one place differ in the name that they end with; two units at a time.
    let i = size * 2 - 4;
    for (; i >= 0; i -= 4) {
      if (view.getInt32(at * 2 + i, true) !== markup.getInt32(start * 2 + i, true)) return false;
    }
    if (i === -2 && view.getInt16(at * 2, true) !== markup.getInt16(start * 2, true)) return false;
    if (target.follows >= Follows.Attribute) return true;
    const first = behind < end ? this.#units[behind]! : LT;
    return (
      (first > SPACE && first !== LT) || isText(this.#units, behind, end, target.follows === Follows.Field)
    );
  }

  #set(slot: number, from: number, to: number): void {
    const event = this.event;
    event.offsets[slot] = from * 2;
    event.sizes[slot] = (to - from) * 2;
    event.types[slot] = ValueType.String;
  }

  /** Sets the slot to the text at `at`; where it ends, -1 where the input does before. */
  #text(slot: number, at: number, end: number): number {
    const units = this.#units;
    for (let i = at; i < end; i++) {
      const unit = units[i]!;
      if (unit > LT || (unit !== LT && unit !== AMP && unit !== CR)) continue;
      if (unit === LT) {
        const next = i + 1 < end ? units[i + 1]! : BANG;
        if (next !== BANG && next !== QUESTION) {
          this.#set(slot, at, i);
          return i;
        }
      }
      return this.#decoded(slot, end, this.#values.text(at, end, this.#scratch));
    }
    return this.#ended(end);
  }

  /** The same for the value of an attribute. */
  #attribute(slot: number, at: number, end: number, delimiter: number): number {
    const units = this.#units;
    for (let i = at; i < end; i++) {
      const unit = units[i]!;
      if (unit > LT || (unit >= SPACE && unit !== LT && unit !== AMP && unit !== delimiter)) continue;
      if (unit === delimiter) {
        this.#set(slot, at, i);
        return i;
      }
      if (unit !== LT && unit !== AMP && unit !== CR && unit !== LF && unit !== 0x09) continue;
      const whole = this.#values.attribute(at, end, delimiter, this.#scratch);
      if (!whole || units[this.#values.position] === delimiter) return this.#decoded(slot, end, whole);
      this.position = this.#values.position;
      this.#fail('an attribute that does not end');
      return -1;
    }
    return this.#ended(end);
  }

  #decoded(slot: number, end: number, whole: boolean): number {
    if (!whole) return this.#ended(end);
    const { position, written } = this.#values;
    this.#set(slot, this.#scratch, written);
    this.#scratch = written;
    return position;
  }
}
