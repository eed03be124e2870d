/** `huntaway completions`: prints a completion script, made from the tables of commands and flags. */
import { oneOf, UsageError } from '../usage.ts';
import type { Command } from './command.ts';
import { type AllCommands, programTable } from './table.ts';

const shells = ['bash', 'zsh', 'fish', 'powershell'] as const;

export const completions = (all: AllCommands): Command => ({
  name: 'completions',
  arguments: '<shell>',
  choices: shells,
  summary: 'print a script with which a shell completes command lines',
  description: `Prints the script for ${oneOf(shells)}. It knows commands, flags and their choices, and where files or folders go.`,
  examples: [
    ['source <(huntaway completions bash)', 'bash: in ~/.bashrc'],
    ['huntaway completions zsh > "$fpath[1]/_huntaway"', 'zsh'],
    ['huntaway completions fish > ~/.config/fish/completions/huntaway.fish', 'fish'],
    ['huntaway completions powershell | Out-String | Invoke-Expression', 'PowerShell: in $PROFILE'],
  ],
  flags: [],
  async run([given], _flags, version) {
    const shell = shells.find(name => name === given!.toLowerCase());
    if (shell === undefined) throw new UsageError(`completions takes ${oneOf(shells)}, not '${given}'`);
    const [{ completionScript }, { writeOutput }] = await Promise.all([
      import('../../run/program/index.ts'),
      import('../stdio.ts'),
    ]);
    writeOutput(1, Buffer.from(completionScript(shell, programTable(all, version))));
    return 0;
  },
});
