/** Which rules' hits become evidence, and which others' workers must keep because a correlation is fed with them. */
import type { Correlation, Rule } from '../../../know/sigma/index.ts';
import type { Selected } from '../../selection.ts';

export type WantedEvidence = {
  /** By index in `reported`: 1 where its findings are evidence. */
  readonly reported: Uint8Array;
  /** By index of the rule, for `EvidenceRequest`: those, and the base rules of correlations among them. */
  readonly rules: Uint8Array;
};

/** `isEvidence` is asked of every rule and correlation whose findings are shown. */
export function wantedEvidence(
  { rules, reported, hidden, correlations }: Selected,
  isEvidence: (rule: Rule | Correlation) => boolean,
): WantedEvidence {
  const wanted = Uint8Array.from(reported, (rule, i) => (hidden[i] !== 1 && isEvidence(rule) ? 1 : 0));
  const feeds = Uint8Array.from(wanted);
  // Each correlation stands behind those that it is fed with.
  for (let i = correlations.length - 1; i >= 0; i--) {
    if (feeds[rules.length + i] !== 1) continue;
    for (const input of correlations[i]!.inputs) feeds[input] = 1;
  }
  return { reported: wanted, rules: feeds.slice(0, rules.length) };
}
