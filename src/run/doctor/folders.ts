/** Whether the folders that a hunt writes to take files, and how much. Tried, because permissions do not tell all. */
import { accessSync, constants, existsSync, mkdtempSync, rmdirSync, statfsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { formatBytes } from '../../read/inputs/index.ts';
import type { Check } from '../../tell/index.ts';
import { errorCode } from '../io.ts';

/** A folder, and what it is to a hunt. */
export type Use = {
  readonly name: string;
  readonly path: string;
  /** Whether the folder is made where it is not there. */
  readonly made: boolean;
  /** How grave it is that it takes nothing. */
  readonly without: 'note' | 'problem';
  readonly remedy: string;
};

/** Less than this is soon full. */
const LITTLE = 1 << 30;

/** `shown` makes paths fit to be shown to others. */
export function checkFolder(use: Use, shown: (text: string) => string): Check {
  const path = shown(use.path);
  const wrong = (what: string): Check => ({
    name: use.name,
    verdict: use.without,
    found: `${path}: ${what}`,
    remedy: use.remedy,
  });
  const there = existsSync(use.path);
  if (!there && !use.made) return wrong('there is no such folder');
  const nearest = nearestFolder(use.path);
  try {
    if (!statSync(nearest).isDirectory()) return wrong(`${shown(nearest)} is no folder`);
    if (there) rmdirSync(mkdtempSync(join(use.path, 'huntaway-doctor-')));
    else accessSync(nearest, constants.W_OK);
  } catch (error) {
    return wrong(`takes no files (${errorCode(error) ?? String(error)})`);
  }
  const free = freeBytes(nearest);
  const state = there ? 'writable' : 'will be made when it is needed';
  const found = `${path}: ${state}${free === null ? '' : `, ${formatBytes(free)} free`}`;
  if (free === null || free >= LITTLE) return { name: use.name, verdict: 'ok', found, remedy: null };
  return { name: use.name, verdict: 'note', found, remedy: `make room, or ${use.remedy}` };
}

/** The folder itself, or the nearest above it that is there. */
function nearestFolder(path: string): string {
  let nearest = resolve(path);
  while (!existsSync(nearest) && dirname(nearest) !== nearest) nearest = dirname(nearest);
  return nearest;
}

/** Bytes that we may still write; null where the system does not say. */
function freeBytes(folder: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
}
