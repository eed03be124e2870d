/** `huntaway rules check`: checks the flags and hands them to the check. */
import type { CheckFormat } from '../../run/rules/index.ts';
import { colorChoice, flag, text } from '../given.ts';
import { choice } from '../values.ts';
import type { Command } from './command.ts';
import { placeholders, talkFlags } from './flags.ts';

const formats: readonly CheckFormat[] = ['text', 'json', 'sarif'];

export const rulesCheck: Command = {
  name: 'rules check',
  arguments: '<path...>',
  summary: 'find what is wrong with rules, by file, line and column',
  description:
    'Reads Sigma rules and says what is wrong with them: errors (the rule cannot run), warnings (most likely a ' +
    'mistake) and notes (good to know, such as a source that lacks a field). All paths are one set: references of ' +
    'correlations and filters are followed across files. Exit code 1 if there is an error.',
  examples: [
    ['huntaway rules check ./rules', 'everything that is wrong'],
    ['huntaway rules check ./rules --strict --quiet', 'in a pipeline: fails on warnings too'],
    ['huntaway rules check ./rules --format sarif > rules.sarif', 'for code scanning'],
  ],
  flags: [
    placeholders,
    { name: 'strict', help: 'exit with 1 if there is a warning, too', group: 'Output' },
    { name: 'all', help: 'show each note with its place, however many there are', group: 'Output' },
    {
      name: 'format',
      short: 'f',
      argument: 'FORMAT',
      choices: formats,
      help: 'how problems are printed',
      default: 'text',
      group: 'Output',
    },
    ...talkFlags,
  ],
  async run(paths, given, version) {
    const [{ checkRuleFiles }, { processIo }] = await Promise.all([
      import('../../run/rules/index.ts'),
      import('../stdio.ts'),
    ]);
    const options = {
      paths,
      placeholders: text(given, 'placeholders'),
      format: flag(given, 'format', value => choice('format', formats, value)) ?? 'text',
      strict: given['strict'] === true,
      all: given['all'] === true,
      version,
    };
    return checkRuleFiles(options, processIo({ quiet: given['quiet'] === true, color: colorChoice(given) }));
  },
};
