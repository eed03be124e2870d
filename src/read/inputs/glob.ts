/**
 * Shell patterns for shells that have none (cmd.exe) and for quoted ones: `*`, `?`, `[a-z]`, `[!x]`, `{a,b}`
 * and `**` for any number of folders. Unlike a shell's, `*` matches names that begin with a dot too: evidence is not
 * left out for its name. Matching takes at most (pattern × name) steps.
 */

/** Most patterns that one with braces may stand for. */
const MAX_ALTERNATIVES = 1024;

/** A pattern for one part of a path; `**` stands for any number of parts. */
export type GlobPart = '**' | { readonly text: string } | { readonly tokens: readonly Token[] };

type Token =
  | { readonly kind: 'char'; readonly char: string }
  | { readonly kind: 'any' }
  | { readonly kind: 'one' }
  | { readonly kind: 'set'; readonly not: boolean; readonly ranges: readonly (readonly [string, string])[] };

/** True if `text` has a sign that only a pattern has. */
export function looksLikeGlob(text: string): boolean {
  return /[*?[{]/.test(text);
}

/** The patterns without braces that `pattern` stands for; null if they are too many. */
export function expandBraces(pattern: string): string[] | null {
  const done: string[] = [];
  const todo = [pattern];
  while (todo.length > 0) {
    const text = todo.pop()!;
    const group = firstGroup(text);
    if (group === null) done.push(text);
    else {
      const before = text.slice(0, group.start);
      const after = text.slice(group.end + 1);
      for (let i = group.options.length - 1; i >= 0; i--) todo.push(before + group.options[i] + after);
    }
    if (done.length + todo.length > MAX_ALTERNATIVES) return null;
  }
  return done;
}

/** The first balanced `{…}` with a comma at its own level. */
function firstGroup(
  text: string,
): { readonly start: number; readonly end: number; readonly options: readonly string[] } | null {
  for (let start = text.indexOf('{'); start >= 0; start = text.indexOf('{', start + 1)) {
    const options: string[] = [];
    let depth = 0;
    let from = start + 1;
    for (let at = start; at < text.length; at++) {
      const char = text[at];
      if (char === '{') depth++;
      else if (char === ',' && depth === 1) {
        options.push(text.slice(from, at));
        from = at + 1;
      } else if (char === '}' && --depth === 0) {
        if (options.length === 0) break;
        options.push(text.slice(from, at));
        return { start, end: at, options };
      }
    }
  }
  return null;
}

/** The pattern of one part of a path (without braces and separators). */
export function parsePart(part: string, foldCase: boolean): GlobPart {
  if (part === '**') return '**';
  if (!/[*?[]/.test(part)) return { text: part };
  const tokens: Token[] = [];
  for (let at = 0; at < part.length; ) {
    const char = part[at]!;
    const set = char === '[' ? parseSet(part, at, foldCase) : null;
    if (set !== null) {
      tokens.push(set.token);
      at = set.end;
      continue;
    }
    if (char === '*') {
      if (tokens.at(-1)?.kind !== 'any') tokens.push({ kind: 'any' });
    } else if (char === '?') tokens.push({ kind: 'one' });
    else tokens.push({ kind: 'char', char: foldCase ? char.toLowerCase() : char });
    at++;
  }
  return { tokens };
}

function parseSet(part: string, start: number, foldCase: boolean): { token: Token; end: number } | null {
  let at = start + 1;
  const not = part[at] === '!' || part[at] === '^';
  if (not) at++;
  const ranges: [string, string][] = [];
  const first = at;
  for (; at < part.length && (part[at] !== ']' || at === first); at++) {
    const low = foldCase ? part[at]!.toLowerCase() : part[at]!;
    if (part[at + 1] === '-' && at + 2 < part.length && part[at + 2] !== ']') {
      at += 2;
      ranges.push([low, foldCase ? part[at]!.toLowerCase() : part[at]!]);
    } else ranges.push([low, low]);
  }
  return at < part.length ? { token: { kind: 'set', not, ranges }, end: at + 1 } : null;
}

/** True if the whole name fits. A name's characters are UTF-16 code units. */
export function matchesPart(part: GlobPart, name: string, foldCase: boolean): boolean {
  if (part === '**') return true;
  const text = foldCase ? name.toLowerCase() : name;
  if ('text' in part) return text === (foldCase ? part.text.toLowerCase() : part.text);
  const { tokens } = part;
  let token = 0;
  let at = 0;
  let starToken = -1;
  let starAt = 0;
  while (at < text.length) {
    const now = tokens[token];
    if (now?.kind === 'any') {
      starToken = token++;
      starAt = at;
    } else if (now !== undefined && fits(now, text[at]!)) {
      token++;
      at++;
    } else if (starToken >= 0) {
      token = starToken + 1;
      at = ++starAt;
    } else return false;
  }
  while (tokens[token]?.kind === 'any') token++;
  return token === tokens.length;
}

function fits(token: Token, char: string): boolean {
  if (token.kind === 'char') return token.char === char;
  if (token.kind === 'set')
    return token.ranges.some(([low, high]) => char >= low && char <= high) !== token.not;
  return true;
}

/** Parts that may come next: `**` may stand for no folder at all. */
export function reachable(parts: readonly GlobPart[], states: Iterable<number>): Set<number> {
  const all = new Set(states);
  for (const state of all) if (parts[state] === '**') all.add(state + 1);
  return all;
}

/** Parts that may come after `name`, where one of `states` may come now. */
export function statesAfter(
  parts: readonly GlobPart[],
  states: Iterable<number>,
  name: string,
  foldCase: boolean,
): Set<number> {
  const next: number[] = [];
  for (const state of states) {
    const part = parts[state];
    if (part === '**') next.push(state);
    else if (part !== undefined && matchesPart(part, name, foldCase)) next.push(state + 1);
  }
  return reachable(parts, next);
}

/** True if a path with `/` between its parts fits a pattern with `/`; for names in archives. */
export function matchesPath(pattern: string, path: string): boolean {
  const parts = pattern.split('/').map(part => parsePart(part, false));
  let states = reachable(parts, [0]);
  for (const name of path.split('/')) states = statesAfter(parts, states, name, false);
  return states.has(parts.length);
}
