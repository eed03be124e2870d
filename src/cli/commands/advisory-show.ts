/** `huntaway advisory show`: checks the flags and hands them to the page. */
import { colorChoice, flag } from '../given.ts';
import { choice } from '../values.ts';
import type { Command } from './command.ts';
import { advisoryFormat, advisoryFormats, talkFlags } from './flags.ts';

export const advisoryShow: Command = {
  name: 'advisory show',
  arguments: '<name|path>',
  summary: 'say what an advisory pack looks for, and what it cannot see',
  description:
    'Prints an advisory as a page: who it is about, each behaviour by stage with the logs that show it, what looks like ' +
    'it and how to tell them apart, what no log can show and why, what to do first, and what helps.',
  examples: [
    ['huntaway advisory show volt-typhoon', 'the pack that ships'],
    ['huntaway advisory show ./my-advisory | less', 'one of your own'],
    ['huntaway advisory show volt-typhoon --format json', 'for programs'],
  ],
  flags: [advisoryFormat, ...talkFlags],
  async run(words, given) {
    const [{ showAdvisory }, { processIo }] = await Promise.all([
      import('../../run/advisories/index.ts'),
      import('../stdio.ts'),
    ]);
    const format = flag(given, 'format', value => choice('format', advisoryFormats, value)) ?? 'text';
    const io = processIo({ quiet: given['quiet'] === true, color: colorChoice(given) });
    return showAdvisory(words[0]!, format, io);
  },
};
