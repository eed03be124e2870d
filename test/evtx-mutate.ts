/**
 * Damages EVTX bytes on purpose, for fuzzing: at random and aimed at the fields that a reader must not trust. All
 * of it is seeded, so that a failure can be run again.
 */
import { type EvtxEvent, type EvtxOptions, writeEvtx } from '../src/read/sources/evtx/write/index.ts';

export const FILE_HEADER = 4096;
export const CHUNK = 0x10000;

/** A small seeded generator (mulberry32): whole numbers below `below`. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  below(below: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000) * below);
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)]!;
  }
}

/** A field of the structure: where it stands in the chunk, and its width in bytes. */
export type Spot = { readonly at: number; readonly width: 1 | 2 | 4 };

/** A template instance at `at`: the fields of its header, definition and descriptors; returns where its last value is. */
function instanceSpots(chunk: Buffer, at: number, spots: Spot[]): number {
  let position = at;
  if (chunk[position] === 0x0f) position += 4;
  if (chunk[position] !== 0x0c) return -1;
  spots.push({ at: position, width: 1 }, { at: position + 2, width: 4 }, { at: position + 6, width: 4 });
  const definition = chunk.readUInt32LE(position + 6);
  position += 10;
  if (definition === position) {
    const size = chunk.readUInt32LE(position + 20);
    spots.push({ at: position, width: 4 }, { at: position + 4, width: 4 }, { at: position + 20, width: 4 });
    position += 24;
    for (let i = 0; i < size; i++)
      spots.push({ at: position + i, width: i % 3 === 0 ? 1 : i % 3 === 1 ? 2 : 4 });
    position += size;
  }
  const count = chunk.readUInt32LE(position);
  spots.push({ at: position, width: 4 });
  position += 4;
  let value = position + count * 4;
  let last = value;
  for (let i = 0; i < count; i++) {
    // Descriptors are aimed at often: they decide what is read as what.
    for (let times = 0; times < 4; times++) {
      spots.push({ at: position, width: 2 }, { at: position + 2, width: 1 });
    }
    last = value;
    value += chunk.readUInt16LE(position);
    position += 4;
  }
  return last;
}

/** Fields of a chunk that a reader must not trust, by walking an undamaged one. */
export function structureSpots(chunk: Buffer): Spot[] {
  const spots: Spot[] = [];
  for (const at of [40, 44, 48, 48, 48, 48, 120]) spots.push({ at, width: 4 });
  for (const start of recordStarts(chunk)) {
    const size = chunk.readUInt32LE(start + 4);
    for (let times = 0; times < 8; times++) {
      spots.push({ at: start, width: 4 }, { at: start + 4, width: 4 }, { at: start + size - 4, width: 4 });
    }
    const inner = instanceSpots(chunk, start + 24, spots);
    if (inner > 0) instanceSpots(chunk, inner, spots);
    else
      for (let at = start + 24; at < start + size - 4; at++) spots.push({ at, width: at % 2 === 0 ? 1 : 4 });
  }
  return spots;
}

/** Where the records of an undamaged chunk begin. */
export function recordStarts(chunk: Buffer): number[] {
  const starts: number[] = [];
  const free = chunk.readUInt32LE(48);
  for (let at = 512; at < free; at += chunk.readUInt32LE(at + 4)) starts.push(at);
  return starts;
}

const hostile32 = [
  0, 1, 2, 4, 7, 8, 23, 24, 28, 32, 511, 512, 513, 550, 0x7fff, 0x8000, 0xfffc, 0xffff, 0x1_0000, 0x1_0001,
  0x0fff_ffff, 0x4000_0000, 0x7fff_ffff, 0x8000_0000, 0xffff_fff0, 0xffff_ffff,
];
const hostile16 = [0, 1, 2, 3, 4, 8, 0x7f, 0xff, 0x100, 0x7fff, 0x8000, 0xfffe, 0xffff];
const types = [
  0, 1, 2, 3, 8, 0x0c, 0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x15, 0x21, 0x21, 0x21, 0x81, 0x82, 0x93,
  0xa1, 0x3f, 0x40, 0xc0, 0xff,
];
/** Tokens of BinXML, with and without the flag that more follows. */
const tokens = [0, 1, 0x41, 2, 3, 4, 5, 0x45, 6, 0x46, 7, 8, 9, 0x0a, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f];

function poke(chunk: Buffer, spot: Spot, random: Random): void {
  const { at, width } = spot;
  if (at + width > chunk.length) return;
  if (width === 1) chunk[at] = random.pick(random.below(2) === 0 ? tokens : types);
  else if (width === 2)
    chunk.writeUInt16LE(random.below(3) === 0 ? random.below(0x10000) : random.pick(hostile16), at);
  else {
    const near = Math.max(0, at + random.below(200) - 100);
    const values = [random.pick(hostile32), random.below(CHUNK), at, near, random.below(2 ** 32)];
    chunk.writeUInt32LE(random.pick(values), at);
  }
}

export type Mutation = (chunk: Buffer, random: Random, spots: readonly Spot[]) => void;

/** A record of `content` at `at`, with header and trailing size. */
function putRecord(chunk: Buffer, at: number, content: Buffer, number: number): number {
  const size = 24 + content.length + 4;
  if (at + size > chunk.length) return at;
  chunk.writeUInt32LE(0x2a2a, at);
  chunk.writeUInt32LE(size, at + 4);
  chunk.writeBigUInt64LE(BigInt(number), at + 8);
  chunk.writeBigUInt64LE(133_000_000_000_000_000n + BigInt(number), at + 16);
  content.copy(chunk, at + 24);
  chunk.writeUInt32LE(size, at + size - 4);
  return at + size;
}

function instanceOf(
  definition: number,
  values: readonly { readonly type: number; readonly size: number }[],
): Buffer {
  const bytes = Buffer.alloc(10 + 4 + values.length * 4);
  bytes[0] = 0x0c;
  bytes[1] = 1;
  bytes.writeUInt32LE(definition, 6);
  bytes.writeUInt32LE(values.length, 10);
  for (const [i, { type, size }] of values.entries()) {
    bytes.writeUInt16LE(size & 0xffff, 14 + i * 4);
    bytes[14 + i * 4 + 2] = type;
  }
  return bytes;
}

/** Kinds of damage, by name. Each changes the chunk in place; its magic stays, unless bits hit it. */
export const mutations: Readonly<Record<string, Mutation>> = {
  'flipped bits': (chunk, random) => {
    for (let times = 1 + random.below(20); times > 0; times--) {
      chunk[8 + random.below(chunk.length - 8)]! ^= 1 << random.below(8);
    }
  },
  'flipped bits in the records': (chunk, random, spots) => {
    const used = spots.at(-1)!.at + 64;
    for (let times = 1 + random.below(8); times > 0; times--) {
      chunk[512 + random.below(used - 512)]! ^= 1 << random.below(8);
    }
  },
  'hostile fields': (chunk, random, spots) => {
    for (let times = 1 + random.below(4); times > 0; times--) poke(chunk, random.pick(spots), random);
  },
  'one part copied over another': (chunk, random) => {
    for (let times = 1 + random.below(3); times > 0; times--) {
      const size = 1 + random.below(random.pick([8, 64, 1024]));
      const from = 512 + random.below(8000);
      chunk.copy(chunk, 512 + random.below(8000), from, from + size);
    }
  },
  'garbage behind the header': (chunk, random) => {
    for (let at = 512; at < chunk.length; at += 4) chunk.writeUInt32LE(random.below(2 ** 32), at);
    chunk.writeUInt32LE(random.pick([512, 0x8000, CHUNK, 0xffff_ffff, 0]), 48);
  },
  'false beginnings of records': (chunk, random) => {
    const step = random.pick([4, 8, 24, 28, 32, 100]);
    for (let at = 512; at + 8 <= chunk.length; at += step) {
      chunk.writeUInt32LE(0x2a2a, at);
      const rest = chunk.length - at;
      chunk.writeUInt32LE(
        random.pick([28, 32, step, rest, rest - 1, random.below(rest + 1), rest + 1, 0xffff_ffff]),
        at + 4,
      );
    }
    chunk.writeUInt32LE(CHUNK, 48);
  },
  'records of random tokens': (chunk, random) => {
    let at = 512;
    for (let number = 1; at < 40_000; number++) {
      const content = Buffer.alloc(8 + random.below(400));
      for (let i = 0; i < content.length; i++) {
        content[i] = random.below(3) === 0 ? random.below(256) : random.pick(tokens);
      }
      Buffer.from([0x0f, 1, 1, 0]).copy(content);
      at = putRecord(chunk, at, content, number);
    }
    chunk.writeUInt32LE(at, 48);
  },
  'templates that refer to themselves': (chunk, random, spots) => {
    // The last token of a definition's head becomes an instance of a definition that contains it.
    const bodies = spots.filter(spot => spot.width === 1 && spot.at > 600);
    for (let times = 1 + random.below(3); times > 0; times--) {
      const { at } = random.pick(bodies);
      if (at + 40 > chunk.length) continue;
      const target = random.pick([at + 10, at - 24 - random.below(40), 550, at]);
      instanceOf(Math.max(0, target), [{ type: 0x21, size: 30 }]).copy(chunk, at);
    }
  },
  'fragments within one another': (chunk, random) => {
    // Each value is a fragment that begins with an instance of the first record's template.
    const definition = 550;
    const depth = 1 + random.below(3000);
    const parts: Buffer[] = [];
    let size = 0;
    for (let level = 0; level < depth && size < 60_000; level++) {
      const slots = random.pick([1, 1, 2, 18]);
      const head = instanceOf(
        definition,
        Array.from({ length: slots }, () => ({ type: 0x21, size: 0xffff })),
      );
      parts.push(head);
      size += head.length;
    }
    const room = chunk.length - 512 - 28;
    const content = Buffer.concat(parts).subarray(0, room - 2000);
    const first = chunk.readUInt32LE(516);
    const end = putRecord(chunk, 512 + first, content.subarray(0, room - first), 99);
    chunk.writeUInt32LE(end, 48);
  },
  'values that reach beyond the chunk': (chunk, random) => {
    // The last record is moved to the chunk's very end, and some of its values are made longer.
    const start = recordStarts(chunk).at(-1)!;
    const size = chunk.readUInt32LE(start + 4);
    const at = chunk.length - size;
    chunk.copyWithin(at, start, start + size);
    chunk.writeUInt32LE(chunk.length, 48);
    const spots: Spot[] = [];
    const inner = instanceSpots(chunk, at + 24, spots);
    if (inner > 0) instanceSpots(chunk, inner, spots);
    const sizes = spots.filter(spot => spot.width === 2);
    if (sizes.length === 0) {
      // Without templates the length of a text stands before it.
      for (let i = at + 28; i + 4 < chunk.length; i++)
        if (chunk[i] === 5 && chunk[i + 1] === 1) sizes.push({ at: i + 2, width: 2 });
    }
    const spot = random.pick(sizes);
    chunk.writeUInt16LE(
      (chunk.readUInt16LE(spot.at) + 1 + random.below(random.pick([8, 600, 0xf000]))) & 0xffff,
      spot.at,
    );
    if (random.below(2) === 0) chunk.writeUInt32LE(size + random.below(2000), at + 4);
  },
  'counts of values beyond all bounds': (chunk, random, spots) => {
    for (const spot of spots) {
      if (spot.width === 4 && random.below(40) === 0) chunk.writeUInt32LE(random.pick(hostile32), spot.at);
    }
  },
};

/** A log of three chunks: the middle one is to be damaged, the outer ones hold `marker` wherever bytes are free. */
export type Specimen = {
  readonly bytes: Buffer;
  readonly spots: readonly Spot[];
  /** Offsets in the file of the middle chunk's records. */
  readonly records: readonly number[];
};

/** Fills the free bytes of a chunk, and the parts of its header that say nothing about records, with the marker. */
function poison(chunk: Buffer, marker: Buffer): void {
  chunk.fill(marker, 52, 120);
  chunk.fill(marker, 124, 512);
  chunk.fill(marker, chunk.readUInt32LE(48));
}

export function specimen(
  victim: readonly EvtxEvent[],
  neighbour: readonly EvtxEvent[],
  options: EvtxOptions,
  marker: Buffer,
): Specimen {
  const log = (events: readonly EvtxEvent[], first: number): Buffer =>
    writeEvtx(events, { ...options, firstRecordNumber: first });
  const before = log(neighbour, 1);
  const middle = log(victim, 1001).subarray(FILE_HEADER, FILE_HEADER + CHUNK);
  const after = log(neighbour, 2001).subarray(FILE_HEADER, FILE_HEADER + CHUNK);
  poison(before.subarray(FILE_HEADER), marker);
  poison(after, marker);
  return {
    bytes: Buffer.concat([before, middle, after]),
    spots: structureSpots(middle),
    records: recordStarts(middle).map(start => FILE_HEADER + CHUNK + start),
  };
}
