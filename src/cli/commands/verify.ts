/** `huntaway verify`: checks the flags and hands them to the verification. */
import { colorChoice, flag, text } from '../given.ts';
import { UsageError } from '../usage.ts';
import { choice } from '../values.ts';
import type { Command } from './command.ts';
import { talkFlags } from './flags.ts';

const formats = ['text', 'json'] as const;

export const verify: Command = {
  name: 'verify',
  arguments: '<out>',
  summary: 'check that evidence and findings are what a hunt read and wrote',
  description:
    'Hashes again every log, archive, archive member and output that run.json in OUT (the folder of hunt --out) names, and ' +
    'compares. It claims "unchanged since Huntaway read it" and no more: run.json itself could have been changed, so its ' +
    'own hash is printed, to be compared with one that was written down elsewhere. Files beside those named are not ' +
    'looked at. Exit codes: 0 all is unchanged, 1 something is changed or missing, 2 it could not run, 3 something ' +
    'could not be checked, 130 interrupted.',
  examples: [
    ['huntaway verify ./case-17', 'from the folder in which the hunt ran'],
    ['huntaway verify ./case-17 --base /mnt/evidence', 'evidence that has moved'],
    [
      'huntaway verify ./case-17 --expect "$(cat noted-hash.txt)"',
      'with the hash of run.json written down at the time',
    ],
  ],
  flags: [
    {
      name: 'base',
      short: 'b',
      argument: 'DIR',
      help: 'where the evidence is now: relative paths count from DIR, absolute ones as if DIR were the folder they have in common',
      default: 'as the hunt had them; relative ones from the working directory',
      group: 'Selection',
    },
    {
      name: 'expect',
      short: 'e',
      argument: 'SHA256',
      help: 'the SHA-256 that run.json should have',
      group: 'Selection',
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
    ...talkFlags,
  ],
  async run([out], given) {
    const [{ verify }, { processIo }] = await Promise.all([
      import('../../run/verify/index.ts'),
      import('../stdio.ts'),
    ]);
    const io = processIo({ quiet: given['quiet'] === true, color: colorChoice(given) });
    const options = {
      out: out!,
      base: text(given, 'base'),
      expect: flag(given, 'expect', sha256),
      format: flag(given, 'format', value => choice('format', formats, value)) ?? 'text',
    };
    return verify(options, io, process.cwd());
  },
};

function sha256(given: string): string {
  const hash = given.trim().toLowerCase();
  if (/^[0-9a-f]{64}$/.test(hash)) return hash;
  throw new UsageError(`--expect takes a SHA-256 of 64 hexadecimal digits, not '${given}'`);
}
