/**
 * Compares one file or archive member with what was recorded of it. Read-only; what is no plain file is not opened;
 * and no more is read than was there then, because more of it is a change already.
 */
import { closeSync, constants, fstatSync, openSync, type Stats, statSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type ArchiveStore,
  type FileName,
  faultOf,
  fileNameOf,
  HashingStream,
  hashFile,
  type Input,
  membersOf,
  openInput,
  type Unread,
} from '../../read/inputs/index.ts';
import type { CheckedFile, FileStatus } from '../../tell/index.ts';

/** What a check says; the rest of a `CheckedFile` is known before. */
export type Outcome = {
  readonly status: FileStatus;
  readonly message: string | null;
  readonly size: number | null;
  readonly sha256: string | null;
};

/** What a record says of a file; null = not known. */
export type Expected = { readonly size: number | null; readonly sha256: string };

/** How a check is steered and watched. */
export type Watch = {
  readonly signal: AbortSignal;
  /** Bytes read since the last call. */
  progress(bytes: number): void;
};

/** Bytes of a stream between two looks at the event loop. */
const SLICE_BYTES = 32 << 20;

export function outcome(
  status: FileStatus,
  message: string | null,
  size: number | null = null,
  sha256: string | null = null,
): Outcome {
  return { status, message, size, sha256 };
}

export function checked(
  kind: CheckedFile['kind'],
  path: string,
  file: string | null,
  recorded: { readonly size: number | null; readonly sha256: string | null },
  now: Outcome,
): CheckedFile {
  return {
    kind,
    path,
    file,
    status: now.status,
    message: now.message,
    size: { recorded: recorded.size, now: now.size },
    sha256: { recorded: recorded.sha256, now: now.sha256 },
  };
}

export const interrupted: Outcome = outcome('unchecked', 'interrupted before it was checked');

type Located = { readonly name: FileName; readonly size: number };

/** The plain file at `file`, whose name may be the readable form of one that is no text. */
function locate(file: string): Located | Outcome {
  let stats: Stats | undefined;
  let name: FileName = file;
  try {
    stats = statSync(file);
  } catch (error) {
    const bytes = fileNameOf(file);
    try {
      if (bytes !== null) stats = statSync(bytes);
      name = bytes ?? file;
    } catch {
      // Then what the first try said is what counts.
    }
    if (stats === undefined) return trouble(error);
  }
  if (!stats.isFile()) return outcome('changed', 'there is something else of this name, which is no file');
  return { name, size: stats.size };
}

/** An error that was met while a file was looked for or read. */
function trouble(error: unknown): Outcome {
  const { reason, message } = faultOf(error);
  return outcome(reason === 'missing' ? 'missing' : 'unreadable', message);
}

const count = (bytes: number): string => String(bytes).replace(/\B(?=(\d{3})+$)/g, ',');

function otherSize(then: number, now: number): Outcome {
  return outcome('changed', `${count(then)} bytes then, ${count(now)} now`, now);
}

function compare(expected: Expected, size: number, sha256: string): Outcome {
  if (sha256 === expected.sha256) return outcome('unchanged', null, size, sha256);
  const message = expected.size === null ? 'other content' : 'the same size, other content';
  return outcome('changed', message, size, sha256);
}

/** More was read than there was then. */
class Grown extends Error {}

/** Compares a plain file. */
export async function checkFile(file: string, expected: Expected, watch: Watch): Promise<Outcome> {
  const located = locate(file);
  if ('status' in located) return located;
  if (expected.size !== null && located.size !== expected.size) return otherSize(expected.size, located.size);
  let fd = -1;
  try {
    // A pipe that took its place would wait for a writer.
    fd = openSync(located.name, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    if (!fstatSync(fd).isFile()) return outcome('changed', 'became something else while it was looked at');
    let done = 0;
    const onProgress = (bytes: number): void => {
      if (expected.size !== null && bytes > expected.size) throw new Grown();
      watch.progress(bytes - done);
      done = bytes;
    };
    const sha256 = await hashFile(fd, onProgress, watch.signal);
    watch.progress(Math.max(0, located.size - done));
    return compare(expected, located.size, sha256);
  } catch (error) {
    if (watch.signal.aborted) return interrupted;
    if (error instanceof Grown) return outcome('changed', 'longer than it was then', fstatSync(fd).size);
    return trouble(error);
  } finally {
    if (fd >= 0) closeSync(fd);
  }
}

/** The members of one archive, to be asked for by path; each is given once, because two may have one path. */
export class OpenContainer {
  readonly #members = new Map<string, Input[]>();
  readonly #unread: ReadonlyMap<string, Unread>;
  readonly #store: ArchiveStore;
  readonly #watch: Watch;

  private constructor(
    inputs: readonly Input[],
    unread: readonly Unread[],
    store: ArchiveStore,
    watch: Watch,
  ) {
    this.#store = store;
    this.#watch = watch;
    this.#unread = new Map(unread.map(one => [one.path, one]));
    for (const input of inputs) {
      const same = this.#members.get(input.path);
      if (same === undefined) this.#members.set(input.path, [input]);
      else same.push(input);
    }
  }

  /** Opens `file`, whose recorded path is `path`; an outcome where that is not possible. */
  static async open(
    file: string,
    path: string,
    store: ArchiveStore,
    watch: Watch,
  ): Promise<OpenContainer | Outcome> {
    const located = locate(file);
    if ('status' in located) {
      const message = located.status === 'missing' ? 'its archive is missing' : located.message;
      return { ...located, message };
    }
    try {
      const { inputs, unread } = await membersOf(located.name, path, store, watch.signal);
      return new OpenContainer(inputs, unread, store, watch);
    } catch (error) {
      return watch.signal.aborted ? interrupted : trouble(error);
    }
  }

  /** Compares the member at `path`; of several that one which is unchanged, if there is one. */
  async check(path: string, expected: Expected): Promise<Outcome> {
    const members = this.#members.get(path) ?? [];
    let first: Outcome | null = null;
    for (const [i, member] of members.entries()) {
      const found = await this.#checkMember(member, expected);
      first ??= found;
      if (found.status !== 'unchanged') continue;
      members.splice(i, 1);
      return found;
    }
    if (first !== null) return first;
    const unread = this.#unread.get(path);
    if (unread === undefined) return outcome('missing', 'no such member in the archive now');
    return outcome(unread.reason === 'empty' ? 'changed' : 'unreadable', unread.message);
  }

  async #checkMember(member: Input, expected: Expected): Promise<Outcome> {
    if (expected.size !== null && member.size >= 0 && member.size !== expected.size) {
      return otherSize(expected.size, member.size);
    }
    const open = openInput(member, { store: this.#store });
    try {
      if (open.kind === 'file') return outcome('changed', 'no archive any more');
      const stream = new HashingStream(open.chunks);
      let slice = 0;
      for await (const chunk of stream) {
        if (expected.size !== null && stream.bytes > expected.size) {
          return outcome('changed', 'longer than it was then');
        }
        this.#watch.progress(chunk.length);
        slice += chunk.length;
        if (slice < SLICE_BYTES) continue;
        slice = 0;
        await nextTurn();
        if (this.#watch.signal.aborted) return interrupted;
      }
      if (expected.size !== null && stream.bytes !== expected.size)
        return otherSize(expected.size, stream.bytes);
      return compare(expected, stream.bytes, stream.digest());
    } catch (error) {
      return trouble(error);
    } finally {
      open.close();
    }
  }
}
