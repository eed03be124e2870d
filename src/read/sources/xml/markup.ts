/**
 * Takes markup apart that was not met before at its place: from behind one value to the next, token by token. It is a
 * loop over one position that only moves forward; the elements that are open are a stack of bounded depth. This runs
 * once per new piece of markup, not per event.
 */
import type { Texts } from '../windows/index.ts';
import { MAX_DEPTH, MAX_MARKUP, MAX_NAME, MAX_SLOTS, MAX_TOKENS } from './limits.ts';
import { type Edge, Follows, type PathNode, type Paths } from './paths.ts';
import { Op, token } from './structure.ts';
import {
  DOUBLE,
  EQUALS,
  GT,
  isBlank,
  isCut,
  isName,
  isStart,
  isText,
  SINGLE,
  SLASH,
  skipBlank,
} from './units.ts';
import type { Values } from './values.ts';

/** Flags of an open element: it has attributes; it has content. */
const ATTRIBUTED = 1;
const FILLED = 2;
/** What a name says of an element, by its text id: `Data` and `ComplexData` have names of their own, `System`. */
const NAMED = 1;
const DATA = 2;
const SYSTEM = 4;

const MISPLACED = 'markup that can not be read';

export class Markup {
  /** Why the last `read` failed, and where. */
  reason = '';
  position = 0;
  /** It failed because `end` came first. */
  cut = false;
  readonly #paths: Paths;
  readonly #texts: Texts;
  readonly #values: Values;
  #units: Uint16Array = new Uint16Array(0);
  #view: DataView = new DataView(new ArrayBuffer(0));
  /** What was found, reused. */
  readonly #edge: Edge;
  readonly #open: number[] = [];
  readonly #tokens: number[] = [];
  readonly #names = new Map<number, number>();
  #node: PathNode;
  #end = 0;
  /** First unit that constants may be decoded to. */
  #scratch = 0;

  constructor(paths: Paths, values: Values) {
    this.#paths = paths;
    this.#texts = paths.texts;
    this.#values = values;
    this.#node = paths.root;
    this.#edge = { start: 0, size: 0, target: paths.root, delimiter: 0 };
  }

  /** Turns to the memory that is read: units, and their bytes. */
  turnTo(units: Uint16Array, view: DataView): void {
    this.#units = units;
    this.#view = view;
  }

  /**
   * Reads from behind the value of `from`, at `at`, to where the next value begins or the event has ended; valid until
   * the next call. Null with `reason` where that can't be read.
   */
  read(from: PathNode, at: number, end: number, scratch: number): Edge | null {
    this.#node = from;
    this.#end = end;
    this.#scratch = scratch;
    this.position = at;
    this.cut = false;
    this.#tokens.length = 0;
    this.#open.length = 0;
    for (const each of from.open) this.#open.push(each);
    const edge = this.#edge;
    edge.delimiter = 0;
    if (from.follows === Follows.Attribute) this.position++;
    if (!(from.follows === Follows.Attribute ? this.#startTag() : this.#content())) return null;
    edge.target = this.#node;
    edge.size = this.position - at;
    if (edge.size <= MAX_MARKUP) this.#paths.keep(from, this.#units, at, this.position, edge);
    return edge;
  }

  #fail(reason: string): false {
    this.reason = reason;
    return false;
  }

  #cut(): false {
    this.cut = true;
    return this.#fail('the input ends inside an event');
  }

  /** Reads content until a value begins or the event has ended. */
  #content(): boolean {
    const units = this.#units;
    for (;;) {
      const field = this.#open.length > 0 && this.#needsValue();
      if (this.#open.length > 0 && isText(units, this.position, this.#end, field)) {
        this.#fill();
        return this.#slot(field ? Follows.Field : Follows.Text);
      }
      this.position = skipBlank(units, this.position, this.#end);
      if (this.position >= this.#end || isCut(units, this.position, this.#end)) return this.#cut();
      if (this.#open.length > 0 && isStart(units, this.position, this.#end)) {
        return this.#fail('the event ends where another one begins');
      }
      const next = units[this.position + 1]!;
      if (next === SLASH) {
        if (!this.#endTag()) return false;
        if (this.#open.length === 0) return this.#step(Follows.End);
      } else if (isName(next)) {
        if (!this.#element()) return false;
        return this.#startTag();
      } else return this.#fail(MISPLACED);
    }
  }

  #element(): boolean {
    if (this.#open.length === MAX_DEPTH) {
      return this.#fail(`more than ${MAX_DEPTH} elements within one another`);
    }
    this.position++;
    const id = this.#name();
    if (id < 0 || !this.#emit(Op.Element, id)) return false;
    if (this.#open.length > 0) this.#fill();
    this.#open.push(id << 2);
    return true;
  }

  /** Reads a start tag from behind a name or a value, and what follows it. */
  #startTag(): boolean {
    const units = this.#units;
    for (;;) {
      const before = this.position;
      while (this.position < this.#end && isBlank(units[this.position]!)) this.position++;
      if (this.position >= this.#end) return this.#cut();
      const unit = units[this.position]!;
      if (unit === GT) {
        this.position++;
        return this.#content();
      }
      if (unit === SLASH) {
        if (this.position + 1 >= this.#end) return this.#cut();
        if (units[this.position + 1] !== GT) return this.#fail(MISPLACED);
        this.position += 2;
        if (!this.#close()) return false;
        return this.#open.length === 0 ? this.#step(Follows.End) : this.#content();
      }
      if (!isName(unit) || this.position === before) return this.#fail(MISPLACED);
      const found = this.#attribute();
      if (found !== 0) return found > 0;
    }
  }

  /** Reads an attribute: 1 where its value is the event's, 0 where it belongs to the structure, -1 where it is bad. */
  #attribute(): number {
    const units = this.#units;
    const id = this.#name();
    if (id < 0 || !this.#emit(Op.Attribute, id)) return -1;
    while (this.position < this.#end && isBlank(units[this.position]!)) this.position++;
    if (this.position < this.#end && units[this.position] !== EQUALS) return this.#bad();
    this.position++;
    while (this.position < this.#end && isBlank(units[this.position]!)) this.position++;
    if (this.position >= this.#end) return this.#ended();
    const delimiter = units[this.position]!;
    if (delimiter !== DOUBLE && delimiter !== SINGLE) return this.#bad();
    this.position++;
    const top = this.#open.length - 1;
    this.#open[top]! |= ATTRIBUTED;
    if (this.#isStructural(id, this.#open[top]! >> 2)) return this.#constant(delimiter) ? 0 : -1;
    this.#edge.delimiter = delimiter;
    return this.#slot(Follows.Attribute) ? 1 : -1;
  }

  #ended(): -1 {
    this.#cut();
    return -1;
  }

  #bad(): -1 {
    this.#fail(MISPLACED);
    return -1;
  }

  /** The names of data and namespaces are no values: what stands in them names fields. */
  #isStructural(attribute: number, element: number): boolean {
    const kind = this.#kind(attribute);
    if (kind === NAMED) return (this.#kind(element) & DATA) !== 0;
    return this.#texts.text(attribute).startsWith('xmlns');
  }

  /** Reads a value that belongs to the structure, with its delimiter. */
  #constant(delimiter: number): boolean {
    const start = this.position;
    if (!this.#values.attribute(start, this.#end, delimiter, this.#scratch)) return this.#cut();
    this.position = this.#values.position;
    if (this.#units[this.position] !== delimiter) return this.#fail('an attribute that does not end');
    this.position++;
    const size = this.#values.written - this.#scratch;
    if (size > MAX_NAME || this.#values.written > this.#units.length) {
      return this.#fail(`a name of more than ${MAX_NAME} characters`);
    }
    const id = this.#texts.intern(this.#view, this.#scratch * 2, size * 2);
    return id < 0 ? this.#fail('too many different texts') : this.#emit(Op.Text, id);
  }

  /** Reads a name; its text id, -1 where there is none. */
  #name(): number {
    const start = this.position;
    const units = this.#units;
    while (this.position < this.#end && isName(units[this.position]!)) this.position++;
    const size = this.position - start;
    if (size > MAX_NAME) this.#fail(`a name of more than ${MAX_NAME} characters`);
    else if (this.position >= this.#end) this.#cut();
    else if (size === 0) this.#fail(MISPLACED);
    else {
      const id = this.#texts.intern(this.#view, start * 2, size * 2);
      if (id >= 0) return id;
      this.#fail('too many different texts');
    }
    return -1;
  }

  #endTag(): boolean {
    const start = this.position;
    this.position += 2;
    const id = this.#name();
    if (id < 0) return false;
    while (this.position < this.#end && isBlank(this.#units[this.position]!)) this.position++;
    if (this.position >= this.#end) return this.#cut();
    if (id !== this.#open[this.#open.length - 1]! >> 2) {
      this.position = start;
      return this.#fail('an end tag that does not fit');
    }
    if (this.#units[this.position] !== GT) return this.#fail(MISPLACED);
    this.position++;
    return this.#close();
  }

  /** The innermost element ends. */
  #close(): boolean {
    if (this.#needsValue()) {
      this.#fill();
      if (!this.#slot(Follows.Field)) return false;
    }
    this.#open.pop();
    return this.#emit(Op.End, 0);
  }

  /**
   * True if the innermost element is a field without content so far: it has a value even if it is empty. In the header,
   * and for elements with attributes, nothing is nothing, as in a template whose values are absent.
   */
  #needsValue(): boolean {
    const depth = this.#open.length;
    const top = this.#open[depth - 1]!;
    if ((top & FILLED) !== 0) return false;
    const data = (this.#kind(top >> 2) & DATA) !== 0;
    if (data) return true;
    if (depth < 3 || (top & ATTRIBUTED) !== 0) return false;
    return (this.#kind(this.#open[1]! >> 2) & SYSTEM) === 0;
  }

  #fill(): void {
    this.#open[this.#open.length - 1]! |= FILLED;
  }

  /** What the name with this id says. */
  #kind(id: number): number {
    let kind = this.#names.get(id);
    if (kind === undefined) {
      const name = this.#texts.text(id);
      const local = name.slice(name.indexOf(':') + 1);
      kind = local === 'Data' || local === 'ComplexData' ? DATA : name === 'Name' ? NAMED : 0;
      if (name === 'System') kind = SYSTEM;
      this.#names.set(id, kind);
    }
    return kind;
  }

  #emit(op: number, id: number): boolean {
    if (this.#node.length + this.#tokens.length >= MAX_TOKENS) {
      return this.#fail('an event of too many elements');
    }
    this.#tokens.push(token(op, id));
    return true;
  }

  /** A value of the event begins here, or would if it were not empty. */
  #slot(follows: number): boolean {
    if (this.#node.slotCount >= MAX_SLOTS) return this.#fail(`more than ${MAX_SLOTS} values in one event`);
    return this.#emit(Op.Slot, 0) && this.#step(follows);
  }

  #step(follows: number): boolean {
    const node = this.#paths.step(this.#node, this.#tokens, follows, this.#open);
    if (node === null) return this.#fail('too many different structures of events');
    this.#node = node;
    this.#tokens.length = 0;
    return true;
  }
}
