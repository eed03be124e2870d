/** `huntaway memory expire`: checks the flags and hands them on. */
import { colorChoice, flag } from '../given.ts';
import { UsageError } from '../usage.ts';
import { moment } from '../values.ts';
import type { Command } from './command.ts';
import { memoryKey, talkFlags } from './flags.ts';

export const memoryExpire: Command = {
  name: 'memory expire',
  arguments: '<file>',
  summary: 'leave what is older than a day out of a memory',
  description:
    'Removes from a memory what ended before a moment: uses of accounts last seen before it, thefts, password changes and ' +
    'periods of logs. An account whose exposure is left out counts as safe from then on, so first let its password be ' +
    'changed. The file is replaced as a whole, or not at all.',
  examples: [
    ['huntaway memory expire site.memory --before 2024-01-01', 'everything before 2024'],
    ['huntaway memory expire site.memory --before -156w', 'everything older than three years'],
  ],
  flags: [
    {
      name: 'before',
      argument: 'TIME',
      help: 'what ended before TIME is left out: RFC 3339, a date, or back from now (-52w)',
      group: 'Selection',
    },
    memoryKey,
    ...talkFlags,
  ],
  async run([path], given) {
    const before = flag(given, 'before', value => moment('before', value, Date.now() * 1000));
    if (before === null) throw new UsageError('--before is missing: say from when on things are kept');
    const [{ expireInMemory }, { processIo }, { memoryKeys }] = await Promise.all([
      import('../../run/memory/index.ts'),
      import('../stdio.ts'),
      import('../passphrase.ts'),
    ]);
    const io = processIo({ quiet: given['quiet'] === true, color: colorChoice(given) });
    return expireInMemory({ path: path!, before, keys: memoryKeys(given, process.env) }, io);
  },
};
