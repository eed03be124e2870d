/**
 * Reads `run.json`, believing nothing: whoever wants a changed file to pass for unchanged can have written it. Size,
 * types and names are checked here, so that what comes out needs no second look.
 */
import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { faultOf } from '../../read/inputs/index.ts';
import { plain } from '../../tell/index.ts';
import { CannotRun } from '../io.ts';

export type RecordedFile = {
  readonly path: string;
  /** Null where the hunt did not read it. */
  readonly type: string | null;
  readonly size: number | null;
  readonly sha256: string | null;
};

export type RecordedOption = {
  readonly name: string;
  readonly value: string | number | boolean | null | readonly string[];
  readonly sha256: string;
};

/** As much of a record as can be verified. */
export type RunRecord = {
  readonly tool: string;
  /** `win32 x64`. */
  readonly platform: string;
  readonly started: string;
  readonly interrupted: boolean;
  readonly operator: string | null;
  readonly cwd: string | null;
  readonly options: readonly RecordedOption[];
  readonly optionsSha256: string;
  readonly rules: { readonly paths: readonly string[]; readonly sha256: string | null };
  /** Packs; empty in records of hunts before there were any. */
  readonly advisories: readonly { readonly id: string; readonly path: string; readonly sha256: string }[];
  readonly inputs: readonly RecordedFile[];
  readonly containers: readonly { readonly path: string; readonly sha256: string | null }[];
  readonly outputs: readonly { readonly name: string; readonly size: number; readonly sha256: string }[];
};

export const RUN_NAME = 'run.json';
const VERSION = 1;
/** A million files; a longer text would not fit into one string. */
const MAX_BYTES = 256 << 20;
/** Longer than any path, with the names of nested members. */
const MAX_TEXT = 1 << 18;

/** The record in folder `out` and the SHA-256 of its bytes. Throws `CannotRun`. */
export function readRecord(out: string): { readonly record: RunRecord; readonly sha256: string } {
  const bytes = readBytes(out);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw unfit(`is not JSON (${(error as Error).message})`);
  }
  return { record: recordOf(value), sha256 };
}

function unfit(what: string): CannotRun {
  return new CannotRun(`${RUN_NAME} ${plain(what)}`);
}

function readBytes(out: string): Buffer {
  const path = join(out, RUN_NAME);
  let fd = -1;
  try {
    fd = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stats = fstatSync(fd);
    if (!stats.isFile()) throw new CannotRun(`${plain(path)} is not a file`);
    if (stats.size > MAX_BYTES) throw unfit(`is larger than ${MAX_BYTES >> 20} MiB`);
    return readFileSync(fd);
  } catch (error) {
    if (error instanceof CannotRun) throw error;
    const { reason, message } = faultOf(error);
    const remedy = reason === 'missing' ? '; give the folder that was given to hunt with --out' : '';
    throw new CannotRun(`${plain(path)}: ${message}${remedy}`, error);
  } finally {
    if (fd >= 0) closeSync(fd);
  }
}

/** The value as a record. Throws `CannotRun` with the place that is wrong. */
export function recordOf(value: unknown): RunRecord {
  const record = object(value, 'the record');
  if (record['version'] !== VERSION) {
    const version =
      typeof record['version'] === 'number' ? `version ${record['version']}` : 'no known version';
    throw unfit(`has ${version}; this Huntaway reads version ${VERSION}`);
  }
  const tool = object(record['tool'], 'tool');
  const rules = object(record['rules'], 'rules');
  return {
    tool: `${text(tool['name'], 'tool.name')} ${text(tool['version'], 'tool.version')}`,
    platform: text(record['platform'], 'platform'),
    started: text(record['started'], 'started'),
    interrupted: record['interrupted'] === true,
    operator: orNull(record['operator'], 'operator', text),
    // Records of the first builds have none.
    cwd: orNull(record['cwd'] ?? null, 'cwd', text),
    options: list(record['options'], 'options', option),
    optionsSha256: hash(record['optionsSha256'], 'optionsSha256'),
    rules: {
      paths: list(rules['paths'], 'rules.paths', text),
      sha256: orNull(rules['sha256'], 'rules.sha256', hash),
    },
    advisories: list(record['advisories'] ?? [], 'advisories', (item, where) => {
      const { id, path, sha256 } = object(item, where);
      return {
        id: text(id, `${where}.id`),
        path: text(path, `${where}.path`),
        sha256: hash(sha256, `${where}.sha256`),
      };
    }),
    inputs: list(record['inputs'], 'inputs', recordedFile),
    containers: list(record['containers'], 'containers', (item, where) => {
      const { path, sha256 } = object(item, where);
      return { path: text(path, `${where}.path`), sha256: orNull(sha256, `${where}.sha256`, hash) };
    }),
    outputs: list(record['outputs'], 'outputs', (item, where) => {
      const { name, size, sha256 } = object(item, where);
      return {
        name: fileName(name, `${where}.name`),
        size: bytes(size, `${where}.size`),
        sha256: hash(sha256, `${where}.sha256`),
      };
    }),
  };
}

function recordedFile(item: unknown, where: string): RecordedFile {
  const { path, type, size, sha256 } = object(item, where);
  return {
    path: text(path, `${where}.path`),
    type: orNull(type, `${where}.type`, text),
    size: orNull(size, `${where}.size`, bytes),
    sha256: orNull(sha256, `${where}.sha256`, hash),
  };
}

function option(item: unknown, where: string): RecordedOption {
  const { name, value, sha256 } = object(item, where);
  return {
    name: text(name, `${where}.name`),
    value: optionValue(value, `${where}.value`),
    sha256: hash(sha256, `${where}.sha256`),
  };
}

function optionValue(value: unknown, where: string): RecordedOption['value'] {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return value;
  return Array.isArray(value) ? list(value, where, text) : text(value, where);
}

type Reader<T> = (value: unknown, where: string) => T;

function object(value: unknown, where: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw unfit(`is no record of a hunt: ${where} is no object`);
  }
  return value as Record<string, unknown>;
}

function list<T>(value: unknown, where: string, read: Reader<T>): T[] {
  if (!Array.isArray(value)) throw unfit(`is no record of a hunt: ${where} is no list`);
  return value.map((item, i) => read(item, `${where}[${i}]`));
}

function text(value: unknown, where: string): string {
  if (typeof value !== 'string') throw unfit(`is no record of a hunt: ${where} is no text`);
  if (value.length > MAX_TEXT) throw unfit(`is no record of a hunt: ${where} is longer than any path`);
  return value;
}

function hash(value: unknown, where: string): string {
  if (typeof value !== 'string' || !/^[0-9a-f]{64}$/.test(value)) {
    throw unfit(`is no record of a hunt: ${where} is no SHA-256`);
  }
  return value;
}

function bytes(value: unknown, where: string): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0) {
    throw unfit(`is no record of a hunt: ${where} is no number of bytes`);
  }
  return value as number;
}

/** Outputs lie in the folder itself: a name that leads elsewhere was not written by a hunt. */
function fileName(value: unknown, where: string): string {
  const name = text(value, where);
  if (!/^[^/\\:\0]+$/.test(name) || name === '.' || name === '..') {
    throw unfit(`is no record of a hunt: ${where} is no name of a file`);
  }
  return name;
}

function orNull<T>(value: unknown, where: string, read: Reader<T>): T | null {
  return value === null ? null : read(value, where);
}
