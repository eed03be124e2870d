/** `huntaway rules list`: checks the flags and hands them to the list. */
import type { ListFormat } from '../../run/rules/index.ts';
import { cacheDirectory, colorChoice, flag, ruleSelection, text } from '../given.ts';
import { choice } from '../values.ts';
import type { Command } from './command.ts';
import { ruleSetFlags, selectionFlags, talkFlags } from './flags.ts';

const formats: readonly ListFormat[] = ['table', 'jsonl', 'json', 'csv'];

export const rulesList: Command = {
  name: 'rules list',
  arguments: '<path...>',
  summary: 'list rules with level, status, log source and path',
  description:
    'Lists the rules that a hunt with the same flags would run, and those it would refuse; of a correlation what feeds it, ' +
    'of a filter how many rules it narrows. With --routes it says where the events of each rule come from, and which ' +
    'source lacks a field that the rule needs.',
  examples: [
    ['huntaway rules list ./rules --level high', 'high and critical rules'],
    [
      "huntaway rules list ./rules --include 'attack.t1003*' --routes",
      'by technique, with where events come from',
    ],
    ['huntaway rules list ./rules --format csv > rules.csv', 'for a spreadsheet'],
  ],
  flags: [
    ...selectionFlags,
    ...ruleSetFlags,
    { name: 'routes', help: 'show where the events of each rule come from', group: 'Output' },
    {
      name: 'format',
      short: 'f',
      argument: 'FORMAT',
      choices: formats,
      help: 'how rules are printed',
      default: 'table on a terminal, else jsonl',
      group: 'Output',
    },
    ...talkFlags,
  ],
  async run(paths, given) {
    const [{ listRules }, { defaultCacheDirectory }, { processIo }] = await Promise.all([
      import('../../run/rules/index.ts'),
      import('../../know/rulesets/index.ts'),
      import('../stdio.ts'),
    ]);
    const io = processIo({ quiet: given['quiet'] === true, color: colorChoice(given) });
    const options = {
      paths,
      placeholders: text(given, 'placeholders'),
      cacheDirectory: cacheDirectory(given, defaultCacheDirectory),
      selection: ruleSelection(given),
      format:
        flag(given, 'format', value => choice('format', formats, value)) ??
        (io.stdout.isTerminal ? 'table' : 'jsonl'),
      routes: given['routes'] === true,
    };
    return listRules(options, io);
  },
};
