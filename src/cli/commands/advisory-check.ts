/** `huntaway advisory check`: checks the flags and hands them to the check. */
import { colorChoice, flag } from '../given.ts';
import { choice } from '../values.ts';
import type { Command } from './command.ts';
import { advisoryFormat, advisoryFormats, talkFlags } from './flags.ts';

export const advisoryCheck: Command = {
  name: 'advisory check',
  arguments: '<path...>',
  summary: 'find what is wrong with advisory packs, and run their tests',
  description:
    'Reads advisory packs (folders with an advisory.yml) and says what is wrong with them by file, line and column: ' +
    'behaviours, chain, indicators and rules, and what they do not know of each other. Then it runs the test events of ' +
    'the pack against its rules and correlations, and shows of each test that fails which part of the condition ' +
    'decided. Exit code 1 if there is an error or a test fails.',
  examples: [
    ['huntaway advisory check ./advisories/my-advisory', 'everything that is wrong'],
    ['huntaway advisory check ./my-advisory --strict --quiet', 'in a pipeline: fails on warnings too'],
    ['huntaway advisory check ./my-advisory --format json', 'for programs'],
  ],
  flags: [
    { name: 'strict', help: 'exit with 1 if there is a warning, too', group: 'Output' },
    advisoryFormat,
    ...talkFlags,
  ],
  async run(paths, given) {
    const [{ checkAdvisories }, { processIo }] = await Promise.all([
      import('../../run/advisories/index.ts'),
      import('../stdio.ts'),
    ]);
    const options = {
      paths,
      format: flag(given, 'format', value => choice('format', advisoryFormats, value)) ?? 'text',
      strict: given['strict'] === true,
    };
    return checkAdvisories(options, processIo({ quiet: given['quiet'] === true, color: colorChoice(given) }));
  },
};
