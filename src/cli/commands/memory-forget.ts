/** `huntaway memory forget`: checks the flags and hands them on. */
import { colorChoice } from '../given.ts';
import type { Command } from './command.ts';
import { memoryKey, talkFlags } from './flags.ts';

export const memoryForget: Command = {
  name: 'memory forget',
  arguments: '<file> <account>',
  summary: 'leave what is known of one account out of a memory',
  description:
    'Removes from a memory what names one account: that it was exposed, how it was used, when its password was changed. ' +
    'A theft of a whole domain stays, because it names nobody. The file is replaced as a whole, or not at all.',
  examples: [
    ["huntaway memory forget site.memory 'WAIRUA\\adm.hollis'", 'an account of the domain'],
    ["huntaway memory forget site.memory 'jump1.wairua.test\\operator'", 'an account of one machine'],
  ],
  flags: [memoryKey, ...talkFlags],
  async run([path, account], given) {
    const [{ forgetInMemory }, { processIo }, { memoryKeys }] = await Promise.all([
      import('../../run/memory/index.ts'),
      import('../stdio.ts'),
      import('../passphrase.ts'),
    ]);
    const io = processIo({ quiet: given['quiet'] === true, color: colorChoice(given) });
    return forgetInMemory({ path: path!, account: account!, keys: memoryKeys(given, process.env) }, io);
  },
};
