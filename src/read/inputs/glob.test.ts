import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expandBraces, matchesPart, matchesPath, parsePart } from './glob.ts';

const fits = (pattern: string, name: string, foldCase = false): boolean =>
  matchesPart(parsePart(pattern, foldCase), name, foldCase);

describe('a part of a path', () => {
  test.each([
    ['*', '', true],
    ['*', '.hidden', true],
    ['a*c', 'abbc', true],
    ['a*c', 'abb', false],
    ['?', 'a', true],
    ['?', '', false],
    ['[a-c]x', 'bx', true],
    ['[!a-c]x', 'bx', false],
    ['[^a-c]x', 'dx', true],
    ['[]x]', ']', true],
    ['[a-]', '-', true],
    ['[', '[', true],
    ['[ab', '[ab', true],
    ['*.evtx', 'Security.evtx', true],
    ['*a*b*', 'xxbxxa', false],
    ['.', 'x', false],
  ])('%s and %s: %s', (pattern, name, expected) => {
    expect(fits(pattern, name)).toBe(expected);
  });

  test('case counts unless it is folded', () => {
    expect([fits('*.EVTX', 'a.evtx'), fits('*.EVTX', 'a.evtx', true), fits('[A-C]', 'b', true)]).toEqual([
      false,
      true,
      true,
    ]);
  });

  test('it agrees with the regular expression of the same meaning', () => {
    const part = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', '.'), maxLength: 10 });
    const word = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 12 });
    fc.assert(
      fc.property(
        part.filter(text => text !== '**'),
        word,
        (pattern, name) => {
          const source = pattern.replaceAll('.', '\\.').replaceAll('?', '.').replaceAll(/\*+/g, '.*');
          expect(fits(pattern, name)).toBe(new RegExp(`^${source}$`).test(name));
        },
      ),
    );
  });

  test('many stars take no time', () => {
    const started = performance.now();
    expect(fits(`${'*a'.repeat(200)}*b`, 'a'.repeat(5000))).toBe(false);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('braces', () => {
  test.each([
    ['a{b,c}d', ['abd', 'acd']],
    ['{a,b{c,d}}', ['a', 'bc', 'bd']],
    ['{a,b}{c,d}', ['ac', 'ad', 'bc', 'bd']],
    ['{a}', ['{a}']],
    ['{a,b', ['{a,b']],
    ['{,x}y', ['y', 'xy']],
    ['{x}{a,b}', ['{x}a', '{x}b']],
  ])('%s', (pattern, expected) => {
    expect(expandBraces(pattern)).toEqual(expected);
  });

  test('a pattern for more than a thousand others is too many', () => {
    expect(expandBraces('{a,b}'.repeat(11))).toBe(null);
  });
});

describe('a path in an archive', () => {
  test.each([
    ['**/*.log', 'a.log', true],
    ['**/*.log', 'a/b/c.log', true],
    ['*/x', 'a/b/x', false],
    ['a/**', 'a/b/c', true],
    ['a/**/c/**/e', 'a/c/b/c/d/e', true],
  ])('%s and %s: %s', (pattern, path, expected) => {
    expect(matchesPath(pattern, path)).toBe(expected);
  });

  test('many ** take no time', () => {
    const started = performance.now();
    expect(matchesPath(`${'**/a/'.repeat(100)}b`, 'a/'.repeat(500))).toBe(false);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
