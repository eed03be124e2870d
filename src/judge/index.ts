/** Judge: from findings and facts to intrusions with reasons. */
export { judge } from './judge.ts';
export type {
  Evidence,
  EvidenceLink,
  Intrusion,
  JudgedFinding,
  JudgedRule,
  JudgeInput,
  Judgement,
  Suppressed,
  Verdict,
} from './types.ts';
export { verdicts } from './types.ts';
