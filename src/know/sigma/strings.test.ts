import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planOf } from '../../../test/rule-text.ts';
import { ANY, ONE, type TextPattern } from './plan.ts';
import { joinParts, parseString, writeString } from './strings.ts';

describe('escapes of a plain string', () => {
  const cases: [name: string, written: string, meant: TextPattern][] = [
    ['a backslash before an ordinary character stays', '\\x', ['\\x']],
    ['two backslashes are one', '\\\\', ['\\']],
    ['an escaped star is literal', '\\*', ['*']],
    ['an escaped question mark is literal', '\\?', ['?']],
    ['two backslashes and a star are a backslash and a wildcard', '\\\\*', ['\\', ANY]],
    ['three backslashes and a star are a backslash and a literal star', '\\\\\\*', ['\\*']],
    ['three backslashes before an ordinary character are two', '\\\\\\x', ['\\\\x']],
    ['four backslashes are two', '\\\\\\\\', ['\\\\']],
    ['a single backslash at the end is literal', 'a\\', ['a\\']],
    ['wildcards may stand inside', 'a*b?c', ['a', ANY, 'b', ONE, 'c']],
    ['stars in a row are one', 'a**b', ['a', ANY, 'b']],
    ['an empty string is the empty value', '', []],
    ['blanks at the ends stay', ' a ', [' a ']],
  ];
  it.each(cases)('%s', (_name, written, meant) => {
    expect(parseString(written)).toEqual(meant);
  });

  it.each(cases)('under contains: %s', (_name, written, meant) => {
    const expected = joinParts([
      ANY,
      ...meant.map(part => (typeof part === 'string' ? part.toLowerCase() : part)),
      ANY,
    ]);
    const plan = planOf(`F|contains: '${written}'`);
    expect(plan).toEqual({ op: 'field', field: 'F', test: { kind: 'text', any: [expected], cased: false } });
  });
});

describe('the escape scan', () => {
  const part = fc.oneof(
    fc.string({ unit: fc.constantFrom('\\', '*', '?', 'a', 'é', ' '), minLength: 1, maxLength: 5 }),
    fc.constantFrom(ANY, ONE),
  );

  it('reads back whatever pattern is written', () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), parts => {
        const pattern = joinParts(parts);
        expect(parseString(writeString(pattern))).toEqual(pattern);
      }),
    );
  });

  it('never yields empty or neighbouring literals, nor two ANY in a row', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('\\', '*', '?', 'a') }), written => {
        const pattern = parseString(written);
        expect(joinParts(pattern)).toEqual(pattern);
      }),
    );
  });
});
