/**
 * The texts of one block of facts, each once. Bytes come as they lie in the log and are compared with the bytes kept here;
 * nobody decodes them unless somebody asks for the fact. A hash only finds candidates and equality is always verified,
 * because the author of a log could choose texts whose hashes collide.
 */
import { ValueType } from '../../events/index.ts';

const TEXTS = 1 << 10;
/** Bytes of room for texts that come as strings. */
const SCRATCH = 4096;

export class FactTexts {
  bytes: Buffer = Buffer.allocUnsafeSlow(1 << 16);
  /** Where each text begins; it ends where the next begins. */
  starts: Uint32Array = new Uint32Array(TEXTS + 1);
  /** `ValueType.String` (UTF-16LE) or `ValueType.Sid`. */
  types: Uint8Array = new Uint8Array(TEXTS);
  count = 0;
  #view = viewOf(this.bytes);
  /** Open addressing; four numbers a place: word, hash, where the text begins, size and type. One line of the cache. */
  #table = new Int32Array(TEXTS * 16);
  readonly #scratch = Buffer.allocUnsafeSlow(SCRATCH);
  readonly #scratchView: DataView = viewOf(this.#scratch);
  /** Differs from run to run, so that nobody can prepare texts that all fall into one place. */
  readonly #seed = (Math.random() * 0x7fffffff) | 0;

  /** Bytes of all texts. */
  get length(): number {
    return this.starts[this.count]!;
  }

  /** The number of `size` bytes at `start` of `view`, plus one; `size` is even, `type` a string's or a SID's. */
  word(view: DataView, type: number, start: number, size: number): number {
    const hash = this.#hash(view, type, start, size);
    const table = this.#table;
    const mask = table.length - 4;
    const sized = size * 2 + (type === ValueType.Sid ? 1 : 0);
    let place = (hash << 2) & mask;
    for (;;) {
      const word = table[place]!;
      if (word === 0) return this.#add(view, type, start, size, hash, place);
      if (
        table[place + 1] === hash &&
        table[place + 3] === sized &&
        this.#equals(table[place + 2]!, view, start, size)
      )
        return word;
      place = (place + 4) & mask;
    }
  }

  textWord(text: string): number {
    const size = text.length * 2;
    if (size > this.#scratch.length) {
      const bytes = Buffer.from(text, 'utf16le');
      return this.word(viewOf(bytes), ValueType.String, 0, size);
    }
    this.#scratch.write(text, 'utf16le');
    return this.word(this.#scratchView, ValueType.String, 0, size);
  }

  /** Forgets all texts and keeps the room. */
  clear(): void {
    this.count = 0;
    this.#table.fill(0);
  }

  #hash(view: DataView, type: number, start: number, size: number): number {
    // Two chains side by side: one would wait for itself at every step.
    let hash = this.#seed ^ size ^ (type << 24);
    let other = ~this.#seed;
    const end = start + size;
    let i = start;
    for (; i + 8 <= end; i += 8) {
      hash = Math.imul(hash ^ view.getInt32(i, true), 0x9e3779b1);
      hash ^= hash >>> 15;
      other = Math.imul(other ^ view.getInt32(i + 4, true), 0x85ebca6b);
      other ^= other >>> 13;
    }
    for (; i + 2 <= end; i += 2) hash = Math.imul(hash ^ view.getUint16(i, true), 0x9e3779b1);
    hash = Math.imul(hash ^ other, 0xc2b2ae35);
    return hash ^ (hash >>> 16);
  }

  /** True if the text that begins at `from` has these bytes. */
  #equals(from: number, view: DataView, start: number, size: number): boolean {
    const own = this.#view;
    const end = start + size;
    let at = from;
    let i = start;
    for (; i + 4 <= end; i += 4, at += 4) {
      if (own.getInt32(at, true) !== view.getInt32(i, true)) return false;
    }
    return i >= end || own.getUint16(at, true) === view.getUint16(i, true);
  }

  #add(view: DataView, type: number, start: number, size: number, hash: number, place: number): number {
    const at = this.length;
    if (at + size > this.bytes.length) this.#grow(at + size);
    const from = view.byteOffset + start;
    this.bytes.set(new Uint8Array(view.buffer, from, size), at);
    const id = this.count++;
    if (this.count === this.types.length) this.#makeRoom();
    this.types[id] = type;
    this.starts[id + 1] = at + size;
    const table = this.#table;
    table[place] = id + 1;
    table[place + 1] = hash;
    table[place + 2] = at;
    table[place + 3] = size * 2 + (type === ValueType.Sid ? 1 : 0);
    if (this.count * 8 > table.length) this.#rehash();
    return id + 1;
  }

  #grow(needed: number): void {
    const bytes = Buffer.allocUnsafeSlow(Math.max(needed, this.bytes.length * 2));
    this.bytes.copy(bytes, 0, 0, this.length);
    this.bytes = bytes;
    this.#view = viewOf(bytes);
  }

  #makeRoom(): void {
    const room = this.types.length * 2;
    const { starts, types } = this;
    this.starts = new Uint32Array(room + 1);
    this.types = new Uint8Array(room);
    this.starts.set(starts);
    this.types.set(types);
  }

  #rehash(): void {
    const from = this.#table;
    const table = new Int32Array(from.length * 2);
    const mask = table.length - 4;
    for (let old = 0; old < from.length; old += 4) {
      if (from[old] === 0) continue;
      let place = (from[old + 1]! << 2) & mask;
      while (table[place] !== 0) place = (place + 4) & mask;
      for (let i = 0; i < 4; i++) table[place + i] = from[old + i]!;
    }
    this.#table = table;
  }
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
