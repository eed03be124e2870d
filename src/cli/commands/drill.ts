/** `huntaway drill`: checks the flags and makes the drill. */
import type { LogFormat } from '../../run/drill/index.ts';
import { colorChoice, flag, text } from '../given.ts';
import { UsageError } from '../usage.ts';
import { choice } from '../values.ts';
import type { Command } from './command.ts';
import { talkFlags } from './flags.ts';

const formats: readonly LogFormat[] = ['evtx', 'ndjson'];

const kindByDefault = 'full-chain';
const fewestDays = 14;
const mostDays = 800;
const mostSpots = 20;

function wholeNumber(name: string, given: string, low: number, high: number): number {
  const value = Number(given);
  if (!/^\d{1,9}$/.test(given.trim()) || value < low || value > high) {
    throw new UsageError(`--${name} takes a whole number from ${low} to ${high}, not '${given}'`);
  }
  return value;
}

export const drill: Command = {
  name: 'drill',
  arguments: '[kind]',
  summary: 'write safe synthetic logs of an intrusion, with the truth beside them',
  description:
    'Plays daily life at an invented site and, in it, an intrusion or what only looks like one, and writes the logs that ' +
    'would be left: EVTX, JSON as Winlogbeat ships it, FortiGate syslog. truth.json says which records are evidence. ' +
    'It is log text: nothing runs, no address or name is real, and every record carries the mark HWDRILL-.',
  examples: [
    ['huntaway drill --out ./drill', 'the whole chain'],
    ['huntaway drill vpn-entry --seed 7 --days 60 --out ./drill', 'another kind, another site, two months'],
    ['huntaway drill --blind 5 --out ./drill', 'with logs missing in five places, as real sites have them'],
    ['huntaway hunt ./drill/logs --out ./drill/out', 'hunt it'],
    ['huntaway drill score ./drill/out ./drill', 'and see how that went'],
  ],
  flags: [
    {
      name: 'seed',
      argument: 'N',
      help: 'which site and which course of things',
      default: '1',
      group: 'Run',
    },
    {
      name: 'days',
      argument: 'N',
      help: `how many days the logs cover, ${fewestDays} to ${mostDays}`,
      default: 'as the kind needs, mostly 30',
      group: 'Run',
    },
    {
      name: 'blind',
      argument: 'N',
      help: `take sources away in N places, 1 to ${mostSpots}: hosts, channels, command lines, records`,
      group: 'Run',
    },
    {
      name: 'format',
      short: 'f',
      argument: 'LIST',
      help: 'what hosts log as: evtx, ndjson, or both separated by a comma',
      default: 'evtx,ndjson',
      group: 'Output',
    },
    {
      name: 'out',
      short: 'o',
      argument: 'DIR',
      help: 'a new folder',
      default: 'drill-KIND-SEED',
      group: 'Output',
    },
    { name: 'force', help: 'replace a drill in DIR', group: 'Output' },
    ...talkFlags,
  ],
  async run(words, given) {
    const [{ drill }, { processIo }] = await Promise.all([
      import('../../run/drill/index.ts'),
      import('../stdio.ts'),
    ]);
    const kind = words[0] ?? kindByDefault;
    const seed = flag(given, 'seed', value => wholeNumber('seed', value, 0, 999_999_999)) ?? 1;
    const listed = flag(given, 'format', value => value.split(','));
    return drill(
      {
        kind,
        seed,
        out: text(given, 'out') ?? `drill-${kind.replace(/[^\w-]/g, '')}-${seed}`,
        days: flag(given, 'days', value => wholeNumber('days', value, fewestDays, mostDays)),
        formats: listed === null ? formats : listed.map(word => choice('format', formats, word.trim())),
        force: given['force'] === true,
        blind: flag(given, 'blind', value => wholeNumber('blind', value, 1, mostSpots)) ?? 0,
      },
      processIo({ quiet: given['quiet'] === true, color: colorChoice(given) }),
    );
  },
};
