/** `huntaway advisory list`: checks the flags and hands them to the list. */
import { colorChoice, flag } from '../given.ts';
import { choice } from '../values.ts';
import type { Command } from './command.ts';
import { advisoryFormat, advisoryFormats, talkFlags } from './flags.ts';

export const advisoryList: Command = {
  name: 'advisory list',
  arguments: '[path...]',
  summary: 'list the advisory packs that ship, and those given',
  description:
    'Lists advisory packs with what they cover: behaviours, those that no log can show, rules and indicators. The packs ' +
    'that ship with the program come first; a hunt uses volt-typhoon unless it is told otherwise.',
  examples: [
    ['huntaway advisory list', 'the packs that ship'],
    ['huntaway advisory list ./my-advisory --format json', 'with one of your own, for programs'],
  ],
  flags: [advisoryFormat, ...talkFlags],
  async run(paths, given) {
    const [{ listAdvisories }, { processIo }] = await Promise.all([
      import('../../run/advisories/index.ts'),
      import('../stdio.ts'),
    ]);
    const format = flag(given, 'format', value => choice('format', advisoryFormats, value)) ?? 'text';
    const io = processIo({ quiet: given['quiet'] === true, color: colorChoice(given) });
    return listAdvisories(paths, format, io);
  },
};
