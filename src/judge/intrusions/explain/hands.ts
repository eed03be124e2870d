/**
 * Whether a person typed what is evidence, told only of evidence and of one logon at a time. It speaks for or against an
 * intrusion as rhythm does: a script may be an intruder's and a person an administrator, so it is one line among others.
 */

import type { Fact } from '../../../read/entities/index.ts';
import { handsOnKeyboard } from '../../baseline/index.ts';
import { hex } from '../joins/index.ts';
import type { Group } from '../sets.ts';
import type { Scene } from '../verdict.ts';
import { sentence } from './words.ts';

/** From here on it is told as a person; the measure's own sentences say why. */
const PERSON = 0.5;
/** Sessions that are looked at. */
const MOST_SESSIONS = 64;

/** A sentence on the session that most looks typed; null where none does. */
export function saidHands(group: Group, { items }: Scene): string | null {
  const sessions = new Map<string, Fact[]>();
  for (const at of group.items) {
    const { fact, host, logons, micros } = items[at]!;
    if (fact.type !== 'process-start' || logons.length === 0 || micros === 0) continue;
    const key = `${hex(logons[0]!)} on ${host}`;
    const facts = sessions.get(key);
    if (facts !== undefined) facts.push(fact);
    else if (sessions.size < MOST_SESSIONS) sessions.set(key, [fact]);
  }
  let best: { key: string; score: number; reasons: readonly string[] } | null = null;
  for (const [key, facts] of sessions) {
    const { score, reasons } = handsOnKeyboard(facts);
    if (score >= PERSON && (best === null || score > best.score)) best = { key, score, reasons };
  }
  return best === null
    ? null
    : sentence(`A person seems to have typed in logon ${best.key}: ${best.reasons.slice(0, 2).join('; ')}`);
}
