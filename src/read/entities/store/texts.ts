/**
 * The texts of one block of facts, each once. Bytes come as they lie in the log and are compared with the bytes kept here;
 * nobody decodes them unless somebody asks for the fact. A hash only finds candidates and equality is always verified,
 * because the author of a log could choose texts whose hashes collide.
 */
import { ValueType } from '../../events/index.ts';

const TEXTS = 1 << 10;

export class FactTexts {
  bytes: Buffer = Buffer.allocUnsafeSlow(1 << 16);
  /** Where each text begins; it ends where the next begins. */
  starts: Uint32Array = new Uint32Array(TEXTS + 1);
  /** `ValueType.String` (UTF-16LE) or `ValueType.Sid`. */
  types: Uint8Array = new Uint8Array(TEXTS);
  count = 0;
  #view = viewOf(this.bytes);
  #hashes = new Int32Array(TEXTS);
  /** Open addressing, number + 1. */
  #table = new Int32Array(TEXTS * 4);
  /** Differs from run to run, so that nobody can prepare texts that all fall into one place. */
  readonly #seed = (Math.random() * 0x7fffffff) | 0;

  /** Bytes of all texts. */
  get length(): number {
    return this.starts[this.count]!;
  }

  /** The number of `size` bytes at `start` of `view`, plus one. */
  word(view: DataView, type: number, start: number, size: number): number {
    const hash = this.#hash(view, type, start, size);
    const mask = this.#table.length - 1;
    let place = hash & mask;
    for (;;) {
      const word = this.#table[place]!;
      if (word === 0) return this.#add(view, type, start, size, hash, place);
      if (this.#hashes[word - 1] === hash && this.#equals(word - 1, view, type, start, size)) return word;
      place = (place + 1) & mask;
    }
  }

  textWord(text: string): number {
    const bytes = Buffer.from(text, 'utf16le');
    return this.word(viewOf(bytes), ValueType.String, 0, bytes.length);
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

  #equals(id: number, view: DataView, type: number, start: number, size: number): boolean {
    let at = this.starts[id]!;
    if (this.starts[id + 1]! - at !== size || this.types[id] !== type) return false;
    const own = this.#view;
    const end = start + size;
    let i = start;
    for (; i + 4 <= end; i += 4, at += 4) {
      if (own.getInt32(at, true) !== view.getInt32(i, true)) return false;
    }
    for (; i < end; i++, at++) if (own.getUint8(at) !== view.getUint8(i)) return false;
    return true;
  }

  #add(view: DataView, type: number, start: number, size: number, hash: number, place: number): number {
    const at = this.length;
    if (at + size > this.bytes.length) this.#grow(at + size);
    const from = view.byteOffset + start;
    this.bytes.set(new Uint8Array(view.buffer, from, size), at);
    const id = this.count++;
    if (this.count === this.types.length) this.#makeRoom();
    this.types[id] = type;
    this.#hashes[id] = hash;
    this.starts[id + 1] = at + size;
    this.#table[place] = id + 1;
    if (this.count * 2 > this.#table.length) this.#rehash();
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
    const [starts, types, hashes] = [this.starts, this.types, this.#hashes];
    this.starts = new Uint32Array(room + 1);
    this.types = new Uint8Array(room);
    this.#hashes = new Int32Array(room);
    this.starts.set(starts);
    this.types.set(types);
    this.#hashes.set(hashes);
  }

  #rehash(): void {
    const table = new Int32Array(this.#table.length * 2);
    const mask = table.length - 1;
    for (let id = 0; id < this.count; id++) {
      let place = this.#hashes[id]! & mask;
      while (table[place] !== 0) place = (place + 1) & mask;
      table[place] = id + 1;
    }
    this.#table = table;
  }
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
