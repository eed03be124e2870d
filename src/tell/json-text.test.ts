import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonText } from './json-text.ts';

describe('JSON documents', () => {
  it('hold any text, and nothing that a terminal obeys or an eye is deceived by', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), text => {
        const written = jsonText({ text, list: [text] });
        expect(written).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff]/);
        const whole = text.replace(/\p{Surrogate}/gu, '\ufffd');
        expect(JSON.parse(written)).toEqual({ text: whole, list: [whole] });
      }),
      { numRuns: 3000 },
    );
  });
  it('replace half a surrogate pair', () => expect(jsonText('a\ud800b', 0)).toBe('"a\ufffdb"'));
  it('escape both halves of an invisible character beyond the first plane', () =>
    expect(jsonText('\u{e0041}', 0)).toBe('"\\udb40\\udc41"'));
  it('show letters of all alphabets as they are', () => expect(jsonText('é и 😀', 0)).toBe('"é и 😀"'));
});
