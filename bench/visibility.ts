/**
 * How well a hunt knows what it could not see: `npm run bench:detection -- --visibility`. Makes drills whose sources are
 * taken away, hunts them with the program as it is built, and compares `visibility.json` with the truth.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Behaviour, loadAdvisory } from '../src/know/advisories/index.ts';
import { generateDrill, SITE_FILE, scenarioByName, writeDrill } from '../src/run/drill/index.ts';
import { hunt } from './hunt-program.ts';
import { addScore, emptyScore, scoreVisibility, type VisibilityScore } from './visibility-score.ts';
import { visibilityTable, visibilityTargets } from './visibility-table.ts';
import { parseTold } from './visibility-told.ts';

export type VisibilityBench = {
  /** Empty = the usual ones. */
  readonly kinds: readonly string[];
  readonly seeds: readonly number[];
  readonly jobs: number;
  /** Where drills are kept; null = nowhere. */
  readonly keep: string | null;
};

/** Quick ones that log differently: Security alone, Sysmon here and there, a plant, the edge. */
const usual = ['full-chain', 'security-only', 'vpn-entry-quiet', 'crossing-ot', 'two-intrusions-quiet'];
const days = 14;
const spots = 7;
const VISIBILITY = 'visibility.json';

const pack = fileURLToPath(new URL('../../advisories/volt-typhoon', import.meta.url));

type Job = { readonly kind: string; readonly seed: number };

async function run(
  { kind, seed }: Job,
  behaviours: readonly Behaviour[],
  keep: string | null,
): Promise<VisibilityScore> {
  const scenario = scenarioByName(kind);
  if (scenario === undefined) throw new Error(`there is no drill '${kind}'`);
  const folder =
    keep === null ? mkdtempSync(join(tmpdir(), 'huntaway-blind-')) : join(keep, `blind-${kind}-${seed}`);
  try {
    const drill = generateDrill({ scenario, seed, days, formats: ['evtx', 'ndjson'], blind: spots });
    writeDrill(drill, folder, true);
    const out = join(folder, 'out');
    await hunt([join(folder, 'logs'), '--site', join(folder, SITE_FILE), '--out', out, '--force']);
    return scoreVisibility(drill.truth, behaviours, parseTold(readFileSync(join(out, VISIBILITY), 'utf8')));
  } finally {
    if (keep === null) rmSync(folder, { recursive: true, force: true });
  }
}

/** Prints the figures and gives the exit code: 1 where a target is missed or a drill failed. */
export async function benchVisibility({ kinds, seeds, jobs, keep }: VisibilityBench): Promise<number> {
  const { advisory } = await loadAdvisory(pack);
  if (advisory === null) throw new Error(`${pack} is no pack`);
  const { behaviours } = advisory;
  const names = kinds.length === 0 ? usual : kinds;
  const left = names.flatMap(kind => seeds.map((seed): Job => ({ kind, seed })));
  const count = left.length;
  const total = emptyScore();
  const failed: string[] = [];
  const started = process.hrtime.bigint();
  const work = async (): Promise<void> => {
    for (let job = left.shift(); job !== undefined; job = left.shift()) {
      const { kind, seed } = job;
      try {
        const score = await run(job, behaviours, keep);
        addScore(total, { ...score, examples: score.examples.map(text => `${kind} ${seed}: ${text}`) });
      } catch (error) {
        failed.push(`failed  ${kind} ${seed}: ${error instanceof Error ? error.message : String(error)}`);
      }
      if (process.stderr.isTTY) process.stderr.write(`\r${count - left.length} of ${count} drills`);
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  if (process.stderr.isTTY) process.stderr.write('\r');
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  console.log(
    `${count} drills of ${names.length} kinds, ${days} days, ${spots} blind spots each; ${seconds.toFixed(0)} s\n`,
  );
  console.log(visibilityTable(total));
  console.log(
    `\ncells: ${total.blind + total.missed} blind, ${total.seen + total.imagined} visible, ${total.found} found; ` +
      `${total.unknown} that no log can tell, ${total.untold} of behaviours not told of there\n`,
  );
  let missed = failed.length > 0;
  for (const [met, text] of visibilityTargets(total)) {
    console.log(`${met ? 'met   ' : 'MISSED'}  ${text}`);
    missed ||= !met;
  }
  for (const example of total.examples) console.log(`          ${example}`);
  for (const line of failed) console.log(line);
  return missed ? 1 : 0;
}
