/**
 * Temporary files for archives inside archives that are too large for memory. Only their owner may read them,
 * and they go away by themselves: where the system allows it the name is removed while the file is open, so
 * that not even a killed process leaves evidence lying about.
 */
import { closeSync, mkdtempSync, openSync, rmSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Marks our own listeners, which don't keep a process alive. */
const cleaner: unique symbol = Symbol('removes temporary files');
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Makes temporary files and removes what is left of them at `dispose`, at exit, and at a signal that ends us. */
export class TemporaryFiles {
  #folder: string | null = null;
  #made = 0;
  readonly #left = new Set<string>();
  readonly #onExit = (): void => this.dispose();
  readonly #onSignal = Object.assign(
    (signal: NodeJS.Signals): void => {
      // Whoever else listens decides how the process ends; then `exit` comes too.
      if (process.listeners(signal).some(listener => !(cleaner in listener))) return;
      this.dispose();
      process.kill(process.pid, signal);
    },
    { [cleaner]: true },
  );

  /** An open empty file, to read and write. `named`: it keeps its name until `dispose`, for others to open. */
  open(named: boolean): { readonly fd: number; readonly path: string } {
    const path = join(this.#ensureFolder(), String(this.#made++));
    const fd = openSync(path, 'wx+', 0o600);
    this.#left.add(path);
    if (!named) this.#unlink(path);
    return { fd, path };
  }

  /** Closes a file that `open` gave. */
  close(file: { readonly fd: number; readonly path: string }): void {
    closeSync(file.fd);
    this.#unlink(file.path);
  }

  #unlink(path: string): void {
    if (!this.#left.has(path)) return;
    try {
      unlinkSync(path);
      this.#left.delete(path);
    } catch {
      // Windows keeps the name of an open file; `close` or `dispose` tries again.
    }
  }

  #ensureFolder(): string {
    if (this.#folder === null) {
      this.#folder = mkdtempSync(join(tmpdir(), 'huntaway-'));
      process.on('exit', this.#onExit);
      for (const signal of signals) process.on(signal, this.#onSignal);
    }
    return this.#folder;
  }

  dispose(): void {
    if (this.#folder === null) return;
    process.off('exit', this.#onExit);
    for (const signal of signals) process.off(signal, this.#onSignal);
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 3 });
    this.#folder = null;
    this.#left.clear();
  }
}
