/** `huntaway dump`: checks the flags and hands them to the dump. */
import { colorChoice, flag, timeRange } from '../given.ts';
import { choice, timeZoneName } from '../values.ts';
import type { Command } from './command.ts';
import { reveal, talkFlags, timeFlags } from './flags.ts';

const layouts = ['windows', 'ecs'] as const;

export const dump: Command = {
  name: 'dump',
  arguments: '<path...>',
  summary: 'print every event as a line of JSON',
  description:
    'Reads logs as hunt does and prints each event as one line of JSON, in the order of the files.',
  examples: [
    ['huntaway dump Security.evtx', 'nested, as Windows shows events'],
    ['huntaway dump ./logs --format ecs > events.jsonl', 'in the Elastic Common Schema'],
  ],
  flags: [
    ...timeFlags,
    {
      name: 'format',
      short: 'f',
      argument: 'FORMAT',
      choices: layouts,
      help: 'how events are printed',
      default: 'windows',
      group: 'Output',
    },
    reveal,
    ...talkFlags,
  ],
  async run(paths, given) {
    const [{ dump }, { processIo }] = await Promise.all([
      import('../../run/dump/index.ts'),
      import('../stdio.ts'),
    ]);
    const io = processIo({ quiet: given['quiet'] === true, color: colorChoice(given) });
    const { from, to } = timeRange(given, io.now());
    return dump(
      {
        paths,
        layout: flag(given, 'format', value => choice('format', layouts, value)) ?? 'windows',
        from,
        to,
        timeZone: flag(given, 'timeZone', timeZoneName) ?? 'UTC',
        reveal: given['reveal'] === true,
      },
      io,
    );
  },
};
