/** `huntaway hunt`: checks the flags and hands them to the hunt. */
import { tmpdir } from 'node:os';
import type { HuntFormat, HuntOptions } from '../../run/hunt/index.ts';
import type { Io } from '../../run/io.ts';
import { findingFormatNames } from '../../tell/index.ts';
import { cacheDirectory, colorChoice, flag, list, ruleSelection, text, timeRange } from '../given.ts';
import { choice, level, timeZoneName, workerCount } from '../values.ts';
import type { Command, Given } from './command.ts';
import { advisory, levels, reveal, ruleFlags, spoolDir, talkFlags, timeFlags } from './flags.ts';

const formats: readonly HuntFormat[] = ['table', ...findingFormatNames];

export const hunt: Command = {
  name: 'hunt',
  arguments: '<path...>',
  summary: 'run Sigma rules over logs and print what they find',
  description:
    'Reads Windows events (.evtx, JSON of Winlogbeat, NXLog, Splunk, evtx_dump and the like, event XML; plain, in ' +
    'folders, in .zip, .gz and .zst, or from standard input with -), runs every Sigma rule that applies over every ' +
    'event and every correlation over what they find, and prints the findings. Nothing is lost silently: rules that ' +
    'could not run and files that could not be read are named, and --out writes the full ledger.',
  examples: [
    ['huntaway hunt ./logs --rules ./sigma/rules', 'hunt a folder'],
    ['huntaway hunt host1.zip --rules ./sigma/rules --out ./case-17', 'with findings, ledger and hashes'],
    ['huntaway hunt ./logs --rules ./rules --level high --from -7d', 'the last week, high and critical only'],
    [
      "huntaway hunt './c/**/Security*.evtx' --rules ./rules --format jsonl > f.jsonl",
      'findings as JSON lines',
    ],
    [
      'cat winlogbeat.ndjson | huntaway hunt - --rules ./rules --fail-on critical',
      'exit code 1 on a critical finding',
    ],
  ],
  flags: [
    advisory,
    ...ruleFlags,
    ...timeFlags,
    {
      name: 'format',
      short: 'f',
      argument: 'FORMAT',
      choices: formats,
      help: 'how findings are printed',
      default: 'table on a terminal, else jsonl',
      group: 'Output',
    },
    {
      name: 'out',
      short: 'o',
      argument: 'DIR',
      help: 'write findings.jsonl, ledger.json and run.json (hashes of everything) to DIR',
      group: 'Output',
    },
    {
      name: 'force',
      help: 'replace those files where DIR holds them',
      group: 'Output',
    },
    reveal,
    {
      name: 'fail-on',
      argument: 'LEVEL',
      choices: levels,
      help: 'exit with 1 if anything at or above LEVEL is found',
      group: 'Output',
    },
    ...talkFlags,
    {
      name: 'workers',
      short: 'w',
      argument: 'N',
      help: 'threads to read and match with; the result is the same with any number',
      default: 'by size of the input',
      group: 'Run',
    },
    {
      name: 'operator',
      argument: 'NAME',
      help: 'who runs the hunt, for the record',
      group: 'Run',
    },
    spoolDir,
  ],
  async run(paths, given, version) {
    const [{ hunt }, { defaultCacheDirectory }, { circumstances, processIo }] = await Promise.all([
      import('../../run/hunt/index.ts'),
      import('../../know/rulesets/index.ts'),
      import('../stdio.ts'),
    ]);
    const io = processIo({ quiet: given['quiet'] === true, color: colorChoice(given) });
    const options = huntOptions(paths, given, io, defaultCacheDirectory);
    const outcome = await hunt(options, io, circumstances(version));
    return outcome.exitCode;
  },
};

function huntOptions(
  paths: readonly string[],
  given: Given,
  io: Pick<Io, 'now'> & { readonly stdout: { readonly isTerminal: boolean } },
  defaultCacheDirectory: () => string | null,
): HuntOptions {
  const format: HuntFormat =
    flag(given, 'format', value => choice('format', formats, value)) ??
    (io.stdout.isTerminal ? 'table' : 'jsonl');
  return {
    paths,
    rules: list(given, 'rules'),
    advisories: list(given, 'advisory'),
    placeholders: text(given, 'placeholders'),
    cacheDirectory: cacheDirectory(given, defaultCacheDirectory),
    selection: ruleSelection(given),
    ...timeRange(given, io.now()),
    timeZone: flag(given, 'timeZone', timeZoneName) ?? 'UTC',
    format,
    out: text(given, 'out'),
    force: given['force'] === true,
    workers: flag(given, 'workers', workerCount),
    failOn: flag(given, 'failOn', value => level('fail-on', value)),
    reveal: given['reveal'] === true,
    spoolDirectory: text(given, 'spoolDir') ?? tmpdir(),
    operator: text(given, 'operator'),
    given: { ...given, format, path: paths },
  };
}
