/** `huntaway drill score`: compares what a hunt wrote with the truth of the drill. */
import { colorChoice, flag } from '../given.ts';
import { choice } from '../values.ts';
import type { Command } from './command.ts';
import { color } from './flags.ts';

const formats = ['text', 'json'] as const;

export const drillScore: Command = {
  name: 'drill score',
  arguments: '<out> [truth]',
  summary: 'say how a hunt did on a drill',
  description:
    'Compares intrusions.json, or the folder that holds it, with the truth of a drill (a truth.json or its folder; by ' +
    'default beside or above what the hunt wrote): what was found, merged or split, how much of the core evidence, how ' +
    'much of what was reported is true. Exit code 1 where a target is missed.',
  examples: [
    ['huntaway drill score ./drill/out ./drill', 'what the hunt wrote, and the drill'],
    ['huntaway drill score ./drill/out --format json', 'for a pipeline'],
  ],
  flags: [
    {
      name: 'format',
      short: 'f',
      argument: 'FORMAT',
      choices: formats,
      help: 'how the score is printed',
      default: 'text',
      group: 'Output',
    },
    color,
  ],
  async run(words, given) {
    const [{ scoreDrillRun }, { processIo }] = await Promise.all([
      import('../../run/drill/index.ts'),
      import('../stdio.ts'),
    ]);
    const format = flag(given, 'format', value => choice('format', formats, value)) ?? 'text';
    const io = processIo({ quiet: false, color: colorChoice(given) });
    return scoreDrillRun(words[0]!, words[1] ?? null, format, io);
  },
};
