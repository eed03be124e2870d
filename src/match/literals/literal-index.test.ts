import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EventBuilder } from '../../../test/event.ts';
import { fold } from '../../read/events/index.ts';
import { LiteralIndex } from './literal-index.ts';
import type { Literal, Place } from './literal-table.ts';

const places: readonly Place[] = ['anywhere', 'start', 'end', 'whole'];

function stands(text: string, literal: string, place: Place): boolean {
  if (place === 'whole') return text === literal;
  if (place === 'start') return text.startsWith(literal);
  return place === 'end' ? text.endsWith(literal) : text.includes(literal);
}

/** What an index should find, said plainly. */
function expected(literals: readonly Literal[], value: string): number[] {
  const folded = fold(value);
  return literals
    .flatMap(({ text, place, payload }) => (stands(folded, text, place) ? [payload] : []))
    .sort(ascending);
}

const ascending = (a: number, b: number): number => a - b;

function found(index: LiteralIndex, value: string, at: number): number[] {
  // What lies around the value must not matter: letters that literals begin and end with.
  const bytes = Buffer.alloc(at + value.length * 2 + 8, 'a');
  bytes.write(value, at, 'utf16le');
  const count = index.scan(bytes, at, at + value.length * 2);
  return [...index.found.subarray(0, count)].sort(ascending);
}

const literalsOf = (...texts: readonly (readonly [string, Place])[]): Literal[] =>
  texts.map(([text, place], payload) => ({ text: fold(text), place, payload }));

const piece = fc.constantFrom(
  ...[
    'a',
    'B',
    'b',
    'k',
    's',
    'i',
    'cmd',
    '.EXE',
    '\\',
    ' ',
    '-',
    '1',
    'é',
    'É',
    'µ',
    'μ',
    'ſ',
    '\u212a',
    'İ',
    'ı',
    'и',
    'И',
  ],
  ...['😀', '🏼', '\ufe0f', '\0', 'powershell', 'Windows'],
);
const textOf = (maxLength: number): fc.Arbitrary<string> =>
  fc.oneof(
    fc.array(piece, { maxLength }).map(pieces => pieces.join('')),
    fc.string({ unit: 'binary', maxLength }),
  );

describe('finds what a plain search finds', () => {
  const check = (literal: fc.Arbitrary<string>, where: readonly Place[]): void => {
    const given = fc.array(fc.record({ text: literal.map(fold), place: fc.constantFrom(...where) }), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(
        given,
        fc.array(textOf(16), { minLength: 1, maxLength: 12 }),
        fc.nat(3),
        (texts, values, at) => {
          // The empty literal is there for the empty value alone.
          const literals = texts.map(({ text, place }, payload) => ({
            text,
            place: text === '' ? ('whole' as const) : place,
            payload,
          }));
          const index = new LiteralIndex(literals);
          // Values that hold literals for certain stand among those that may.
          for (const value of [
            ...values,
            `${values[0]}${texts[0]!.text.toUpperCase()}${values.at(-1)}`,
            texts[0]!.text,
          ]) {
            expect(found(index, value, at)).toEqual(expected(literals, value));
          }
        },
      ),
      { numRuns: 1500 },
    );
  };
  test('for literals of any length anywhere, at odd and even offsets', () => check(textOf(4), places));
  test('for short ones', () =>
    check(fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 3 }), ['anywhere']));
  test('for long ones, where places are stepped over', () => {
    for (const minLength of [5, 7, 11, 16]) {
      check(fc.string({ unit: 'grapheme-ascii', minLength, maxLength: 24 }), ['anywhere']);
    }
  });
  test('for long ones of few letters', () =>
    check(fc.string({ unit: fc.constantFrom('a', 'b', 'K', 's'), minLength: 6, maxLength: 9 }), [
      'anywhere',
    ]));
});

describe('letters outside ASCII that fold into it', () => {
  test.each(['\u212a', 'ſ', 'ı'])('%s is found by literals that step', letter => {
    const plain = fold(letter);
    const index = new LiteralIndex(literalsOf([`abc${plain}defghij`, 'anywhere']));
    for (let before = 0; before < 10; before++) {
      expect(found(index, `${'x'.repeat(before)}ABC${letter}DEFGHIJ`, 1)).toEqual([0]);
    }
  });
  test('µ of Latin-1 is the Greek μ', () => {
    const index = new LiteralIndex(literalsOf(['μtorrent', 'anywhere'], ['utorrent', 'anywhere']));
    expect(found(index, 'C:\\µTorrent.exe', 1)).toEqual([0]);
  });
});

describe('reports', () => {
  test('each payload once, however often and in however many ways its literal stands there', () => {
    const index = new LiteralIndex(
      literalsOf(['ab', 'anywhere'], ['ab', 'anywhere'], ['ab', 'end'], ['abab', 'whole']),
    );
    expect(found(index, 'ABAB', 0)).toEqual([0, 1, 2, 3]);
  });
  test('the empty literal of a whole value for the empty value alone', () => {
    const index = new LiteralIndex(literalsOf(['', 'whole'], ['a', 'whole']));
    expect(found(index, '', 1)).toEqual([0]);
    expect(found(index, 'a', 1)).toEqual([1]);
    expect(found(index, 'b', 1)).toEqual([]);
  });
  test('nothing that would have to reach beyond the value', () => {
    const index = new LiteralIndex(literalsOf(['aaaaaaaa', 'anywhere'], ['aaa', 'start'], ['aaa', 'end']));
    expect(found(index, 'aa', 3)).toEqual([]);
  });
});

describe('a whole event', () => {
  const literals = literalsOf(['sekurlsa::', 'anywhere'], ['mimikatz', 'anywhere']);
  const slots = Int32Array.from({ length: 4 }, (_, slot) => slot + 1);
  test('is searched value by value, lists included', () => {
    const index = new LiteralIndex(literals);
    expect(index.isLoose).toBe(true);
    const builder = new EventBuilder();
    const hit = builder.build({
      fields: { A: 'x', B: 'SEKURLSA::logonpasswords', C: 'mimi' },
      arrays: { D: ['a', 'MimiKatz'] },
    });
    expect(index.scanSlots(hit, slots)).toBe(2);
    const miss = builder.build({
      fields: { A: 'sekurl', B: 'sa::', C: 'mimi' },
      arrays: { D: ['mimi', 'katz'] },
    });
    expect(index.scanSlots(miss, slots)).toBe(0);
  });
  test('has nothing left to look at where literals are no numbers', () => {
    const index = new LiteralIndex(literals);
    index.scanSlots(new EventBuilder().build({ fields: { A: 1, B: 'x', C: 'y', D: null } }), slots);
    expect(index.left).toBe(false);
    expect(index.fitsNumbers).toBe(false);
    expect(new LiteralIndex(literalsOf(['0x3e7', 'anywhere'])).fitsNumbers).toBe(true);
    expect(new LiteralIndex(literalsOf(['alse', 'anywhere'])).fitsNumbers).toBe(true);
  });
});
