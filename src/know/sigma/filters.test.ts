import { describe, expect, it } from 'vitest';
import { documentOf } from '../../../test/rule-text.ts';
import type { RuleDocument } from './document.ts';

const filter = (lines: string): RuleDocument =>
  documentOf(
    `title: F\nlogsource: { product: windows }\nfilter:\n${lines
      .split('\n')
      .map(line => `  ${line}\n`)
      .join('')}`,
  );
const body = 'a: { F: x }\ncondition: not a';

describe('a filter', () => {
  it('names rules', () => expect(filter(`rules: [r1, r2]\n${body}`)).toMatchObject({ rules: ['r1', 'r2'] }));
  it('may name one as plain text', () =>
    expect(filter(`rules: r1\n${body}`)).toMatchObject({ rules: ['r1'] }));
  it.each(['any', 'ANY', '[]', '[r1, any]'])('is for any rule with %s', rules =>
    expect(filter(`rules: ${rules}\n${body}`)).toMatchObject({ kind: 'filter', rules: null }),
  );
  it('has a plan', () =>
    expect(filter(`rules: any\n${body}`)).toMatchObject({
      plan: { op: 'not', node: { op: 'named', name: 'a' } },
    }));
  it('keeps them inside itself, however its rules call theirs', () =>
    expect(filter('rules: any\na: { F: x }\nb: { F: y }\ncondition: not 1 of them')).toMatchObject({
      plan: { op: 'not', node: { op: 'or', nodes: [{ name: 'a' }, { name: 'b' }] } },
    }));
  it('without not is warned of, because it narrows to what it describes', () => {
    const document = filter('rules: any\na: { F: x }\ncondition: a');
    expect(document.kind === 'filter' && document.warnings[0]!.message).toMatch(/has no 'not'/);
  });
  it.each([
    ['without rules', body, /no 'rules'/],
    ['with rules that are a map', `rules: { a: b }\n${body}`, /takes ids or names/],
    ['without a condition', 'rules: any\na: { F: x }', /no 'condition'/],
  ])('is refused %s', (_name, lines, message) =>
    expect(filter(lines)).toMatchObject({ kind: 'rejection', message: expect.stringMatching(message) }),
  );
});
