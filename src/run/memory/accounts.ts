/** Loads the table of `--accounts`. */
import { readFileSync, statSync } from 'node:fs';
import { type AccountTable, parseAccounts } from '../../judge/index.ts';
import { plain } from '../../tell/index.ts';
import { CannotRun } from '../io.ts';

/** A row takes some 200 bytes: about a million accounts. */
const MOST_BYTES = 256 * 2 ** 20;

export type LoadedAccounts = {
  readonly table: AccountTable;
  /** What was left out, in sentences that begin with the place. */
  readonly problems: readonly string[];
};

/** Throws `CannotRun` where the file names no accounts. */
export function loadAccounts(path: string): LoadedAccounts {
  const { table, problems } = parseAccounts(readBytes(path));
  const told = problems.map(({ line, message }) => `${path}:${line}: ${message}`);
  if (table === null) throw new CannotRun(`--accounts ${plain(told[0] ?? path)}`);
  return { table, problems: told };
}

function readBytes(path: string): Uint8Array {
  try {
    const stats = statSync(path);
    if (!stats.isFile()) throw new Error('it is no file');
    if (stats.size > MOST_BYTES) throw new Error(`it is larger than ${MOST_BYTES >> 20} MiB`);
    return readFileSync(path);
  } catch (error) {
    throw new CannotRun(`--accounts ${plain(path)}: ${plain((error as Error).message)}`, error);
  }
}
