/**
 * Reads one record: which structures its fragments have, where its values lie, and of what kind it is. Nothing is
 * decoded but the header's few values that say so.
 *
 * This is the hot path, about half a microsecond a record: descriptors are copied into the event's arrays in one
 * loop, a template is found by its offset in the chunk (a table that is reset per chunk), a shape by two comparisons,
 * a kind by comparing the bytes of channel and provider with the last one's. Nothing is allocated.
 */
import { LazyEvent, type ReadContext, ValueType } from '../../../events/index.ts';
import { Texts } from '../../windows/index.ts';
import type { Block } from './block.ts';
import { CHUNK, CHUNK_BUDGET, CHUNK_HEADER, MAX_FRAGMENTS, MAX_MISSING, MAX_SLOTS } from './layout.ts';
import { ChunkNames } from './names.ts';
import { ShapeNode, type ShapeRoom, shapeRoom } from './shape-node.ts';
import { type Structure, Structures } from './structure.ts';
import { Walker } from './walker.ts';

/** `0f 01 01 00`, with which a fragment begins. */
const FRAGMENT_HEADER = 0x0001010f;
const TEMPLATE_INSTANCE = 0x0c;
/** Bytes of a template instance before its values' descriptors begin, without a definition in place. */
const INSTANCE_HEADER = 10;
/** Bytes of a definition before its tokens: link, GUID, size. */
const DEFINITION_HEADER = 24;

export class RecordReader {
  readonly event: LazyEvent = new LazyEvent();
  /** Why the last `read` failed. */
  reason = '';
  /** Where the last record's content ended, as far as it was read. */
  contentEnd = 0;

  readonly #block: Block;
  readonly #view: DataView;
  readonly #texts = new Texts();
  readonly #names: ChunkNames;
  readonly #walker: Walker;
  readonly #structures: Structures;
  readonly #room: ShapeRoom;

  #base = 0;
  #limit = 0;
  #budget = 0;
  /** Slots of the event that are set. */
  #count = 0;
  /** Slots that hold fragments not read yet, and the first of them. */
  #pending = 0;
  #nested = 0;
  #position = 0;

  /** By offset of a definition in the chunk: its number below + 1. */
  readonly #definitionAt = new Int32Array(CHUNK);
  /** Null where it can't be read, with the reason in its place: it is tried once per chunk. */
  readonly #definitions: (Structure | null)[] = [];
  readonly #reasons: string[] = [];
  readonly #definitionOffsets: number[] = [];
  readonly #definitionSizes: number[] = [];
  readonly #hostStarts: number[] = [];
  readonly #hostSizes: number[] = [];
  readonly #hostIds: number[] = [];
  /** Text id of the outermost template's host, -1 where it has none. */
  #hostId = -1;

  constructor(block: Block, context: ReadContext) {
    this.#block = block;
    this.#view = block.view;
    this.#names = new ChunkNames(block, this.#texts);
    this.#walker = new Walker(block, this.#texts, this.#names);
    this.#structures = new Structures(this.#texts);
    this.#room = shapeRoom(context, this.#texts);
    this.event.bytes = block.bytes;
  }

  /** Turns to the chunk from `base` to `limit` of the block; what was known of the one before is forgotten. */
  chunk(base: number, limit: number): void {
    for (const offset of this.#definitionOffsets) this.#definitionAt[offset] = 0;
    this.#definitions.length = 0;
    this.#reasons.length = 0;
    this.#definitionOffsets.length = 0;
    this.#definitionSizes.length = 0;
    this.#hostStarts.length = 0;
    this.#hostSizes.length = 0;
    this.#hostIds.length = 0;
    this.#names.reset(base, limit);
    this.#base = base;
    this.#limit = limit;
    this.#budget = CHUNK_BUDGET;
  }

  /**
   * Reads the BinXML from `start` to `end` of the block into `event`: shape, slots, kind, time and number (`recordId`).
   * `written` is the time of the record's header, in microseconds. False with `reason` where it can't be read.
   * Of a record that nothing vouches for, names that are not those that it was written with are called `LostName`.
   */
  read(start: number, end: number, written: number, isVouched: boolean): boolean {
    this.#names.isDoubtful = !isVouched;
    const event = this.event;
    this.#block.scratchUsed = 0;
    this.#count = 0;
    this.#pending = 0;
    this.#nested = 0;
    this.#hostId = -1;
    this.contentEnd = start;
    if (start >= end) return this.#fail('the record has no content');
    const outer = this.#fragment(start, end);
    this.contentEnd = this.#position;
    if (outer === null) return false;
    const hostId = this.#hostId;
    let node = outer.node;
    if (node === null) {
      node = new ShapeNode(this.#room, outer, null, 0);
      outer.node = node;
    }
    if (this.#pending > 0) {
      const inner = this.#inside(node);
      if (inner === null) return false;
      node = inner;
    }
    const finder = node.finder ?? (node.settle() ? node.finder : null);
    if (finder === null) return this.#fail(node.refusal);
    event.shape = finder.shape;
    const kind = finder.find(event, this.#view, hostId);
    if (kind === null) return this.#fail('too many different kinds of events');
    event.kind = kind;
    const micros = finder.micros(event, this.#view);
    event.micros = Number.isNaN(micros) ? written : micros;
    event.recordId = finder.recordId(event, this.#view);
    return true;
  }

  #fail(reason: string): false {
    this.reason = reason;
    return false;
  }

  #none(reason: string): null {
    this.reason = reason;
    return null;
  }

  /** Reads the fragments that stand in slots, and in the slots that they add; null where one can't be read. */
  #inside(outer: ShapeNode): ShapeNode | null {
    const event = this.event;
    let node = outer;
    let fragments = 1;
    for (let slot = this.#nested; this.#pending > 0 && slot < this.#count; slot++) {
      if (event.types[slot] !== ValueType.BinXml) continue;
      this.#pending--;
      const size = event.sizes[slot]!;
      if (size === 0) {
        event.types[slot] = ValueType.Null;
        continue;
      }
      if (++fragments > MAX_FRAGMENTS)
        return this.#none(`more than ${MAX_FRAGMENTS} fragments in one record`);
      const start = event.offsets[slot]!;
      const structure = this.#fragment(start, start + size);
      if (structure === null) return null;
      const next = node.inside(slot, structure);
      if (next === null) return this.#none('too many different structures of events');
      node = next;
    }
    return node;
  }

  /** Reads one fragment: its values become slots behind those that are there. Null with `reason`. */
  #fragment(start: number, end: number): Structure | null {
    const view = this.#view;
    let at = start;
    if (at + 4 <= end && view.getInt32(at, true) === FRAGMENT_HEADER) at += 4;
    this.#position = at;
    if (at + INSTANCE_HEADER + 4 > end || this.#block.bytes[at] !== TEMPLATE_INSTANCE) {
      return this.#written(at, end);
    }
    const offset = view.getUint32(at + 6, true);
    const inPlace = this.#base + offset === at + INSTANCE_HEADER;
    const known = offset < CHUNK ? this.#definitionAt[offset]! - 1 : -1;
    const definition = known >= 0 ? known : this.#define(offset);
    const structure = definition < 0 ? null : this.#definitions[definition]!;
    if (structure === null) return this.#none(definition < 0 ? this.reason : this.#reasons[definition]!);
    if (view.getUint32(at + 2, true) !== view.getUint32(this.#base + offset + 4, true)) {
      return this.#none('the template it refers to is another one now');
    }
    at += INSTANCE_HEADER;
    if (inPlace) at += DEFINITION_HEADER + this.#definitionSizes[definition]!;
    if (!this.#values(at, end, structure)) return null;
    if (structure.hostSlot >= 0) {
      const event = this.event;
      const slot = this.#count - structure.slotCount + structure.hostSlot;
      // A record may give a value for the slot, which the template does not show; a fragment there is not looked into.
      if (event.types[slot] === ValueType.BinXml) this.#pending--;
      event.offsets[slot] = this.#hostStarts[definition]!;
      event.sizes[slot] = this.#hostSizes[definition]!;
      event.types[slot] = ValueType.String;
      this.#hostId = this.#hostIds[definition]!;
    }
    return structure;
  }

  /** Copies the descriptors at `at` into slots; false where they or their values reach beyond `end`. */
  #values(at: number, end: number, structure: Structure): boolean {
    const view = this.#view;
    if (at + 4 > end) return this.#fail('a template instance reaches beyond its record');
    const given = view.getUint32(at, true);
    if (given > MAX_SLOTS) return this.#fail(`more than ${MAX_SLOTS} values in one record`);
    const wanted = structure.slotCount;
    const first = this.#count;
    let descriptor = at + 4;
    let start = descriptor + given * 4;
    if (start > end) return this.#fail('values reach beyond their record');
    if (wanted - given > MAX_MISSING) return this.#fail('the template asks for values that the record lacks');
    const last = first + wanted;
    if (last > MAX_SLOTS) return this.#fail(`more than ${MAX_SLOTS} values in one record`);
    const event = this.event;
    if (last > event.offsets.length) event.reserve(last);
    const { offsets, sizes, types } = event;
    const used = given < wanted ? given : wanted;
    for (let slot = first; slot < first + used; slot++) {
      const word = view.getInt32(descriptor, true);
      const size = word & 0xffff;
      const type = (word >>> 16) & 0xff;
      offsets[slot] = start;
      sizes[slot] = size;
      types[slot] = type;
      if (type === 0x21 && this.#pending++ === 0) this.#nested = slot;
      start += size;
      descriptor += 4;
    }
    for (let slot = first + used; slot < last; slot++) {
      offsets[slot] = start;
      sizes[slot] = 0;
      types[slot] = 0;
    }
    // Values that the template does not show take their room all the same.
    for (let extra = used; extra < given; extra++) {
      start += view.getUint16(descriptor, true);
      descriptor += 4;
    }
    this.#count = last;
    this.#position = start;
    return start <= end || this.#fail('values reach beyond their record');
  }

  /** A fragment that is written out, as exported and forwarded records are. */
  #written(start: number, end: number): Structure | null {
    const walker = this.#walker;
    if (!walker.walk(this.#base, start, end, this.event, this.#count)) return this.#none(walker.reason);
    this.#position = walker.position;
    const structure = this.#structures.find(walker);
    if (structure === null) return this.#none('too many different structures of events');
    this.#count += walker.slotCount;
    return structure;
  }

  /** Reads the template definition at `offset` of the chunk; its number, -1 with `reason` where there is none. */
  #define(offset: number): number {
    const start = this.#base + offset;
    if (offset < CHUNK_HEADER || offset >= CHUNK || start + DEFINITION_HEADER > this.#limit) {
      this.reason = 'its template lies outside the chunk';
      return -1;
    }
    const size = this.#view.getUint32(start + 20, true);
    const structure = this.#structureAt(start + DEFINITION_HEADER, size);
    const walker = this.#walker;
    const definition = this.#definitions.length;
    this.#definitions.push(structure);
    this.#reasons.push(structure === null ? this.reason : '');
    this.#definitionOffsets.push(offset);
    this.#definitionSizes.push(size);
    this.#hostStarts.push(walker.hostStart);
    this.#hostSizes.push(walker.hostSize);
    this.#hostIds.push(
      structure === null || structure.hostSlot < 0
        ? -1
        : this.#texts.intern(this.#view, walker.hostStart, walker.hostSize),
    );
    this.#definitionAt[offset] = definition + 1;
    return definition;
  }

  /** The structure of the definition whose `size` bytes of tokens begin at `start`; null with `reason`. */
  #structureAt(start: number, size: number): Structure | null {
    const end = start + size;
    if (end > this.#limit) return this.#none('its template reaches beyond the chunk');
    this.#budget -= size + DEFINITION_HEADER;
    if (this.#budget < 0) return this.#none('the templates of the chunk overlap');
    const walker = this.#walker;
    if (!walker.walk(this.#base, start, end, null, 0)) {
      return this.#none(`its template can not be read: ${walker.reason}`);
    }
    return this.#structures.find(walker) ?? this.#none('too many different structures of events');
  }
}
