/**
 * The file of cases on disk. A decision is one line, appended in one write and flushed, so that two people who decide at
 * once lose nothing. Only its owner may read it: it names accounts and hosts.
 */
import { closeSync, fstatSync, fsyncSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { type CaseEntry, type ParsedCases, parseCases, writeCase } from '../../judge/index.ts';
import { makeFolder } from '../../state/index.ts';
import { plain } from '../../tell/index.ts';
import { CannotRun, errorCode, writeFully } from '../io.ts';

/** What it is called beside what a hunt wrote. */
export const CASES_FILE = 'cases.jsonl';
/** Decisions of years. */
const MOST_BYTES = 512 << 20;

/** No entries where there is no such file. Throws `CannotRun`. */
export function loadCases(path: string): ParsedCases {
  try {
    const { size } = statSync(path);
    if (size > MOST_BYTES) throw new Error(`it is larger than ${MOST_BYTES >> 20} MiB`);
    return parseCases(readFileSync(path, 'utf8'));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return { entries: [], problems: [] };
    throw new CannotRun(`the cases ${plain(path)} cannot be read: ${plain((error as Error).message)}`, error);
  }
}

/** Throws `CannotRun`. */
export function appendCase(path: string, entry: CaseEntry): void {
  try {
    makeFolder(dirname(path));
    const text = `${endsOpen(path) ? '\n' : ''}${writeCase(entry)}`;
    const fd = openSync(path, 'a', 0o600);
    try {
      writeFully(fd, Buffer.from(text));
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    throw new CannotRun(
      `the cases ${plain(path)} cannot be written: ${plain((error as Error).message)}`,
      error,
    );
  }
}

/** Whether the last line was cut off, by a full disk or a failing power: the next must not be glued to it. */
function endsOpen(path: string): boolean {
  try {
    const fd = openSync(path, 'r');
    try {
      const { size } = fstatSync(fd);
      const last = Buffer.alloc(1);
      return size > 0 && readSync(fd, last, 0, 1, size - 1) === 1 && last[0] !== 0x0a;
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}
