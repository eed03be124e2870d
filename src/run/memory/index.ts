/** Memories as files, the commands about them, and the table of accounts that goes with them. */
export { type LoadedAccounts, loadAccounts } from './accounts.ts';
export { expireInMemory, forgetInMemory } from './change.ts';
export { loadMemory, type MemoryFile, saveMemory } from './file.ts';
export type { MemoryKeys } from './secret.ts';
export { type ShowMemoryOptions, showMemory } from './show.ts';
