/** What an operator tells of his own site, and what former hunts left: files named by flags, never found in hunted folders. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { AccountTable, CaseEntry, Compared } from '../../judge/index.ts';
import type { Site } from '../../know/site/index.ts';
import { plain } from '../../tell/index.ts';
import { CASES_FILE, loadCases } from '../cases/index.ts';
import type { Io } from '../io.ts';
import { loadAccounts, loadMemory, type MemoryFile } from '../memory/index.ts';
import { readIntrusions, readVisibility } from '../results/index.ts';
import { loadSite } from '../site.ts';
import type { HuntOptions } from './options.ts';
import { remark } from './remarks.ts';

export type Knowledge = {
  readonly site: Site | null;
  readonly accounts: AccountTable | null;
  readonly memory: MemoryFile | null;
  /** Decisions of people, and the file that they come from; null = there is none. */
  readonly cases: { readonly path: string; readonly entries: readonly CaseEntry[] } | null;
  /** The hunt to compare with; null = none. */
  readonly before: { readonly path: string; readonly compared: Compared } | null;
};

/** Throws `CannotRun` where a file that was named is of no use; what is wrong in one that is used is told. */
export async function loadKnowledge(options: HuntOptions, io: Io): Promise<Knowledge> {
  const site = options.site === null ? null : await loadSite(options.site);
  const accounts = options.accounts === null ? null : loadAccounts(options.accounts);
  const memory = options.memory === null ? null : await loadMemory(options.memory, options.memoryKeys);
  for (const problem of [...(site?.problems ?? []), ...(accounts?.problems ?? [])]) {
    remark(io, `huntaway: ${plain(problem)}\n`);
  }
  return {
    site: site?.site ?? null,
    accounts: accounts?.table ?? null,
    memory,
    cases: casesOf(options, io),
    before: options.compare === null ? null : { path: options.compare, compared: pastHunt(options.compare) },
  };
}

function pastHunt(path: string): Compared {
  return { intrusions: readIntrusions(path), cells: readVisibility(path) };
}

/** Those of the file named, else those kept with the hunt that is replaced or compared with. */
function casesOf({ cases, out, compare }: HuntOptions, io: Io): Knowledge['cases'] {
  const beside = [out, compare].flatMap(folder => (folder === null ? [] : [join(folder, CASES_FILE)]));
  const path = cases ?? beside.find(existsSync) ?? null;
  if (path === null) return null;
  const { entries, problems } = loadCases(path);
  for (const { line, message } of problems) {
    remark(io, `huntaway: ${plain(path)}:${line}: ${message}; the line is left out\n`);
  }
  return { path, entries };
}
