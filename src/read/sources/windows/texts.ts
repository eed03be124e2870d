/**
 * Interned UTF-16 strings: names, constants, channels, providers, hosts. The bytes of a log are compared with the
 * bytes kept here, and decoded once. A hash only finds candidates; equality is always verified, because the
 * author of a log could choose strings whose hashes collide.
 */
import { utf16Text } from '../../events/index.ts';

const MAX_BYTES = 64 * 1024 * 1024;
const MAX_TEXTS = 1 << 20;

export class Texts {
  #bytes = Buffer.allocUnsafeSlow(64 * 1024);
  #view = new DataView(this.#bytes.buffer);
  #used = 0;
  #starts = new Int32Array(1024);
  #sizes = new Int32Array(1024);
  #hashes = new Int32Array(1024);
  #count = 0;
  /** Open addressing, id + 1. */
  #table = new Int32Array(4096);
  readonly #decoded: (string | undefined)[] = [];
  /** Differs from run to run, so that nobody can prepare strings that all fall into one place. */
  readonly #seed = (Math.random() * 0x7fffffff) | 0;

  /** The id of `size` bytes at `start`, -1 where there is no room for another text. */
  intern(view: DataView, start: number, size: number): number {
    const hash = this.#hash(view, start, size);
    const mask = this.#table.length - 1;
    let place = hash & mask;
    for (;;) {
      const id = this.#table[place]! - 1;
      if (id < 0) return this.#add(view, start, size, hash, place);
      if (this.#hashes[id] === hash && this.equals(id, view, start, size)) return id;
      place = (place + 1) & mask;
    }
  }

  internText(text: string): number {
    const bytes = Buffer.from(text, 'utf16le');
    return this.intern(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), 0, bytes.length);
  }

  /** True if text `id` has exactly these bytes. */
  equals(id: number, view: DataView, start: number, size: number): boolean {
    if (this.#sizes[id] !== size) return false;
    const own = this.#view;
    let at = this.#starts[id]!;
    const end = start + size;
    let i = start;
    for (; i + 4 <= end; i += 4, at += 4) {
      if (own.getInt32(at, true) !== view.getInt32(i, true)) return false;
    }
    for (; i < end; i++, at++) if (own.getUint8(at) !== view.getUint8(i)) return false;
    return true;
  }

  text(id: number): string {
    let text = this.#decoded[id];
    if (text === undefined) {
      text = utf16Text(this.#bytes, this.#starts[id]!, this.#sizes[id]!);
      this.#decoded[id] = text;
    }
    return text;
  }

  #hash(view: DataView, start: number, size: number): number {
    let hash = this.#seed ^ size;
    const end = start + size;
    let i = start;
    for (; i + 4 <= end; i += 4) {
      hash = Math.imul(hash ^ view.getInt32(i, true), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    for (; i < end; i++) hash = Math.imul(hash ^ view.getUint8(i), 0x9e3779b1);
    return hash ^ (hash >>> 13);
  }

  #add(view: DataView, start: number, size: number, hash: number, place: number): number {
    if (this.#used + size > MAX_BYTES || this.#count >= MAX_TEXTS) return -1;
    this.#makeRoom(size);
    const id = this.#count++;
    for (let i = 0; i < size; i++) this.#bytes[this.#used + i] = view.getUint8(start + i);
    this.#starts[id] = this.#used;
    this.#sizes[id] = size;
    this.#hashes[id] = hash;
    this.#used += size;
    this.#table[place] = id + 1;
    if (this.#count * 2 > this.#table.length) this.#rehash();
    return id;
  }

  #makeRoom(size: number): void {
    if (this.#used + size > this.#bytes.length) {
      const bytes = Buffer.allocUnsafeSlow(Math.max(this.#bytes.length * 2, this.#used + size));
      this.#bytes.copy(bytes, 0, 0, this.#used);
      this.#bytes = bytes;
      this.#view = new DataView(bytes.buffer);
    }
    if (this.#count === this.#starts.length) {
      const grow = (from: Int32Array): Int32Array<ArrayBuffer> => {
        const to = new Int32Array(from.length * 2);
        to.set(from);
        return to;
      };
      this.#starts = grow(this.#starts);
      this.#sizes = grow(this.#sizes);
      this.#hashes = grow(this.#hashes);
    }
  }

  #rehash(): void {
    const table = new Int32Array(this.#table.length * 2);
    const mask = table.length - 1;
    for (let id = 0; id < this.#count; id++) {
      let place = this.#hashes[id]! & mask;
      while (table[place] !== 0) place = (place + 1) & mask;
      table[place] = id + 1;
    }
    this.#table = table;
  }
}
