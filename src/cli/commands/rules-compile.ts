/** `huntaway rules compile`: checks the flags and hands them to the compiler. */
import { colorChoice, text } from '../given.ts';
import { UsageError } from '../usage.ts';
import type { Command } from './command.ts';
import { placeholders, talkFlags } from './flags.ts';

export const rulesCompile: Command = {
  name: 'rules compile',
  arguments: '<path...>',
  summary: 'make one file of many rules, for hosts without the folder',
  description:
    'Parses Sigma rules and writes their compiled form to one file, which every command takes in place of the folder. ' +
    'Only the same version of huntaway reads it. Rules that cannot run go along and are named as from the folder.',
  examples: [
    ['huntaway rules compile ./sigma/rules --out sigma.rules', 'one file'],
    ['huntaway hunt ./logs --rules sigma.rules', 'on the jump host'],
  ],
  flags: [
    placeholders,
    { name: 'out', short: 'o', argument: 'FILE', help: 'the file to write', group: 'Output' },
    { name: 'force', help: 'replace FILE though it holds something else', group: 'Output' },
    ...talkFlags,
  ],
  async run(paths, given) {
    const out = text(given, 'out');
    if (out === null) throw new UsageError('--out FILE is missing: where the compiled rules go');
    const [{ compileRules }, { processIo }] = await Promise.all([
      import('../../run/rules/index.ts'),
      import('../stdio.ts'),
    ]);
    const options = {
      paths,
      placeholders: text(given, 'placeholders'),
      cacheDirectory: null,
      out,
      force: given['force'] === true,
    };
    return compileRules(options, processIo({ quiet: given['quiet'] === true, color: colorChoice(given) }));
  },
};
