/** `case list`: where each intrusion of a hunt stands. */
import { join } from 'node:path';
import { viewCases } from '../../judge/index.ts';
import { plain, renderCases } from '../../tell/index.ts';
import { exitCodes } from '../exit-code.ts';
import { type Io, writeResult } from '../io.ts';
import { readIntrusions } from '../results/index.ts';
import { CASES_FILE, loadCases } from './file.ts';

export type ListCasesOptions = {
  readonly hunt: string;
  /** Null = in that folder. */
  readonly cases: string | null;
  readonly format: 'text' | 'json';
};

/** Returns the exit code. Throws `CannotRun`. */
export function listCases({ hunt, cases, format }: ListCasesOptions, io: Io): number {
  const intrusions = readIntrusions(hunt);
  const path = cases ?? join(hunt, CASES_FILE);
  const { entries, problems } = loadCases(path);
  for (const { line, message } of problems) {
    io.stderr.write(Buffer.from(`huntaway: ${plain(path)}:${line}: ${message}; the line is left out\n`));
  }
  const views = viewCases(entries, intrusions, io.now() * 1000);
  const { isTerminal, columns, color } = io.stdout;
  writeResult(
    io.stdout,
    format === 'json'
      ? `${JSON.stringify({ version: 1, cases: views }, null, 2)}\n`
      : renderCases(intrusions, views, { width: isTerminal ? columns : 100, color }),
  );
  return problems.length === 0 ? exitCodes.finished : exitCodes.incomplete;
}
