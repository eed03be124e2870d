import { describe, expect, it } from 'vitest';
import { pageOf, piece } from '../../../../test/page-model.ts';
import { markText } from './chart.ts';
import { indented } from './indented.ts';
import { target } from './roving.ts';
import { sorted } from './rows.ts';

describe('an event with a field to a line', () => {
  it('is broken between its values alone', () => {
    expect(indented('{"a":{"b":"x, {y}: \\"z"},"c":[1,2],"d":{}}')).toBe(
      '{\n  "a": {\n    "b": "x, {y}: \\"z"\n  },\n  "c": [\n    1,\n    2\n  ],\n  "d": {}\n}',
    );
  });

  it('keeps what was escaped, and is shown as far as it goes', () => {
    expect(indented('{"a":"\\u202e\\u{1b}')).toBe('{\n  "a": "\\u202e\\u{1b}');
    expect(indented(']]}x')).toBe('\n]\n]\n}x');
  });
});

describe('what a mark says', () => {
  const model = pageOf([
    piece({ at: 0, behaviour: 'VT-1', said: 'rar a' }),
    piece({ at: 60e6 }),
    piece({ at: 120e6, stage: 1 }),
  ]);

  it('is time, host, behaviour and example of one event', () => {
    expect(markText(model, [0])).toBe('1970-01-01 00:00:00 UTC, dc1: Archive made: rar a');
  });

  it('is how many, from when to when, and what kinds, of several', () => {
    expect(markText(model, [0, 1, 2])).toBe(
      '3 events on dc1, 1970-01-01 00:00:00 UTC to 1970-01-01 00:02:00 UTC: Archive made, Execution, Staging',
    );
  });

  it('has site time beside UTC, and UTC alone where the browser does not know the zone', () => {
    const at = (siteTimeZone: string): string => pageOf([], { siteTimeZone }).timeOf(0);
    expect(at('Pacific/Auckland')).toBe('1970-01-01 00:00:00 UTC (12:00:00 +12:00)');
    expect(at('Nowhere/Here')).toBe('1970-01-01 00:00:00 UTC');
  });
});

it('rows come in order of time, or the weightiest first and then by time', () => {
  const all = [piece({ weight: 1 }), piece({ weight: 5 }), piece({ weight: 5 })];
  expect(sorted([2, 0, 1], all, 'time')).toEqual([2, 0, 1]);
  expect(sorted([2, 0, 1], all, 'weight')).toEqual([2, 1, 0]);
});

it.each([
  ['ArrowRight', 0, 1],
  ['ArrowDown', 2, -1],
  ['ArrowLeft', 0, -1],
  ['ArrowUp', 2, 1],
  ['Home', 2, 0],
  ['End', 0, 2],
  ['x', 0, -1],
])('%s leads from thing %i of three to %i', (key, from, to) => {
  expect(target(key, from, 3)).toBe(to);
});
