/**
 * What a worker keeps for judging: the facts of every event that later joins may need, and the evidence, which is each
 * event that a rule of interest matched, with its own fact and what people read of it. Both are columns that go to a file
 * beyond a cap. An event of which nothing is kept costs one look into an array.
 */

import type { EventMatcher } from '../../../match/index.ts';
import { FactReader, FactStore, type KeptFacts } from '../../../read/entities/index.ts';
import type { LazyEvent } from '../../../read/events/index.ts';
import { FactFile } from './fact-file.ts';

/** Bytes of facts and evidence that all workers together hold in memory; what is more waits in files. */
export const FACT_MEMORY: number = 96 << 20;

/** What is asked of a worker. Plain data that crosses threads. */
export type EvidenceRequest = {
  /** By rule: 1 where its hits are kept as evidence, or feed a correlation that is. */
  readonly rules: Uint8Array;
  /** Bytes that the worker may hold in memory. */
  readonly memory: number;
};

/** What a worker kept: plain data that crosses threads. */
export type Observed = {
  readonly facts: KeptFacts;
  readonly evidence: Evidence;
  /** Open file with the blocks of both that are not in memory; -1 = none. */
  readonly fd: number;
};

/** Hits of rules of interest, event by event; the fact of each event is the one of its number. */
export type Evidence = {
  readonly facts: KeptFacts;
  /** By event: index in the worker's references, and where its hits end. */
  readonly reference: Uint32Array;
  readonly end: Uint32Array;
  /** By hit: the rule, and the form that matched (0 as written, 1 only the normal form of the command line). */
  readonly rule: Uint32Array;
  readonly form: Uint8Array;
};

/** Of a worker's memory, what facts may take; evidence has the rest. */
const FACT_SHARE = 2 / 3;

export class FactKeeper {
  readonly #rules: Uint8Array;
  readonly #reader = new FactReader();
  readonly #file: FactFile;
  readonly #facts: FactStore;
  readonly #evidence: FactStore;
  #events = 0;
  #hits = 0;
  #reference = new Uint32Array(256);
  #end = new Uint32Array(256);
  #rule = new Uint32Array(256);
  #form = new Uint8Array(256);

  /** `openFile` as `FactFile` takes it; `blockBytes` is for tests. */
  constructor({ rules, memory }: EvidenceRequest, openFile: () => number, blockBytes?: number) {
    this.#rules = rules;
    this.#file = new FactFile(openFile);
    const options = { file: this.#file, ...(blockBytes === undefined ? {} : { blockBytes }) };
    this.#facts = new FactStore({ ...options, memory: memory * FACT_SHARE });
    this.#evidence = new FactStore({ ...options, memory: memory * (1 - FACT_SHARE), hasExamples: true });
  }

  /** Keeps the fact of an event, if it gives one. */
  observe(event: LazyEvent, input: number): void {
    const program = this.#reader.kept(event);
    if (program !== null) this.#facts.add(event, program, input);
  }

  /** True if one of the rules is of interest. */
  wants(hits: Uint32Array, count: number): boolean {
    for (let i = 0; i < count; i++) if (this.#rules[hits[i]!] === 1) return true;
    return false;
  }

  /**
   * Keeps an event that rules of interest matched, among others; `hits` and `forms` as `EventMatcher` has them. `example` is
   * what people read of it.
   */
  found(
    event: LazyEvent,
    input: number,
    reference: number,
    { hits, forms }: Pick<EventMatcher, 'hits' | 'forms'>,
    count: number,
    example: string,
  ): void {
    this.#evidence.add(event, this.#reader.evidence(event), input, example);
    for (let i = 0; i < count; i++) {
      if (this.#rules[hits[i]!] !== 1) continue;
      if (this.#hits === this.#rule.length) {
        this.#rule = grown(this.#rule, new Uint32Array(this.#hits * 2));
        this.#form = grown(this.#form, new Uint8Array(this.#hits * 2));
      }
      this.#rule[this.#hits] = hits[i]!;
      this.#form[this.#hits++] = forms[i]!;
    }
    if (this.#events === this.#reference.length) {
      this.#reference = grown(this.#reference, new Uint32Array(this.#events * 2));
      this.#end = grown(this.#end, new Uint32Array(this.#events * 2));
    }
    this.#reference[this.#events] = reference;
    this.#end[this.#events++] = this.#hits;
  }

  finish(): Observed {
    return {
      facts: this.#facts.finish(),
      evidence: {
        facts: this.#evidence.finish(),
        reference: this.#reference.slice(0, this.#events),
        end: this.#end.slice(0, this.#events),
        rule: this.#rule.slice(0, this.#hits),
        form: this.#form.slice(0, this.#hits),
      },
      fd: this.#file.fd,
    };
  }
}

function grown<T extends Uint32Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** The memory of what was kept, for `postMessage`: moved, not copied. */
export function observedTransferables({ facts, evidence }: Observed): ArrayBuffer[] {
  const blocks = [...facts.blocks, ...evidence.facts.blocks].flatMap(block =>
    block.kind === 'memory' ? [block.bytes.buffer] : [],
  );
  const columns = [evidence.reference, evidence.end, evidence.rule, evidence.form];
  return [...blocks, ...columns.map(column => column.buffer as ArrayBuffer)];
}
