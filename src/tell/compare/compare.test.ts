import { describe, expect, it } from 'vitest';
import { schema } from '../../../test/schemas.ts';
import type { Comparison } from '../../judge/index.ts';
import { displayWidth } from '../terminal/index.ts';
import { comparisonText, renderComparison } from './index.ts';

const narrow = { width: 80, color: false };
const hostile = 'a\u001b[31mred\u009b2J\u0007\u202egnp.exe\r\n';
const harmful = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/;

const compared = (over: Partial<Comparison> = {}): Comparison => ({
  intrusions: [
    {
      id: 'a1',
      verdict: 'intrusion',
      summary: 'a theft on dc1',
      change: 'stronger',
      before: [{ id: 'z9', verdict: 'suspected' }],
      fresh: ['e1', 'e2'],
      lost: 0,
    },
    { id: 'b2', verdict: 'lead', summary: 'survey', change: 'same', before: [], fresh: [], lost: 0 },
  ],
  gone: [{ id: 'c3', verdict: 'lead', summary: 'an archive' }],
  visibility: [{ host: 'fs1', gained: ['VT-CA-01'], lost: ['VT-ST-01', 'VT-ST-02'] }],
  ...over,
});

describe('a comparison on a terminal', () => {
  it('tells what changed, what is gone, and what can be seen', () => {
    expect(renderComparison(compared(), 'out-old', narrow)).toBe(
      [
        'Since out-old',
        '  stronger   strong (was moderate)  a1  +2 evidence  a theft on dc1',
        '  gone       weak  c3  an archive',
        '  1 story as then',
        '  fs1: 1 behaviour can be seen now, 2 behaviours no longer',
        '',
        '',
      ].join('\n'),
    );
  });

  it('says that nothing changed where nothing did', () => {
    const text = renderComparison({ intrusions: [], gone: [], visibility: [] }, 'x', narrow);
    expect(text).toContain('nothing found, then or now');
    expect(text).toContain('what can be seen is the same as then');
  });

  it('says that the former hunt recorded nothing of what it saw', () => {
    expect(renderComparison(compared({ visibility: null }), 'x', narrow)).toContain('was not recorded');
  });

  it('fits eighty columns and counts what is too much', () => {
    const [story] = compared().intrusions;
    const many = Array.from({ length: 30 }, () => ({ ...story!, summary: 'word '.repeat(60) }));
    const text = renderComparison(compared({ intrusions: many }), 'x', narrow);
    for (const line of text.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(80);
    expect(text).toContain('and 10 more');
  });

  it('lets nothing from a log reach the terminal', () => {
    const [story] = compared().intrusions;
    const text = renderComparison(
      compared({
        intrusions: [{ ...story!, summary: hostile }],
        visibility: [{ host: hostile, gained: ['x'], lost: [] }],
      }),
      hostile,
      narrow,
    );
    expect(text).not.toMatch(harmful);
  });
});

describe('comparison.json', () => {
  const validate = schema('comparison');

  it.each([compared(), compared({ visibility: null }), { intrusions: [], gone: [], visibility: [] }])(
    'is what its schema says: %#',
    comparison => {
      const value = JSON.parse(comparisonText(comparison, 'out-old'));
      expect(validate(value), JSON.stringify(validate.errors)).toBe(true);
    },
  );

  it('writes nothing that a terminal obeys', () => {
    expect(comparisonText(compared(), hostile)).not.toMatch(harmful);
  });
});
