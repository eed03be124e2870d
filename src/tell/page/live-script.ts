/**
 * Where the script of the page is: the build joins `live/` into one file in `dist/`, which travels as part of the package and of the
 * archives. Without it a page is made that is complete and does not move.
 */
import { readFileSync } from 'node:fs';
import { shippedPath } from '../../state/index.ts';

export const LIVE_SCRIPT = 'dist/page-live.js';

/** Null where the program was not built, or the file is gone. */
export function liveScript(): { readonly script: string } | null {
  try {
    return { script: readFileSync(shippedPath(LIVE_SCRIPT), 'utf8') };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return null;
  }
}
