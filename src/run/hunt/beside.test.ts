/** What stands beside the stories: every finding is told once, in a story or below it. */
import { expect, test } from 'vitest';
import { evidence, intrusion, judgement } from '../../../test/intrusions.ts';
import { groupsBeside, type Stories } from './beside.ts';
import type { Group } from './tallies.ts';

const group = (rule: number, count: number): Group => ({
  rule,
  host: 'DC1',
  count,
  first: 0,
  last: 0,
  input: 0,
  offset: 0,
  example: '',
});
const { fact } = evidence();
const found = (rule: number, offset: number) =>
  ({
    rule,
    form: 'written',
    example: '',
    fact: { ...fact, host: 'DC1', place: { input: 0, offset, record: 1 } },
  }) as const;
const judged = (findings: readonly ReturnType<typeof found>[]): Stories => ({
  // Its one piece of evidence lies at 4096.
  judgement: judgement({ intrusions: [intrusion()] }),
  gathered: {
    findings,
    hosts: ['DC1'],
    dropped: 0,
    facts: { length: 0, dropped: 0, scan() {}, scanAlike() {} },
  },
});

test('a group that a story holds whole is left out', () => {
  expect(groupsBeside([group(0, 1)], judged([found(0, 4096)]))).toEqual([]);
});

test('of a group that a story holds in part the rest is told', () => {
  expect(groupsBeside([group(0, 3)], judged([found(0, 4096), found(0, 8192)]))).toEqual([group(0, 2)]);
});

test('a rule on the same event is told with it', () => {
  expect(groupsBeside([group(0, 1), group(1, 1)], judged([found(0, 4096), found(1, 4096)]))).toEqual([]);
});

test('what no story holds stays as it is', () => {
  expect(groupsBeside([group(2, 5)], judged([found(2, 8192)]))).toEqual([group(2, 5)]);
});

test('the second copy of an event that a story holds is told with it', () => {
  const { gathered } = judged([found(0, 4096), found(0, 9000), found(0, 9500)]);
  const copied = evidence({ copies: [{ input: 0, offset: 9000, record: 48_212 }] });
  const both = { judgement: judgement({ intrusions: [intrusion({ evidence: [copied] })] }), gathered };
  expect(groupsBeside([group(0, 3)], both)).toEqual([group(0, 1)]);
});

test('the second copy of an event that was approved is not told again', () => {
  const { gathered } = judged([found(0, 4096), found(0, 9000)]);
  const copied = evidence({ copies: [{ input: 0, offset: 9000, record: 48_212 }] });
  const suppressed = [{ evidence: copied, approval: 'a', reason: 'r', until: null }];
  expect(groupsBeside([group(0, 2)], { judgement: judgement({ suppressed }), gathered })).toEqual([]);
});
