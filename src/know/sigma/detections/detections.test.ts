import { describe, expect, it } from 'vitest';
import { planOf, rejectionOf, ruleOf } from '../../../../test/rule-text.ts';
import { ANY, type Plan } from '../plan.ts';

const field = (name: string, value: string): Plan => ({
  op: 'field',
  field: name,
  test: { kind: 'text', any: [[value]], cased: false },
});
const keyword = (...words: string[]): Plan => ({
  op: 'keyword',
  test: { kind: 'text', any: words.map(word => [ANY, word, ANY]), cased: false },
});
const sel = (lines: string): Plan => {
  const { plan } = ruleOf(`sel:\n${lines.replace(/^/gm, '  ')}\ncondition: sel`);
  return (plan as Plan & { op: 'named' }).node;
};

describe('the forms of a search identifier', () => {
  it('a map is AND', () => {
    expect(sel('A: x\nB: y')).toEqual({ op: 'and', nodes: [field('A', 'x'), field('B', 'y')] });
  });
  it('a list of maps is OR', () => {
    expect(sel('- A: x\n- B: y')).toEqual({ op: 'or', nodes: [field('A', 'x'), field('B', 'y')] });
  });
  it('lists nest', () => {
    expect(sel('- - A: x\n  - B: y\n- C: z')).toEqual({
      op: 'or',
      nodes: [field('A', 'x'), field('B', 'y'), field('C', 'z')],
    });
  });
  it('a list of plain values is OR of keywords, searched inside values', () => {
    expect(sel('- one two\n- 3')).toEqual(keyword('one two', '3'));
  });
  it('a plain value is a keyword', () => {
    expect(ruleOf('sel: word\ncondition: sel').plan).toMatchObject({ node: keyword('word') });
  });
  it('a list may mix maps and plain values', () => {
    expect(sel('- A: x\n- word')).toEqual({ op: 'or', nodes: [field('A', 'x'), keyword('word')] });
  });
  it("'|all' joins keywords by AND", () => {
    expect(planOf("'|all': [a, b]")).toEqual({ op: 'and', nodes: [keyword('a'), keyword('b')] });
  });
  it('a keyword may hold quotes and backslashes', () => {
    expect(sel(`- 'a"b\\c'`)).toEqual(keyword('a"b\\c'));
  });
  it('a keyword may be a regular expression', () => {
    expect(planOf("'|re': 'a.b'")).toEqual({
      op: 'keyword',
      test: { kind: 'regex', source: 'a.b', flags: '' },
    });
  });
  it('values of one field in several maps become one test', () => {
    expect(sel('- A: x\n- A: y')).toEqual({
      op: 'field',
      field: 'A',
      test: { kind: 'text', any: [['x'], ['y']], cased: false },
    });
  });
  it('a dotted name is one field', () => {
    expect(planOf('a.b.c: x')).toEqual(field('a.b.c', 'x'));
  });
});

describe('a detection is refused', () => {
  it.each([
    ['where it has no condition', 'sel:\n  A: x', 'condition'],
    ['where an identifier is empty', 'sel:\ncondition: sel', 'detection'],
    ['where an identifier is an empty map', 'sel: {}\ncondition: sel', 'detection'],
    ['where an identifier is an empty list', 'sel: []\ncondition: sel', 'detection'],
    ['where a keyword is null', 'sel:\n  - null\ncondition: sel', 'value'],
    ['where a keyword is a network', "sel:\n  '|cidr': 10.0.0.0/8\ncondition: sel", 'modifier'],
  ])('%s', (_name, detection, reason) => {
    expect(rejectionOf(detection).reason).toBe(reason);
  });
});

describe('reserved and unused keys', () => {
  it('timeframe is no identifier', () => {
    const rule = ruleOf('sel:\n  A: x\ntimeframe: 5m\ncondition: all of them');
    expect(rule.plan).toEqual({ op: 'named', name: 'sel', node: field('A', 'x') });
  });
  it('an identifier that no condition uses is told', () => {
    expect(ruleOf('sel:\n  A: x\nother:\n  B: y\ncondition: sel').warnings[0]!.message).toContain("'other'");
  });
});
