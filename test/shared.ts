/**
 * Where the real logs and rules are that some suites run on. They are third-party data, so they are
 * never part of the project; a suite that needs them is skipped, visibly, where they are absent.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Path of something under `shared/data`, whether it exists or not. */
export function sharedData(path: string): string {
  return fileURLToPath(new URL(`../../shared/data/${path}`, import.meta.url));
}

/** True where the real data is present; use as `describe.skipIf(!haveShared)`. */
export const haveShared: boolean = existsSync(sharedData('dense.evtx'));
