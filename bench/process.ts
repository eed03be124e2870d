/**
 * Times a command as a whole process: wall and processor seconds and peak memory over several runs after a
 * warm-up, because start-up, loading rules and JIT are part of what a user waits for. Quote the median; a wide
 * spread says that the machine was busy.
 */
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';

export type Spread = { readonly min: number; readonly median: number; readonly max: number };

export type Timing = {
  /** Seconds. */
  readonly wall: Spread;
  /** User and system seconds of the process, where /proc tells; else null. */
  readonly cpu: Spread | null;
  /** Peak resident set in MB, where /proc tells; else null. */
  readonly peak: Spread | null;
  readonly exitCode: number | null;
};

export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  return { min: sorted[0]!, median, max: sorted.at(-1)! };
}

type Run = { wall: number; cpu: number | null; peak: number | null; exitCode: number | null };

/** Peak resident set (MB) and processor time (s) so far; null where the system has no /proc. */
function look(pid: number): { peak: number; cpu: number } | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const after = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = Number(after[11]) + Number(after[12]);
    const peak = /VmHWM:\s+(\d+)/.exec(status)?.[1];
    return peak === undefined ? null : { peak: Number(peak) / 1024, cpu: ticks / 100 };
  } catch {
    return null;
  }
}

function runOnce(command: string, args: readonly string[], output: string): Promise<Run> {
  return new Promise((resolve, reject) => {
    const out = openSync(output, 'w');
    const started = process.hrtime.bigint();
    const child = spawn(command, args, { stdio: ['ignore', out, 'ignore'] });
    let peak: number | null = null;
    let cpu: number | null = null;
    const poll = setInterval(() => {
      const seen = child.pid === undefined ? null : look(child.pid);
      if (seen !== null) ({ peak, cpu } = seen);
    }, 20);
    child.on('error', reject);
    child.on('exit', exitCode => {
      clearInterval(poll);
      closeSync(out);
      resolve({ wall: Number(process.hrtime.bigint() - started) / 1e9, cpu, peak, exitCode });
    });
  });
}

type TimeOptions = { readonly runs: number; readonly warmups?: number; readonly output?: string };

/** Runs `command` `warmups + runs` times with standard output to `output` and gives the spread of the counted ones. */
export async function timeProcess(
  command: string,
  args: readonly string[],
  options: TimeOptions,
): Promise<Timing> {
  return (await timeInTurns([[command, args]], options))[0]!;
}

/** The same for several commands, one run of each after the other, so that a busy minute falls on all of them. */
export async function timeInTurns(
  commands: readonly (readonly [command: string, args: readonly string[]])[],
  { runs, warmups = 1, output = '/dev/null' }: TimeOptions,
): Promise<Timing[]> {
  const done: Run[][] = commands.map(() => []);
  for (let i = 0; i < warmups + runs; i++) {
    for (const [which, [command, args]] of commands.entries()) {
      const run = await runOnce(command, args, output);
      if (i >= warmups) done[which]!.push(run);
    }
  }
  return done.map(timingOf);
}

function timingOf(done: readonly Run[]): Timing {
  const known = (pick: (run: Run) => number | null): Spread | null => {
    const values = done.map(pick).filter(value => value !== null);
    return values.length === 0 ? null : spread(values);
  };
  return {
    wall: spread(done.map(run => run.wall)),
    cpu: known(run => run.cpu),
    peak: known(run => run.peak),
    exitCode: done.at(-1)?.exitCode ?? null,
  };
}
