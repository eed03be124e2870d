/**
 * The words of a pattern. One scan from left to right, each character looked at once but for the one after it, so that the
 * time is in proportion to the length whatever the text.
 */
import { PatternError } from './error.ts';
import { limits } from './limits.ts';

export type Token = {
  readonly kind: 'word' | 'text' | 'number' | 'binary' | 'hex' | 'timestamp' | 'sign' | 'end';
  /** Without quotes, escapes solved. */
  readonly text: string;
  readonly at: number;
};

const signs: ReadonlySet<string> = new Set(['[', ']', '(', ')', ',', ':', '.', '*', '=', '<', '>']);
const wordStart = /[A-Za-z_]/;
const wordPart = /[A-Za-z0-9_-]/;
const digit = /[0-9]/;
const blank = /[\s\u0085]/;
const prefixes = { b: 'binary', h: 'hex', t: 'timestamp' } as const;

/** Throws `PatternError`. */
export function tokensOf(text: string): Token[] {
  if (text.length > limits.length) {
    throw new PatternError(`the pattern is longer than ${limits.length} characters`, 0);
  }
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const char = text[at]!;
    if (blank.test(char)) at++;
    else if (char === '/' && (text[at + 1] === '*' || text[at + 1] === '/')) at = afterComment(text, at);
    else {
      const token = tokenAt(text, at);
      tokens.push(token.token);
      at = token.end;
    }
  }
  tokens.push({ kind: 'end', text: '', at: text.length });
  return tokens;
}

type Read = { readonly token: Token; readonly end: number };

function tokenAt(text: string, at: number): Read {
  const char = text[at]!;
  const next = text[at + 1];
  if (char === "'") return quoted(text, at, at, 'text');
  if (next === "'" && Object.hasOwn(prefixes, char)) {
    return quoted(text, at + 1, at, prefixes[char as keyof typeof prefixes]);
  }
  if (wordStart.test(char)) return run(text, at, 'word', wordPart);
  if (digit.test(char) || ((char === '-' || char === '+') && next !== undefined && /[0-9.]/.test(next))) {
    return number(text, at);
  }
  const pair = char + (next ?? '');
  if (['!=', '<>', '<=', '>=', '=='].includes(pair)) return sign(pair, at);
  if (signs.has(char)) return sign(char, at);
  throw new PatternError(`${shown(char)} has no meaning here`, at);
}

function sign(text: string, at: number): Read {
  return { token: { kind: 'sign', text, at }, end: at + text.length };
}

function run(text: string, at: number, kind: Token['kind'], part: RegExp): Read {
  let end = at + 1;
  while (end < text.length && part.test(text[end]!)) end++;
  return { token: { kind, text: text.slice(at, end), at }, end };
}

function number(text: string, at: number): Read {
  let end = at + 1;
  // A point only before a digit: `[0].name` is an index and a step.
  while (end < text.length) {
    if (digit.test(text[end]!)) end++;
    else if (text[end] === '.' && digit.test(text[end + 1] ?? '')) end += 2;
    else break;
  }
  return { token: { kind: 'number', text: text.slice(at, end), at }, end };
}

/** A backslash makes the next character literal; STIX knows it before a quote and a backslash only. */
function quoted(text: string, open: number, at: number, kind: Token['kind']): Read {
  const parts: string[] = [];
  let from = open + 1;
  for (let i = from; i < text.length; i++) {
    const char = text[i]!;
    if (char === "'") {
      parts.push(text.slice(from, i));
      return { token: { kind, text: parts.join(''), at }, end: i + 1 };
    }
    if (char !== '\\') continue;
    const next = text[i + 1];
    if (next !== "'" && next !== '\\') {
      throw new PatternError("a backslash in a text is written twice: 'C:\\\\Windows'", i);
    }
    parts.push(text.slice(from, i), next);
    from = i + 2;
    i++;
  }
  throw new PatternError("the text has no closing quote (')", at);
}

function afterComment(text: string, at: number): number {
  if (text[at + 1] === '/') {
    const end = text.indexOf('\n', at);
    return end < 0 ? text.length : end + 1;
  }
  const end = text.indexOf('*/', at + 2);
  if (end < 0) throw new PatternError('the comment has no end (*/)', at);
  return end + 2;
}

function shown(char: string): string {
  return char === '"' ? "a double quote (texts stand in ' ')" : `'${char}'`;
}
