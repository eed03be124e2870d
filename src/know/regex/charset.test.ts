import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold } from '../../read/events/index.ts';
import { type CharSet, charSet, closeOverCase, complement } from './charset.ts';

const units = Array.from({ length: 0x10000 }, (_, unit) => unit);
const foldedOf = units.map(unit => fold(String.fromCharCode(unit)).charCodeAt(0));

function holds(set: CharSet, point: number): boolean {
  for (let i = 0; i < set.length; i += 2) if (point >= set[i]! && point <= set[i + 1]!) return true;
  return false;
}

/** Every code unit that folds as one of the set does. */
function closedPlainly(set: CharSet): Set<number> {
  const folded = new Set(units.filter(unit => holds(set, unit)).map(unit => foldedOf[unit]!));
  return new Set(units.filter(unit => folded.has(foldedOf[unit]!)));
}

const closed = (set: CharSet): Set<number> => {
  const found = closeOverCase(set);
  return new Set(units.filter(unit => holds(found, unit)));
};

describe('a set closed over case holds what folds like one of its own', () => {
  const sets: readonly (readonly [string, CharSet])[] = [
    ['letters', charSet([0x61, 0x7a])],
    ['all but a', complement([0x61, 0x61])],
    ['all but the letters i, k and s', complement(charSet([0x49, 0x49, 0x69, 0x69, 0x4b, 0x4b, 0x73, 0x73]))],
    ['all beyond ASCII', [0x80, 0x10ffff]],
    ['dashes', charSet([0x2d, 0x2d, 0x2013, 0x2015])],
    ['punctuation to its last', [0x2000, 0x20ff]],
    ['one more than punctuation', [0x1fff, 0x2100]],
    ['the Kelvin sign', [0x212a, 0x212a]],
    ['Greek', [0x370, 0x3ff]],
  ];
  test.each(sets)('%s', (_, set) => expect(closed(set)).toEqual(closedPlainly(set)));

  test('any ranges', () => {
    const range = fc.tuple(fc.nat(0xffff), fc.nat(0x3ff)).map(([from, more]) => [from, from + more]);
    fc.assert(
      fc.property(fc.array(range, { minLength: 1, maxLength: 3 }), ranges => {
        const set = charSet(ranges.flat());
        expect(closed(set)).toEqual(closedPlainly(set));
      }),
      { numRuns: 25 },
    );
  });
});
