/**
 * Hashes again what a hunt hashed, and compares with its record: logs, archives and members, what was written, and
 * files that options name. It can show that a file is not what Huntaway read. That a file is what it was is shown only as far
 * as the record is believed, and the text says so.
 *
 * Costs what hashing costs (1.3 GB a second from a warm disk); members of archives are unpacked again.
 */
import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { ArchiveStore } from '../../read/inputs/index.ts';
import { type CheckedFile, jsonText, renderVerification, type Verification } from '../../tell/index.ts';
import { exitCodes } from '../exit-code.ts';
import { hashValue } from '../hunt/index.ts';
import { CannotRun, type Io, writeResult } from '../io.ts';
import { Progress, progressText } from '../progress.ts';
import { checkAdvisories } from './advisories.ts';
import {
  checked,
  checkFile,
  interrupted,
  OpenContainer,
  type Outcome,
  outcome,
  type Watch,
} from './check.ts';
import { placesOf } from './places.ts';
import { type RecordedFile, RUN_NAME, type RunRecord, readRecord } from './record.ts';
import { checkRules } from './rules.ts';

export type VerifyOptions = {
  /** Folder that the hunt wrote. */
  readonly out: string;
  /** Where the evidence is now; null = where the record has it. */
  readonly base: string | null;
  /** SHA-256 that `run.json` should have. */
  readonly expect: string | null;
  readonly format: 'text' | 'json';
};

/** Runs the verification, prints it, and returns the exit code. Throws `CannotRun`. */
export async function verify(options: VerifyOptions, io: Io, cwd: string): Promise<number> {
  const { out, base } = options;
  if (base !== null && !(existsSync(base) && statSync(base).isDirectory())) {
    throw new CannotRun(`--base ${base}: there is no such folder`);
  }
  const { record, sha256 } = readRecord(out);
  const progress = new Progress(io.stderr);
  const checker = new Checker(record, options, cwd, io.signal, progress);
  try {
    const files = await checker.all();
    const rules = await checkRules(record.rules, checker.besides, io.signal);
    const advisories = await checkAdvisories(record.advisories, checker.besides, io.signal);
    progress.end();
    const recordHash = { path: join(out, RUN_NAME), sha256, expected: options.expect };
    const result: Verification = {
      version: 1,
      record: recordHash,
      hunt: {
        tool: record.tool,
        started: record.started,
        operator: record.operator,
        cwd: record.cwd,
        interrupted: record.interrupted,
      },
      base: base === null ? cwd : resolve(base),
      files,
      rules,
      advisories,
      notes: notesOn(record, files, base, cwd, io.signal.aborted),
      interrupted: io.signal.aborted,
      exitCode: exitCodeOf(files, recordHash, io.signal.aborted),
    };
    const shown =
      options.format === 'json'
        ? `${jsonText(result)}\n`
        : renderVerification(result, { width: io.stdout.columns, color: io.stdout.color });
    writeResult(io.stdout, shown);
    return result.exitCode;
  } finally {
    progress.end();
    checker.close();
  }
}

function exitCodeOf(
  files: readonly CheckedFile[],
  { sha256, expected }: Verification['record'],
  aborted: boolean,
): number {
  const has = (...statuses: CheckedFile['status'][]): boolean =>
    files.some(({ status }) => statuses.includes(status));
  if (aborted) return exitCodes.interrupted;
  if (has('changed', 'missing') || (expected !== null && expected !== sha256)) return exitCodes.failOn;
  return has('unreadable', 'never-hashed', 'unchecked') ? exitCodes.incomplete : exitCodes.finished;
}

/** Why files may be missing, and what the record says of itself. */
function notesOn(
  record: RunRecord,
  files: readonly CheckedFile[],
  base: string | null,
  cwd: string,
  aborted: boolean,
): string[] {
  const notes: string[] = [];
  if (aborted) notes.push('Interrupted: what is unchecked was not looked at.');
  if (hashValue(record.options) !== record.optionsSha256) {
    notes.push('run.json was changed after the hunt: its options are not those of their hash.');
  }
  const missing = files.some(({ kind, status }) => status === 'missing' && kind !== 'output');
  if (missing && base === null && record.cwd !== null && record.cwd !== cwd) {
    notes.push(`The hunt ran in ${record.cwd}; give --base with the folder where that is now.`);
  } else if (missing && base === null) {
    notes.push('Where evidence has moved, give its folder with --base.');
  }
  return notes;
}

class Checker {
  readonly #record: RunRecord;
  readonly #options: VerifyOptions;
  readonly #store = new ArchiveStore();
  readonly #watch: Watch;
  readonly #place: (path: string) => string;
  readonly #containers: ReadonlySet<string>;
  #open: { readonly path: string; readonly container: OpenContainer | Outcome } | null = null;
  #bytes = 0;

  constructor(
    record: RunRecord,
    options: VerifyOptions,
    cwd: string,
    signal: AbortSignal,
    progress: Progress,
  ) {
    this.#record = record;
    this.#options = options;
    this.#containers = new Set(record.containers.map(({ path }) => path));
    const outermost = record.inputs
      .filter(({ path, type }) => type !== null && this.#containerOf(path) === null)
      .map(({ path }) => path);
    this.#place = placesOf([...outermost, ...this.#containers], record.platform, options.base);
    const total = record.inputs.reduce(
      (sum, { size, sha256 }) => sum + (sha256 === null ? 0 : (size ?? 0)),
      0,
    );
    const bytesOfArchives = record.containers.reduce(
      (sum, { path }) => sum + sizeOf(resolve(cwd, this.#place(path))),
      0,
    );
    progress.show(() =>
      progressText({ bytes: this.#bytes, events: null }, total + bytesOfArchives, progress.seconds),
    );
    this.#watch = {
      signal,
      progress: bytes => {
        this.#bytes += bytes;
        progress.tick();
      },
    };
  }

  /** Where rules and files of options are: they may have stayed where evidence has moved. */
  readonly besides = (path: string): string => {
    const { base } = this.#options;
    return base !== null && existsSync(resolve(base, path)) ? resolve(base, path) : path;
  };

  async all(): Promise<CheckedFile[]> {
    const files: CheckedFile[] = [];
    for (const container of uniquePaths(this.#record.containers))
      files.push(await this.#container(container));
    for (const input of this.#record.inputs) {
      // What could not be read of an archive is told with the archive.
      if (input.type === null && this.#containers.has(input.path)) continue;
      files.push(await this.#input(input));
    }
    for (const { name, size, sha256 } of this.#record.outputs) {
      const file = join(this.#options.out, name);
      files.push(checked('output', name, file, { size, sha256 }, await this.#file(file, { size, sha256 })));
    }
    for (const option of this.#record.options) {
      // The hash of an option is that of its value, or of the file that it names.
      if (hashValue(option.value) === option.sha256) continue;
      files.push(await this.#option(option));
    }
    return files;
  }

  close(): void {
    this.#store.dispose();
  }

  /** The archive that the path leads into; null for a plain file. */
  #containerOf(path: string): string | null {
    if (this.#containers.has(path)) return path;
    for (
      let mark = path.lastIndexOf('!/');
      mark >= 0;
      mark = mark === 0 ? -1 : path.lastIndexOf('!/', mark - 1)
    ) {
      if (this.#containers.has(path.slice(0, mark))) return path.slice(0, mark);
    }
    return null;
  }

  async #file(
    file: string,
    expected: { readonly size: number | null; readonly sha256: string },
  ): Promise<Outcome> {
    // Small files are hashed without a pause of their own.
    await nextTurn();
    return this.#watch.signal.aborted ? interrupted : checkFile(file, expected, this.#watch);
  }

  async #container({ path, sha256 }: RunRecord['containers'][number]): Promise<CheckedFile> {
    const recorded = { size: null, sha256 };
    if (path === '-') return checked('archive', path, null, recorded, standardInput);
    const file = this.#place(path);
    if (sha256 === null) return checked('archive', path, file, recorded, neverHashed(this.#record));
    return checked('archive', path, file, recorded, await this.#file(file, { size: null, sha256 }));
  }

  async #input(input: RecordedFile): Promise<CheckedFile> {
    const { path, sha256, size } = input;
    if (input.type === null) return checked('other', path, null, input, notRead);
    const container = this.#containerOf(path);
    const kind = container === null ? 'log' : 'member';
    if (path === '-' || container === '-') return checked(kind, path, null, input, standardInput);
    const file = this.#place(container ?? path);
    if (sha256 === null) return checked(kind, path, file, input, neverHashed(this.#record));
    const expected = { size, sha256 };
    const found =
      container === null ? await this.#file(file, expected) : await this.#member(container, path, expected);
    return checked(kind, path, file, input, found);
  }

  async #member(
    container: string,
    path: string,
    expected: { readonly size: number | null; readonly sha256: string },
  ): Promise<Outcome> {
    await nextTurn();
    if (this.#watch.signal.aborted) return interrupted;
    if (this.#open?.path !== container) {
      const opened = await OpenContainer.open(this.#place(container), container, this.#store, this.#watch);
      this.#open = { path: container, container: opened };
    }
    const { container: open } = this.#open;
    return open instanceof OpenContainer ? open.check(path, expected) : open;
  }

  async #option({ name, value, sha256 }: RunRecord['options'][number]): Promise<CheckedFile> {
    const recorded = { size: null, sha256 };
    if (typeof value !== 'string') {
      const message = 'its value is not that of its hash: run.json was changed after the hunt';
      return checked('option', `--${name}`, null, recorded, outcome('changed', message));
    }
    const file = this.besides(value);
    return checked('option', value, file, recorded, await this.#file(file, { size: null, sha256 }));
  }
}

const standardInput = outcome('unchecked', 'came by standard input, which cannot be read again');
const notRead = outcome('not-read', 'the hunt did not read it (ledger.json says why)');

function neverHashed({ interrupted: cut }: RunRecord): Outcome {
  const why = cut ? 'the hunt was interrupted before' : 'the hunt could not read all of it';
  return outcome('never-hashed', `it was never hashed: ${why}`);
}

function uniquePaths<T extends { readonly path: string }>(items: readonly T[]): T[] {
  return [...new Map(items.map(item => [item.path, item])).values()];
}

function sizeOf(file: string): number {
  try {
    const stats = statSync(file);
    return stats.isFile() ? stats.size : 0;
  } catch {
    return 0;
  }
}
