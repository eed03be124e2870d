/** `huntaway drill list`: the kinds of drills. */
import { colorChoice, flag } from '../given.ts';
import { choice } from '../values.ts';
import type { Command } from './command.ts';
import { color } from './flags.ts';

const formats = ['text', 'json'] as const;

export const drillList: Command = {
  name: 'drill list',
  arguments: '',
  summary: 'list the kinds of drills',
  description:
    'Lists the kinds of drills. A kind whose name ends in quiet has no intrusion, only what looks like one. Frozen kinds ' +
    'are listed by name alone: they are kept from those who write detection.',
  examples: [['huntaway drill list', 'what there is']],
  flags: [
    {
      name: 'format',
      short: 'f',
      argument: 'FORMAT',
      choices: formats,
      help: 'how the list is printed',
      default: 'text',
      group: 'Output',
    },
    color,
  ],
  async run(_words, given) {
    const [{ listDrills }, { processIo }] = await Promise.all([
      import('../../run/drill/index.ts'),
      import('../stdio.ts'),
    ]);
    const format = flag(given, 'format', value => choice('format', formats, value)) ?? 'text';
    return listDrills(format, processIo({ quiet: false, color: colorChoice(given) }));
  },
};
