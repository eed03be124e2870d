import { describe, expect, it } from 'vitest';
import { parseRules } from '../sigma/parser.ts';
import { openPack, packRules } from './pack.ts';

const text = (category: string, value: string): string =>
  `title: T\nlogsource:\n  category: ${category}\ndetection:\n  s:\n    F: ${value}\n  condition: s\n`;
const documents = parseRules(
  [text('a', 'x'), text('b', 'Ж'), 'title: [', text('a', 'y')].join('---\n'),
  'r.yml',
);

describe('a pack', () => {
  it('gives back equal documents in their order', () => {
    expect(openPack(packRules(documents))).toEqual(documents);
  });
  it('may be empty', () => {
    expect(openPack(packRules([]))).toEqual([]);
  });
  it('gives back what was packed twice', () => {
    expect(openPack(packRules(openPack(packRules(documents))))).toEqual(documents);
  });
  it('may lie anywhere in memory', () => {
    const bytes = packRules(documents);
    const shifted = Buffer.alloc(bytes.length + 3);
    bytes.copy(shifted, 3);
    expect(openPack(shifted.subarray(3))).toEqual(documents);
  });
});
