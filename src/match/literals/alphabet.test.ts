import { expect, test } from 'vitest';
import { fold } from '../../read/events/index.ts';
import { CLASSES, classLow, classOf, foldedLow, foldUnit } from './alphabet.ts';

const units = Array.from({ length: 65536 }, (_, unit) => unit);
const folded = units.map(unit => fold(String.fromCharCode(unit)).charCodeAt(0));

test('every unit folds as fold folds it', () => {
  expect(units.filter(unit => foldUnit(unit) !== folded[unit])).toEqual([]);
  expect([...foldedLow]).toEqual(folded.slice(0, 256));
});

test('units that fold to the same are of one class, and so is what they fold to', () => {
  expect(units.filter(unit => classOf(unit) !== classOf(folded[unit]!))).toEqual([]);
});

test('folding twice changes nothing more', () => {
  expect(units.filter(unit => folded[folded[unit]!] !== folded[unit])).toEqual([]);
});

test('no class is 0, which stands for no character, and all have room', () => {
  expect(units.filter(unit => classOf(unit) === 0 || classOf(unit) >= CLASSES)).toEqual([]);
  expect([...classLow]).toEqual(units.slice(0, 256).map(classOf));
});

test('what is not ASCII is never what an ASCII character folds to', () => {
  expect(units.slice(0, 128).filter(unit => folded[unit]! >= 128)).toEqual([]);
});

test('two cases of an ASCII letter have the same low five bits', () => {
  expect(units.slice(0, 128).filter(unit => (unit & 31) !== (folded[unit]! & 31))).toEqual([]);
});
