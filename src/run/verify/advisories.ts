/**
 * Whether the advisories of a hunt are still what they were: everything of a pack that decides, its head, behaviours, chain
 * and indicators, by the one hash that the hunt took of them. Their rules are compared with all other rules. As with these,
 * another pack is no changed evidence.
 */
import { existsSync } from 'node:fs';
import { loadAdvisory } from '../../know/advisories/index.ts';
import type { Verification } from '../../tell/index.ts';
import type { RunRecord } from './record.ts';

export async function checkAdvisories(
  recorded: RunRecord['advisories'],
  place: (path: string) => string,
  signal: AbortSignal,
): Promise<Verification['advisories']> {
  const checked: Verification['advisories'][number][] = [];
  for (const { id, path, sha256 } of recorded) {
    const base = { id, path, recorded: sha256 };
    const folder = place(path);
    if (signal.aborted) checked.push({ ...base, status: 'unchecked', now: null });
    else if (!existsSync(folder)) checked.push({ ...base, status: 'missing', now: null });
    else {
      const now = (await loadAdvisory(folder)).sha256;
      checked.push({ ...base, status: now === sha256 ? 'same' : 'different', now: now === '' ? null : now });
    }
  }
  return checked;
}
