/**
 * Walks folders in a fixed order. Links are followed wherever they lead, because a log behind one is evidence
 * too, but each real folder is walked once, so that links in circles end. Nothing is opened here.
 */
import { type Dirent, readdirSync, readlinkSync, type Stats, statSync } from 'node:fs';
import type { Note, Unread } from './input.ts';
import { type FileName, joinFile, joinPath, readableName, sortNames, trimSeparators } from './names.ts';
import { errorCode, faultOf } from './words.ts';

/** What a walk comes upon. */
export type Found =
  | { readonly kind: 'file'; readonly path: string; readonly file: FileName }
  | { readonly kind: 'unread'; readonly unread: Unread }
  | { readonly kind: 'note'; readonly note: Note };

/** One entry of a folder; `fileName` is bytes where the name is not UTF-8. */
export type FolderEntry = {
  readonly name: string;
  readonly fileName: FileName;
  readonly type: 'file' | 'folder' | 'link' | 'special';
  readonly what: string;
};

/** Folders walked up to now, by device and number, with the path of the first visit. */
export type VisitedFolders = Map<string, string>;

/** Entries of a folder, sorted by bytes. Throws on I/O errors. */
export function listFolder(folder: FileName): FolderEntry[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  if (entries.every(entry => !entry.name.includes('\ufffd'))) {
    return sortNames(entries.map(entry => folderEntry(entry, entry.name, entry.name)));
  }
  const raw = readdirSync(folder, {
    withFileTypes: true,
    encoding: 'buffer',
  } as never) as unknown as Dirent<Buffer>[];
  return sortNames(
    raw.map(entry => {
      const text = readableName(entry.name);
      const isText = Buffer.from(text).equals(entry.name);
      return folderEntry(entry, text, isText ? text : entry.name);
    }),
  );
}

type Types = Pick<
  Dirent,
  'isFile' | 'isDirectory' | 'isSymbolicLink' | 'isFIFO' | 'isSocket' | 'isBlockDevice'
>;

function folderEntry(entry: Types, name: string, fileName: FileName): FolderEntry {
  if (entry.isFile()) return { name, fileName, type: 'file', what: '' };
  if (entry.isDirectory()) return { name, fileName, type: 'folder', what: '' };
  if (entry.isSymbolicLink()) return { name, fileName, type: 'link', what: '' };
  return { name, fileName, type: 'special', what: specialWords(entry) };
}

function specialWords(types: Pick<Types, 'isFIFO' | 'isSocket' | 'isBlockDevice'>): string {
  if (types.isFIFO()) return 'a pipe, not opened; to read it give - and put it on standard input';
  if (types.isSocket()) return 'a socket, not opened';
  if (types.isBlockDevice()) return 'a device, not opened; mount it or give an image of its logs';
  return 'a device, not opened';
}

/** All that a path leads to. `visited` is shared by the walks of one discovery. */
export function* walk(path: string, file: FileName, visited: VisitedFolders): Generator<Found, void, void> {
  let stats: Stats;
  try {
    stats = statSync(file);
  } catch (error) {
    yield { kind: 'unread', unread: unreadAt(path, file, error) };
    return;
  }
  if (stats.isFile()) yield { kind: 'file', path, file };
  else if (stats.isDirectory()) yield* walkFolder(trimSeparators(path), file, visited);
  else yield special(path, specialWords(stats));
}

type Level = {
  readonly path: string;
  readonly file: FileName;
  readonly entries: FolderEntry[];
  next: number;
};

function* walkFolder(path: string, file: FileName, visited: VisitedFolders): Generator<Found, void, void> {
  const levels: Level[] = [];
  const enter = (folderPath: string, folder: FileName): Found | null => {
    try {
      const before = visit(folder, folderPath, visited);
      if (before !== null) {
        const message = `the same folder as ${before}; its files are read once`;
        return { kind: 'note', note: { path: folderPath, reason: 'repeated', message } };
      }
      levels.push({ path: folderPath, file: folder, entries: listFolder(folder), next: 0 });
      return null;
    } catch (error) {
      return { kind: 'unread', unread: unreadAt(folderPath, folder, error) };
    }
  };
  const first = enter(path, file);
  if (first !== null) yield first;
  for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
    const entry = level.entries[level.next++];
    if (entry === undefined) {
      levels.pop();
      continue;
    }
    const entryPath = joinPath(level.path, entry.name);
    const entryFile = joinFile(level.file, entry.fileName);
    if (entry.type === 'file') yield { kind: 'file', path: entryPath, file: entryFile };
    else if (entry.type === 'special') yield special(entryPath, entry.what);
    else if (entry.type === 'folder' || leadsTo(entryFile)?.isDirectory()) {
      const met = enter(entryPath, entryFile);
      if (met !== null) yield met;
    } else yield* walk(entryPath, entryFile, visited);
  }
}

/** Notes a visit to a folder; the path of an earlier one, else null. Throws on I/O errors. */
export function visit(folder: FileName, path: string, visited: VisitedFolders): string | null {
  const { dev, ino } = statSync(folder, { bigint: true });
  // Some network file systems number nothing.
  if (ino === 0n) return null;
  const key = `${dev}:${ino}`;
  const before = visited.get(key);
  if (before !== undefined) return before;
  visited.set(key, path);
  return null;
}

/** What a path leads to; null where it leads nowhere or can't be asked. */
export function leadsTo(file: FileName): Stats | null {
  try {
    return statSync(file);
  } catch {
    return null;
  }
}

function special(path: string, message: string): Found {
  return { kind: 'unread', unread: { path, reason: 'special-file', message, size: -1 } };
}

/** What to say of a path that an error was met at. */
export function unreadAt(path: string, file: FileName, error: unknown): Unread {
  const { reason, message } = faultOf(error);
  return { path, reason, message: linkWords(file, error) ?? message, size: -1 };
}

/** Names the target of a link that leads nowhere; null where that is not what happened. */
function linkWords(file: FileName, error: unknown): string | null {
  if (errorCode(error) !== 'ENOENT') return null;
  try {
    return `a link to ${readlinkSync(file)}, which does not exist`;
  } catch {
    return null;
  }
}
