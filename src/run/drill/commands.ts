/** What the commands about drills do: make one, list the kinds, score a hunt. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type DrillKind, plain, renderDrillKinds, renderDrillScore } from '../../tell/index.ts';
import { CannotRun, type Io, writeResult } from '../io.ts';
import { parseIntrusions } from '../results/index.ts';
import { generateDrill } from './generate.ts';
import { scenarioByName, scenarios } from './scenarios/index.ts';
import { parseTruth, scoreDrill } from './score/index.ts';
import type { LogFormat } from './world/site.ts';
import { SITE_FILE, TRUTH_FILE, writeDrill } from './write.ts';

export type DrillRun = {
  readonly kind: string;
  readonly out: string;
  readonly seed: number;
  /** Null = as long as the kind is. */
  readonly days: number | null;
  readonly formats: readonly LogFormat[];
  readonly force: boolean;
  /** How many sources are taken away. */
  readonly blind: number;
};

/** Makes a drill and says where it lies and what to do with it. */
export function drill(options: DrillRun, io: Io): number {
  const scenario = scenarioByName(options.kind);
  if (scenario === undefined) {
    throw new CannotRun(`there is no drill '${plain(options.kind)}'; 'huntaway drill list' shows the kinds`);
  }
  const { out, seed, days, formats, force, blind } = options;
  const made = generateDrill({ scenario, seed, formats, blind, ...(days === null ? {} : { days }) });
  writeDrill(made, out, force);
  const bytes = made.files.reduce((sum, file) => sum + file.bytes.length, 0);
  const where = plain(out);
  const blinded = made.truth.blinded.map(({ host, said }) => `blinded: ${host ?? 'the site'}: ${said}\n`);
  io.stderr.write(
    Buffer.from(
      `${made.truth.events} records in ${made.files.length} files (${(bytes / 1e6).toFixed(1)} MB) below ${where}/logs\n` +
        `what is true of them: ${where}/${TRUTH_FILE}\n` +
        `what its operator knows of the site, for --site: ${where}/${SITE_FILE}\n` +
        blinded.join('') +
        `hunt them: huntaway hunt ${where}/logs --out ${where}/out; then: huntaway drill score ${where}/out ${where}\n`,
    ),
  );
  return 0;
}

export function listDrills(format: 'text' | 'json', io: Io): number {
  const kinds = scenarios.map(({ name, state, summary, kind, days }): DrillKind => {
    const open = state === 'open';
    return {
      name,
      state,
      summary: open ? summary : null,
      quiet: open ? kind === 'quiet' : null,
      days: open ? days : null,
    };
  });
  const { isTerminal, columns, color } = io.stdout;
  const width = isTerminal ? columns : 100;
  writeResult(
    io.stdout,
    format === 'json' ? `${JSON.stringify(kinds, null, 2)}\n` : renderDrillKinds(kinds, { width, color }),
  );
  return 0;
}

/** Larger than any hunt of a drill writes. */
const LARGEST = 256 << 20;

function readText(path: string): string {
  try {
    if (statSync(path).size > LARGEST) throw new CannotRun(`${path} is larger than ${LARGEST} bytes`);
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof CannotRun) throw error;
    throw new CannotRun(
      `cannot read ${path}: ${error instanceof Error ? error.message : String(error)}`,
      error,
    );
  }
}

/** The file itself, or the first of these names that a folder holds. */
function fileIn(path: string, names: readonly string[]): string {
  if (!existsSync(path) || !statSync(path).isDirectory()) return path;
  const found = names.map(name => join(path, name)).find(existsSync);
  if (found === undefined) throw new CannotRun(`${path} holds no ${names.join(' and no ')}`);
  return found;
}

/** `truth` null: beside what the hunt wrote, or one folder up. Exit code 1 where a target is missed. */
export function scoreDrillRun(out: string, truth: string | null, format: 'text' | 'json', io: Io): number {
  const reportedPath = fileIn(out, ['intrusions.json', join('out', 'intrusions.json')]);
  const near = dirname(resolve(reportedPath));
  const beside = [near, dirname(near)].find(folder => existsSync(join(folder, TRUTH_FILE)));
  const truthPath = fileIn(truth ?? beside ?? near, [TRUTH_FILE]);
  const score = scoreDrill(
    parseTruth(readText(truthPath), truthPath),
    parseIntrusions(readText(reportedPath), reportedPath),
  );
  const { isTerminal, columns, color } = io.stdout;
  const width = isTerminal ? columns : 100;
  writeResult(
    io.stdout,
    format === 'json' ? `${JSON.stringify(score, null, 2)}\n` : renderDrillScore(score, { width, color }),
  );
  return score.passed ? 0 : 1;
}
