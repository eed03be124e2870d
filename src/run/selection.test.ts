import { describe, expect, it } from 'vitest';
import type { Rejection, Rule } from '../know/sigma/index.ts';
import { type Selection, selectRules } from './selection.ts';

const all: Selection = { level: null, statuses: null, include: [], exclude: [] };

function rule(over: Partial<Rule>): Rule {
  return {
    kind: 'rule',
    id: 'aaaaaaaa-0000-4000-8000-000000000001',
    sha256: 'f'.repeat(64),
    title: 'A rule',
    name: null,
    level: 'high',
    status: 'test',
    place: { path: 'a.yml', document: 0, line: 1, column: 1 },
    description: null,
    author: null,
    license: null,
    version: null,
    references: [],
    tags: ['attack.t1003.001', 'attack.credential-access'],
    falsePositives: [],
    logSource: { product: 'windows', category: null, service: 'security' },
    plan: { op: 'true' },
    warnings: [],
    ...over,
  };
}
const reasons = (rules: Rule[], selection: Partial<Selection>): (string | null)[] => [
  ...selectRules(rules, { ...all, ...selection }).excluded,
];

describe('rule selection', () => {
  it('leaves out deprecated and unsupported rules by default, and no others', () => {
    const rules = (['stable', 'deprecated', 'unsupported', null] as const).map(status => rule({ status }));
    expect(reasons(rules, {})).toEqual([
      null,
      'excluded: status deprecated',
      'excluded: status unsupported',
      null,
    ]);
  });
  it('takes exactly the statuses asked for', () => {
    const rules = [rule({ status: 'deprecated' }), rule({ status: 'test' })];
    expect(reasons(rules, { statuses: ['deprecated'] })).toEqual([null, 'excluded: status test']);
  });
  it('takes a minimum level; a rule without one counts as informational', () => {
    const rules = [rule({ level: 'critical' }), rule({ level: 'low' }), rule({ level: null })];
    expect(reasons(rules, { level: 'medium' })).toEqual([
      null,
      'excluded: level low',
      'excluded: level none',
    ]);
  });
  it('includes by tag with a wildcard, without regard to case', () => {
    expect(reasons([rule({}), rule({ tags: [] })], { include: ['ATTACK.t1003*'] })).toEqual([
      null,
      'excluded: not included',
    ]);
  });
  it('includes by id', () => {
    expect(reasons([rule({}), rule({ id: 'x' })], { include: ['x'] })).toEqual([
      'excluded: not included',
      null,
    ]);
  });
  it('lets exclude win over include', () => {
    expect(reasons([rule({})], { include: ['attack.*'], exclude: ['attack.t1003.???'] })).toEqual([
      'excluded: by attack.t1003.???',
    ]);
  });
  it('reads no more into a pattern than * and ?', () => {
    expect(reasons([rule({ tags: ['attackxt1003'] })], { include: ['attack.t1003'] })).toEqual([
      'excluded: not included',
    ]);
  });
  it('names the patterns that fit nothing', () => {
    const { idle } = selectRules([rule({})], {
      ...all,
      include: ['attack.t1003*', 'attack.t9999'],
      exclude: ['nonsense'],
    });
    expect(idle).toEqual({ include: ['attack.t9999'], exclude: ['nonsense'] });
  });
  it('numbers the rules that are left in order of the documents', () => {
    const rejection: Rejection = { ...rule({}), kind: 'rejection', reason: 'yaml', message: 'bad' };
    const selected = selectRules([rule({ status: 'deprecated' }), rejection, rule({})], all);
    expect([...selected.indexOf]).toEqual([-1, -1, 0]);
    expect(selected.excluded[1]).toBeNull();
  });
});
