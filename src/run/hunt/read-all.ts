/** The one pass of a hunt: cut the work, let workers read, match and keep, and put together what they found. */
import { availableParallelism } from 'node:os';
import { sourceByName } from '../../read/sources/index.ts';
import type { Io } from '../io.ts';
import { type Progress, progressText } from '../progress.ts';
import { collectionWindows } from './collections.ts';
import type { Collected } from './collector.ts';
import { SharedControl } from './control.ts';
import { type Correlated, correlateParts, needsOf } from './correlations/index.ts';
import { watchedFields } from './coverage.ts';
import { FACT_MEMORY, type WantedEvidence } from './facts/index.ts';
import { hashInputs, type InputHashes } from './hashes.ts';
import { type Merged, merge } from './merged.ts';
import type { HuntOptions } from './options.ts';
import { normalFlags } from './packs.ts';
import { chooseWorkers, piecesOf, planUnits } from './plan.ts';
import { runUnits } from './pool.ts';
import type { Prepared } from './prepare.ts';
import type { Job } from './runner.ts';
import { Spool, type SpoolFolder } from './spool.ts';

export type Read = {
  readonly collected: readonly Collected[];
  readonly correlated: Correlated | null;
  readonly merged: Merged;
  readonly hashes: InputHashes;
  readonly workers: number;
  /** By index of the input: into how many pieces it was cut. */
  readonly pieces: ReadonlyMap<number, number>;
  /** Read up to the end or the interruption, in whole KiB. */
  readonly bytes: number;
};

export async function readAll(
  { packs, selected, terms, discovery, collections }: Prepared,
  options: HuntOptions,
  io: Io,
  spools: SpoolFolder,
  progress: Progress,
  /** Which findings are evidence; null = nothing is kept for judging. */
  wanted: WantedEvidence | null,
): Promise<Read> {
  const { inputs } = discovery;
  const plan = planUnits(inputs, (input, target) =>
    sourceByName(input.type)!.splitPoints(input.size, target),
  );
  const total = inputs.reduce((sum, input) => sum + Math.max(0, input.size), 0);
  const workers = options.workers ?? chooseWorkers(total, plan.units.length, availableParallelism());
  const threads = Math.min(workers, Math.max(1, plan.units.length));
  const control = new SharedControl();
  const known = inputs.every(input => input.size >= 0) ? total : 0;
  progress.show(() => progressText(control, known, progress.seconds));
  const stop = (): void => control.stop();
  if (io.signal.aborted) stop();
  io.signal.addEventListener('abort', stop, { once: true });
  const needs = needsOf(selected);
  const job: Job = {
    inputs,
    rules: selected.rules,
    terms,
    normal: normalFlags(selected.rules, packs),
    hitValues: needs.requests,
    evidence: wanted === null ? null : { rules: wanted.rules, memory: Math.floor(FACT_MEMORY / threads) },
    watched: wanted === null && options.out === null ? null : watchedFields,
    options: {
      from: options.from,
      to: options.to,
      ...(options.look === null ? {} : { asked: { from: options.look.from, to: options.look.to } }),
      reveal: options.reveal,
      hidden: selected.hidden,
      collections: collectionWindows(collections),
    },
    timeZone: options.timeZone,
    lines: options.format !== 'table' || options.out !== null || options.look !== null,
    hash: options.out !== null,
  };
  try {
    const hashes = (): Promise<InputHashes> =>
      options.out === null
        ? Promise.resolve({ files: new Map(), containers: new Map() })
        : hashInputs(inputs, io.signal);
    const reading = runUnits(job, plan, threads, control, spools, () => progress.tick());
    // With threads the main thread is idle and hashes beside them; alone it does one after the other.
    const [collected, hashed] =
      threads > 1 ? await Promise.all([reading, hashes()]) : [await reading, await hashes()];
    const correlated =
      selected.correlations.length === 0
        ? null
        : correlateParts(collected, selected, needs, inputs, {
            reveal: options.reveal,
            spool: job.lines ? new Spool(() => spools.openFile()) : null,
            ...(wanted === null ? {} : { evidence: wanted.reported }),
          });
    return {
      collected,
      correlated,
      merged: merge(correlated === null ? collected : [...collected, correlated.part]),
      hashes: hashed,
      workers: threads,
      pieces: piecesOf(plan),
      bytes: control.bytes,
    };
  } finally {
    io.signal.removeEventListener('abort', stop);
  }
}
