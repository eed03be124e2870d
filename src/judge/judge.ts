/**
 * The judgement of a hunt: the same findings, facts and knowledge give the same intrusions, whatever the order they come
 * in. This file brings the collaborators together; what decides is in `intrusions/`.
 */
import type { Baseline } from './baseline/index.ts';
import { judgeIntrusions, makeNames, type Tools } from './intrusions/index.ts';
import type { JudgeInput, Judgement } from './types.ts';

export function judge(input: JudgeInput): Judgement {
  const { intrusions, suppressed, notes } = judgeIntrusions(input, toolsFor(input));
  return { intrusions, suppressed, memory: input.memory, notes };
}

function toolsFor(input: JudgeInput): Tools {
  return {
    names: makeNames(input.hosts),
    baseline: unknownBaseline,
    approvalOf: () => null,
    firstOf: () => null,
    zoneOf: null,
    isPlant: () => false,
  };
}

const unknownBaseline: Baseline = {
  days: 0,
  isShort: true,
  unusual: () => ({ bits: 0, seen: { account: 0, host: 0, anywhere: 0 }, regular: null, reasons: [] }),
  logon: () => null,
};
