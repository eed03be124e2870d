/** The program's own table told to others: completion scripts for shells, and the manual page. */
import { bashCompletion } from './bash.ts';
import { fishCompletion } from './fish.ts';
import { powershellCompletion } from './powershell.ts';
import type { ProgramTable } from './types.ts';
import { zshCompletion } from './zsh.ts';

export { manualPage } from './manual.ts';
export type { ProgramCommand, ProgramFlag, ProgramTable } from './types.ts';

export const shells = ['bash', 'zsh', 'fish', 'powershell'] as const;
export type Shell = (typeof shells)[number];

const scripts: Readonly<Record<Shell, (table: ProgramTable) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
  powershell: powershellCompletion,
};

/** The script that makes `shell` complete the program's command lines. */
export function completionScript(shell: Shell, table: ProgramTable): string {
  return scripts[shell](table);
}
