/**
 * What one file holds when it is an archive, member by member, whatever each member is. For whoever looks for
 * members that were read before: a name is a name here and never a pattern, and nothing but this one file is opened.
 */
import { PlainContent } from './content.ts';
import { ContentFinder } from './content-finder.ts';
import type { Input, Note, Unread } from './input.ts';
import { Pauses } from './pauses.ts';
import { FileAccess } from './random-access.ts';
import type { ArchiveStore } from './store.ts';

/** Every content that is no archive is taken, known or not: it may have changed since it was known. */
const anything = { name: 'any', recognises: (): boolean => true };

export type Members = {
  /** In the order of the archive; two may have one path. A gzip file is its one member, under its own path. */
  readonly inputs: readonly Input[];
  /** What is damaged, goes too far or is empty. */
  readonly unread: readonly Unread[];
};

/**
 * The members of `file`, whose paths begin with `path`. Rejects when aborted and where the file cannot be opened.
 * `store` is the one that the members are read with afterwards.
 */
export async function membersOf(
  file: string | Buffer,
  path: string,
  store: ArchiveStore,
  signal?: AbortSignal,
): Promise<Members> {
  const access = FileAccess.open(file);
  try {
    const found: { inputs: Input[]; unread: Unread[]; notes: Note[] } = { inputs: [], unread: [], notes: [] };
    const finder = new ContentFinder([anything], [], store, new Pauses(undefined, signal), found);
    const place = { path, file, steps: [], select: null, asked: false };
    await finder.find(new PlainContent(access), place);
    return found;
  } finally {
    access.close();
  }
}
