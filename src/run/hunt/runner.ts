/**
 * The loop of one worker, the same in the main thread and in a thread of its own: take a unit, read it, let every
 * event be matched, until there are no more units or somebody says stop.
 */
import { createHash, type Hash } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import type { Rule } from '../../know/sigma/index.ts';
import type { Sought } from '../../know/terms/index.ts';
import {
  createMatcher,
  type EventMatcher,
  HitValueReader,
  type HitValueRequest,
  TermMatcher,
} from '../../match/index.ts';
import { CoverageTally, type WatchedField } from '../../read/coverage/index.ts';
import { parseTimeZone, ReadContext } from '../../read/events/index.ts';
import { ArchiveStore, type Input, inputFile, openInput } from '../../read/inputs/index.ts';
import { type SourceReader, sourceByName } from '../../read/sources/index.ts';
import { errorCode } from '../io.ts';
import { type Collected, Collector, type CollectorOptions } from './collector.ts';
import { type EvidenceRequest, FactKeeper } from './facts/index.ts';
import type { Piece, Unit } from './plan.ts';
import { Spool } from './spool.ts';
import type { FileTally } from './tallies.ts';

export type Job = {
  readonly inputs: readonly Input[];
  readonly rules: readonly Rule[];
  /** What is looked for; the first rules are theirs, in this order. */
  readonly terms: readonly Sought[];
  /** By rule: 1 where it may also ask for the normal form of command lines. */
  readonly normal: Uint8Array;
  /** What correlations need of events that match. */
  readonly hitValues: readonly HitValueRequest[];
  /** What judging needs of events; null = nothing is kept for it. */
  readonly evidence: EvidenceRequest | null;
  /** Fields whose presence is kept by day, with all that the logs cover; null = nobody asks what they cover. */
  readonly watched: readonly WatchedField[] | null;
  readonly options: CollectorOptions;
  /** Of times that do not say theirs, by name. */
  readonly timeZone: string;
  /** Whether lines of findings are wanted. */
  readonly lines: boolean;
  /** Whether streams are hashed while they are read. */
  readonly hash: boolean;
};

/** How a runner is steered and watched. */
export interface Control {
  /** The next unit, or null when there is none left. */
  next(): Unit | null;
  stopped(): boolean;
  readonly whenStopped: Promise<void>;
  /** Called after each few MB; `bytes` is what was read since. A promise is awaited. */
  progress(bytes: number, events: number): void | Promise<void>;
}

export class Runner {
  readonly #job: Job;
  readonly #control: Control;
  readonly #context: ReadContext;
  readonly #collector: Collector;
  readonly #readers = new Map<string, SourceReader>();
  /** Keeps an archive open from one member to the next. */
  readonly #store = new ArchiveStore();
  /** What has come in by standard input when the hunt is stopped is still matched: it can't be read again. */
  #inStandardInput = false;
  #openPath: string | null = null;
  #openFd = -1;
  #eventsTold = 0;

  /** `openFacts` gives a file for facts beyond the cap, -1 where there is none to be had. */
  constructor(job: Job, control: Control, openSpool: () => number, openFacts: () => number) {
    this.#job = job;
    // By name, because a function does not cross threads.
    this.#context = new ReadContext(parseTimeZone(job.timeZone));
    this.#control = control;
    this.#collector = new Collector(
      this.#context,
      job.rules,
      matcherOf(job),
      new HitValueReader(job.rules, job.hitValues),
      job.lines && job.rules.length > 0 ? new Spool(openSpool) : null,
      job.options,
      () => !this.#inStandardInput && control.stopped(),
      job.evidence === null ? null : new FactKeeper(job.evidence, openFacts),
      job.watched === null ? null : new CoverageTally(job.watched),
    );
  }

  async run(): Promise<void> {
    try {
      for (let unit = this.#control.next(); unit !== null; unit = this.#control.next()) {
        for (const piece of unit) {
          if (this.#control.stopped()) return;
          await this.#read(piece);
        }
      }
    } finally {
      this.#close();
      this.#store.dispose();
    }
  }

  finish(): Collected {
    return this.#collector.finish();
  }

  async #read(piece: Piece): Promise<void> {
    const input = this.#job.inputs[piece.input]!;
    const file = this.#collector.enter(piece.input, input.path);
    try {
      if (piece.end < 0) await this.#readStream(input, file);
      else await this.#readFile(input, piece);
      // What comes after a stop is not matched, so a piece that ends after it may lack events.
      if (!this.#control.stopped()) file.pieces++;
    } catch (error) {
      // The hunt goes on with the next input; what was read of this one counts.
      file.failure = readFailure(error);
    }
  }

  async #readFile(input: Input, piece: Piece): Promise<void> {
    const fd = this.#open(input);
    for (const bytes of this.#reader(input).readFile(fd, piece.start, piece.end, this.#collector)) {
      const wait = this.#tell(bytes);
      if (wait !== undefined) await wait;
      if (this.#control.stopped()) return;
    }
  }

  async #readStream(input: Input, file: FileTally): Promise<void> {
    const hash = this.#job.hash ? createHash('sha256') : null;
    const open = openInput(input, { store: this.#store });
    this.#inStandardInput = input.file === null;
    if (open.kind === 'file') throw new Error(`${input.path} is no stream`);
    // Only standard input may keep us waiting for ever.
    const tap = new Tap(open.chunks, hash, input.file === null ? this.#control.whenStopped : null);
    try {
      for await (const bytes of this.#reader(input).readStream(tap, this.#collector)) {
        await this.#tell(bytes);
        if (this.#control.stopped()) return;
      }
      // A reader may have seen enough; the hash is of everything.
      await tap.drain();
      if (this.#control.stopped()) return;
      file.sha256 = hash?.digest('hex') ?? null;
    } finally {
      this.#inStandardInput = false;
      file.streamed = tap.bytes;
      open.close();
    }
  }

  #tell(bytes: number): void | Promise<void> {
    const { events } = this.#collector;
    const fresh = events - this.#eventsTold;
    this.#eventsTold = events;
    return this.#control.progress(bytes, fresh);
  }

  #reader(input: Input): SourceReader {
    let reader = this.#readers.get(input.type);
    if (reader === undefined) {
      reader = sourceByName(input.type)!.open(this.#context);
      this.#readers.set(input.type, reader);
    }
    return reader;
  }

  /** Neighbouring units are mostly of one file, so the last one stays open. */
  #open(input: Input): number {
    if (input.path !== this.#openPath) {
      this.#close();
      this.#openFd = openSync(inputFile(input) as string | Buffer, 'r');
      this.#openPath = input.path;
    }
    return this.#openFd;
  }

  #close(): void {
    if (this.#openPath === null) return;
    this.#openPath = null;
    closeSync(this.#openFd);
  }
}

function matcherOf({ rules, normal, terms }: Job): EventMatcher | null {
  if (rules.length === 0) return null;
  const matcher = createMatcher(rules, { normal });
  return terms.length === 0 ? matcher : new TermMatcher(matcher, terms);
}

/** Passes chunks on, counting and hashing them. */
class Tap implements AsyncIterable<Uint8Array> {
  bytes = 0;
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #hash: Hash | null;
  readonly #until: Promise<IteratorResult<Uint8Array>> | null;

  /** Ends early when `until` is fulfilled. */
  constructor(chunks: AsyncIterable<Uint8Array>, hash: Hash | null, until: Promise<void> | null) {
    this.#chunks = chunks[Symbol.asyncIterator]();
    this.#hash = hash;
    this.#until = until?.then(() => ({ done: true, value: undefined })) ?? null;
  }

  async next(): Promise<IteratorResult<Uint8Array>> {
    const next = this.#chunks.next();
    const step = await (this.#until === null ? next : Promise.race([next, this.#until]));
    if (!step.done) {
      this.bytes += step.value.length;
      this.#hash?.update(step.value);
    }
    return step;
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    return { next: () => this.next() };
  }

  async drain(): Promise<void> {
    while (!(await this.next()).done);
  }
}

function readFailure(error: unknown): { reason: string; message: string } {
  const message = error instanceof Error ? error.message : String(error);
  const code = errorCode(error);
  if (code === undefined) throw error;
  if (code === 'ENOENT') return { reason: 'missing', message: 'vanished while the hunt ran' };
  return { reason: /^E[A-Z]+$/.test(code) ? 'unreadable' : code, message };
}
