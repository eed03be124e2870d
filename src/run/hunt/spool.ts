/**
 * Where the lines of findings wait until their place in the output is known. A few MB stay in memory; beyond
 * that they go to a file only the owner can read, whose name is removed as soon as it is open where the system
 * allows it, so that nothing is left behind however the run ends.
 *
 * Reading back is one system call for each stretch of neighbouring lines, straight into the output buffer.
 */
import { closeSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ByteWriter } from '../../tell/index.ts';
import { CannotRun, errorCode, writeFully } from '../io.ts';

/** What a worker hands over: all its lines in memory, or the file that holds them. */
export type SpoolContent =
  | { readonly kind: 'memory'; readonly bytes: Uint8Array }
  | { readonly kind: 'file'; readonly fd: number; readonly length: number };

/** Bytes written to the file at a time; also what may stay in memory for good. */
const FLUSH_BYTES = 4 << 20;

export class Spool {
  /** Lines are appended here; call `settle` after each event. */
  readonly writer: ByteWriter = new ByteWriter();
  readonly #openFile: () => number;
  readonly #flushBytes: number;
  #fd = -1;
  #flushed = 0;

  /** `openFile` is called when the first bytes must leave memory. */
  constructor(openFile: () => number, flushBytes: number = FLUSH_BYTES) {
    this.#openFile = openFile;
    this.#flushBytes = flushBytes;
  }

  /** Bytes appended up to now. */
  get length(): number {
    return this.#flushed + this.writer.length;
  }

  /** Moves to the file what has grown too large for memory. */
  settle(): void {
    if (this.writer.length >= this.#flushBytes) this.#flush();
  }

  finish(): SpoolContent {
    if (this.#fd < 0) return { kind: 'memory', bytes: Uint8Array.from(this.writer.take()) };
    this.#flush();
    return { kind: 'file', fd: this.#fd, length: this.#flushed };
  }

  #flush(): void {
    if (this.#fd < 0) this.#fd = this.#openFile();
    try {
      writeFully(this.#fd, this.writer.take());
    } catch (error) {
      if (errorCode(error) !== 'ENOSPC' && errorCode(error) !== 'EDQUOT') throw error;
      throw new CannotRun(
        'no room left for findings in the temporary folder; name another with --spool-dir',
        error,
      );
    }
    this.#flushed += this.writer.length;
    this.writer.reset();
  }
}

/** Copies bytes `start` to `end` of a spool to `target` at `at`. */
export function readSpool(
  content: SpoolContent,
  start: number,
  end: number,
  target: Uint8Array,
  at: number,
): void {
  if (content.kind === 'memory') {
    target.set(content.bytes.subarray(start, end), at);
    return;
  }
  let from = start;
  let to = at;
  while (from < end) {
    const count = readSync(content.fd, target, to, end - from, from);
    if (count === 0) throw new Error(`the spool of findings ends at ${from}, before ${end}`);
    from += count;
    to += count;
  }
}

/** A folder for the spools of one run, made when the first is needed and removed at its end. */
export class SpoolFolder {
  readonly #parent: string;
  #folder: string | null = null;
  readonly #open: number[] = [];

  constructor(parent: string) {
    this.#parent = parent;
  }

  /** Opens a new file, readable and writable by the owner only. */
  openFile(): number {
    try {
      this.#folder ??= mkdtempSync(join(this.#parent, 'huntaway-'));
      const path = join(this.#folder, `spool-${this.#open.length}`);
      const fd = openSync(path, 'wx+', 0o600);
      this.#open.push(fd);
      if (process.platform !== 'win32') rmSync(path);
      return fd;
    } catch (error) {
      throw new CannotRun(
        `cannot keep findings below ${this.#parent}: ${error instanceof Error ? error.message : error}; name another folder with --spool-dir`,
        error,
      );
    }
  }

  /** The same for what a hunt can do without: -1 where no file can be opened. */
  tryOpenFile(): number {
    try {
      return this.openFile();
    } catch {
      return -1;
    }
  }

  close(): void {
    for (const fd of this.#open.splice(0)) closeSync(fd);
    if (this.#folder !== null) rmSync(this.#folder, { recursive: true, force: true });
    this.#folder = null;
  }
}
