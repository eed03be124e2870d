import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reachable } from '../../know/logsources/index.ts';
import { ANY, DASH, ONE, type Plan, type TextPattern } from '../../know/sigma/index.ts';
import { matchText } from './glob.ts';

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** The same pattern as a regular expression of the platform. */
function asRegExp(pattern: TextPattern): RegExp {
  const source = pattern.map(part =>
    part === ANY ? '[^]*' : part === ONE ? '[^]' : part === DASH ? '[-/\u2013\u2014\u2015]' : escaped(part),
  );
  return new RegExp(`^${source.join('')}$`);
}

describe('patterns', () => {
  test('match as regular expressions of the same meaning do', () => {
    const part = fc.constantFrom<string | typeof ANY | typeof ONE | typeof DASH>(
      ANY,
      ONE,
      DASH,
      'a',
      'ab',
      'b',
      '-',
      '😀',
    );
    const text = fc
      .array(fc.constantFrom('a', 'b', '-', '/', '–', '😀', '\n'), { maxLength: 10 })
      .map(parts => parts.join(''));
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), text, (pattern, value) => {
        expect(matchText(pattern, value)).toBe(asRegExp(pattern).test(value));
      }),
      { numRuns: 5000 },
    );
  });
  test('the empty pattern is the empty text', () => {
    expect(matchText([], '')).toBe(true);
    expect(matchText([], 'a')).toBe(false);
  });
  test('many wildcards on a long text end soon', () => {
    const pattern = Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? ANY : 'a'));
    const start = performance.now();
    expect(matchText([...pattern, 'b'], 'a'.repeat(20_000))).toBe(false);
    expect(matchText([...pattern, ONE, 'b', ANY, 'a'], `${'a'.repeat(20_000)}b`)).toBe(false);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

describe('what a source that lacks fields can satisfy', () => {
  const has = (field: string): Plan => ({
    op: 'field',
    field,
    test: { kind: 'text', any: [['x']], cased: false },
  });
  const isNull = (field: string): Plan => ({ op: 'field', field, test: { kind: 'null' } });
  const absent = new Set(['P', 'Q']);
  const of = (plan: Plan): readonly [boolean, readonly string[]] => {
    const { reachable: can, missing } = reachable(plan, { absent });
    return [can, missing];
  };

  test('a test of a field it lacks is false, of another open', () => {
    expect(of(has('P'))).toEqual([false, ['P']]);
    expect(of(has('A'))).toEqual([true, []]);
  });
  test('not of it is true', () => {
    expect(of({ op: 'not', node: has('P') })).toEqual([true, []]);
  });
  test('null of it is true, and not of that false', () => {
    expect(of(isNull('P'))).toEqual([true, []]);
    expect(of({ op: 'not', node: isNull('P') })).toEqual([false, ['P']]);
  });
  test('and needs every part, or one', () => {
    expect(of({ op: 'and', nodes: [has('A'), has('P')] })).toEqual([false, ['P']]);
    expect(of({ op: 'or', nodes: [has('A'), has('P')] })).toEqual([true, []]);
  });
  test('where no field alone decides, all that do together are named', () => {
    expect(of({ op: 'or', nodes: [has('P'), has('Q')] })).toEqual([false, ['P', 'Q']]);
  });
  test('where each alone decides, each is named', () => {
    expect(of({ op: 'and', nodes: [has('P'), has('Q')] })).toEqual([false, ['P', 'Q']]);
  });
  test('a reference to a field it lacks is false', () => {
    const test_ = { kind: 'fieldref', field: 'P', part: 'whole', cased: false } as const;
    expect(of({ op: 'field', field: 'A', test: test_ })).toEqual([false, ['P']]);
  });
  test('keywords are open', () => {
    expect(of({ op: 'keyword', test: { kind: 'regex', source: 'x', flags: '' } })).toEqual([true, []]);
  });
});
