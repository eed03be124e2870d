import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseRegex } from '../../know/regex/index.ts';
import type { RegexTest } from '../../know/sigma/index.ts';
import { fold } from '../../read/events/index.ts';
import { compileRegex } from '../values/index.ts';
import { searchFor, staysOnLine } from './regex-search.ts';

const regex = (source: string, flags = ''): RegexTest => ({ kind: 'regex', source, flags });
const sources = [
  'cmd.{0,5}/c.+powershell',
  'echo.*clip.*&&',
  '\\bset\\b.*&&',
  '^set',
  'x$',
  '\\{.*\\{.*\\{',
  'set\\s+x',
  '[^a]x',
  '(?:cmd|set).*(?:x|clip)',
  'set[\\s\\S]*clip',
  'cmd.*/c|set\\s+x',
  'x$|^set.*clip|\\{a',
];

describe('a search behind its literals and line by line', () => {
  test('finds what a search of the whole text finds', () => {
    const line = fc
      .array(
        fc.constantFrom(
          'cmd',
          'CMD',
          ' ',
          '/c',
          'powershell',
          'echo',
          'clip',
          '&&',
          'set',
          'x',
          'a',
          '{',
          '\r',
        ),
        { maxLength: 6 },
      )
      .map(parts => parts.join(''));
    const text = fc.array(line, { minLength: 1, maxLength: 8 }).map(lines => lines.join('\n'));
    fc.assert(
      fc.property(
        fc.constantFrom(...sources),
        fc.constantFrom('', 'i', 'm', 's', 'im'),
        text,
        (source, flags, given) => {
          // Long enough to be taken apart, at both ends.
          for (const value of [given, `${given}\n${'-'.repeat(300)}`, `${'-'.repeat(300)}\n${given}`]) {
            expect(searchFor(regex(source, flags))(value, fold(value))).toBe(
              compileRegex(source, flags).test(value),
            );
          }
        },
      ),
      { numRuns: 3000 },
    );
  });
  test.each([
    ['a.*b', '', true],
    ['a.*b', 's', false],
    ['a\\s?b', '', false],
    ['a[^x]b', '', false],
    ['^a', '', false],
    ['^a', 'm', true],
    ['\\ba', '', true],
  ])('%s with flags "%s" stays on a line: %s', (source, flags, stays) => {
    expect(staysOnLine(parseRegex(source, flags))).toBe(stays);
  });
});
