/** Judge: from findings and facts to intrusions with reasons. */

export * from './cases/index.ts';
export * from './compare/index.ts';
export { daysIn } from './days.ts';
export { judge } from './judge.ts';
export {
  type AccountRow,
  type AccountTable,
  boundMemory,
  type Exposed,
  emptyMemory,
  expireMemory,
  forgetAccount,
  isSealed,
  type Memory,
  parseAccounts,
  parseMemory,
  type Secret,
  sealText,
  unsealText,
  writeMemory,
} from './memory/index.ts';
export * from './reach/index.ts';
export type {
  Evidence,
  EvidenceLink,
  Intrusion,
  JudgedFinding,
  JudgedRule,
  JudgeInput,
  Judgement,
  Recurs,
  Suppressed,
  Verdict,
} from './types.ts';
export { verdicts } from './types.ts';
export * from './visibility/index.ts';
