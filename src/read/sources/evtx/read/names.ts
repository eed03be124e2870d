/**
 * The names of a chunk: elements and attributes refer to them by offset, and several refer to one. Each offset is
 * read and verified once per chunk.
 *
 * Behind the records that a header vouches for lie those of a former use of the space, of another log perhaps. They may point
 * to names that have been written over since, and what stands there now looks like text. A name carries a hash of itself,
 * and there one that does not fit is called `LostName`: its values are still true, and still searched. A record that is
 * vouched for keeps even a damaged name.
 */

import type { Texts } from '../../windows/index.ts';
import type { Block } from './block.ts';
import { CHUNK, CHUNK_BUDGET } from './layout.ts';

export class ChunkNames {
  readonly #block: Block;
  readonly #texts: Texts;
  /** Text id + 1 of the name at each offset that was read. */
  readonly #known = new Int32Array(CHUNK);
  readonly #offsets = new Int32Array(CHUNK);
  #count = 0;
  #base = 0;
  #limit = 0;
  #budget = 0;
  /** By offset: 1 where what was read does not fit its hash. */
  readonly #isFalse = new Uint8Array(CHUNK);
  /** Whether names have to fit their hash: in what no header vouches for. */
  isDoubtful = false;
  readonly #lost: number;

  constructor(block: Block, texts: Texts) {
    this.#block = block;
    this.#texts = texts;
    this.#lost = texts.internText('LostName');
  }

  /** Forgets the chunk before; `base` to `limit` is the one to read names of. */
  reset(base: number, limit: number): void {
    for (let i = 0; i < this.#count; i++) {
      this.#known[this.#offsets[i]!] = 0;
      this.#isFalse[this.#offsets[i]!] = 0;
    }
    this.#count = 0;
    this.#base = base;
    this.#limit = limit;
    this.#budget = CHUNK_BUDGET;
  }

  /** Text id of the name at `offset` of the chunk, -1 where there is none. */
  at(offset: number): number {
    const id = offset < CHUNK && this.#known[offset] !== 0 ? this.#known[offset]! - 1 : this.#read(offset);
    return this.isDoubtful && this.#isFalse[offset] === 1 ? this.#lost : id;
  }

  /** Bytes of the record of the name at `offset`, where `at` has found one: link, hash, length, text, NUL. */
  sizeAt(offset: number): number {
    return 10 + this.#block.view.getUint16(this.#base + offset + 6, true) * 2;
  }

  #read(offset: number): number {
    const start = this.#base + offset;
    if (offset >= CHUNK || start + 8 > this.#limit) return -1;
    const size = this.#block.view.getUint16(start + 6, true) * 2;
    this.#budget -= size + 10;
    if (start + 8 + size > this.#limit || this.#budget < 0) return -1;
    const id = this.#texts.intern(this.#block.view, start + 8, size);
    this.#known[offset] = id + 1;
    if (id >= 0) {
      this.#offsets[this.#count++] = offset;
      if (this.#block.view.getUint16(start + 4, true) !== this.#hash(start + 8, size))
        this.#isFalse[offset] = 1;
    }
    return id;
  }

  /** Of UTF-16 of `size` bytes: times 65599, plus the next unit; the lower half. All 19,670 names of 61 real logs fit. */
  #hash(start: number, size: number): number {
    let hash = 0;
    for (let at = start; at < start + size; at += 2) {
      hash = (Math.imul(hash, 65_599) + this.#block.view.getUint16(at, true)) >>> 0;
    }
    return hash & 0xffff;
  }
}
