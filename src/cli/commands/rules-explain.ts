/** `huntaway rules explain`: checks the flags and hands them to the explanation. */
import { existsSync } from 'node:fs';
import type { RecordReference } from '../../run/rules/index.ts';
import { cacheDirectory, colorChoice, flag, list, text } from '../given.ts';
import { UsageError } from '../usage.ts';
import { choice, recordReference } from '../values.ts';
import type { Command, Given } from './command.ts';
import { reveal, ruleSetFlags, ruleSources, talkFlags } from './flags.ts';

const formats = ['text', 'json'] as const;

export const rulesExplain: Command = {
  name: 'rules explain',
  arguments: '<rule>',
  summary: 'say what a rule, correlation or filter means, or why it matched an event or not',
  description:
    'Says what a rule looks for, in which logs and which of them lack a field it needs. With --event it evaluates the ' +
    'rule on one record and shows its condition as a tree: what held, what did not, and on which values. Filters of the ' +
    'set are part of the rule, as in a hunt. A correlation is explained with the rules that feed it and what the record ' +
    'is to each, a filter with the rules that it narrows. What is to be explained is named by id, title, path, or a part ' +
    'of the title that only one of them has.',
  examples: [
    ['huntaway rules explain ./rules/new.yml', 'what a rule means'],
    [
      'huntaway rules explain comsvcs --rules ./rules --event Sysmon.evtx#6143',
      'why it matched record 6143, or did not',
    ],
    ["huntaway rules explain 'Burst Of' -r ./rules", 'a correlation, with the rules that feed it'],
    [
      "huntaway rules explain comsvcs -r ./rules --event 'all.zip!/DC1/Security.evtx#@4608'",
      'by path and offset of a finding',
    ],
  ],
  flags: [
    ruleSources,
    ...ruleSetFlags,
    {
      name: 'event',
      argument: 'FILE#RECORD',
      help: 'a record of a log: its record id, or @ and its offset (log.offset of a finding)',
      group: 'Selection',
    },
    {
      name: 'format',
      short: 'f',
      argument: 'FORMAT',
      choices: formats,
      help: 'how the explanation is printed',
      default: 'text',
      group: 'Output',
    },
    reveal,
    ...talkFlags,
  ],
  async run(words, given) {
    const rule = words[0]!;
    const paths = rulePaths(rule, given);
    const event: RecordReference | null = flag(given, 'event', value => recordReference('event', value));
    const [{ explainRule }, { defaultCacheDirectory }, { processIo }] = await Promise.all([
      import('../../run/rules/index.ts'),
      import('../../know/rulesets/index.ts'),
      import('../stdio.ts'),
    ]);
    const options = {
      paths,
      placeholders: text(given, 'placeholders'),
      cacheDirectory: cacheDirectory(given, defaultCacheDirectory),
      rule,
      event,
      format: flag(given, 'format', value => choice('format', formats, value)) ?? 'text',
      reveal: given['reveal'] === true,
    };
    return explainRule(options, processIo({ quiet: given['quiet'] === true, color: colorChoice(given) }));
  },
};

function rulePaths(rule: string, given: Given): readonly string[] {
  const paths = list(given, 'rules');
  if (paths.length > 0) return paths;
  if (existsSync(rule)) return [rule];
  throw new UsageError(`there is no file '${rule}'; say where the rule is with --rules PATH`);
}
