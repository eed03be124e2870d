/** Facts in tests: kept in a store as a worker keeps them, and read back. */

import {
  type BlockFile,
  type Fact,
  type FactPart,
  FactReader,
  FactStore,
  type FactStoreOptions,
  StoredFacts,
} from '../src/read/entities/index.ts';
import type { EventKind, LazyEvent } from '../src/read/events/index.ts';

/** A file for blocks in memory, with room for so many bytes. */
export class MemoryFile implements BlockFile {
  readonly #blocks = new Map<number, Uint8Array>();
  readonly #room: number;
  length = 0;

  constructor(room: number = Number.POSITIVE_INFINITY) {
    this.#room = room;
  }

  write(block: Uint8Array): number | null {
    const position = this.length;
    if (position + block.length > this.#room) return null;
    this.#blocks.set(position, Uint8Array.from(block));
    this.length += block.length;
    return position;
  }

  readonly read: FactPart['read'] = (position, into) => into.set(this.#blocks.get(position)!);
}

export type StoreOptions = Partial<FactStoreOptions> & { readonly file?: MemoryFile | null };

/** Keeps the fact of every event given to `keep`, as evidence where `every` is set. */
export class TestStore {
  readonly file: MemoryFile | null;
  readonly #reader = new FactReader();
  readonly #store: FactStore;
  readonly #kinds: EventKind[] = [];
  readonly #every: boolean;

  constructor({ file = null, ...options }: StoreOptions = {}, every = false) {
    this.file = file;
    this.#store = new FactStore({ memory: 1 << 30, ...options, file });
    this.#every = every;
  }

  keep(event: LazyEvent, input = 0): boolean {
    const program = this.#every ? this.#reader.evidence(event) : this.#reader.kept(event);
    if (program === null) return false;
    this.#kinds[event.kind.id] = event.kind;
    this.#store.add(event, program, input);
    return true;
  }

  finish(): StoredFacts {
    const kinds = Array.from(
      this.#kinds,
      kind => kind ?? { channel: '', provider: '', eventId: -1, host: '' },
    );
    const read: FactPart['read'] = this.file?.read ?? (() => {});
    return new StoredFacts([{ kinds, facts: this.#store.finish(), read }]);
  }
}

export function allFacts(facts: StoredFacts): Fact[] {
  const all: Fact[] = [];
  facts.scan(fact => all.push(fact.keep()));
  return all;
}
