/** Finds the paths that a pattern stands for. */
import { resolve } from 'node:path';
import { expandBraces, type GlobPart, parsePart, reachable, statesAfter } from './glob.ts';
import { type FileName, joinFile, joinPath } from './names.ts';
import { listFolder, type VisitedFolders, visit } from './walk.ts';

export type Match = { readonly path: string; readonly file: FileName };

const windows = process.platform === 'win32';

/**
 * Existing paths that fit `pattern`, in order. A folder that fits stands for all that it holds, so nothing below
 * it is given as well. Null where the pattern stands for too many (`{a,b}{a,b}…`). Folders that can't be listed
 * have no matches.
 */
export function expandGlob(pattern: string, cwd: string | undefined): Match[] | null {
  const alternatives = expandBraces(windows ? pattern.replaceAll('\\', '/') : pattern);
  if (alternatives === null) return null;
  const matches = new Map<string, Match>();
  for (const alternative of alternatives) {
    for (const match of expandOne(alternative, cwd)) matches.set(match.path, match);
  }
  return [...matches.values()];
}

function* expandOne(pattern: string, cwd: string | undefined): Generator<Match, void, void> {
  const texts = pattern.split('/');
  let fixed = texts.findIndex(text => /[*?[]/.test(text));
  if (fixed < 0) fixed = texts.length - 1;
  const parts = texts
    .slice(fixed)
    .filter(text => text !== '')
    .map(text => parsePart(text, windows));
  const start = texts.slice(0, fixed).join('/');
  const root = fixed === 0 ? '' : start === '' ? '/' : start;
  const file = cwd === undefined ? root || '.' : resolve(cwd, root);
  yield* descend(root, file, parts, reachable(parts, [0]), new Map());
}

/** Goes down with the set of parts that the next name may fit. */
function* descend(
  path: string,
  file: FileName,
  parts: readonly GlobPart[],
  states: ReadonlySet<number>,
  visited: VisitedFolders,
): Generator<Match, void, void> {
  if (states.has(parts.length) && path !== '') {
    yield { path, file };
    return;
  }
  let entries: ReturnType<typeof listFolder>;
  try {
    // A pattern with ** can come to one folder along many links.
    if (parts.includes('**') && visit(file, path, visited) !== null) return;
    entries = listFolder(file);
  } catch {
    return;
  }
  for (const entry of entries) {
    const reached = statesAfter(parts, states, entry.name, windows);
    if (reached.size === 0) continue;
    if (!reached.has(parts.length) && entry.type !== 'folder' && entry.type !== 'link') continue;
    const entryPath = path === '' ? entry.name : joinPath(path, entry.name);
    yield* descend(entryPath, joinFile(file, entry.fileName), parts, reached, visited);
  }
}
