/**
 * What judging costs on top of finding: the same logs and rules hunted plainly, and with the advisory for Volt Typhoon, whose
 * rules, normal forms, facts, baseline and judgement are all there is to pay for.
 *
 * The input is three quarters drills and one quarter dense.evtx repeated. A repeated log alone is a poor likeness: each
 * of its events stands there 67 times, so that nothing in it is new and all of it was exported twice. Drills are the
 * opposite extreme: 400 days of sites of some sixteen hosts, in which nearly every event is a logon, a process or a share,
 * thus a fact. Kinds and seeds take turns, so that each site is another one. Both parts give findings three to four times
 * as densely as the 100,000 in 2 GB that the aim speaks of.
 *
 * The two hunts take turns, so that what else the machine does falls on both. Ratios are of medians.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, linkSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { repeatedLog } from './big.ts';
import { type Timing, timeInTurns } from './process.ts';

/** Kinds of drills; those that the closing run of the detection bench is judged by are not among them. */
const kinds = ['full-chain', 'full-chain-quiet', 'security-only-quiet', 'vpn-entry', 'two-intrusions'];
const days = '400';

export type JudgingResult = {
  /** Bytes of the input. */
  readonly bytes: number;
  readonly plain: Timing;
  readonly judged: Timing;
};

function bytesBelow(path: string): number {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

/** A folder of at least `bytes` of logs, made once below `directory` and used again. */
export function judgedLogs(
  program: readonly [string, ...string[]],
  dense: string,
  bytes: number,
  directory: string,
): string {
  const path = join(directory, `huntaway-bench-judging-${bytes}`);
  if (existsSync(path)) return path;
  const part = `${path}.part`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part);
  const repeated = repeatedLog(dense, bytes / 4, directory);
  linkSync(repeated, join(part, 'dense.evtx'));
  let made = statSync(repeated).size;
  for (let number = 0; made < bytes; number++) {
    const folder = join(part, `drill-${number}`);
    const kind = kinds[number % kinds.length]!;
    const [node, ...rest] = program;
    const args = ['drill', kind, '--seed', String(number + 1), '--days', days, '--format', 'evtx'];
    const { status } = spawnSync(node, [...rest, ...args, '--out', folder, '--quiet']);
    if (status !== 0) throw new Error(`${args.join(' ')}: exit ${status}`);
    // What is true of a drill is no log.
    renameSync(join(folder, 'logs'), join(part, `logs-${number}`));
    rmSync(folder, { recursive: true });
    made += bytesBelow(join(part, `logs-${number}`));
  }
  renameSync(part, path);
  return path;
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
  return { bytes: bytesBelow(path), plain: plain!, judged: judged! };
}
