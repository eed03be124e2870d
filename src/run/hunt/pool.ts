/**
 * Runs the units on one or several workers. One worker is the main thread itself, because starting a thread
 * costs more than small inputs take. With several, the main thread only watches (and reads standard input, which
 * nobody else can); it stays responsive, so that signals and progress work.
 */
import { Worker } from 'node:worker_threads';
import { packRules } from '../../know/rulesets/index.ts';
import type { Rule } from '../../know/sigma/index.ts';
import { CannotRun, errorCode } from '../io.ts';
import type { Collected } from './collector.ts';
import { controlOf, type SharedControl } from './control.ts';
import type { Plan, Unit } from './plan.ts';
import { type Job, Runner } from './runner.ts';
import type { SpoolFolder } from './spool.ts';
import type { WorkerMessage, WorkerStart } from './worker.ts';

/** Longest time the main thread works without looking at signals, in milliseconds. */
const BREATH = 40;

/** Heap of a worker. Young generation: larger ones only keep garbage longer. */
const workerLimits = { maxOldGenerationSizeMb: 2048, maxYoungGenerationSizeMb: 32 } as const;

/** `tick` is called now and then while the main thread itself is at work. */
export async function runUnits(
  job: Job,
  plan: Plan,
  workers: number,
  control: SharedControl,
  spools: SpoolFolder,
  tick: () => void,
): Promise<Collected[]> {
  const here = (units: readonly Unit[]): Promise<Collected> => runHere(job, units, control, spools, tick);
  // Standard input last: it may never end.
  if (workers <= 1) return [await here([...plan.units, ...plan.local])];
  const rules = sharedRules(job.rules);
  const threads = Array.from({ length: workers }, () => runThread(job, rules, plan.units, control, spools));
  const local = plan.local.length > 0 ? [here(plan.local)] : [];
  try {
    return await Promise.all([...threads, ...local]);
  } catch (error) {
    control.stop();
    await Promise.allSettled([...threads, ...local]);
    throw error;
  }
}

async function runHere(
  job: Job,
  units: readonly Unit[],
  control: SharedControl,
  spools: SpoolFolder,
  tick: () => void,
): Promise<Collected> {
  let last = performance.now();
  const breathe = (): void | Promise<void> => {
    const now = performance.now();
    if (now - last < BREATH) return;
    last = now;
    tick();
    return new Promise(resolve => setImmediate(resolve));
  };
  const runner = new Runner(
    job,
    controlOf(control, units, breathe, true),
    () => spools.openFile(),
    () => spools.tryOpenFile(),
  );
  await runner.run();
  return runner.finish();
}

/**
 * The rules as one block of memory that every worker opens for itself: cloning thousands of small objects for each
 * thread would keep the main thread busy while the workers wait.
 */
function sharedRules(rules: readonly Rule[]): SharedArrayBuffer {
  const pack = packRules(rules);
  const shared = new SharedArrayBuffer(pack.length);
  new Uint8Array(shared).set(pack);
  return shared;
}

function runThread(
  { rules: _, ...job }: Job,
  rules: SharedArrayBuffer,
  units: readonly Unit[],
  control: SharedControl,
  spools: SpoolFolder,
): Promise<Collected> {
  const workerData: WorkerStart = {
    job,
    rules,
    units,
    control: control.memory,
    spoolFd: job.lines ? spools.openFile() : -1,
    factsFd: job.evidence === null ? -1 : spools.tryOpenFile(),
  };
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.js', import.meta.url), {
      workerData,
      resourceLimits: workerLimits,
    });
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'done') resolve(message.collected);
      else reject(message.expected ? new CannotRun(message.message) : new Error(message.message));
    });
    worker.on('error', error => {
      const full = errorCode(error) === 'ERR_WORKER_OUT_OF_MEMORY';
      reject(
        full ? new CannotRun('a worker ran out of memory; try again with fewer --workers', error) : error,
      );
    });
    worker.on('exit', code => reject(new Error(`a worker ended with code ${code} before it was done`)));
  });
}
