import { describe, expect, it } from 'vitest';
import type { Rejection, Rule, RuleDocument } from '../../sigma/index.ts';
import { parseRules } from '../../sigma/parser.ts';
import { openPack, packRules } from '../pack.ts';
import { type LinkedRuleSet, linkRules } from './index.ts';

const rule = (name: string, more = ''): string =>
  `title: ${name}\nname: ${name}\nlogsource: { product: windows, category: process_creation }\ndetection:\n  s: { F: ${name} }\n  condition: s\n${more}`;
const correlation = (name: string, rules: string): string =>
  `title: ${name}\nname: ${name}\ncorrelation:\n  type: temporal\n  rules: ${rules}\n  timespan: 5m\n`;
const filter = (rules: string, logsource = '{ product: windows }'): string =>
  `title: F\nlogsource: ${logsource}\nfilter:\n  rules: ${rules}\n  own: { User: x }\n  condition: not own\n`;
/** Each text is a file. */
const documents = (...texts: string[]): RuleDocument[] =>
  texts.flatMap((text, i) => parseRules(text, `file-${i}.yml`));
const link = (...texts: string[]): LinkedRuleSet => linkRules(documents(...texts));
const names = ({ correlations, documents }: LinkedRuleSet): string[] =>
  correlations.map(
    ({ correlation, inputs }) =>
      `${correlation.name} <- ${inputs.map(({ kind, document }) => `${kind} ${documents[document]!.name}`).join(', ')}`,
  );
const refusals = ({ documents }: LinkedRuleSet): string[] =>
  documents.flatMap(each => (each.kind === 'rejection' ? [(each as Rejection).message] : []));

describe('a reference', () => {
  it('leads to a rule in another file, by name', () =>
    expect(names(link(correlation('c', '[a, b]'), rule('a'), rule('b')))).toEqual(['c <- rule a, rule b']));
  it('leads to a rule by id, in any case', () => {
    const id = '3F0AD7B5-0f70-4c32-9a4e-4d47a5f5d1a3';
    const set = link(rule('a', `id: ${id}\n`), correlation('c', id.toLowerCase()));
    expect(names(set)).toEqual(['c <- rule a']);
  });
  it('leads to a correlation, which then comes first', () =>
    expect(names(link(correlation('outer', 'inner'), correlation('inner', 'a'), rule('a')))).toEqual([
      'inner <- rule a',
      'outer <- correlation inner',
    ]));
  it('that leads nowhere refuses the correlation, at its place', () => {
    const { documents } = link(correlation('c', '\n    - a\n    - z'), rule('a'));
    expect(documents[0]).toMatchObject({
      kind: 'rejection',
      reason: 'reference',
      title: 'c',
      place: { path: 'file-0.yml', line: 7, column: 7 },
    });
  });
  it('that leads to something refused says where that stands', () =>
    expect(
      refusals(link('title: a\nname: a\nlogsource: { product: windows }\n', correlation('c', 'a')))[1],
    ).toBe("'a' is refused itself (file-0.yml:1)"));
  it('that leads in a circle is refused on the whole circle', () =>
    expect(refusals(link(correlation('a', 'b'), correlation('b', 'a')))).toEqual([
      "'b' is refused itself (file-1.yml:1)",
      "'a' leads back to this correlation: a circle",
    ]));
  it('to itself is a circle', () => expect(refusals(link(correlation('a', 'a')))[0]).toMatch(/a circle/));
  it('with two meanings is refused', () =>
    expect(refusals(link(rule('a'), rule('a', 'level: low\n'), correlation('c', 'a')))[0]).toMatch(
      /'a' means 2 different rules: file-0.yml:1, file-1.yml:1/,
    ));
  it('to a rule that stands there twice means the first', () =>
    expect(names(link(rule('a'), rule('a'), correlation('c', 'a')))).toEqual(['c <- rule a']));
  it('through a chain without end is refused', () => {
    const chain = Array.from({ length: 40 }, (_, i) => correlation(`c${i}`, `c${i + 1}`));
    expect(refusals(link(...chain, rule('c40'))).length).toBeGreaterThan(0);
  });
});

describe('a filter', () => {
  const planOf = (set: LinkedRuleSet, name: string): unknown =>
    (set.documents.find(each => each.name === name) as Rule).plan;
  const isNarrowed = (set: LinkedRuleSet, name: string): boolean =>
    JSON.stringify(planOf(set, name)).includes('filter F');
  it('is ANDed to the rule it names', () => {
    const set = link(rule('a'), rule('b'), filter('a'));
    expect(planOf(set, 'a')).toMatchObject({
      op: 'and',
      nodes: [{ name: 's' }, { op: 'named', name: 'filter F', node: { op: 'not' } }],
    });
    expect(isNarrowed(set, 'b')).toBe(false);
    expect([...set.narrowed]).toEqual([[2, 1]]);
  });
  it('for any rule narrows all of its log source', () =>
    expect([...link(rule('a'), rule('b'), filter('any')).narrowed.values()]).toEqual([2]));
  it('leaves rules of another log source alone', () =>
    expect([
      ...link(rule('a'), filter('any', '{ product: windows, category: file_event }')).narrowed.values(),
    ]).toEqual([0]));
  it('whose log source is narrower than the rule leaves it alone', () =>
    expect([
      ...link(
        rule('a'),
        filter('any', '{ product: windows, category: process_creation, service: sysmon }'),
      ).narrowed.values(),
    ]).toEqual([0]));
  it('with a log source written in another case is the same', () =>
    expect([...link(rule('a'), filter('any', '{ product: Windows }')).narrowed.values()]).toEqual([1]));
  it('that is left out narrows nothing', () => {
    const all = documents(rule('a'), filter('any'));
    expect(
      isNarrowed(
        linkRules(all, () => false),
        'a',
      ),
    ).toBe(false);
  });
  it('narrows a rule from a pack as well, and survives another pack', () => {
    const set = linkRules(openPack(packRules(documents(rule('a'), filter('any')))));
    expect(isNarrowed(set, 'a')).toBe(true);
    const again = openPack(packRules(set.documents));
    expect((again[0] as Rule).plan).toEqual((set.documents[0] as Rule).plan);
  });
  it('does not narrow correlations', () => {
    const set = link(rule('a'), correlation('c', 'a'), filter('c'));
    expect([...set.narrowed.values()]).toEqual([0]);
  });
});
