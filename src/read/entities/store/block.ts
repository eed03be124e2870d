/**
 * A block: some thousand facts as columns in one piece of memory, with the texts that they name. It is written to a file
 * and handed to another thread as it is.
 *
 * Layout, all little-endian words of this machine: four counts (facts, words of values, texts, bytes of texts); per fact
 * time, offset and record number (doubles), kind and input (32 bits); the values; where texts begin; their types; their
 * bytes.
 */
import type { FactTexts } from './texts.ts';

/** Facts being gathered, columns with room to spare. */
export type Columns = {
  readonly length: number;
  readonly micros: Float64Array;
  readonly offset: Float64Array;
  readonly record: Float64Array;
  readonly kind: Uint32Array;
  readonly input: Uint32Array;
  /** Words of one fact behind those of the other, as many as its layout says. */
  readonly values: Uint32Array;
  readonly valueCount: number;
};

export type Block = Columns & {
  /** Where each text begins in `bytes`, and where the last one ends. */
  readonly starts: Uint32Array;
  readonly types: Uint8Array;
  readonly bytes: Buffer;
};

const HEADER = 16;

type Counts = {
  readonly facts: number;
  readonly words: number;
  readonly texts: number;
  readonly bytes: number;
};

function placesOf({ facts, words, texts, bytes }: Counts): Record<keyof Block | 'end', number> {
  const micros = HEADER;
  const offset = micros + facts * 8;
  const record = offset + facts * 8;
  const kind = record + facts * 8;
  const input = kind + facts * 4;
  const values = input + facts * 4;
  const starts = values + words * 4;
  const types = starts + (texts + 1) * 4;
  const at = types + texts;
  return {
    length: 0,
    valueCount: 0,
    micros,
    offset,
    record,
    kind,
    input,
    values,
    starts,
    types,
    bytes: at,
    end: (at + bytes + 7) & ~7,
  };
}

/** Bytes that a fact takes without its values, and a text without its own. */
export const FACT_BYTES = 32;
export const TEXT_BYTES = 5;

export function packBlock(columns: Columns, texts: FactTexts): Uint8Array<ArrayBuffer> {
  const { length, valueCount } = columns;
  const counts = { facts: length, words: valueCount, texts: texts.count, bytes: texts.length };
  const places = placesOf(counts);
  const packed = new Uint8Array(places.end);
  new Uint32Array(packed.buffer, 0, 4).set([length, valueCount, texts.count, texts.length]);
  const block = openBlock(packed);
  block.micros.set(columns.micros.subarray(0, length));
  block.offset.set(columns.offset.subarray(0, length));
  block.record.set(columns.record.subarray(0, length));
  block.kind.set(columns.kind.subarray(0, length));
  block.input.set(columns.input.subarray(0, length));
  block.values.set(columns.values.subarray(0, valueCount));
  block.starts.set(texts.starts.subarray(0, texts.count + 1));
  block.types.set(texts.types.subarray(0, texts.count));
  block.bytes.set(texts.bytes.subarray(0, texts.length));
  return packed;
}

/** The columns of a packed block, which lie in its memory: `packed` begins at a multiple of eight bytes. */
export function openBlock(packed: Uint8Array): Block {
  const { buffer, byteOffset: base } = packed;
  const [facts, words, texts, bytes] = new Uint32Array(buffer, base, 4) as unknown as [
    number,
    number,
    number,
    number,
  ];
  const places = placesOf({ facts, words, texts, bytes });
  return {
    length: facts,
    valueCount: words,
    micros: new Float64Array(buffer, base + places.micros, facts),
    offset: new Float64Array(buffer, base + places.offset, facts),
    record: new Float64Array(buffer, base + places.record, facts),
    kind: new Uint32Array(buffer, base + places.kind, facts),
    input: new Uint32Array(buffer, base + places.input, facts),
    values: new Uint32Array(buffer, base + places.values, words),
    starts: new Uint32Array(buffer, base + places.starts, texts + 1),
    types: new Uint8Array(buffer, base + places.types, texts),
    bytes: Buffer.from(buffer as ArrayBuffer, base + places.bytes, bytes),
  };
}
