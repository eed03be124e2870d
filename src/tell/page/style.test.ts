/** Contrast, as WCAG counts it. */
import { describe, expect, it } from 'vitest';
import { bands, dark, light, stageColours } from './style.ts';

function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map(at => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high! + 0.05) / (low! + 0.05);
}

describe.each([
  ['light', light, 0],
  ['dark', dark, 1],
] as const)('contrast in %s', (_, palette, at) => {
  it.each(['text', 'dim', 'link', 'strong', 'moderate', 'weak', 'quiet', 'ot'])(
    'of %s is 4.5 on every ground',
    name => {
      for (const ground of ['ground', 'raised']) {
        expect(contrast(palette[name]!, palette[ground]!)).toBeGreaterThanOrEqual(4.5);
      }
    },
  );

  it('of the length of a silence is 4.5 on its band', () => {
    expect(contrast(palette['dim']!, palette['gap']!)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(Object.entries(stageColours))('of the mark of %s is 3 on every ground', (_stage, colours) => {
    for (const ground of ['ground', 'raised']) {
      expect(contrast(colours[at], palette[ground]!)).toBeGreaterThanOrEqual(3);
    }
  });
});

it.each(Object.entries(bands))('white on the band of %s has a contrast of 4.5', (_, colour) => {
  expect(contrast('#ffffff', colour)).toBeGreaterThanOrEqual(4.5);
});
