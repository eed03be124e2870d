/**
 * The file of a memory. It is replaced as a whole, by a new one beside it that only its owner can read, and only where what
 * lies there is still what was read: a damaged memory, one of a newer version and one that another hunt has written meanwhile
 * stay as they are.
 */
import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import {
  boundMemory,
  emptyMemory,
  isSealed,
  type Memory,
  parseMemory,
  type Secret,
  sealText,
  unsealText,
  writeMemory,
} from '../../judge/index.ts';
import { makeFolder } from '../../state/index.ts';
import { plain } from '../../tell/index.ts';
import { CannotRun, errorCode } from '../io.ts';
import { type MemoryKeys, secretGiven } from './secret.ts';

/** Of a file: four times what a memory within its bounds takes. */
const MOST_BYTES = 128 * 2 ** 20;

export type MemoryFile = {
  readonly path: string;
  readonly memory: Memory;
  /** Where there was none yet. */
  readonly isNew: boolean;
  readonly isEncrypted: boolean;
  /** What it will be written with; null = as plain text. */
  readonly secret: Secret | null;
  /** SHA-256 of the bytes that were read; null where there were none. */
  readonly sha256: string | null;
};

/**
 * The memory at `path`; an empty one where there is none and `mayBeNew`. A plain one is encrypted when it is next written,
 * if a secret is given. Throws `CannotRun`.
 */
export async function loadMemory(path: string, keys: MemoryKeys, mayBeNew = true): Promise<MemoryFile> {
  const bytes = readBytes(path);
  const given = secretGiven(keys);
  if (bytes === null) {
    if (!mayBeNew) throw new CannotRun(`${plain(path)}: there is no such file`);
    const isEncrypted = given !== null;
    return { path, memory: emptyMemory(), isNew: true, isEncrypted, secret: given, sha256: null };
  }
  const sha256 = hashOf(bytes);
  const text = bytes.toString('utf8');
  if (!isSealed(text)) {
    return { path, memory: memoryOf(path, text), isNew: false, isEncrypted: false, secret: given, sha256 };
  }
  const secret = given ?? (await asked(path, keys));
  const opened = unsealText(text, secret);
  if (opened.kind === 'fault')
    throw new CannotRun(`the memory ${plain(path)} cannot be read: ${opened.message}`);
  return { path, memory: memoryOf(path, opened.text), isNew: false, isEncrypted: true, secret, sha256 };
}

async function asked(path: string, { ask }: MemoryKeys): Promise<Secret> {
  const typed = ask === null ? null : await ask();
  if (typed !== null && typed !== '') return { kind: 'passphrase', text: typed };
  throw new CannotRun(
    `the memory ${plain(path)} is encrypted: give --memory-key FILE, or its passphrase in HUNTAWAY_MEMORY_PASSPHRASE`,
  );
}

function memoryOf(path: string, text: string): Memory {
  const parsed = parseMemory(text);
  if (parsed.kind === 'memory') return parsed.memory;
  throw new CannotRun(
    `the memory ${plain(path)} cannot be read: ${plain(parsed.message)}; it is left as it is`,
  );
}

/** Null where there is no such file. */
function readBytes(path: string): Buffer | null {
  try {
    const stats = statSync(path);
    if (!stats.isFile()) throw new Error('it is no file');
    if (stats.size > MOST_BYTES) throw new Error(`it is larger than ${MOST_BYTES >> 20} MiB`);
    return readFileSync(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw new CannotRun(
      `the memory ${plain(path)} cannot be read: ${plain((error as Error).message)}`,
      error,
    );
  }
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Writes `memory` in place of what was read. What had to be left out comes back, in sentences. Throws `CannotRun`. */
export function saveMemory(file: MemoryFile, memory: Memory): readonly string[] {
  const { path, secret, sha256 } = file;
  const now = readBytes(path);
  if ((now === null ? null : hashOf(now)) !== sha256) {
    throw new CannotRun(
      `the memory ${plain(path)} was changed while this ran, so it is left as it is; run it again`,
    );
  }
  const bounded = boundMemory(memory);
  const text = writeMemory(bounded.memory);
  try {
    makeFolder(dirname(path));
    replace(now === null ? path : realpathSync(path), secret === null ? text : sealText(text, secret));
  } catch (error) {
    throw new CannotRun(
      `the memory ${plain(path)} cannot be written: ${plain((error as Error).message)}`,
      error,
    );
  }
  return bounded.notes;
}

/** Either the old file or the whole new one is there, whenever the power fails. */
function replace(path: string, text: string): void {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const fd = openSync(temporary, 'wx', 0o600);
    try {
      writeFileSync(fd, text);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
