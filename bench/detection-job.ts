/**
 * One drill of the detection bench, in a process of its own: made, hunted by the program as a user would, scored, its
 * links checked. Takes jobs as messages and answers each with its result.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateDrill, SITE_FILE, scenarioByName, scoreDrill, writeDrill } from '../src/run/drill/index.ts';
import { parseIntrusions } from '../src/run/results/index.ts';
import type { DrillScore } from '../src/tell/index.ts';
import { checkLinks, type LinkCheck } from './detection-links.ts';
import { hunt } from './hunt-program.ts';

export type DetectionJob = {
  readonly kind: string;
  readonly seed: number;
  /** Null = names by the seed too. */
  readonly nameSeed: number | null;
  /** Words of the command line that hunt besides the logs: `--rules DIR`. */
  readonly hunt: readonly string[];
  /** Where drills are kept; null = nowhere. */
  readonly keep: string | null;
};

export type DetectionResult = {
  readonly job: DetectionJob;
  readonly score: DrillScore;
  /** Reported, by verdict. */
  readonly verdicts: { readonly intrusion: number; readonly suspected: number; readonly lead: number };
  readonly links: LinkCheck;
  readonly records: number;
  /** Seconds. */
  readonly made: number;
  readonly hunted: number;
};

const seconds = (since: bigint): number => Number(process.hrtime.bigint() - since) / 1e9;

async function run(job: DetectionJob): Promise<DetectionResult> {
  const { kind, seed, nameSeed, keep } = job;
  const scenario = scenarioByName(kind);
  if (scenario === undefined) throw new Error(`there is no drill '${kind}'`);
  const folder =
    keep === null
      ? mkdtempSync(join(tmpdir(), 'huntaway-drill-'))
      : join(keep, `${kind}-${seed}${nameSeed === null ? '' : `-${nameSeed}`}`);
  try {
    const begun = process.hrtime.bigint();
    const drill = generateDrill({
      scenario,
      seed,
      formats: ['evtx', 'ndjson'],
      ...(nameSeed === null ? {} : { nameSeed }),
    });
    writeDrill(drill, folder, true);
    const made = seconds(begun);
    const out = join(folder, 'out');
    const started = process.hrtime.bigint();
    const known = scenario.needsSite ? ['--site', join(folder, SITE_FILE)] : [];
    await hunt([join(folder, 'logs'), '--out', out, '--force', ...known, ...job.hunt]);
    const hunted = seconds(started);
    const path = join(out, 'intrusions.json');
    const reported = parseIntrusions(readFileSync(path, 'utf8'), path);
    const count = (verdict: string): number => reported.filter(each => each.verdict === verdict).length;
    return {
      job,
      score: scoreDrill(drill.truth, reported),
      verdicts: { intrusion: count('intrusion'), suspected: count('suspected'), lead: count('lead') },
      links: checkLinks(reported),
      records: drill.truth.events,
      made,
      hunted,
    };
  } finally {
    if (keep === null) rmSync(folder, { recursive: true, force: true });
  }
}

process.on('message', (job: DetectionJob) => {
  run(job).then(
    result => process.send!(result),
    (error: unknown) => process.send!({ job, error: error instanceof Error ? error.message : String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
