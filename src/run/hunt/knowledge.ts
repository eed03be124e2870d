/** What an operator tells of his own site, and what former hunts left: files named by flags, never found in hunted folders. */
import type { AccountTable } from '../../judge/index.ts';
import type { Site } from '../../know/site/index.ts';
import { plain } from '../../tell/index.ts';
import type { Io } from '../io.ts';
import { loadAccounts, loadMemory, type MemoryFile } from '../memory/index.ts';
import { loadSite } from '../site.ts';
import type { HuntOptions } from './options.ts';
import { remark } from './remarks.ts';

export type Knowledge = {
  readonly site: Site | null;
  readonly accounts: AccountTable | null;
  readonly memory: MemoryFile | null;
};

/** Throws `CannotRun` where a file that was named is of no use; what is wrong in one that is used is told. */
export async function loadKnowledge(options: HuntOptions, io: Io): Promise<Knowledge> {
  const site = options.site === null ? null : await loadSite(options.site);
  const accounts = options.accounts === null ? null : loadAccounts(options.accounts);
  const memory = options.memory === null ? null : await loadMemory(options.memory, options.memoryKeys);
  for (const problem of [...(site?.problems ?? []), ...(accounts?.problems ?? [])]) {
    remark(io, `huntaway: ${plain(problem)}\n`);
  }
  return { site: site?.site ?? null, accounts: accounts?.table ?? null, memory };
}
