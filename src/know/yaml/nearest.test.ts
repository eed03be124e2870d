import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearest } from './nearest.ts';

const words = ['discovery', 'collection', 'execution', 'take', 'pack'];

describe('the nearest known word', () => {
  it('is found over a letter left out, added, changed or swapped', () => {
    for (const given of ['discovry', 'disccovery', 'discoverx', 'dicsovery', 'DISCOVERY']) {
      expect(nearest(given, words)).toBe('discovery');
    }
  });
  it('is none for a word that is another', () =>
    expect(nearest('exfiltration', ['take', 'pack'])).toBeNull());
  it('is none for a long text', () => expect(nearest('discovery'.repeat(1000), words)).toBeNull());
  it('is the word itself, whatever stands beside it', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1, maxLength: 12 }), { minLength: 1 }), all => {
        const lower = [...new Set(all.map(word => word.toLowerCase()))];
        for (const word of lower) expect(nearest(word, lower)).toBe(word);
      }),
    );
  });
});
