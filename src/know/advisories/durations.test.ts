import { expect, it } from 'vitest';
import { parseSpan } from './durations.ts';

it('reads spans in seconds', () => {
  expect(['90s', '30m', '12h', '7d', '2w'].map(parseSpan)).toEqual([90, 1800, 43_200, 604_800, 1_209_600]);
});
it('reads ever as no end', () => expect(parseSpan('ever')).toBeNull());
it('refuses what is no span', () => {
  for (const text of ['', '7', '7 days', '-7d', '0d', '1e9d', '99999999w', 'never']) {
    expect(parseSpan(text)).toBeUndefined();
  }
});
