/** `huntaway doctor`: checks the flags and hands them to the doctor. */
import { tmpdir } from 'node:os';
import { colorChoice, flag, text } from '../given.ts';
import { choice } from '../values.ts';
import type { Command } from './command.ts';
import { cacheDir, color, spoolDir } from './flags.ts';

const formats = ['text', 'json'] as const;

export const doctor: Command = {
  name: 'doctor',
  arguments: '',
  summary: 'say whether hunts can run here, and what would hinder them',
  description:
    'Looks at versions, folders, limits, caches and the terminal; each line is ok, a note or a problem, with the ' +
    'remedy. With --format json the result can be attached to an issue: it holds no environment, and the home folder ' +
    'as ~. Exit codes: 0, or 1 where a problem would stop a hunt.',
  examples: [
    ['huntaway doctor', 'look'],
    ['huntaway doctor --format json > doctor.json', 'for an issue'],
    ['huntaway doctor --clear-cache', 'remove the compiled rules that are kept'],
  ],
  flags: [
    cacheDir,
    spoolDir,
    {
      name: 'clear-cache',
      help: 'remove the compiled rules that are kept; nothing else is touched',
      group: 'Rules',
    },
    {
      name: 'format',
      short: 'f',
      argument: 'FORMAT',
      choices: formats,
      help: 'how the result is printed',
      default: 'text',
      group: 'Output',
    },
    color,
  ],
  async run(_words, given, version) {
    const [{ doctor }, { defaultCacheDirectory }, { processIo }, { machineFacts }] = await Promise.all([
      import('../../run/doctor/index.ts'),
      import('../../know/rulesets/index.ts'),
      import('../stdio.ts'),
      import('../machine.ts'),
    ]);
    const options = {
      cacheDirectory: text(given, 'cacheDir') ?? defaultCacheDirectory(),
      spoolDirectory: text(given, 'spoolDir') ?? tmpdir(),
      temporaryDirectory: tmpdir(),
      clearCache: given['clearCache'] === true,
      format: flag(given, 'format', value => choice('format', formats, value)) ?? 'text',
    };
    return doctor(options, machineFacts(version), processIo({ quiet: false, color: colorChoice(given) }));
  },
};
