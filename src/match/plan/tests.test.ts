import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ANY, DASH, ONE, type Test, type TextPattern } from '../../know/sigma/index.ts';
import { matchText } from '../reference/index.ts';
import { compileTest, keyOfTest, shapeOfPattern } from './tests.ts';

const part = fc.constantFrom<string | typeof ANY | typeof ONE | typeof DASH>(
  ANY,
  ONE,
  DASH,
  'a',
  'ab',
  'b',
  '-',
  '–',
);
/** As plans promise: no two literals and no two `ANY` in a row. */
const pattern = fc
  .array(part, { maxLength: 7 })
  .map(
    (parts): TextPattern =>
      parts.filter(
        (each, i) =>
          !(
            typeof each === typeof parts[i - 1] &&
            (typeof each === 'string' || each === parts[i - 1]) &&
            each !== ONE &&
            each !== DASH
          ),
      ),
  );
const value = fc
  .array(fc.constantFrom('a', 'b', 'ab', '-', '/', '–'), { maxLength: 9 })
  .map(parts => parts.join(''));

describe('text tests', () => {
  test('mean what the plain matcher means, alone and many together', () => {
    fc.assert(
      fc.property(
        fc.array(pattern, { maxLength: 9 }),
        fc.array(value, { minLength: 1, maxLength: 6 }),
        (any, values) => {
          const passes = compileTest({ kind: 'text', any, cased: false });
          for (const text of values) expect(passes(text)).toBe(any.some(each => matchText(each, text)));
        },
      ),
      { numRuns: 5000 },
    );
  });
  test('many wildcards on a long text end soon', () => {
    const many = Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? ANY : 'a'));
    const passes = compileTest({
      kind: 'text',
      any: [
        [...many, 'b'],
        [ANY, ONE, 'b', ANY, 'c'],
      ],
      cased: false,
    });
    const start = performance.now();
    expect(passes('a'.repeat(200_000))).toBe(false);
    expect(performance.now() - start).toBeLessThan(1000);
  });
  test('know the simple shapes', () => {
    expect(
      [[], ['a'], ['a', ANY], [ANY, 'a'], [ANY, 'a', ANY], [ANY], [ONE], ['a', ONE]].map(each =>
        shapeOfPattern(each as TextPattern),
      ),
    ).toEqual(['equals', 'equals', 'prefix', 'suffix', 'contains', 'anything', 'glob', 'glob']);
  });
});

describe('keys of tests', () => {
  const text = (...any: TextPattern[]): Test => ({ kind: 'text', any, cased: false });
  test('tell tests apart whatever their literals are made of', () => {
    const tests: Test[] = [
      text(['a'], ['b']),
      text(['a;1:b']),
      text(['a', ANY]),
      text(['aa']),
      text(['a', ONE]),
      text([]),
      text(),
      { kind: 'text', any: [['a'], ['b']], cased: true },
      { kind: 'null' },
      { kind: 'exists', present: true },
      { kind: 'exists', present: false },
      { kind: 'regex', source: 'a', flags: '' },
      { kind: 'regex', source: 'a', flags: 'i' },
    ];
    expect(new Set(tests.map(keyOfTest)).size).toBe(tests.length);
  });
  test('are equal for equal tests', () => {
    expect(keyOfTest(text(['a', ANY], [DASH]))).toBe(keyOfTest(text(['a', ANY], [DASH])));
  });
});
