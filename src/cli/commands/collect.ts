/** `huntaway collect`: checks the flags and prints the script. */
import type { CollectOptions } from '../../run/collect/index.ts';
import type { Since } from '../../tell/index.ts';
import { flag, list, text } from '../given.ts';
import { UsageError } from '../usage.ts';
import { choice, moment } from '../values.ts';
import type { Command, Given } from './command.ts';

const formats = ['powershell', 'cmd'] as const;

type Checks = Pick<typeof import('../../run/collect/index.ts'), 'isChannelName' | 'isFolderName'>;

export const collect: Command = {
  name: 'collect',
  arguments: '',
  summary: 'print a script that exports the event logs of a Windows host',
  description:
    'Prints a script, and never runs it: read it, take it to a Windows host, run it there as an administrator, and ' +
    'bring back the folder it makes. It only reads: it exports the event log channels worth having, hashes them, ' +
    'and writes a manifest beside them, by which a hunt checks the files and labels the traces of the collection.',
  examples: [
    ['huntaway collect --output collect.ps1', 'the channels worth having, all their records'],
    ['huntaway collect --format cmd --output collect.cmd', 'for a host without PowerShell'],
    [
      'huntaway collect --channel Security --channel System --since -30d --out E:\\ -o collect.ps1',
      'two channels, the last 30 days, to another volume',
    ],
    ['huntaway hunt ./huntaway-DC1-* --rules ./rules', 'hunt what came back'],
  ],
  flags: [
    {
      name: 'format',
      short: 'f',
      argument: 'FORMAT',
      choices: formats,
      help: 'the language of the script',
      default: 'powershell',
      group: 'Output',
    },
    {
      name: 'channel',
      short: 'c',
      argument: 'NAME',
      repeatable: true,
      help: 'export this channel instead of those worth having',
      group: 'Selection',
    },
    {
      name: 'all',
      help: 'export every enabled channel that holds records',
      group: 'Selection',
    },
    {
      name: 'since',
      argument: 'TIME',
      help: 'only records at or after TIME: RFC 3339, a date, or back from when the script runs (-30d)',
      default: 'everything: what is not taken now may be overwritten tomorrow',
      group: 'Selection',
    },
    {
      name: 'out',
      argument: 'DIR',
      help: 'folder on the host in which the script makes a new one of its own',
      default: 'where it is run',
      group: 'Output',
    },
    {
      name: 'output',
      short: 'o',
      argument: 'FILE',
      help: 'write the script to a new FILE',
      default: 'standard output',
      group: 'Output',
    },
  ],
  async run(_words, given, version) {
    const [{ collect, ...checks }, { processIo }] = await Promise.all([
      import('../../run/collect/index.ts'),
      import('../stdio.ts'),
    ]);
    const io = processIo({ quiet: false, color: 'never' });
    collect(collectOptions(given, io.now(), checks), `huntaway ${version}`, io);
    return 0;
  },
};

function collectOptions(given: Given, now: number, { isChannelName, isFolderName }: Checks): CollectOptions {
  const channels = list(given, 'channel');
  const odd = channels.find(name => !isChannelName(name));
  if (odd !== undefined) throw new UsageError(`--channel '${odd}' is no name that a channel of Windows has`);
  const every = given['all'] === true;
  if (every && channels.length > 0) {
    throw new UsageError('--all and --channel exclude each other; give one');
  }
  // A backslash at the end would stand before a quote.
  const parent = (text(given, 'out') ?? '.').replace(/\\+$/, '');
  if (!isFolderName(parent)) {
    throw new UsageError(`--out takes a Windows folder in plain letters such as E:\\logs, not '${parent}'`);
  }
  return {
    format: flag(given, 'format', value => choice('format', formats, value)) ?? 'powershell',
    channels: channels.length > 0 ? [...new Set(channels)] : null,
    every,
    since: flag(given, 'since', value => sinceOf(value, now)),
    parent,
    output: text(given, 'output'),
  };
}

/** `-30d` counts back from when the script runs, which may be days after it was printed. */
function sinceOf(value: string, now: number): Since {
  const micros = moment('since', value, now * 1000);
  if (value.trim().startsWith('-')) return { kind: 'span', milliseconds: now - micros / 1000 };
  return { kind: 'moment', utc: new Date(micros / 1000).toISOString() };
}
