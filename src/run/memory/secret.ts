/** The secret of a memory: a key file, a passphrase of the environment, or one that is typed. Never one on the command line. */
import { readFileSync, statSync } from 'node:fs';
import type { Secret } from '../../judge/index.ts';
import { plain } from '../../tell/index.ts';
import { CannotRun } from '../io.ts';

export type MemoryKeys = {
  /** Of `--memory-key`; it comes before the passphrase. */
  readonly keyFile: string | null;
  /** Of HUNTAWAY_MEMORY_PASSPHRASE. */
  readonly passphrase: string | null;
  /** Asks a person at a terminal; null where there is none. Null again where nothing was typed. */
  readonly ask: (() => Promise<string | null>) | null;
};

const LEAST_BYTES = 16;
const MOST_BYTES = 64 * 1024;

/** The secret that was given; null where none was. Nobody is asked. */
export function secretGiven({ keyFile, passphrase }: MemoryKeys): Secret | null {
  if (keyFile !== null) return { kind: 'key', bytes: readKey(keyFile) };
  return passphrase === null || passphrase === '' ? null : { kind: 'passphrase', text: passphrase };
}

function readKey(path: string): Uint8Array {
  const fail = (why: string, cause?: unknown): never => {
    throw new CannotRun(`--memory-key ${plain(path)}: ${plain(why)}`, cause);
  };
  try {
    const stats = statSync(path);
    if (!stats.isFile()) return fail('it is no file');
    if (stats.size < LEAST_BYTES) return fail(`it holds fewer than ${LEAST_BYTES} bytes`);
    if (stats.size > MOST_BYTES) return fail(`it holds more than ${MOST_BYTES} bytes`);
    return readFileSync(path);
  } catch (error) {
    return error instanceof CannotRun ? fail(error.message, error) : fail((error as Error).message, error);
  }
}
