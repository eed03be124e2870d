/**
 * Where a worker's facts are kept: as columns in blocks of about two MB, each with its own texts. Closed blocks stay in
 * memory up to a cap and go to a file beyond it, so that memory does not grow with the logs. Where there is no file, or no
 * room for it, facts are dropped and counted.
 *
 * Costs some 100 ns for each value of an event that has a row, nothing for others.
 */
import type { LazyEvent } from '../../events/index.ts';
import { type Columns, FACT_BYTES, packBlock, TEXT_BYTES } from './block.ts';
import type { FactProgram } from './program.ts';
import { FactTexts, viewOf } from './texts.ts';

export type StoredBlock =
  | { readonly kind: 'memory'; readonly facts: number; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'file'; readonly facts: number; readonly position: number; readonly length: number }
  | { readonly kind: 'dropped'; readonly facts: number };

/** What a worker hands over: plain data that crosses threads. Facts are in the order in which they came. */
export type KeptFacts = {
  /** Facts that are there, and facts that were dropped. */
  readonly length: number;
  readonly dropped: number;
  /** One more word in each fact: the example. */
  readonly hasExamples: boolean;
  readonly blocks: readonly StoredBlock[];
};

/** The file for blocks that memory has no room for: gives the position, or null where it has none either. */
export interface BlockFile {
  write(block: Uint8Array): number | null;
}

export type FactStoreOptions = {
  /** Bytes of blocks that may stay in memory. */
  readonly memory: number;
  /** Bytes at which a block is closed; for tests. */
  readonly blockBytes?: number;
  readonly file: BlockFile | null;
  readonly hasExamples?: boolean;
};

const BLOCK_BYTES = 2 << 20;
const FACTS = 256;

export class FactStore {
  /** Facts that came, dropped ones among them. */
  length = 0;
  readonly #memory: number;
  readonly #blockBytes: number;
  readonly #file: BlockFile | null;
  readonly #extra: number;
  readonly #texts = new FactTexts();
  readonly #blocks: StoredBlock[] = [];
  #inMemory = 0;
  #dropped = 0;
  #isFull = false;
  #bytes: Buffer | null = null;
  #view: DataView = new DataView(new ArrayBuffer(0));
  // Columns of the block at hand.
  #count = 0;
  #valueCount = 0;
  #micros = new Float64Array(FACTS);
  #offset = new Float64Array(FACTS);
  #record = new Float64Array(FACTS);
  #kind = new Uint32Array(FACTS);
  #input = new Uint32Array(FACTS);
  /** Zeros from `#valueCount` on. */
  #values = new Uint32Array(FACTS * 16);

  constructor({ memory, blockBytes = BLOCK_BYTES, file, hasExamples = false }: FactStoreOptions) {
    this.#memory = memory;
    this.#blockBytes = blockBytes;
    this.#file = file;
    this.#extra = hasExamples ? 1 : 0;
  }

  /** Keeps the fact of `event`, which `program` is bound to. Returns its number. */
  add(event: LazyEvent, program: FactProgram, input: number, example = ''): number {
    if (event.bytes !== this.#bytes) {
      this.#bytes = event.bytes;
      this.#view = viewOf(event.bytes);
    }
    const at = this.#count;
    if (at === this.#micros.length) this.#growFacts();
    this.#micros[at] = event.micros;
    this.#offset[at] = event.recordOffset;
    this.#record[at] = event.recordId;
    this.#kind[at] = event.kind.id;
    this.#input[at] = input;
    const base = this.#valueCount;
    const end = base + program.layout.width + this.#extra;
    if (end > this.#values.length) this.#growValues(end);
    program.write(event, this.#view, this.#values, base, this.#texts);
    if (this.#extra > 0) this.#values[end - 1] = this.#texts.textWord(example);
    this.#valueCount = end;
    this.#count = at + 1;
    const bytes = this.#count * FACT_BYTES + end * 4 + this.#texts.length + this.#texts.count * TEXT_BYTES;
    if (bytes >= this.#blockBytes) this.#close();
    return this.length++;
  }

  finish(): KeptFacts {
    this.#close();
    return {
      length: this.length - this.#dropped,
      dropped: this.#dropped,
      hasExamples: this.#extra > 0,
      blocks: this.#blocks,
    };
  }

  #columns(): Columns {
    return {
      length: this.#count,
      micros: this.#micros,
      offset: this.#offset,
      record: this.#record,
      kind: this.#kind,
      input: this.#input,
      values: this.#values,
      valueCount: this.#valueCount,
    };
  }

  #close(): void {
    if (this.#count === 0) return;
    const facts = this.#count;
    const bytes = packBlock(this.#columns(), this.#texts);
    this.#values.fill(0, 0, this.#valueCount);
    this.#count = 0;
    this.#valueCount = 0;
    this.#texts.clear();
    if (this.#inMemory + bytes.length <= this.#memory) {
      this.#inMemory += bytes.length;
      this.#blocks.push({ kind: 'memory', facts, bytes });
      return;
    }
    const position = this.#isFull || this.#file === null ? null : this.#file.write(bytes);
    if (position !== null) this.#blocks.push({ kind: 'file', facts, position, length: bytes.length });
    else {
      // What a full disk takes later would be facts with gaps nobody can tell of.
      this.#isFull = true;
      this.#dropped += facts;
      this.#blocks.push({ kind: 'dropped', facts });
    }
  }

  #growFacts(): void {
    const room = this.#micros.length * 2;
    const grown = <T extends Float64Array | Uint32Array>(from: T, to: T): T => {
      to.set(from);
      return to;
    };
    this.#micros = grown(this.#micros, new Float64Array(room));
    this.#offset = grown(this.#offset, new Float64Array(room));
    this.#record = grown(this.#record, new Float64Array(room));
    this.#kind = grown(this.#kind, new Uint32Array(room));
    this.#input = grown(this.#input, new Uint32Array(room));
  }

  #growValues(needed: number): void {
    const values = new Uint32Array(Math.max(needed, this.#values.length * 2));
    values.set(this.#values);
    this.#values = values;
  }
}
