/** What the built program makes of logs: its intrusions, as anybody who reads `intrusions.json` would see them. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Intrusion } from '../src/judge/index.ts';
import type { WrittenEvidence } from '../src/tell/intrusions/index.ts';
import { bin } from './program.ts';
import { scratch } from './scratch.ts';

/** As judged, with times and evidence as they are written. */
export type JudgedIntrusion = Omit<Intrusion, 'evidence' | 'firstSeen' | 'lastSeen'> & {
  readonly evidence: readonly WrittenEvidence[];
  readonly firstSeen: string | null;
  readonly lastSeen: string | null;
};

export type Judged = {
  readonly intrusions: readonly JudgedIntrusion[];
  readonly suppressed: readonly { readonly evidence: WrittenEvidence; readonly approval: string }[];
  readonly notes: readonly string[];
  readonly reach: { readonly state: string; readonly said: string; readonly first: readonly string[] };
  /** What the program said, and how it ended. */
  readonly out: string;
  readonly err: string;
  readonly code: number | null;
};

/** Hunts `paths` with the pack that ships and `flags`; call it within a test. */
export function huntJudged(paths: readonly string[], flags: readonly string[] = []): Judged {
  const out = join(scratch(), 'out');
  const run = spawnSync(
    process.execPath,
    [bin, 'hunt', ...paths, '--out', out, '--format', 'table', ...flags],
    { encoding: 'utf8', maxBuffer: 1 << 28, env: { ...process.env, NO_COLOR: '1' } },
  );
  if (run.status !== 0 && run.status !== 3) throw new Error(`hunt ended with ${run.status}: ${run.stderr}`);
  const written = JSON.parse(readFileSync(join(out, 'intrusions.json'), 'utf8'));
  return { ...written, out: run.stdout, err: run.stderr, code: run.status };
}
