/** What stands below the stories: short, in order, and nothing of it lost silently. */
import { describe, expect, it } from 'vitest';
import { renderRest } from './rest.ts';
import type { FindingGroup } from './types.ts';
import { displayWidth } from './width.ts';

const rules = [
  { title: 'Survey Of Accounts', level: 'low' as const },
  { title: 'Archive With A Password That Has A Very Long Name Indeed', level: 'high' as const },
];
const first = 1_760_000_000_000_000;
const group = (rule: number, host: string, over: Partial<FindingGroup> = {}): FindingGroup => ({
  rule,
  host,
  count: 3,
  first,
  last: first,
  example: '',
  ...over,
});
const options = { width: 80, color: false };

describe('findings beside the stories', () => {
  it('have a line each, most severe first', () => {
    expect(renderRest([group(0, 'JUMP1'), group(1, 'DC1.example.test')], rules, options)).toBe(
      [
        'Findings that are part of no story above',
        'high            3  2025-10-09  DC1.example.test  Archive With A Password That H…',
        'low             3  2025-10-09  JUMP1             Survey Of Accounts',
        '',
      ].join('\n'),
    );
  });

  it('say how many more there are', () => {
    const many = Array.from({ length: 40 }, (_, i) => group(0, `host${i}`));
    expect(renderRest(many, rules, options)).toContain('and 25 more lines (75 findings)');
  });

  it('fit eighty columns', () => {
    const wide = group(1, 'a-host-with-a-very-long-name.example.test', { count: 1_234_567 });
    for (const line of renderRest([wide], rules, options).split('\n')) {
      expect(displayWidth(line)).toBeLessThanOrEqual(80);
    }
  });

  it('mark what the collection left', () => {
    expect(renderRest([group(0, 'JUMP1', { collection: true })], rules, options)).toContain(
      '(collection) Survey',
    );
  });
});
