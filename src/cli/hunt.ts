/** `huntaway hunt`: checks the flags and hands them to the hunt. */
import { tmpdir } from 'node:os';
import { defaultCacheDirectory } from '../know/rulesets/index.ts';
import { type HuntFormat, type HuntOptions, hunt, huntFormats } from '../run/hunt/index.ts';
import type { Io } from '../run/io.ts';
import { colorChoice, flag, list, text, timeRange } from './given.ts';
import type { Given } from './program.ts';
import { circumstances, processIo } from './stdio.ts';
import { UsageError } from './usage.ts';
import { choice, level, statusList, workerCount } from './values.ts';

export function huntOptions(
  paths: readonly string[],
  given: Given,
  io: Pick<Io, 'now'> & { readonly stdout: { readonly isTerminal: boolean } },
): HuntOptions {
  if (given['cache'] === false && given['cacheDir'] !== undefined) {
    throw new UsageError('--no-cache and --cache-dir exclude each other; give one');
  }
  const format: HuntFormat =
    flag(given, 'format', value => choice('format', huntFormats, value)) ??
    (io.stdout.isTerminal ? 'table' : 'jsonl');
  return {
    paths,
    rules: list(given, 'rules'),
    placeholders: text(given, 'placeholders'),
    cacheDirectory: given['cache'] === false ? null : (text(given, 'cacheDir') ?? defaultCacheDirectory()),
    selection: {
      level: flag(given, 'level', value => level('level', value)),
      statuses: flag(given, 'status', statusList),
      include: list(given, 'include'),
      exclude: list(given, 'exclude'),
    },
    ...timeRange(given, io.now()),
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

export async function run(paths: readonly string[], given: Given, version: string): Promise<number> {
  const io = processIo({ quiet: given['quiet'] === true, color: colorChoice(given) });
  const outcome = await hunt(huntOptions(paths, given, io), io, circumstances(version));
  return outcome.exitCode;
}
