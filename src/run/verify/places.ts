/**
 * Where the files that a record names are now. As the record has them, relative ones counted from the working
 * directory; or, where evidence has moved, below another folder: relative paths count from it, absolute ones as if
 * it were the deepest folder that all of them have in common.
 */
import { posix, resolve, win32 } from 'node:path';

type Style = typeof posix;

/**
 * Gives each of `paths` (outermost files, as recorded on `platform`) its place below `base`; null for `base` leaves
 * them as they are. Paths that Windows wrote can be looked up elsewhere only with a base.
 */
export function placesOf(
  paths: readonly string[],
  platform: string,
  base: string | null,
): (path: string) => string {
  if (base === null) return path => path;
  const style: Style = platform.startsWith('win32') ? win32 : posix;
  const common = commonFolder(
    paths.filter(path => style.isAbsolute(path)),
    style,
  );
  return path => {
    const parts = partsOf(path, style);
    return resolve(base, ...(style.isAbsolute(path) ? parts.slice(common) : parts));
  };
}

/** Names on the way to a file; an absolute path begins with an empty name or a drive. */
function partsOf(path: string, style: Style): string[] {
  return style.normalize(path).split(style === win32 ? /[\\/]/ : '/');
}

/** How many leading names all paths share, their last ones not counted. */
function commonFolder(paths: readonly string[], style: Style): number {
  let common: readonly string[] | null = null;
  for (const path of paths) {
    const folder = partsOf(path, style).slice(0, -1);
    if (common === null) common = folder;
    else {
      const before: readonly string[] = common;
      const end = before.findIndex((name, i) => name !== folder[i]);
      common = end < 0 ? before : before.slice(0, end);
    }
  }
  return common?.length ?? 0;
}
