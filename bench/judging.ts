/**
 * What judging costs on top of finding: the same logs and rules hunted plainly, and with the advisory for Volt Typhoon, whose
 * rules, normal forms, facts, baseline and judgement are all there is to pay for.
 *
 * Two inputs. `site` is what the aim speaks of: 2 GB with some 100,000 plain findings. A quarter of it is drills of 400 days, each
 * another site of some sixteen hosts, in which nearly every event is a logon, a process or a share, thus a fact; the rest is
 * what real logs hold in bulk (bulk.ts). `dense` is the harsher one: three quarters drills and one quarter dense.evtx
 * repeated, with four times as many findings and facts for its size. A repeated log alone would be a poor likeness: each of its
 * events stands there 67 times, so that nothing in it is new and all of it was exported twice.
 *
 * The two hunts take turns, so that what else the machine does falls on both. Ratios are of medians.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, linkSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { repeatedLog } from './big.ts';
import { writeBulk } from './bulk.ts';
import { type Timing, timeInTurns } from './process.ts';

/** Kinds of drills; those that the closing run of the detection bench is judged by are not among them. */
const kinds = ['full-chain', 'full-chain-quiet', 'security-only-quiet', 'vpn-entry', 'two-intrusions'];
const days = 400;
/** About when drills begin, microseconds. */
const begin = Date.UTC(2025, 9, 1) * 1000;

export type JudgingResult = {
  /** Bytes of the input. */
  readonly bytes: number;
  /** Of the plain hunt. */
  readonly findings: number;
  readonly plain: Timing;
  readonly judged: Timing;
};

function bytesBelow(path: string): number {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

export type Inputs = {
  /** What runs a command of the program. */
  readonly program: readonly [string, ...string[]];
  /** The dense log, and a file of recorded events as JSON lines, made when it is asked for. */
  readonly dense: string;
  readonly recordings: () => Promise<string>;
  /** Where inputs are kept. */
  readonly directory: string;
};

export const mixes = ['site', 'dense'] as const;
export type Mix = (typeof mixes)[number];

/** Of each mix, how much of it is drills. */
const drills: Readonly<Record<Mix, number>> = { site: 1 / 4, dense: 3 / 4 };

/** A folder of at least `bytes` of logs, made once and used again. */
export async function judgedLogs(mix: Mix, bytes: number, inputs: Inputs): Promise<string> {
  const path = join(inputs.directory, `huntaway-bench-judging-${mix}-${bytes}`);
  if (existsSync(path)) return path;
  const part = `${path}.part`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part);
  writeDrills(inputs.program, part, bytes * drills[mix]);
  const left = bytes - bytesBelow(part);
  if (mix === 'dense') linkSync(repeatedLog(inputs.dense, left, inputs.directory), join(part, 'dense.evtx'));
  else writeBulk(await inputs.recordings(), part, left, begin, days);
  renameSync(part, path);
  return path;
}

function writeDrills([node, ...rest]: Inputs['program'], part: string, bytes: number): void {
  let made = 0;
  for (let number = 0; made < bytes; number++) {
    const folder = join(part, `drill-${number}`);
    const kind = kinds[number % kinds.length]!;
    const args = ['drill', kind, '--seed', String(number + 1), '--days', String(days), '--format', 'evtx'];
    const { status } = spawnSync(node, [...rest, ...args, '--out', folder, '--quiet']);
    if (status !== 0) throw new Error(`${args.join(' ')}: exit ${status}`);
    // What is true of a drill is no log.
    renameSync(join(folder, 'logs'), join(part, `logs-${number}`));
    rmSync(folder, { recursive: true });
    made += bytesBelow(join(part, `logs-${number}`));
  }
}

/** Each finding is a line of JSON. */
function findingsOf(node: string, hunt: readonly string[]): number {
  const script = `"$@" --format jsonl | wc -l`;
  const { stdout } = spawnSync('sh', ['-c', script, 'sh', node, ...hunt], { encoding: 'utf8' });
  return Number(stdout);
}

/** Hunts `path` both ways, `runs` times in turn; `hunt` is the plain hunt with its arguments. */
export async function judgingStage(
  path: string,
  hunt: readonly [string, ...string[]],
  runs: number,
): Promise<JudgingResult> {
  const [node, ...args] = hunt;
  const [plain, judged] = await timeInTurns(
    [
      [node, args],
      [node, [...args, '--advisory', 'volt-typhoon']],
    ],
    { runs },
  );
  return { bytes: bytesBelow(path), findings: findingsOf(node, args), plain: plain!, judged: judged! };
}
