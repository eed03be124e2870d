/** Whether the rules of a hunt are still what they were. Other rules are no changed evidence: they are only said. */
import { existsSync } from 'node:fs';
import { hashRuleSet } from '../../know/rulesets/index.ts';
import type { Verification } from '../../tell/index.ts';
import type { RunRecord } from './record.ts';

export async function checkRules(
  { paths, sha256 }: RunRecord['rules'],
  place: (path: string) => string,
  signal: AbortSignal,
): Promise<Verification['rules']> {
  if (sha256 === null || paths.length === 0) return { status: 'none', paths, recorded: sha256, now: null };
  const files = paths.map(place);
  if (!files.every(file => existsSync(file)))
    return { status: 'missing', paths, recorded: sha256, now: null };
  try {
    const now = await hashRuleSet(files, signal);
    return { status: now === sha256 ? 'same' : 'different', paths, recorded: sha256, now };
  } catch (error) {
    if (signal.aborted) return { status: 'unchecked', paths, recorded: sha256, now: null };
    throw error;
  }
}
