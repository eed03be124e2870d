/**
 * The records of a chunk that were read, so that a salvaged copy of one is not reported as a second event. Noting
 * one costs two stores; contents are listed only once a salvaged record repeats a number, which is rare.
 */
import type { Block } from './block.ts';
import { CHUNK, RECORD_HEADER } from './layout.ts';

/** A record's content begins behind its header, and the search for the next goes on behind that. */
const MAX_RECORDS: number = Math.ceil(CHUNK / RECORD_HEADER);

export class SeenRecords {
  /** Where the content of the last record ends that was noted. */
  lastEnd = 0;
  readonly #bytes: Buffer;
  readonly #view: DataView;
  readonly #starts = new Int32Array(MAX_RECORDS);
  readonly #ends = new Int32Array(MAX_RECORDS);
  #count = 0;
  /** Contents of the first `#listed` ones. */
  readonly #contents = new Set<string>();
  #listed = 0;

  constructor(block: Block) {
    this.#bytes = block.bytes;
    this.#view = block.view;
  }

  /** Forgets the chunk before. */
  reset(): void {
    this.#count = 0;
    this.#listed = 0;
    if (this.#contents.size > 0) this.#contents.clear();
  }

  /** Notes the record at `start` of the block, whose content ends at `contentEnd`. */
  note(start: number, contentEnd: number): void {
    this.#starts[this.#count] = start;
    this.#ends[this.#count++] = contentEnd;
    this.lastEnd = contentEnd;
  }

  /** True if a record with the same number, time and content was noted. */
  has(start: number, contentEnd: number): boolean {
    if (!this.#repeatsNumber(start)) return false;
    for (; this.#listed < this.#count; this.#listed++) {
      this.#contents.add(this.#content(this.#starts[this.#listed]!, this.#ends[this.#listed]!));
    }
    return this.#contents.has(this.#content(start, contentEnd));
  }

  #repeatsNumber(start: number): boolean {
    const number = this.#view.getUint32(start + 8, true);
    for (let i = 0; i < this.#count; i++) {
      if (this.#view.getUint32(this.#starts[i]! + 8, true) === number) return true;
    }
    return false;
  }

  /** A record without its size, which stale copies have wrong. */
  #content(start: number, contentEnd: number): string {
    return this.#bytes.toString('latin1', start + 8, contentEnd);
  }
}
