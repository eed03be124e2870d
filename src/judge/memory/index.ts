/** Memory: exposed accounts and ways they were used, kept from run to run. */
export type { AccountRow, AccountTable, Exposed, Memory, SeenUse } from './types.ts';
