/**
 * Walks the tokens of one BinXML fragment ([MS-EVEN6] 2.2.12) and writes its structure as a program (see
 * `structure.ts`). Two kinds of fragment pass through here: template definitions, whose values are substitutions,
 * and fragments written out in a record (exported and forwarded logs), whose values become slots as they are met.
 *
 * It is a loop over one position that only moves forward and never beyond the fragment's end, with a bounded stack:
 * each token costs at least a byte, so the work is bounded by the fragment's size.
 */
import { fixedSizes, type LazyEvent, ValueType, valueText } from '../../../events/index.ts';
import type { Texts } from '../../windows/index.ts';
import type { Block } from './block.ts';
import { MAX_DEPTH, MAX_SLOTS, MAX_USES } from './layout.ts';
import type { ChunkNames } from './names.ts';
import { mix, Op } from './structure.ts';

const MORE = 0x40;
const Token = {
  End: 0x00,
  OpenElement: 0x01,
  CloseStart: 0x02,
  CloseEmpty: 0x03,
  EndElement: 0x04,
  Value: 0x05,
  Attribute: 0x06,
  Cdata: 0x07,
  CharReference: 0x08,
  EntityReference: 0x09,
  InstructionTarget: 0x0a,
  InstructionData: 0x0b,
  TemplateInstance: 0x0c,
  Substitution: 0x0d,
  OptionalSubstitution: 0x0e,
  FragmentHeader: 0x0f,
} as const;

/** What may stand at a position. */
const Place = { Outside: 0, StartTag: 1, Content: 2 } as const;

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
/** Longest entity name that is kept as text; a crafted log could repeat a long one cheaply. */
const MAX_ENTITY = 32;

export class Walker {
  /** The structure that was found, `program[0…length)`; reused by the next walk. */
  program: Int32Array<ArrayBuffer> = new Int32Array(4096);
  length = 0;
  /** Hash of the program. */
  hash = 0;
  /** Slots the structure takes. */
  slotCount = 0;
  /** Slot of System/Computer where it is constant text of a template, and its bytes; else -1. */
  hostSlot = -1;
  hostStart = 0;
  hostSize = 0;
  /** Where the walk ended. */
  position = 0;
  /** Why it failed. */
  reason = '';

  readonly #block: Block;
  readonly #texts: Texts;
  readonly #names: ChunkNames;
  readonly #unit = new DataView(new ArrayBuffer(2));
  readonly #idSystem: number;
  readonly #idComputer: number;
  readonly #idData: number;
  readonly #idName: number;

  #end = 0;
  #base = 0;
  #place: number = Place.Outside;
  #depth = 0;
  readonly #stack = new Int32Array(MAX_DEPTH + 1);
  /** Per open element: it has content; it has attributes. */
  readonly #filled = new Uint8Array(MAX_DEPTH + 1);
  readonly #attributed = new Uint8Array(MAX_DEPTH + 1);
  /** Times each slot of a template was met. */
  readonly #uses = new Uint8Array(MAX_SLOTS);
  /** Takes the values of a fragment without template; null in a template. */
  #event: LazyEvent | null = null;
  #firstSlot = 0;
  /** The slot that further text parts are added to, -1 where a new one begins. */
  #run = -1;
  /** Text of this attribute belongs to the structure. */
  #structural = false;
  #hostAt = -1;
  /** By name: 1 no namespace declaration, 2 one; 0 not looked at yet. Later names are looked at each time. */
  readonly #namespaces = new Uint8Array(16_384);

  constructor(block: Block, texts: Texts, names: ChunkNames) {
    this.#block = block;
    this.#texts = texts;
    this.#names = names;
    this.#idSystem = texts.internText('System');
    this.#idComputer = texts.internText('Computer');
    this.#idData = texts.internText('Data');
    this.#idName = texts.internText('Name');
  }

  /**
   * Walks `start` to `end` (in the block) of the chunk at `base`. With an event, values are written to its slots
   * from `firstSlot` on; without one it is a template definition. False with `reason` where it is malformed.
   */
  walk(base: number, start: number, end: number, event: LazyEvent | null, firstSlot: number): boolean {
    this.#base = base;
    this.#end = end;
    this.#event = event;
    if (event === null) this.#uses.fill(0);
    this.#firstSlot = firstSlot;
    this.#depth = 0;
    this.#place = Place.Outside;
    this.#run = -1;
    this.#structural = false;
    this.#hostAt = -1;
    this.hostSlot = -1;
    this.length = 0;
    this.hash = 0;
    this.slotCount = 0;
    this.position = start;
    while (this.position < end) {
      const token = this.#block.bytes[this.position]!;
      if (token === Token.End && this.#depth === 0) {
        this.position++;
        break;
      }
      if (!this.#token(token)) return false;
    }
    if (this.#depth > 0) return this.#fail('the fragment ends inside an element');
    if (this.length === 0) return this.#fail('the fragment has no element');
    if (this.#hostAt >= 0) {
      this.hostSlot = this.slotCount++;
      this.program[this.#hostAt] = this.hostSlot;
    }
    return true;
  }

  #token(token: number): boolean {
    switch (token & ~MORE) {
      case Token.OpenElement:
        return this.#open((token & MORE) !== 0);
      case Token.Attribute:
        return this.#attribute();
      case Token.CloseStart:
        if (this.#place !== Place.StartTag) return this.#unexpected(token);
        this.position++;
        this.#content();
        return true;
      case Token.CloseEmpty:
        if (this.#place !== Place.StartTag) return this.#unexpected(token);
        this.position++;
        return this.#close();
      case Token.EndElement:
        if (this.#place !== Place.Content) return this.#unexpected(token);
        this.position++;
        return this.#close();
      case Token.Value:
        return this.#value();
      case Token.Cdata:
        return this.#sized(this.position + 1);
      case Token.CharReference:
        return this.#charReference();
      case Token.EntityReference:
        return this.#entityReference();
      case Token.Substitution:
      case Token.OptionalSubstitution:
        return this.#substitution();
      case Token.InstructionTarget:
        this.position++;
        return this.#name() >= 0;
      case Token.InstructionData:
        if (this.position + 3 > this.#end) return this.#cut();
        this.position += 3 + this.#block.view.getUint16(this.position + 1, true) * 2;
        return this.position <= this.#end || this.#cut();
      case Token.FragmentHeader:
        if (this.#depth > 0) return this.#unexpected(token);
        this.position += 4;
        return this.position <= this.#end || this.#cut();
      default:
        return this.#unexpected(token);
    }
  }

  #fail(reason: string): false {
    this.reason = reason;
    return false;
  }

  #cut(): false {
    return this.#fail('a token reaches beyond its fragment');
  }

  #unexpected(token: number): false {
    return this.#fail(
      token === Token.TemplateInstance
        ? 'a template stands inside an element'
        : `token 0x${token.toString(16).padStart(2, '0')} does not belong here`,
    );
  }

  #emit(op: number): void {
    if (this.length === this.program.length) this.#grow();
    this.program[this.length++] = op;
    this.hash = mix(this.hash, op);
  }

  #emitWith(op: number, operand: number): void {
    if (this.length + 2 > this.program.length) this.#grow();
    this.program[this.length++] = op;
    this.program[this.length++] = operand;
    this.hash = mix(mix(this.hash, op), operand);
  }

  #grow(): void {
    const program = new Int32Array(this.program.length * 2);
    program.set(this.program);
    this.program = program;
  }

  /** Reads a name reference at `position` and moves behind it, and behind the name where it stands right there. */
  #name(): number {
    const at = this.position;
    if (at + 4 > this.#end) {
      this.#cut();
      return -1;
    }
    const offset = this.#block.view.getUint32(at, true);
    const id = this.#names.at(offset);
    if (id < 0) {
      this.#fail('a name can not be read');
      return -1;
    }
    this.position = at + 4;
    if (this.#base + offset === at + 4) {
      this.position += this.#names.sizeAt(offset);
      if (this.position > this.#end) {
        this.#cut();
        return -1;
      }
    }
    return id;
  }

  /**
   * Bytes between an element's token and its data size: the dependency id stands in template definitions only,
   * and not in those that some exporters write; the size tells.
   */
  #dependency(): number {
    const expected = this.#event === null ? 2 : 0;
    if (this.#fits(expected)) return expected;
    return this.#fits(2 - expected) ? 2 - expected : expected;
  }

  #fits(skip: number): boolean {
    const at = this.position + 1 + skip;
    if (at + 8 > this.#end) return false;
    const size = this.#block.view.getUint32(at, true);
    return size >= 5 && at + 4 + size <= this.#end && this.#block.view.getUint32(at + 4, true) < 0x10000;
  }

  #open(attributes: boolean): boolean {
    if (this.#place === Place.StartTag) return this.#unexpected(Token.OpenElement);
    if (this.#depth === MAX_DEPTH) return this.#fail(`more than ${MAX_DEPTH} elements within one another`);
    this.position += 1 + this.#dependency() + 4;
    const id = this.#name();
    if (id < 0) return false;
    if (attributes) {
      // The size of the attribute list; the tokens say the same.
      this.position += 4;
      if (this.position > this.#end) return this.#cut();
    }
    this.#filled[this.#depth] = 1;
    this.#depth++;
    this.#stack[this.#depth] = id;
    this.#filled[this.#depth] = 0;
    this.#attributed[this.#depth] = 0;
    this.#place = Place.StartTag;
    this.#run = -1;
    this.#emitWith(Op.Element, id);
    return true;
  }

  #attribute(): boolean {
    if (this.#place !== Place.StartTag) return this.#unexpected(Token.Attribute);
    this.position++;
    const id = this.#name();
    if (id < 0) return false;
    this.#attributed[this.#depth] = 1;
    this.#run = -1;
    this.#structural =
      (id === this.#idName && this.#stack[this.#depth] === this.#idData) || this.#isNamespace(id);
    this.#emitWith(Op.Attribute, id);
    return true;
  }

  /** True if the name is `xmlns` or `xmlns:…`; looked at once per name. */
  #isNamespace(id: number): boolean {
    const known = id < this.#namespaces.length ? this.#namespaces[id]! : 0;
    if (known !== 0) return known === 2;
    const is = this.#texts.text(id).startsWith('xmlns');
    if (id < this.#namespaces.length) this.#namespaces[id] = is ? 2 : 1;
    return is;
  }

  #content(): void {
    this.#place = Place.Content;
    this.#run = -1;
    this.#structural = false;
    this.#emit(Op.Content);
  }

  #close(): boolean {
    if (this.#event !== null && this.#needsValue() && !this.#emptyValue()) return false;
    this.#emit(Op.End);
    this.#depth--;
    this.#place = this.#depth === 0 ? Place.Outside : Place.Content;
    this.#run = -1;
    this.#structural = false;
    return true;
  }

  /**
   * Without a template, `<Data Name="x"/>` gets an empty value of its own: were empty and filled ones different
   * structures, a record of twenty values could have a million of them.
   */
  #needsValue(): boolean {
    if (this.#depth < 3 && this.#stack[this.#depth] !== this.#idData) return false;
    if (this.#filled[this.#depth] !== 0) return false;
    if (this.#stack[this.#depth] === this.#idData) return true;
    return this.#attributed[this.#depth] === 0 && this.#stack[2] !== this.#idSystem;
  }

  #emptyValue(): boolean {
    if (this.#place === Place.StartTag) this.#content();
    return this.#newSlot(this.position, 0, ValueType.String);
  }

  #value(): boolean {
    const at = this.position;
    if (at + 2 > this.#end) return this.#cut();
    const type = this.#block.bytes[at + 1]!;
    if (type === ValueType.String) return this.#sized(at + 2);
    const size = fixedSizes[type & 0x7f]!;
    if (size === 0 || type >= ValueType.Array)
      return this.#fail(`a value of type ${type} stands in a fragment`);
    if (at + 2 + size > this.#end) return this.#cut();
    this.position = at + 2 + size;
    if (this.#event !== null && !this.#structural && this.#run < 0 && this.#place !== Place.Outside) {
      this.#fill();
      return this.#newSlot(at + 2, size, type);
    }
    return this.#text(valueText(this.#block.bytes, type, at + 2, size));
  }

  /** Text whose length in characters stands at `at`. */
  #sized(at: number): boolean {
    if (at + 2 > this.#end) return this.#cut();
    const size = this.#block.view.getUint16(at, true) * 2;
    if (at + 2 + size > this.#end) return this.#cut();
    this.position = at + 2 + size;
    return this.#part(this.#block.view, at + 2, size);
  }

  #charReference(): boolean {
    if (this.position + 3 > this.#end) return this.#cut();
    this.#unit.setUint16(0, this.#block.view.getUint16(this.position + 1, true), true);
    this.position += 3;
    return this.#part(this.#unit, 0, 2);
  }

  #entityReference(): boolean {
    this.position++;
    const id = this.#name();
    if (id < 0) return false;
    const name = this.#texts.text(id);
    if (name.length > MAX_ENTITY) return this.#fail('an entity has too long a name');
    return this.#text(entities[name] ?? `&${name};`);
  }

  #text(text: string): boolean {
    const bytes = Buffer.from(text, 'utf16le');
    return this.#part(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), 0, bytes.length);
  }

  #substitution(): boolean {
    const at = this.position;
    if (at + 4 > this.#end) return this.#cut();
    if (this.#event !== null) return this.#fail('a substitution stands outside a template');
    if (this.#place === Place.Outside) return this.#fail('a substitution stands outside an element');
    const slot = this.#block.view.getUint16(at + 1, true);
    if (slot >= MAX_SLOTS) return this.#fail(`a template asks for more than ${MAX_SLOTS} values`);
    if (++this.#uses[slot]! > MAX_USES) {
      return this.#fail(`a template shows one value more than ${MAX_USES} times`);
    }
    if (slot >= this.slotCount) this.slotCount = slot + 1;
    this.position = at + 4;
    this.#emitWith(Op.Slot, slot);
    return true;
  }

  /** Notes that the element at hand has content. */
  #fill(): void {
    if (this.#place === Place.Content) this.#filled[this.#depth] = 1;
  }

  /** Adds a text part to the attribute or content at hand: to the structure, or to the record's values. */
  #part(view: DataView, start: number, size: number): boolean {
    if (this.#place === Place.Outside) return this.#fail('text stands outside an element');
    if (this.#event !== null && !this.#structural) return this.#slotPart(view, start, size);
    if (this.#isHost(view)) {
      this.#emitWith(Op.Slot, 0);
      this.#hostAt = this.length - 1;
      this.hostStart = start;
      this.hostSize = size;
      return true;
    }
    const id = this.#texts.intern(view, start, size);
    if (id < 0) return this.#fail('too many different texts');
    this.#emitWith(Op.Text, id);
    return true;
  }

  #isHost(view: DataView): boolean {
    return (
      this.#event === null &&
      view === this.#block.view &&
      this.#depth === 3 &&
      this.#place === Place.Content &&
      this.#hostAt < 0 &&
      this.#stack[3] === this.#idComputer &&
      this.#stack[2] === this.#idSystem
    );
  }

  #newSlot(start: number, size: number, type: number): boolean {
    const event = this.#event!;
    const slot = this.#firstSlot + this.slotCount;
    if (slot >= MAX_SLOTS) return this.#fail(`more than ${MAX_SLOTS} values in one record`);
    event.reserve(slot + 1);
    event.offsets[slot] = start;
    event.sizes[slot] = size;
    event.types[slot] = type;
    this.#emitWith(Op.Slot, this.slotCount++);
    return true;
  }

  /** A value of a fragment without template: the bytes where they lie, or in scratch once there are parts. */
  #slotPart(view: DataView, start: number, size: number): boolean {
    this.#fill();
    const own = view === this.#block.view;
    if (this.#run < 0 && own) {
      this.#run = this.#firstSlot + this.slotCount;
      return this.#newSlot(start, size, ValueType.String);
    }
    if (this.#run < 0) {
      this.#run = this.#firstSlot + this.slotCount;
      if (!this.#newSlot(this.#block.scratch + this.#block.scratchUsed, 0, ValueType.String)) return false;
    }
    const event = this.#event!;
    let at = event.offsets[this.#run]!;
    const had = event.sizes[this.#run]!;
    if (at < this.#block.scratch) {
      const moved = this.#block.take(had);
      if (moved < 0) return this.#fail('text of too many parts');
      this.#block.bytes.copy(this.#block.bytes, moved, at, at + had);
      at = moved;
    }
    const tail = this.#block.take(size);
    if (tail < 0) return this.#fail('text of too many parts');
    for (let i = 0; i < size; i++) this.#block.bytes[tail + i] = view.getUint8(start + i);
    event.offsets[this.#run] = at;
    event.sizes[this.#run] = had + size;
    return true;
  }
}
