/** `huntaway hunt`: checks the flags and hands them to the hunt. */
import { tmpdir } from 'node:os';
import type { HuntFormat, HuntOptions } from '../../run/hunt/index.ts';
import type { Io } from '../../run/io.ts';
import type { MemoryKeys } from '../../run/memory/index.ts';
import { findingFormatNames } from '../../tell/index.ts';
import { cacheDirectory, colorChoice, flag, list, ruleSelection, text, timeRange } from '../given.ts';
import { lookRange } from '../look.ts';
import { choice, level, siteTimeZone, timeZoneName, workerCount } from '../values.ts';
import type { Command, Given } from './command.ts';
import { advisory, levels, lookFor, reveal, ruleFlags, spoolDir, talkFlags, timeFlags } from './flags.ts';
import { siteFlags } from './site-flags.ts';

const formats: readonly HuntFormat[] = ['table', ...findingFormatNames];

export const hunt: Command = {
  name: 'hunt',
  arguments: '<path...>',
  summary: 'hunt in logs: are we affected, since when, how far, on what evidence',
  description:
    'Reads Windows events (.evtx, JSON of Winlogbeat, NXLog, Splunk, evtx_dump and the like, event XML) and the syslog of ' +
    'FortiGates, plain, in folders, in .zip, .gz and .zst, or from standard input with -. Runs every rule and correlation of ' +
    'an advisory and of --rules over every event, links what they find into intrusions, and tells each with what speaks ' +
    'for it, what against and what would settle it. Nothing is lost silently: rules that could not run and files that ' +
    'could not be read are named, and --out writes the full ledger.',
  examples: [
    ['huntaway hunt ./logs', 'are we affected by what the advisory describes?'],
    ['huntaway hunt host1.zip host2.zip --out ./case-17', 'with intrusions, findings, ledger and hashes'],
    [
      'huntaway hunt ./logs --site huntaway.yml --memory ./site.memory',
      'with what is known here and from before',
    ],
    ['huntaway hunt ./logs --rules ./sigma/rules --advisory volt-typhoon', 'and every Sigma rule besides'],
    ['huntaway hunt ./logs --rules ./rules --level high --from -7d', 'rules alone, the last week'],
    [
      'huntaway hunt ./logs --look-for 203.0.113.70 --look-for "CORP\\svc_backup" --from 2026-11-03 --to 2026-11-05',
      'the agency asks: did you ever see these? every record, and 48 h around',
    ],
    [
      'cat winlogbeat.ndjson | huntaway hunt - --format jsonl --fail-on critical',
      'findings as JSON lines; exit code 1 on a critical one',
    ],
  ],
  flags: [
    lookFor,
    advisory,
    ...ruleFlags,
    ...timeFlags,
    ...siteFlags,
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
      help:
        'write report.html (the findings page), intrusions.json, visibility.json, bundle.stix.json, navigator.json (with ' +
        '--look-for look.json), findings.jsonl, ledger.json and run.json (hashes of everything) to DIR',
      group: 'Output',
    },
    {
      name: 'compare',
      argument: 'DIR',
      help: 'say what is new since the hunt that wrote DIR: stories, evidence, what can be seen',
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
    const [{ hunt }, { defaultCacheDirectory }, { circumstances, processIo }, { memoryKeys }] =
      await Promise.all([
        import('../../run/hunt/index.ts'),
        import('../../know/rulesets/index.ts'),
        import('../stdio.ts'),
        import('../passphrase.ts'),
      ]);
    const io = processIo({ quiet: given['quiet'] === true, color: colorChoice(given) });
    const options = huntOptions(paths, given, io, defaultCacheDirectory, memoryKeys(given, process.env));
    const outcome = await hunt(options, io, circumstances(version));
    return outcome.exitCode;
  },
};

function huntOptions(
  paths: readonly string[],
  given: Given,
  io: Pick<Io, 'now'> & { readonly stdout: { readonly isTerminal: boolean } },
  defaultCacheDirectory: () => string | null,
  keys: MemoryKeys,
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
    ...lookRange(given, timeRange(given, io.now())),
    timeZone: flag(given, 'timeZone', timeZoneName) ?? 'UTC',
    format,
    out: text(given, 'out'),
    force: given['force'] === true,
    workers: flag(given, 'workers', workerCount),
    failOn: flag(given, 'failOn', value => level('fail-on', value)),
    reveal: given['reveal'] === true,
    spoolDirectory: text(given, 'spoolDir') ?? tmpdir(),
    operator: text(given, 'operator'),
    site: text(given, 'site'),
    accounts: text(given, 'accounts'),
    memory: text(given, 'memory'),
    memoryKeys: keys,
    cases: text(given, 'cases'),
    compare: text(given, 'compare'),
    siteTimeZone: flag(given, 'siteTimezone', siteTimeZone),
    given: { ...given, format, path: paths },
  };
}
