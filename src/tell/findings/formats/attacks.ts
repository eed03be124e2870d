/** Sigma's ATT&CK tags as OCSF `attack` objects. */

import type { Json } from '../../bytes/json-value.ts';
import { techniques } from '../rule-parts.ts';

/** Tactics by their tag. Those of ATT&CK 19 that share a part of a former one go by name alone. */
const tactics: ReadonlyMap<string, { readonly uid?: string; readonly name: string }> = new Map([
  ['reconnaissance', { uid: 'TA0043', name: 'Reconnaissance' }],
  ['resource-development', { uid: 'TA0042', name: 'Resource Development' }],
  ['initial-access', { uid: 'TA0001', name: 'Initial Access' }],
  ['execution', { uid: 'TA0002', name: 'Execution' }],
  ['persistence', { uid: 'TA0003', name: 'Persistence' }],
  ['privilege-escalation', { uid: 'TA0004', name: 'Privilege Escalation' }],
  ['defense-evasion', { uid: 'TA0005', name: 'Defense Evasion' }],
  ['stealth', { name: 'Stealth' }],
  ['defense-impairment', { name: 'Defense Impairment' }],
  ['credential-access', { uid: 'TA0006', name: 'Credential Access' }],
  ['discovery', { uid: 'TA0007', name: 'Discovery' }],
  ['lateral-movement', { uid: 'TA0008', name: 'Lateral Movement' }],
  ['collection', { uid: 'TA0009', name: 'Collection' }],
  ['command-and-control', { uid: 'TA0011', name: 'Command and Control' }],
  ['exfiltration', { uid: 'TA0010', name: 'Exfiltration' }],
  ['impact', { uid: 'TA0040', name: 'Impact' }],
]);

/**
 * One object per tactic and per technique: a Sigma rule lists both without saying which belongs to which, and many
 * techniques serve several tactics. Undefined where there is neither.
 */
export function attacksOf(tags: readonly string[]): Json | undefined {
  const attacks: Json[] = [];
  for (const tag of tags) {
    const tactic = tactics.get(/^attack\.(.+)$/i.exec(tag)?.[1]?.toLowerCase().replaceAll('_', '-') ?? '');
    if (tactic !== undefined) attacks.push({ tactic });
  }
  for (const id of techniques(tags)) {
    const [uid] = id.split('.') as [string];
    attacks.push(id === uid ? { technique: { uid } } : { technique: { uid }, sub_technique: { uid: id } });
  }
  return attacks.length === 0 ? undefined : attacks;
}
