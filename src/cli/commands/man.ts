/** `huntaway man`: prints the manual page, made from the tables of commands and flags. */
import type { Command } from './command.ts';
import { type AllCommands, programTable } from './table.ts';

export const man = (all: AllCommands): Command => ({
  name: 'man',
  arguments: '',
  summary: 'print the manual page (roff)',
  description: 'Prints the manual page with all commands and flags, for man and groff.',
  examples: [
    ['huntaway man | man -l -', 'read it'],
    ['huntaway man > ~/.local/share/man/man1/huntaway.1', 'install it'],
  ],
  flags: [],
  async run(_words, _given, version) {
    const [{ manualPage }, { writeOutput }] = await Promise.all([
      import('../../run/program/index.ts'),
      import('../stdio.ts'),
    ]);
    writeOutput(1, Buffer.from(manualPage(programTable(all, version))));
    return 0;
  },
});
