/** A worker thread: runs units until there are none, then hands over what it found. Compiled code only. */
import { parentPort, workerData } from 'node:worker_threads';
import { openPack } from '../../know/rulesets/index.ts';
import type { Rule } from '../../know/sigma/index.ts';
import { CannotRun } from '../io.ts';
import type { Collected } from './collector.ts';
import { controlOf, SharedControl } from './control.ts';
import { observedTransferables } from './facts/index.ts';
import type { Unit } from './plan.ts';
import { transferables } from './references.ts';
import { type Job, Runner } from './runner.ts';

export type WorkerStart = {
  readonly job: Omit<Job, 'rules'>;
  /** As `openPack` takes them; shared by all workers. */
  readonly rules: SharedArrayBuffer;
  readonly units: readonly Unit[];
  readonly control: SharedArrayBuffer;
  /** Open file for the spool; -1 where no lines are wanted. */
  readonly spoolFd: number;
  /** Open file for facts beyond the cap; -1 where there is none. */
  readonly factsFd: number;
};

export type WorkerMessage =
  | { readonly kind: 'done'; readonly collected: Collected }
  | { readonly kind: 'failed'; readonly message: string; readonly expected: boolean };

const start = workerData as WorkerStart;
const runner = new Runner(
  { ...start.job, rules: openPack(new Uint8Array(start.rules)) as Rule[] },
  controlOf(new SharedControl(start.control), start.units),
  () => start.spoolFd,
  () => start.factsFd,
);
try {
  await runner.run();
  const collected = runner.finish();
  const done: WorkerMessage = { kind: 'done', collected };
  const moved = transferables(collected.references);
  if (collected.spool?.kind === 'memory') moved.push(collected.spool.bytes.buffer as ArrayBuffer);
  if (collected.observed !== null) moved.push(...observedTransferables(collected.observed));
  parentPort!.postMessage(done, moved);
} catch (error) {
  const failed: WorkerMessage = {
    kind: 'failed',
    message:
      error instanceof CannotRun ? error.message : String(error instanceof Error ? error.stack : error),
    expected: error instanceof CannotRun,
  };
  parentPort!.postMessage(failed);
}
