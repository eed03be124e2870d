/** Loads the file of `--site`. */
import { readFileSync, statSync } from 'node:fs';
import { parseSite, type Site } from '../know/site/index.ts';
import { plain } from '../tell/index.ts';
import { CannotRun } from './io.ts';

/** Far beyond what a person writes. */
const MOST_BYTES = 4 * 2 ** 20;

/** What is wrong with a file that is used all the same: sentences that begin with their place. */
export type LoadedSite = { readonly site: Site; readonly problems: readonly string[] };

/** Throws `CannotRun` where nothing of the file can be used; what is wrong in it is left out, and said. */
export async function loadSite(path: string): Promise<LoadedSite> {
  const { site, problems } = await parseSite(readText(path), path);
  const told = problems.map(
    ({ severity, message, place }) =>
      `${severity === 'error' ? '' : 'warning: '}${place.path}:${place.line}:${place.column}: ${message}`,
  );
  if (site === null) throw new CannotRun(`--site ${plain(told[0] ?? path)}`);
  return { site, problems: told };
}

function readText(path: string): string {
  try {
    const stats = statSync(path);
    if (!stats.isFile()) throw new Error('it is no file');
    if (stats.size > MOST_BYTES) throw new Error(`it is larger than ${MOST_BYTES >> 20} MiB`);
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new CannotRun(`--site ${plain(path)}: ${plain((error as Error).message)}`, error);
  }
}
