/** `huntaway case list`: checks the flags and hands them on. */
import { colorChoice, flag, text } from '../given.ts';
import { choice } from '../values.ts';
import { caseFormat, caseFormats, cases, huntFolder } from './case-flags.ts';
import type { Command } from './command.ts';
import { talkFlags } from './flags.ts';

export const caseList: Command = {
  name: 'case list',
  arguments: '',
  summary: 'where each intrusion of a hunt stands',
  description:
    'Lists the intrusions of a hunt with what people decided on each: undecided, asked, confirmed, dismissed, or open again ' +
    'because of new evidence or a dismissal that ran out. Exit code 3 where a line of the file of decisions is damaged.',
  examples: [
    ['huntaway case list --hunt ./out', 'decisions kept with the hunt'],
    [
      'huntaway case list --hunt ./out --cases site-cases.jsonl --format json',
      'those of a file for all hunts',
    ],
  ],
  flags: [huntFolder, cases, caseFormat, ...talkFlags],
  async run(_, given) {
    const [{ listCases }, { processIo }] = await Promise.all([
      import('../../run/cases/index.ts'),
      import('../stdio.ts'),
    ]);
    const io = processIo({ quiet: given['quiet'] === true, color: colorChoice(given) });
    const format = flag(given, 'format', value => choice('format', caseFormats, value)) ?? 'text';
    return listCases({ hunt: text(given, 'hunt') ?? '.', cases: text(given, 'cases'), format }, io);
  },
};
