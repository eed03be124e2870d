/** Writes a drill to a folder: `logs/`, `truth.json` and `huntaway.yml`, all of it new. */
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { makeFolder } from '../../state/index.ts';
import { CannotRun } from '../io.ts';
import type { Drill } from './generate.ts';

export const TRUTH_FILE = 'truth.json';
export const SITE_FILE = 'huntaway.yml';
const LOGS = 'logs';

/**
 * Throws `CannotRun` where the folder holds something. With `force` a former drill there is replaced, and nothing but a
 * drill ever is.
 */
export function writeDrill(drill: Drill, path: string, force: boolean): void {
  const folder = resolve(path);
  try {
    if (existsSync(folder)) {
      const names = readdirSync(folder);
      if (names.length > 0 && !force) {
        throw new CannotRun(
          `--out ${path} is not empty; name another folder, or replace a drill there with --force`,
        );
      }
      if (names.length > 0 && !names.includes(TRUTH_FILE)) {
        throw new CannotRun(`--out ${path} holds no drill to replace; name another folder`);
      }
      rmSync(join(folder, LOGS), { recursive: true, force: true });
      rmSync(join(folder, TRUTH_FILE), { force: true });
    }
    for (const { path: name, bytes } of drill.files) {
      const target = join(folder, LOGS, name);
      makeFolder(dirname(target));
      writeFileSync(target, bytes, { mode: 0o600 });
    }
    writeFileSync(join(folder, SITE_FILE), drill.site, { mode: 0o600 });
    writeFileSync(join(folder, TRUTH_FILE), `${JSON.stringify(drill.truth, null, 2)}\n`, { mode: 0o600 });
  } catch (error) {
    if (error instanceof CannotRun) throw error;
    throw new CannotRun(
      `cannot write to --out ${path}: ${error instanceof Error ? error.message : String(error)}`,
      error,
    );
  }
}
