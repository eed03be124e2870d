/** The process as the rooms see it: file descriptors as outlets, signals as an abort, the machine as facts. */
import { availableParallelism, cpus, totalmem } from 'node:os';
import { isatty, WriteStream } from 'node:tty';
import type { Circumstances } from '../run/hunt/index.ts';
import { BrokenPipe, CannotRun, errorCode, type Io, type Outlet, writeFully } from '../run/io.ts';

export type ColorChoice = 'auto' | 'always' | 'never';

type Environment = Readonly<Record<string, string | undefined>>;

/** Whether to colour: the flag wins, then NO_COLOR and FORCE_COLOR (as no-color.org has it), then the terminal. */
export function wantsColor(choice: ColorChoice, isTerminal: boolean, env: Environment): boolean {
  if (choice !== 'auto') return choice === 'always';
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  const force = env['FORCE_COLOR'];
  if (force !== undefined && force !== '') return force !== '0' && force !== 'false';
  return isTerminal && env['TERM'] !== 'dumb';
}

const DEFAULT_COLUMNS = 80;

function columnsOf(fd: number, isTerminal: boolean): number {
  if (!isTerminal) return DEFAULT_COLUMNS;
  try {
    // Some terminals (serial lines, CI) say they have no columns at all.
    return new WriteStream(fd).columns || DEFAULT_COLUMNS;
  } catch {
    return DEFAULT_COLUMNS;
  }
}

/** Writes findings and events. A full disk is no fault of the program: it ends with one line. */
export function writeOutput(fd: number, bytes: Uint8Array): void {
  try {
    writeFully(fd, bytes);
  } catch (error) {
    if (error instanceof BrokenPipe || errorCode(error) === undefined) throw error;
    throw new CannotRun(`cannot write to standard output: ${(error as Error).message}`, error);
  }
}

/** Writes remarks and progress: where nobody takes them, that is no reason to stop or to end otherwise. */
export function writeRemark(fd: number, bytes: Uint8Array): void {
  try {
    writeFully(fd, bytes);
  } catch (error) {
    if (!(error instanceof BrokenPipe) && errorCode(error) === undefined) throw error;
  }
}

function outlet(
  fd: number,
  write: (fd: number, bytes: Uint8Array) => void,
  color: ColorChoice,
  env: Environment,
): Outlet {
  const isTerminal = isatty(fd);
  return {
    isTerminal,
    columns: columnsOf(fd, isTerminal),
    color: wantsColor(color, isTerminal, env),
    write: bytes => write(fd, bytes),
  };
}

const silent: Outlet = { isTerminal: false, columns: DEFAULT_COLUMNS, color: false, write() {} };

export function processIo(options: { readonly quiet: boolean; readonly color: ColorChoice }): Io {
  return {
    stdout: outlet(1, writeOutput, options.color, process.env),
    stderr: options.quiet ? silent : outlet(2, writeRemark, options.color, process.env),
    signal: interruption(),
    now: Date.now,
  };
}

/**
 * Aborts at the first Ctrl-C (or request to end), so that what was found is told; the second ends at once. SIGHUP is
 * left alone: a handler would undo what `nohup` does.
 */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(130);
      controller.abort();
    });
  }
  return controller.signal;
}

export function circumstances(version: string): Circumstances {
  return {
    tool: { name: 'huntaway', version },
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    cwd: process.cwd(),
    memory: totalmem(),
    peakMemory: () => process.resourceUsage().maxRSS * 1024,
  };
}
