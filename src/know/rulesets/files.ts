/**
 * Which rule files a set of paths means: every `.yml` and `.yaml` below folders, and files given by name
 * whatever their ending; in a fixed order, each once. Links are followed; a folder is walked once, so that
 * links in a circle end.
 */
import { readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { sep } from 'node:path';

export type RuleFile = {
  /** As given, below a folder joined by `/`: for people. */
  readonly path: string;
  /** To open. */
  readonly file: string;
  /** Path relative to what was asked for; the file's own name where it was given itself. */
  readonly relative: string;
  /** Identity on disk, compared with that of an earlier load. */
  readonly stamp: Stamp;
  /** Why it cannot be read; else null. */
  readonly trouble: string | null;
};

/** Milliseconds with fractions; the inode is 0 where the system has none. */
export type Stamp = {
  readonly size: number;
  readonly modified: number;
  readonly changed: number;
  readonly inode: number;
};

export const noStamp: Stamp = { size: -1, modified: 0, changed: 0, inode: 0 };

const ruleName = /\.ya?ml$/i;

export function findRuleFiles(paths: readonly string[]): RuleFile[] {
  const finder = new Finder();
  for (const path of paths) finder.add(path);
  return finder.files;
}

class Finder {
  readonly files: RuleFile[] = [];
  /** Real paths of folders walked and files taken. */
  readonly #seen = new Set<string>();

  add(path: string): void {
    try {
      const stats = statSync(path);
      const real = realpathSync(path);
      if (stats.isDirectory()) this.#walk(path, path, '', real);
      else this.#take(path, path, path.split(/[\\/]/).pop()!, real, stats);
    } catch (error) {
      this.#fail(path, path, error);
    }
  }

  /** `real` is what `folder` truly is; below it no further system call is needed to know it but for links. */
  #walk(path: string, folder: string, relative: string, real: string): void {
    if (this.#seen.has(real)) return;
    this.#seen.add(real);
    let entries: { name: string; isDirectory(): boolean; isSymbolicLink(): boolean }[];
    try {
      entries = readdirSync(folder, { withFileTypes: true });
    } catch (error) {
      this.#fail(path, folder, error);
      return;
    }
    // Joined by hand: a hunt's start-up pays for each call, thousands of times.
    const slash = /[\\/]$/.test(path) ? '' : '/';
    const inner = /[\\/]$/.test(folder) ? '' : sep;
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const name = entry.name;
      const below = path + slash + name;
      const file = folder + inner + name;
      const inside = relative === '' ? name : `${relative}/${name}`;
      try {
        if (entry.isDirectory()) this.#walk(below, file, inside, real + sep + name);
        else if (entry.isSymbolicLink()) this.#follow(below, file, inside);
        else if (ruleName.test(name)) this.#take(below, file, inside, real + sep + name, statSync(file));
      } catch (error) {
        this.#fail(below, file, error);
      }
    }
  }

  #follow(path: string, file: string, relative: string): void {
    let stats: Stats;
    try {
      stats = statSync(file);
    } catch (error) {
      // A link to nowhere matters only if it is called as a rule.
      if (ruleName.test(path)) this.#fail(path, file, error);
      return;
    }
    const real = realpathSync(file);
    if (stats.isDirectory()) this.#walk(path, file, relative, real);
    else if (ruleName.test(path)) this.#take(path, file, relative, real, stats);
  }

  #take(path: string, file: string, relative: string, real: string, stats: Stats): void {
    if (this.#seen.has(real)) return;
    this.#seen.add(real);
    const stamp = { size: stats.size, modified: stats.mtimeMs, changed: stats.ctimeMs, inode: stats.ino };
    this.files.push({
      path,
      file,
      relative,
      stamp,
      trouble: stats.isFile() ? null : 'it is not a regular file',
    });
  }

  #fail(path: string, file: string, error: unknown): void {
    this.files.push({ path, file, relative: path, stamp: noStamp, trouble: troubleOf(error) });
  }
}

/** A system error in words. */
export function troubleOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'there is no such file or folder';
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  if (code === 'ELOOP') return 'its links run in a circle';
  return message ?? String(error);
}
