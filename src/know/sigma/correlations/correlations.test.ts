import { describe, expect, it } from 'vitest';
import { documentOf } from '../../../../test/rule-text.ts';
import type { Correlation, CorrelationCondition } from '../correlation.ts';
import type { Rejection } from '../rule.ts';

const text = (lines: string): string =>
  `title: C\ncorrelation:\n${lines
    .replace(/^\n/, '')
    .replace(/\s+$/, '')
    .split('\n')
    .map(line => `  ${line}\n`)
    .join('')}`;
const correlationOf = (lines: string): Correlation => {
  const document = documentOf(text(lines));
  if (document.kind !== 'correlation') throw new Error((document as Rejection).message);
  return document;
};
const rejectionOf = (lines: string): Rejection => {
  const document = documentOf(text(lines));
  if (document.kind !== 'rejection') throw new Error(`not refused: ${JSON.stringify(document)}`);
  return document;
};
const conditionOf = (type: string, condition: string): CorrelationCondition =>
  correlationOf(`type: ${type}\nrules: [a, b]\ntimespan: 5m\ncondition: ${condition}`).condition;

describe('a correlation', () => {
  it('says what its text says', () => {
    const said = correlationOf(
      `
type: event_count
rules: [many_failed, 3f0ad7b5-0f70-4c32-9a4e-4d47a5f5d1a3]
group-by: [User Name, Computer]
timespan: 15m
aliases:
  User Name: { many_failed: TargetUserName }
condition: { gte: 10, lt: 1_00 }
generate: true`.replace('1_00', '100'),
    );
    expect(said).toMatchObject({
      type: 'event_count',
      rules: ['many_failed', '3f0ad7b5-0f70-4c32-9a4e-4d47a5f5d1a3'],
      groupBy: ['UserName', 'Computer'],
      timespan: 900e6,
      aliases: [{ name: 'UserName', fields: [['many_failed', 'TargetUserName']] }],
      condition: {
        bounds: [
          { op: 'gte', value: 10 },
          { op: 'lt', value: 100 },
        ],
        fields: [],
      },
      generate: true,
    });
  });
  it('knows where each rule it refers to is written', () => {
    expect(correlationOf('type: temporal\nrules:\n  - a\n  - b\ntimespan: 5m').rulePlaces).toMatchObject([
      { line: 5, column: 7 },
      { line: 6, column: 7 },
    ]);
  });
  it('takes one rule and one field as plain text', () => {
    const { rules, groupBy } = correlationOf('type: temporal\nrules: a\ngroup-by: User\ntimespan: 1h');
    expect([rules, groupBy]).toEqual([['a'], ['User']]);
  });
  it('does not generate unless it says so', () =>
    expect(correlationOf('type: temporal\nrules: a\ntimespan: 1h').generate).toBe(false));
  it('lists a rule that is named twice once, and warns', () => {
    const { rules, warnings } = correlationOf('type: temporal\nrules: [a, a]\ntimespan: 1h');
    expect(rules).toEqual(['a']);
    expect(warnings.map(({ message }) => message)).toEqual(["'a' is listed twice: it counts once"]);
  });
  it('warns of a key it does not know', () =>
    expect(correlationOf('type: temporal\nrules: a\ntimespan: 1h\ngroupby: x').warnings[0]!.message).toMatch(
      /'groupby' is nothing a correlation knows/,
    ));
  it.each([
    ['30s', 30e6],
    ['15m', 900e6],
    ['2h', 7200e6],
    ['1d', 86_400e6],
    ['1w', 604_800e6],
    ['1M', 2_629_746e6],
    ['1y', 31_556_952e6],
    ['0s', 0],
  ])('of %s spans %d microseconds', (written, micros) =>
    expect(correlationOf(`type: temporal\nrules: a\ntimespan: ${written}`).timespan).toBe(micros),
  );
});

describe('a condition', () => {
  it('may name several fields whose values are counted together', () =>
    expect(conditionOf('value_count', '{ field: [A, B], gt: 3 }').fields).toEqual(['A', 'B']));
  it('knows its percentile', () =>
    expect(conditionOf('value_percentile', '{ field: A, percentile: 95, gt: 3.5 }')).toMatchObject({
      percentile: 95,
      bounds: [{ op: 'gt', value: 3.5 }],
    }));
  it('of a temporal type may be absent', () =>
    expect(correlationOf('type: temporal\nrules: [a, b]\ntimespan: 1h').condition).toEqual({
      bounds: [],
      fields: [],
      percentile: null,
      occurrence: null,
    }));
  it('of a temporal type may be a number of rules', () =>
    expect(conditionOf('temporal', '{ gte: 1 }').bounds).toEqual([{ op: 'gte', value: 1 }]));
  it('may be an expression over rules', () =>
    expect(conditionOf('temporal', 'a and not b').occurrence).toEqual({
      op: 'and',
      nodes: [
        { op: 'rule', rule: 0 },
        { op: 'not', node: { op: 'rule', rule: 1 } },
      ],
    }));
  it('brings its own rules where none are listed', () =>
    expect(
      correlationOf('type: temporal_ordered\ntimespan: 1h\ncondition: (x or y) and z and x').rules,
    ).toEqual(['x', 'y', 'z']));
  it('takes all of them', () =>
    expect(conditionOf('temporal', 'all of them').occurrence).toEqual({
      op: 'and',
      nodes: [
        { op: 'rule', rule: 0 },
        { op: 'rule', rule: 1 },
      ],
    }));
});

describe('a correlation is refused', () => {
  it('with an expression of thousands of words', () => {
    const condition = Array.from({ length: 1200 }, () => 'a').join(' or ');
    expect(rejectionOf(`type: temporal\nrules: a\ntimespan: 5m\ncondition: ${condition}`).reason).toBe(
      'too-large',
    );
  });
  const rest = 'rules: [a, b]\ntimespan: 5m';
  it.each([
    ['without a type', rest, /no 'type'/, 3],
    ['of a type nobody knows', `type: event_sum\n${rest}`, /the type 'event_sum' is not known/, 3],
    ['without rules', 'type: temporal\ntimespan: 5m', /no 'rules'/, 3],
    ['without a timespan', 'type: temporal\nrules: a', /no 'timespan'/, 3],
    ['with a timespan without unit', 'type: temporal\nrules: a\ntimespan: 90', /'timespan' is '90'/, 5],
    ['with a negative timespan', 'type: temporal\nrules: a\ntimespan: -5m', /'timespan' is '-5m'/, 5],
    ['with a fraction of a timespan', 'type: temporal\nrules: a\ntimespan: 1.5h', /'1.5h'/, 5],
    ['with a timespan beyond all logs', 'type: temporal\nrules: a\ntimespan: 9999y', /thousand years/, 5],
    ['without a condition where one is needed', `type: event_count\n${rest}`, /needs a 'condition'/, 3],
    [
      'with a condition that bounds nothing',
      `type: event_count\n${rest}\ncondition: {}`,
      /needs one of gt/,
      6,
    ],
    [
      'with an operator nobody knows',
      `type: event_count\n${rest}\ncondition: { ge: 5 }`,
      /needs one of gt/,
      6,
    ],
    [
      'with a bound that is no number',
      `type: event_count\n${rest}\ncondition: { gte: many }`,
      /takes a number/,
      6,
    ],
    [
      'without the field that is counted',
      `type: value_count\n${rest}\ncondition: { gte: 5 }`,
      /needs 'field'/,
      6,
    ],
    [
      'with two fields to add up',
      `type: value_sum\n${rest}\ncondition: { gte: 5, field: [A, B] }`,
      /takes one field/,
      6,
    ],
    [
      'without its percentile',
      `type: value_percentile\n${rest}\ncondition: { gte: 5, field: A }`,
      /percentile: 95/,
      6,
    ],
    [
      'with a percentile of 101',
      `type: value_percentile\n${rest}\ncondition: { gte: 5, field: A, percentile: 101 }`,
      /between 0 and 100/,
      6,
    ],
    [
      'with an expression that names another rule',
      `type: temporal\n${rest}\ncondition: a and c`,
      /names 'c', which 'rules' does not list/,
      6,
    ],
    ['with an expression that counts', `type: event_count\n${rest}\ncondition: a and b`, /must be a map/, 6],
    [
      'with an expression that cannot be read',
      `type: temporal\n${rest}\ncondition: a and`,
      /ends where an identifier/,
      6,
    ],
    ['with aliases that are a list', `type: temporal\n${rest}\naliases: [a]`, /'aliases' must be a map/, 6],
    [
      'with generate that is neither true nor false',
      `type: temporal\n${rest}\ngenerate: maybe`,
      /true or false/,
      6,
    ],
  ])('%s', (_name, lines, message, line) => {
    const refused = rejectionOf(lines);
    expect(refused.reason).toBe('correlation');
    expect(refused.message).toMatch(message);
    expect(refused.place.line).toBe(line);
  });
});
