/** `huntaway memory show`: checks the flags and hands them on. */
import { colorChoice, flag } from '../given.ts';
import { choice } from '../values.ts';
import type { Command } from './command.ts';
import { memoryKey, talkFlags } from './flags.ts';

const formats = ['text', 'json'] as const;

export const memoryShow: Command = {
  name: 'memory show',
  arguments: '<file>',
  summary: 'show what a memory holds',
  description:
    'Shows what hunts with --memory FILE have remembered: which accounts are exposed since when and by what, how much ' +
    'is known of how accounts are used, and which periods of which logs it rests on. Who used what is in the JSON only. ' +
    'The passphrase of an encrypted memory is taken from HUNTAWAY_MEMORY_PASSPHRASE, or asked for at the terminal.',
  examples: [
    ['huntaway memory show site.memory', 'what a memory holds'],
    ['huntaway memory show site.memory --memory-key site.key --format json', 'all of an encrypted one'],
  ],
  flags: [
    memoryKey,
    {
      name: 'format',
      short: 'f',
      argument: 'FORMAT',
      choices: formats,
      help: 'how it is printed',
      default: 'text',
      group: 'Output',
    },
    ...talkFlags,
  ],
  async run([path], given) {
    const [{ showMemory }, { processIo }, { memoryKeys }] = await Promise.all([
      import('../../run/memory/index.ts'),
      import('../stdio.ts'),
      import('../passphrase.ts'),
    ]);
    const io = processIo({ quiet: given['quiet'] === true, color: colorChoice(given) });
    const format = flag(given, 'format', value => choice('format', formats, value)) ?? 'text';
    return showMemory({ path: path!, keys: memoryKeys(given, process.env), format }, io);
  },
};
