import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Tuples } from './tuples.ts';

it('gives equal tuples one number and different ones another, from 0 on', () => {
  fc.assert(
    fc.property(
      fc
        .nat(3)
        .chain(length =>
          fc.array(fc.array(fc.nat(4), { minLength: length, maxLength: length }), { maxLength: 60 }),
        ),
      tuples => {
        const numbers = new Tuples(5);
        const ids = tuples.map(tuple => numbers.id(tuple));
        const keys = tuples.map(tuple => tuple.join());
        for (const [i, key] of keys.entries()) {
          for (const [j, other] of keys.entries()) expect(ids[i] === ids[j]).toBe(key === other);
        }
        if (ids.length > 0) expect(Math.max(...ids)).toBe(new Set(keys).size - 1);
      },
    ),
  );
});
