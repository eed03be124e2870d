/** Tests of a plan in words: `CommandLine contains 'comsvcs'`. Literals appear folded, as rules are compared. */
import { ANY, DASH, ONE, type Test, type TextPattern, type TextTest } from '../../know/sigma/index.ts';

/** Patterns of one test that are named; the rest is counted. */
const NAMED = 4;
/** Characters of one pattern or expression. */
const LONGEST = 120;

const comparisons = {
  eq: 'is',
  gt: 'is more than',
  gte: 'is at least',
  lt: 'is less than',
  lte: 'is at most',
} as const;

const references = {
  whole: 'is the same as',
  contains: 'contains the value of',
  startswith: 'starts with the value of',
  endswith: 'ends with the value of',
} as const;

/**
 * The test in words, behind the field's name. `pattern`: of a text test the one that comes closest, which is named
 * first; with `fits`, the one that the value fits, which is named alone.
 */
export function testWords(test: Test, pattern = -1, fits = false): string {
  switch (test.kind) {
    case 'text':
      if (!fits || pattern < 0 || test.any.length === 1) return textWords(test, pattern);
      return `${textWords({ ...test, any: [test.any[pattern]!] }, -1)} (one of ${test.any.length})`;
    case 'regex':
      return `matches ${cut(`/${test.source}/`)}${test.flags}`;
    case 'cidr':
      return `is an address in ${test.network}`;
    case 'compare':
      return `${comparisons[test.op]} ${test.value}`;
    case 'null':
      return 'is missing';
    case 'exists':
      return test.present ? 'exists' : 'does not exist';
    case 'fieldref':
      return `${references[test.part]} ${test.field}${test.cased ? ' (case counts)' : ''}`;
    case 'timepart':
      return `has a time whose ${test.part} ${comparisons[test.op]} ${test.value}`;
  }
}

function textWords({ any, cased }: TextTest, first: number): string {
  const order = first < 0 ? any : [any[first]!, ...any.filter((_, i) => i !== first)];
  const shown = order.slice(0, NAMED);
  // Patterns of one form share its words: ends with 'a', 'b'.
  const groups: { readonly words: string; readonly texts: string[] }[] = [];
  for (const pattern of shown) {
    const { words, text } = patternWords(pattern);
    const last = groups.at(-1);
    if (last !== undefined && last.words === words && text !== null) last.texts.push(text);
    else groups.push({ words, texts: text === null ? [] : [text] });
  }
  const parts = groups.map(({ words, texts }, i) => {
    const more = i === groups.length - 1 && any.length > NAMED ? [`${any.length - NAMED} more`] : [];
    return [words, eitherOf([...texts, ...more])].filter(text => text !== '').join(' ');
  });
  return `${parts.join(', or ')}${cased ? ' (case counts)' : ''}`;
}

/** `a, b or c`. */
function eitherOf(texts: readonly string[]): string {
  if (texts.length < 2) return texts.join('');
  return `${texts.slice(0, -1).join(', ')} or ${texts.at(-1)}`;
}

function patternWords(pattern: TextPattern): { words: string; text: string | null } {
  const [a, b, c] = pattern;
  if (pattern.length === 0) return { words: 'is empty', text: null };
  if (pattern.length === 1 && a === ANY) return { words: 'has any value', text: null };
  if (pattern.length === 1 && typeof a === 'string') return { words: 'is', text: quoted(a) };
  if (pattern.length === 2 && typeof a === 'string' && b === ANY)
    return { words: 'starts with', text: quoted(a) };
  if (pattern.length === 2 && a === ANY && typeof b === 'string')
    return { words: 'ends with', text: quoted(b) };
  if (pattern.length === 3 && a === ANY && typeof b === 'string' && c === ANY) {
    return { words: 'contains', text: quoted(b) };
  }
  const signs = pattern.map(part => (part === ANY ? '*' : part === ONE ? '?' : part === DASH ? '-' : part));
  return { words: 'is like', text: quoted(signs.join('')) };
}

function quoted(text: string): string {
  return `'${cut(text)}'`;
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

/** The literal texts of the pattern that matters: where to look in a long value. */
export function literalsOf(test: Test, pattern: number): readonly string[] {
  if (test.kind !== 'text') return [];
  return (test.any[Math.max(0, pattern)] ?? []).filter(part => typeof part === 'string');
}
