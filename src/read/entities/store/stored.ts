/**
 * The facts of all workers, in memory and in files, to be gone through from front to back. One block of a file is read at
 * a time. What a fact holds is decoded when it is asked for; equal texts of a block are decoded once.
 */
import { valueText } from '../../events/index.ts';
import { type RowKey, rowOf } from '../rows/index.ts';
import {
  type EventPlace,
  type Fact,
  type FactRole,
  type FactSource,
  type FactType,
  type FactValues,
  type FactView,
  factTypes,
} from '../types.ts';
import { Alike } from './alike.ts';
import { type Block, openBlock } from './block.ts';
import { type Layout, layouts, type Slot } from './layout.ts';
import { guidText } from './slot-values.ts';
import type { KeptFacts, StoredBlock } from './store.ts';

/** Kinds of events as facts name them. */
export type FactKind = RowKey & { readonly host: string };

/** What one worker kept, with its kinds by number. */
export type FactPart = {
  readonly kinds: readonly FactKind[];
  readonly facts: KeptFacts;
  /** Fills `into` with what the worker's file holds from `position` on. */
  readonly read: (position: number, into: Uint8Array) => void;
};

/** A fact with the example that was kept beside it, and where it stands. */
export interface StoredFactView extends FactView {
  /** Number of the fact in its part. */
  readonly index: number;
  readonly example: string;
}

export class StoredFacts implements FactSource {
  readonly length: number;
  readonly dropped: number;
  readonly #parts: readonly FactPart[];

  constructor(parts: readonly FactPart[]) {
    this.#parts = parts;
    this.length = parts.reduce((sum, { facts }) => sum + facts.length, 0);
    this.dropped = parts.reduce((sum, { facts }) => sum + facts.dropped, 0);
  }

  scan(visit: (fact: FactView) => void, types: readonly FactType[] = factTypes): void {
    for (const part of this.#parts.keys()) this.scanPart(part, visit, types);
  }

  scanAlike<T>(
    roles: readonly FactRole[],
    make: (fact: FactView) => T,
    visit: (fact: FactView, made: T) => void,
    types: readonly FactType[] = factTypes,
  ): void {
    for (const part of this.#parts.keys()) {
      const alike = new Alike<T>(this.#layoutsOf(part), roles);
      this.scanPart(part, fact => visit(fact, fact.alike(alike, make)), types);
    }
  }

  #layoutsOf(part: number): Layout[] {
    return this.#parts[part]!.kinds.map(kind => layouts[rowOf(kind)]!);
  }

  /** The facts of one part in order of their numbers. */
  scanPart(part: number, visit: (fact: Cursor) => void, types: readonly FactType[] = factTypes): void {
    const { kinds, facts, read } = this.#parts[part]!;
    const wanted = new Set(types);
    const cursor = new Cursor(kinds, this.#layoutsOf(part), wanted, facts.hasExamples);
    let spare = new Uint8Array(0);
    for (const stored of facts.blocks) {
      if (stored.kind === 'dropped') cursor.index += stored.facts;
      else {
        if (stored.kind === 'file' && stored.length > spare.length) spare = new Uint8Array(stored.length);
        cursor.go(openBlock(bytesOf(stored, spare, read)), visit);
      }
    }
  }
}

function bytesOf(
  stored: Exclude<StoredBlock, { kind: 'dropped' }>,
  spare: Uint8Array,
  read: FactPart['read'],
): Uint8Array {
  if (stored.kind === 'memory') return stored.bytes;
  const bytes = spare.subarray(0, stored.length);
  read(stored.position, bytes);
  return bytes;
}

class Cursor implements StoredFactView {
  index = 0;
  readonly #kinds: readonly FactKind[];
  /** By kind. */
  readonly #layouts: readonly Layout[];
  /** By kind: 1 where its facts are visited. Most facts are passed over, so that passing over costs two look-ups. */
  readonly #isWanted: Uint8Array;
  /** By kind: words of a fact. */
  readonly #widths: Uint32Array;
  readonly #extra: number;
  #block!: Block;
  #texts: (string | undefined)[] = [];
  /** Accounts of the block by the words of domain and user. */
  #pairs = new Map<number, string>();
  #at = 0;
  /** First word of the fact. */
  #base = 0;
  #kind!: FactKind;
  #layout!: Layout;

  constructor(
    kinds: readonly FactKind[],
    layouts: readonly Layout[],
    wanted: ReadonlySet<FactType>,
    hasExamples: boolean,
  ) {
    this.#kinds = kinds;
    this.#layouts = layouts;
    this.#extra = hasExamples ? 1 : 0;
    this.#isWanted = Uint8Array.from(layouts, ({ type }) => Number(wanted.has(type)));
    this.#widths = Uint32Array.from(layouts, ({ width }) => width + this.#extra);
  }

  go(block: Block, visit: (fact: Cursor) => void): void {
    this.#block = block;
    this.#texts = [];
    this.#pairs = new Map();
    const isWanted = this.#isWanted;
    const widths = this.#widths;
    const first = this.index;
    let base = 0;
    for (let at = 0; at < block.length; at++) {
      const kind = block.kind[at]!;
      if (isWanted[kind] === 1) {
        this.index = first + at;
        this.#at = at;
        this.#base = base;
        this.#kind = this.#kinds[kind]!;
        this.#layout = this.#layouts[kind]!;
        visit(this);
      }
      base += widths[kind]!;
    }
    this.index = first + block.length;
  }

  get type(): FactType {
    return this.#layout.type;
  }

  get micros(): number {
    return this.#block.micros[this.#at]!;
  }

  get host(): string {
    return this.#kind.host;
  }

  get channel(): string {
    return this.#kind.channel;
  }

  get eventId(): number {
    return this.#kind.eventId;
  }

  get input(): number {
    return this.#block.input[this.#at]!;
  }

  get offset(): number {
    return this.#block.offset[this.#at]!;
  }

  get record(): number {
    return this.#block.record[this.#at]!;
  }

  get example(): string {
    return this.#extra === 0 ? '' : this.#text(this.#base + this.#layout.width)!;
  }

  text(role: FactRole): string | undefined {
    const slot = this.#layout.byRole.get(role);
    return slot === undefined ? undefined : this.#textOf(slot);
  }

  number(role: FactRole): number | undefined {
    const slot = this.#layout.byRole.get(role);
    return slot === undefined ? undefined : this.#numberOf(slot);
  }

  /** What `make` gave for the first fact like this one. */
  alike<T>(alike: Alike<T>, make: (fact: FactView) => T): T {
    return alike.of(this.#block, this.#at, this.#base, () => make(this));
  }

  keep(): Fact {
    const values: Partial<Record<FactRole, string | number>> = {};
    for (const slot of this.#layout.slots) {
      const value = this.#textOf(slot) ?? this.#numberOf(slot);
      if (value !== undefined) values[slot.role] = value;
    }
    const { channel, provider, eventId, host } = this.#kind;
    const place: EventPlace = { input: this.input, offset: this.offset, record: this.record };
    return {
      type: this.type,
      micros: this.micros,
      host,
      channel,
      provider,
      eventId,
      place,
      values: values as FactValues,
    };
  }

  #textOf({ kind, at }: Slot): string | undefined {
    const word = this.#base + at;
    if (kind === 'text') return this.#text(word);
    if (kind === 'pair') return this.#pair(word);
    if (kind !== 'guid') return undefined;
    const { values } = this.#block;
    const isThere = (values[word]! | values[word + 1]! | values[word + 2]! | values[word + 3]!) !== 0;
    return isThere ? guidText(values, word) : undefined;
  }

  #numberOf({ kind, at }: Slot): number | undefined {
    const { values } = this.#block;
    const word = values[this.#base + at]!;
    if (kind === 'code') return word === 0 ? undefined : word - 1;
    if (kind !== 'wide') return undefined;
    const number = values[this.#base + at + 1]! * 0x1_0000_0000 + word;
    return number === 0 ? undefined : number;
  }

  #text(word: number): string | undefined {
    const id = this.#block.values[word]! - 1;
    return id < 0 ? undefined : this.#textById(id);
  }

  #textById(id: number): string {
    let text = this.#texts[id];
    if (text === undefined) {
      const { starts, types, bytes } = this.#block;
      text = valueText(bytes, types[id]!, starts[id]!, starts[id + 1]! - starts[id]!);
      this.#texts[id] = text;
    }
    return text;
  }

  #pair(word: number): string | undefined {
    const { values } = this.#block;
    const [domain, user] = [values[word]!, values[word + 1]!];
    if (user === 0) return undefined;
    if (domain === 0) return this.#textById(user - 1);
    const key = domain * 0x1_0000_0000 + user;
    let pair = this.#pairs.get(key);
    if (pair === undefined) {
      pair = `${this.#textById(domain - 1)}\\${this.#textById(user - 1)}`;
      this.#pairs.set(key, pair);
    }
    return pair;
  }
}
