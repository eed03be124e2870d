/**
 * The folder given with `--out`. Files appear in it complete or not at all: each is written under a temporary name
 * and renamed. Only the owner may read them, because findings hold what logs hold.
 */
import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { makeFolder } from '../../state/index.ts';
import { CannotRun, writeFully } from '../io.ts';

export type OutFile = { readonly name: string; readonly size: number; readonly sha256: string };

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The real path of something that may not exist yet. */
function realPath(path: string): string {
  const absolute = resolve(path);
  try {
    return realpathSync(absolute);
  } catch {
    const parent = dirname(absolute);
    return parent === absolute ? absolute : join(realPath(parent), basename(absolute));
  }
}

export class OutFolder {
  readonly path: string;
  readonly #real: string;
  readonly #writers = new Set<OutWriter>();

  /** Checks, before any work, that the files named may be written; makes the folder where it is absent. */
  constructor(path: string, names: readonly string[], force: boolean) {
    this.path = path;
    try {
      if (existsSync(path) && !statSync(path).isDirectory()) {
        throw new CannotRun(`--out ${path} is a file; name a folder that is empty or does not exist yet`);
      }
      const taken = names.filter(name => existsSync(join(path, name)));
      if (taken.length > 0 && !force) {
        throw new CannotRun(
          `--out ${path} already holds ${taken.join(', ')}; name another folder, or replace with --force`,
        );
      }
      makeFolder(resolve(path));
    } catch (error) {
      if (error instanceof CannotRun) throw error;
      throw new CannotRun(`cannot write to --out ${path}: ${reasonOf(error)}`, error);
    }
    this.#real = realPath(path);
  }

  /** True for the folder itself and everything below it. */
  holds(path: string): boolean {
    const real = realPath(path);
    return real === this.#real || real.startsWith(this.#real + sep);
  }

  /** True where the folder lies below `path`, which then must not be read into it. */
  liesBelow(path: string): boolean {
    const real = realPath(path);
    return real !== this.#real && this.#real.startsWith(real.endsWith(sep) ? real : real + sep);
  }

  create(name: string): OutWriter {
    const writer = new OutWriter(this.path, name);
    this.#writers.add(writer);
    return writer;
  }

  write(name: string, text: string): OutFile {
    const writer = this.create(name);
    writer.write(Buffer.from(text));
    return writer.finish();
  }

  /** Removes what was begun and not finished. */
  discard(): void {
    for (const writer of this.#writers) writer.discard();
  }
}

export class OutWriter {
  readonly #name: string;
  readonly #path: string;
  readonly #temporary: string;
  readonly #hash = createHash('sha256');
  #fd: number;
  #size = 0;

  constructor(folder: string, name: string) {
    this.#name = name;
    this.#path = join(folder, name);
    this.#temporary = join(folder, `.${name}.${process.pid}.part`);
    this.#fd = this.#guard(() => openSync(this.#temporary, 'w', 0o600));
  }

  write(bytes: Uint8Array): void {
    this.#guard(() => writeFully(this.#fd, bytes));
    this.#hash.update(bytes);
    this.#size += bytes.length;
  }

  finish(): OutFile {
    this.#guard(() => {
      closeSync(this.#fd);
      this.#fd = -1;
      renameSync(this.#temporary, this.#path);
    });
    return { name: this.#name, size: this.#size, sha256: this.#hash.digest('hex') };
  }

  discard(): void {
    if (this.#fd < 0) return;
    closeSync(this.#fd);
    this.#fd = -1;
    rmSync(this.#temporary, { force: true });
  }

  #guard<T>(write: () => T): T {
    try {
      return write();
    } catch (error) {
      throw new CannotRun(`cannot write ${this.#path}: ${reasonOf(error)}`, error);
    }
  }
}
