/** `huntaway advisory new`: hands the folder to who writes the pack. */
import { colorChoice } from '../given.ts';
import type { Command } from './command.ts';
import { talkFlags } from './flags.ts';

export const advisoryNew: Command = {
  name: 'advisory new',
  arguments: '<dir>',
  summary: 'begin an advisory pack of your own',
  description:
    'Writes a small pack to begin with: an advisory, two behaviours, a chain, a rule with its tests and an indicator, ' +
    'each with comments on what goes where. The folder must be new or empty, and gives the pack its name.',
  examples: [
    ['huntaway advisory new ./river-fox', 'begin'],
    ['huntaway advisory check ./river-fox', 'then check it'],
    ['huntaway hunt ./logs --advisory ./river-fox', 'then hunt with it'],
  ],
  flags: [...talkFlags],
  async run(words, given) {
    const [{ beginAdvisory }, { processIo }] = await Promise.all([
      import('../../run/advisories/index.ts'),
      import('../stdio.ts'),
    ]);
    return beginAdvisory(words[0]!, processIo({ quiet: given['quiet'] === true, color: colorChoice(given) }));
  },
};
