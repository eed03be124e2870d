/**
 * Where a run reads its circumstances and writes its output, so that no room touches `process`: tests give
 * memory, the command line gives file descriptors.
 *
 * Output is written synchronously in large pieces: findings are produced faster than a terminal or pipe takes
 * them, and a queue of unwritten buffers would be the one thing in the program that grows with the input.
 */
import { writeSync } from 'node:fs';

export interface ByteSink {
  /** Writes all of `bytes` before it returns. Throws `BrokenPipe` where the reader has gone. */
  write(bytes: Uint8Array): void;
}

export interface Outlet extends ByteSink {
  readonly isTerminal: boolean;
  /** Width of the terminal; 80 where there is none. */
  readonly columns: number;
  readonly color: boolean;
}

export type Io = {
  readonly stdout: Outlet;
  readonly stderr: Outlet;
  /** Aborted by the first Ctrl-C: stop, and tell what was found. */
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  now(): number;
};

/** The program that reads our output is gone (`| head -1`): no error, just nothing left to do. */
export class BrokenPipe extends Error {
  constructor() {
    super('the reader of standard output is gone');
    this.name = 'BrokenPipe';
  }
}

/** Nothing could be run, and why: one line for a person. Ends with exit code 2. */
export class CannotRun extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'CannotRun';
  }
}

/** Writes a result whose exit code counts even where nobody reads to its end. */
export function writeResult(sink: ByteSink, text: string): void {
  try {
    sink.write(Buffer.from(text));
  } catch (error) {
    if (!(error instanceof BrokenPipe)) throw error;
  }
}

/** Milliseconds to wait when a non-blocking pipe is full. */
const PIPE_WAIT = 2;

export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Writes to an open file or pipe, waiting where it is a full non-blocking one. */
export function writeFully(fd: number, bytes: Uint8Array): void {
  let at = 0;
  let waiter: Int32Array | undefined;
  while (at < bytes.length) {
    try {
      at += writeSync(fd, bytes, at, bytes.length - at);
    } catch (error) {
      const code = errorCode(error);
      if (code === 'EPIPE' || code === 'EOF' || code === 'ECONNRESET') throw new BrokenPipe();
      if (code !== 'EAGAIN') throw error;
      waiter ??= new Int32Array(new SharedArrayBuffer(4));
      Atomics.wait(waiter, 0, 0, PIPE_WAIT);
    }
  }
}
