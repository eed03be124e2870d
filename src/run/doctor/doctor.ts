/**
 * Looks whether hunts can run here, and what would hinder them: for somebody who has a problem, and for the one who
 * is asked for help. Nothing is said that should not stand in a public issue: no environment, no names of logs, and
 * the home folder as `~`. Writes nothing that it does not remove, and reads no log.
 */
import { defaultLimits, formatBytes } from '../../read/inputs/index.ts';
import { sources } from '../../read/sources/index.ts';
import {
  type Check,
  type CheckGroup,
  type Diagnosis,
  grouped,
  jsonText,
  renderDiagnosis,
} from '../../tell/index.ts';
import { exitCodes } from '../exit-code.ts';
import { MOST_WORKERS } from '../hunt/index.ts';
import { type Io, type Outlet, writeResult } from '../io.ts';
import { checkCaches } from './caches.ts';
import { checkFolder } from './folders.ts';
import type { Machine } from './machine.ts';

export type DoctorOptions = {
  /** Null where the environment names no home. */
  readonly cacheDirectory: string | null;
  /** Where findings wait, when they are many. */
  readonly spoolDirectory: string;
  /** Where inner archives are unpacked, when they are large. */
  readonly temporaryDirectory: string;
  readonly clearCache: boolean;
  readonly format: 'text' | 'json';
};

/** Below these a hunt on much data may meet a limit. */
const FEW_FILES = 256;
const LITTLE_MEMORY = 512 * 2 ** 20;

/** Examines, prints, and returns the exit code: 0, or 1 where something would stop a hunt. */
export function doctor(options: DoctorOptions, machine: Machine, io: Io): number {
  const diagnosis = diagnose(options, machine, io);
  const { columns, color } = io.stdout;
  const text =
    options.format === 'json'
      ? `${jsonText(diagnosis)}\n`
      : renderDiagnosis(diagnosis, { width: columns, color });
  writeResult(io.stdout, text);
  return diagnosis.exitCode;
}

export function diagnose(options: DoctorOptions, machine: Machine, io: Io): Diagnosis {
  const groups: CheckGroup[] = [
    { title: 'Versions', checks: versions(machine) },
    { title: 'Folders', checks: folders(options, machine) },
    { title: 'Limits', checks: limits(machine) },
    { title: 'Caches', checks: [checkCaches(options.cacheDirectory, options.clearCache, io.now())] },
    { title: 'Logs', checks: logs() },
    { title: 'Terminal', checks: terminal(machine, io) },
  ];
  const problem = groups.some(({ checks }) => checks.some(({ verdict }) => verdict === 'problem'));
  return { version: 1, groups, exitCode: problem ? exitCodes.failOn : exitCodes.finished };
}

const ok = (name: string, found: string): Check => ({ name, verdict: 'ok', found, remedy: null });

function versions({ huntaway, oldestNode, versions: own, system, cpu, cores }: Machine): Check[] {
  const supported = isAtLeast(own.node, oldestNode);
  return [
    ok('huntaway', huntaway),
    {
      name: 'node',
      verdict: supported ? 'ok' : 'problem',
      found: `${own.node}, ${supported ? 'supported' : 'not supported'} (${oldestNode} or newer is)`,
      remedy: supported ? null : `install Node ${oldestNode} or newer`,
    },
    ok('in node', `V8 ${own.v8}, zlib ${own.zlib}, ${own.icu === null ? 'no ICU' : `ICU ${own.icu}`}`),
    ok('system', system),
    ok('processor', `${cpu}, ${cores} ${cores === 1 ? 'core' : 'cores'}`),
  ];
}

/** Compares the first two numbers of versions such as `v20.20.2`. */
function isAtLeast(version: string, oldest: string): boolean {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  const [oldMajor = 0, oldMinor = 0] = oldest.split('.').map(Number);
  return major > oldMajor || (major === oldMajor && minor >= oldMinor);
}

function folders(options: DoctorOptions, { home }: Machine): Check[] {
  const { cacheDirectory, spoolDirectory, temporaryDirectory } = options;
  const shown = (text: string): string => withoutHome(text, home);
  const cache: Check =
    cacheDirectory === null
      ? {
          name: 'cache',
          verdict: 'note',
          found: 'none: the environment names no home, so rules are compiled anew each time',
          remedy: 'name a folder with --cache-dir',
        }
      : checkFolder(
          {
            name: 'cache',
            path: cacheDirectory,
            made: true,
            without: 'note',
            remedy: 'name another folder with --cache-dir; without one rules are compiled anew each time',
          },
          shown,
        );
  const spool = checkFolder(
    {
      name: 'spool',
      path: spoolDirectory,
      made: false,
      without: 'problem',
      remedy: 'name another folder with --spool-dir: findings wait there, when they are many',
    },
    shown,
  );
  const temporary = checkFolder(
    {
      name: 'temporary',
      path: temporaryDirectory,
      made: false,
      without: 'problem',
      remedy: 'set TMPDIR (Windows: TEMP) to another folder: archives in archives are unpacked there',
    },
    shown,
  );
  return [cache, spool, temporary, ok('config', 'none: this version takes everything from the command line')];
}

/** `~` for the home folder, which often holds a person's name. */
function withoutHome(text: string, home: string | null): string {
  if (home === null || home.length < 2 || !text.startsWith(home)) return text;
  const rest = text.slice(home.length);
  return rest === '' || /^[\\/]/.test(rest) ? `~${rest}` : text;
}

function limits({ memory, openFiles, cores }: Machine): Check[] {
  const few = openFiles !== null && openFiles < FEW_FILES;
  const little = Math.min(memory.free, memory.limit ?? memory.free) < LITTLE_MEMORY;
  const capped = memory.limit === null ? '' : `; this process may use ${formatBytes(memory.limit)}`;
  const { depth, entries, memberBytes, totalBytes, ratio } = defaultLimits;
  return [
    {
      name: 'open files',
      verdict: few ? 'note' : 'ok',
      found: openFiles === null ? 'no limit known' : `at most ${grouped(openFiles)} at once`,
      remedy: few ? 'raise it: ulimit -n 1024' : null,
    },
    {
      name: 'memory',
      verdict: little ? 'note' : 'ok',
      found: `${formatBytes(memory.total)}, ${formatBytes(memory.free)} free${capped}`,
      remedy: little ? 'close other programs, or hunt with --workers 1' : null,
    },
    ok('heap', `at most ${formatBytes(memory.heap)}`),
    ok('workers', `up to ${Math.min(cores, MOST_WORKERS)} by default (--workers)`),
    ok(
      'archives',
      `${depth} deep, ${grouped(entries)} members, ${formatBytes(memberBytes)} a member, ${formatBytes(totalBytes)} in all, ` +
        `${ratio} times their packed size`,
    ),
  ];
}

function logs(): Check[] {
  return [
    ok('formats', sources.map(source => source.name).join(', ')),
    ok('packed', 'zip, gzip and Zstandard, also within each other'),
    ok('from', 'files, folders, patterns, standard input'),
  ];
}

function terminal({ utf8 }: Machine, { stdout, stderr }: Io): Check[] {
  return [
    ok('output', outletWords(stdout)),
    ok('remarks', outletWords(stderr)),
    {
      name: 'characters',
      verdict: utf8 === false ? 'note' : 'ok',
      found:
        utf8 === null
          ? 'the environment does not say'
          : utf8
            ? 'UTF-8'
            : 'not UTF-8, as the environment has it',
      remedy: utf8 === false ? 'set LANG to a UTF-8 locale, such as C.UTF-8' : null,
    },
  ];
}

function outletWords({ isTerminal, columns, color }: Outlet): string {
  const where = isTerminal ? `a terminal of ${columns} columns` : 'no terminal';
  return `${where}, ${color ? 'with' : 'without'} colours`;
}
