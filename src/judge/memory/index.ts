/** Memory: exposed accounts and ways they were used, kept from run to run. */
export { type ParsedAccounts, parseAccounts } from './accounts.ts';
export { domainOf, type Exposure, Exposures, expose, type Theft } from './exposure.ts';
export { learnPasswordChanges, learnPeriods } from './learn.ts';
export {
  type Bounded,
  boundMemory,
  emptyMemory,
  expireMemory,
  forgetAccount,
  isBlank,
  isDrill,
  mergeMemories,
} from './memory.ts';
export { isSealed, type Secret, sealText, type Unsealed, unsealText } from './seal.ts';
export { type ParsedMemory, parseMemory, writeMemory } from './text.ts';
export { type TheftEvidence, theftsOf } from './thefts.ts';
export type { AccountRow, AccountTable, Exposed, Memory, SeenUse, UsedDays } from './types.ts';
