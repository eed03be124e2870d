/**
 * The judgement of a hunt: the same findings, facts and knowledge give the same intrusions, whatever the order they come
 * in. This file brings the collaborators together; what decides is in `intrusions/`.
 */
import { buildBaseline, eventKey } from './baseline/index.ts';
import { judgeIntrusions, makeNames } from './intrusions/index.ts';
import type { JudgeInput, Judgement } from './types.ts';

export function judge(input: JudgeInput): Judgement {
  const names = makeNames(input.hosts);
  const baseline = buildBaseline(input.facts, {
    evidence: new Set(input.findings.map(({ fact }) => eventKey(fact))),
    names,
    hosts: input.hosts,
  });
  const { intrusions, suppressed, notes } = judgeIntrusions(input, {
    names,
    baseline,
    approvalOf: () => null,
    firstOf: () => null,
    zoneOf: null,
    isPlant: () => false,
  });
  return { intrusions, suppressed, memory: input.memory, notes: [...baseline.notes, ...notes] };
}
