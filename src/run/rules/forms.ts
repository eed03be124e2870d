/**
 * A rule on an event as a hunt asks it: of what was written, and where it stands in an advisory also of the normal form of
 * command lines. Of other rules it is only said that the normal form would have matched.
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Rule } from '../../know/sigma/index.ts';
import { explain, normalEvent, type PlainEvent } from '../../match/index.ts';
import type { RuleOutcome } from '../../tell/index.ts';

export function explainForms(rule: Rule, event: PlainEvent): RuleOutcome {
  const written = explain(rule, event);
  if (written.matched) return written;
  const normal = normalEvent(event);
  if (normal === null) return written;
  const outcome = explain(rule, normal.event);
  if (!outcome.matched) return written;
  const isAsked = isInPack(rule.place.path);
  return { ...(isAsked ? outcome : written), normal: { lines: normal.lines, isAsked } };
}

/** Whether a file lies below the folder of an advisory. */
function isInPack(path: string): boolean {
  for (let folder = dirname(path), above = ''; folder !== above; above = folder, folder = dirname(folder)) {
    if (existsSync(join(folder, 'advisory.yml'))) return true;
  }
  return false;
}
