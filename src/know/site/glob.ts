/**
 * Globs of site knowledge: `*` for any number of characters and `?` for one, without regard to case. Matching goes back to
 * the last star only, so it takes at most (pattern × text) steps, and patterns are bounded.
 */

/** True if the whole of `text` fits. */
export function matchesGlob(pattern: string, text: string): boolean {
  return matches(pattern.toLowerCase(), text.toLowerCase());
}

function matches(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let starAt = 0;
  while (t < text.length) {
    const now = pattern[p];
    if (now === '*') {
      star = p++;
      starAt = t;
    } else if (now !== undefined && (now === '?' || now === text[t])) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++starAt;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

/** True if the pattern says anything: a star alone names nobody. */
export function namesSomething(pattern: string | null): boolean {
  return pattern !== null && /[\p{L}\p{N}]/u.test(pattern);
}

/** The same of a path: a drive alone is no place. */
export function namesPlace(pattern: string | null): boolean {
  return pattern !== null && namesSomething(pattern.replace(/^[a-z]:/i, ''));
}

/**
 * True if `path` is what the pattern names or lies in it. Stars do not reach beyond a folder's name, and the path is taken
 * as Windows takes it: `D:\ifm\..\Temp\x` does not lie in `D:\ifm`.
 */
export function liesIn(pattern: string, path: string): boolean {
  const parts = partsOf(pattern);
  const names = partsOf(path);
  return (
    parts.length > 0 && parts.length <= names.length && parts.every((part, i) => matches(part, names[i]!))
  );
}

/** Lower-case parts of a path: `\\?\` left out, `..` followed, and the dots and blanks at the end of a name dropped. */
function partsOf(path: string): string[] {
  const parts: string[] = [];
  const bare = path
    .toLowerCase()
    .replaceAll('/', '\\')
    .replace(/^\\\\[?.]\\(?:unc\\)?/, '');
  for (const part of bare.split('\\')) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      // Above the drive there is nothing.
      if (parts.length > 1) parts.pop();
      continue;
    }
    const name = part.replace(/[. ]+$/, '');
    parts.push(name === '' ? part : name);
  }
  return parts;
}
