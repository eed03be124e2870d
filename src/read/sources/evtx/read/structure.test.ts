import { expect, test } from 'vitest';
import { Texts } from '../../windows/index.ts';
import { Op, Structures, type Walk } from './structure.ts';

function walkOf(texts: Texts, name: string, hash = 1): Walk {
  const program = Int32Array.from([Op.Element, texts.internText(name), Op.Content, Op.Slot, 0, Op.End]);
  return { program, length: program.length, hash, slotCount: 1, hostSlot: -1 };
}

test('a structure is found again by its tokens', () => {
  const texts = new Texts();
  const structures = new Structures(texts);
  expect(structures.find(walkOf(texts, 'A'))).toBe(structures.find(walkOf(texts, 'A')));
});

test('two structures whose hashes collide are two', () => {
  const texts = new Texts();
  const structures = new Structures(texts);
  const [a, b] = [structures.find(walkOf(texts, 'A', 7))!, structures.find(walkOf(texts, 'B', 7))!];
  expect([a.roots[0]!.name, b.roots[0]!.name]).toEqual(['A', 'B']);
});

test('structures made to collide are refused before the search among them grows long', () => {
  const texts = new Texts();
  const structures = new Structures(texts);
  const found = Array.from({ length: 100 }, (_, i) => structures.find(walkOf(texts, `N${i}`, 7)));
  expect(found.filter(structure => structure !== null)).toHaveLength(64);
});

test('texts that stand side by side are one', () => {
  const texts = new Texts();
  const id = (text: string): number => texts.internText(text);
  const program = Int32Array.from([
    ...[Op.Element, id('E'), Op.Attribute, id('a'), Op.Text, id('x'), Op.Slot, 3, Op.Content],
    ...[Op.Text, id('1'), Op.Text, id('2'), Op.Element, id('I'), Op.End, Op.Slot, 4, Op.End],
  ]);
  const walk = { program, length: program.length, hash: 1, slotCount: 5, hostSlot: -1 };
  expect(new Structures(texts).find(walk)!.roots).toEqual([
    {
      name: 'E',
      attributes: [{ name: 'a', parts: ['x', 3] }],
      content: ['12', { name: 'I', attributes: [], content: [] }, 4],
    },
  ]);
});
