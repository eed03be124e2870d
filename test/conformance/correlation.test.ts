/** Section 6 of the notes on Sigma, cases 18 to 25: correlations, through everything between matcher and output. */
import { describe, expect, test } from 'vitest';
import { parseRules } from '../../src/know/sigma/parser.ts';
import type { CorrelationFinding } from '../../src/tell/index.ts';
import { type Hunted, huntParts, isCorrelation, secondsOf, type TimedEvent } from '../correlating.ts';

/** A rule that matches events whose `Kind` is its name. */
const base = (name: string, more = ''): string => `title: ${name}
name: ${name}
logsource: { product: windows }
detection:
  sel: { Kind: ${name} }
  condition: sel
${more}`;
const correlation = (lines: string, name = 'C'): string =>
  `title: ${name}\nname: ${name}\ncorrelation:\n${lines
    .trim()
    .split('\n')
    .map(line => `  ${line.trim()}\n`)
    .join('')}`;
/** An event of a kind at a second. */
const on = (
  Kind: string,
  at: number | null,
  fields: Record<string, string> = {},
  more: Partial<TimedEvent> = {},
): TimedEvent => ({
  at,
  fields: { Kind, ...fields },
  ...more,
});

/** Findings of correlations, in short: `title first-last moment: times of the events`. */
function short(findings: readonly CorrelationFinding[]): string[] {
  return findings.map(finding => {
    const { events } = finding.huntaway.correlation;
    return `${finding.rule.name} ${secondsOf(finding.event.start)}-${secondsOf(finding.event.end)} @${secondsOf(finding['@timestamp'])}: ${events.map(({ time }) => secondsOf(time)).join(' ')}`;
  });
}

/** What fires; the same however the events are ordered and spread. */
function correlate(texts: readonly string[], events: readonly TimedEvent[]): CorrelationFinding[] {
  const shown = (hunted: Hunted): CorrelationFinding[] => hunted.findings.filter(isCorrelation);
  const whole = shown(huntParts(texts, [events]));
  const splits: (readonly TimedEvent[])[][] = [
    [events.toReversed()],
    [events.filter((_, i) => i % 2 === 1), events.filter((_, i) => i % 2 === 0)],
    events.toReversed().map(event => [event]),
  ];
  for (const parts of splits) expect(short(shown(huntParts(texts, parts)))).toEqual(short(whole));
  expect(short(shown(huntParts(texts.toReversed(), [events])))).toEqual(short(whole));
  return whole;
}
const fired = (texts: readonly string[], events: readonly TimedEvent[]): string[] =>
  short(correlate(texts, events));

const ab = [base('A'), base('B')];
const abc = [...ab, base('C3')];

describe('18 to 19 order and span', () => {
  const ordered = correlation('type: temporal_ordered\nrules: [A, B]\ntimespan: 60s');
  test('A then B fires although a B came before', () =>
    expect(fired([...ab, ordered], [on('B', 0), on('A', 10), on('B', 20)])).toEqual(['C 10-20 @20: 10 20']));
  test('B then A does not', () => expect(fired([...ab, ordered], [on('B', 0), on('A', 10)])).toEqual([]));
  test('A then B beyond the span does not', () =>
    expect(fired([...ab, ordered], [on('A', 0), on('B', 61)])).toEqual([]));
  test('A and B at the same time is in order', () =>
    expect(fired([...ab, ordered], [on('B', 5), on('A', 5)])).toEqual(['C 5-5 @5: 5 5']));
  test('three within pairs of spans, but not within one, do not fire', () =>
    expect(
      fired(
        [...abc, correlation('type: temporal\nrules: [A, B, C3]\ntimespan: 60s')],
        [on('A', 0), on('B', 60), on('C3', 120)],
      ),
    ).toEqual([]));
  test('three within one span fire in any order', () =>
    expect(
      fired(
        [...abc, correlation('type: temporal\nrules: [A, B, C3]\ntimespan: 60s')],
        [on('C3', 0), on('A', 30), on('B', 60)],
      ),
    ).toEqual(['C 0-60 @60: 0 30 60']));
});

describe('20 groups', () => {
  const pairs = correlation('type: temporal\nrules: [A, B]\ngroup-by: [Computer, User]\ntimespan: 60s');
  test('two hosts interleaved do not complete each other', () =>
    expect(
      fired(
        [...ab, pairs],
        [on('A', 0, { User: 'u' }, { host: 'H1' }), on('B', 1, { User: 'u' }, { host: 'H2' })],
      ),
    ).toEqual([]));
  test('each host has its own', () => {
    const found = correlate(
      [...ab, pairs],
      ['H1', 'H2'].flatMap((host, i) => [
        on('A', i, { User: 'u' }, { host }),
        on('B', 10 + i, { User: 'u' }, { host }),
      ]),
    );
    expect(found.map(({ host }) => host)).toEqual([{ name: 'H1' }, { name: 'H2' }]);
    expect(found[0]!.huntaway.correlation.group).toEqual({ Computer: 'H1', User: 'u' });
  });
  test('an event without a field of the group joins none, and is counted', () => {
    const events = [on('A', 0, { User: 'u' }), on('B', 1)];
    expect(fired([...ab, pairs], events)).toEqual([]);
    expect(huntParts([...ab, pairs], [events]).ungrouped).toEqual([1]);
  });
  test('an event without a time joins none, and is counted', () => {
    const events = [on('A', null, { User: 'u' }), on('B', null, { User: 'u' })];
    expect(fired([...ab, pairs], events)).toEqual([]);
    expect(huntParts([...ab, pairs], [events]).ungrouped).toEqual([2]);
  });
  test('an empty value is a value', () =>
    expect(fired([...ab, pairs], [on('A', 0, { User: '' }), on('B', 1, { User: '' })])).toHaveLength(1));
  test('values that differ in case are one group', () =>
    expect(fired([...ab, pairs], [on('A', 0, { User: 'Ünal' }), on('B', 1, { User: 'üNAL' })])).toHaveLength(
      1,
    ));
  test('two fields do not run into each other', () =>
    expect(
      fired(
        [...ab, correlation('type: temporal\nrules: [A, B]\ngroup-by: [X, Y]\ntimespan: 60s')],
        [on('A', 0, { X: 'ab', Y: 'c' }), on('B', 1, { X: 'a', Y: 'bc' })],
      ),
    ).toEqual([]));
});

describe('21 conditions', () => {
  const count = (condition: string, timespan = '10s'): string[] => [
    base('A'),
    correlation(`type: event_count\nrules: A\ntimespan: ${timespan}\ncondition: ${condition}`),
  ];
  const at = (...times: number[]): TimedEvent[] => times.map(time => on('A', time));
  test('gte counts an event exactly at the edge', () =>
    expect(fired(count('{ gte: 2 }'), at(0, 10))).toEqual(['C 0-10 @10: 0 10']));
  test('and none beyond it', () => expect(fired(count('{ gte: 2 }'), at(0, 10.000001))).toEqual([]));
  test('gt is more than', () => {
    expect(fired(count('{ gt: 2 }'), at(0, 1))).toEqual([]);
    expect(fired(count('{ gt: 2 }'), at(0, 1, 2))).toHaveLength(1);
  });
  test('lt looks at the window that starts at each event', () =>
    expect(fired(count('{ lt: 2 }'), at(0, 1, 50))).toEqual(['C 1-1 @1: 1', 'C 50-50 @50: 50']));
  test('lte and eq too', () => {
    expect(fired(count('{ lte: 1 }'), at(0, 50))).toHaveLength(2);
    expect(fired(count('{ eq: 2 }'), at(0, 1, 2))).toEqual(['C 1-2 @2: 1 2']);
  });
  test('neq is what is not', () => expect(fired(count('{ neq: 1 }'), at(0, 1))).toEqual(['C 0-1 @1: 0 1']));
  test('a range holds both of its bounds', () => {
    expect(fired(count('{ gte: 2, lt: 4 }'), at(0, 1))).toHaveLength(1);
    expect(fired(count('{ gte: 2, lt: 4 }', '100s'), at(0, 1, 2, 3, 4))).toEqual(['C 2-4 @3: 2 3 4']);
  });
  test('one event that matches two of the rules completes a pair', () =>
    expect(
      fired(
        [
          base('A'),
          base('A').replaceAll(/: A\n/g, ': A2\n').replace('Kind: A2', 'Kind: A'),
          correlation('type: temporal\nrules: [A, A2]\ntimespan: 60s'),
        ],
        [on('A', 0)],
      ),
    ).toHaveLength(1));
  test('and counts once where events are counted', () =>
    expect(
      fired(
        [
          base('A'),
          base('A').replaceAll(/: A\n/g, ': A2\n').replace('Kind: A2', 'Kind: A'),
          correlation('type: event_count\nrules: [A, A2]\ntimespan: 60s\ncondition: { gte: 2 }'),
        ],
        [on('A', 0)],
      ),
    ).toEqual([]));
});

describe('values', () => {
  const of = (type: string, condition: string, more = ''): string[] => [
    base('A'),
    correlation(`type: ${type}\nrules: A\ntimespan: 60s\n${more}condition: ${condition}`),
  ];
  const values = (...all: (string | null)[]): TimedEvent[] =>
    all.map((V, i) => on('A', i, V === null ? {} : { V }));
  test('value_count counts different ones, without regard to case', () => {
    expect(fired(of('value_count', '{ field: V, gte: 2 }'), values('a', 'A', 'a'))).toEqual([]);
    expect(fired(of('value_count', '{ field: V, gte: 2 }'), values('a', 'b', null))).toHaveLength(1);
  });
  test('value_count of two fields counts different pairs', () => {
    const texts = of('value_count', '{ field: [V, W], gte: 2 }');
    expect(fired(texts, [on('A', 0, { V: 'a', W: 'x' }), on('A', 1, { V: 'a', W: 'X' })])).toEqual([]);
    expect(fired(texts, [on('A', 0, { V: 'a', W: 'x' }), on('A', 1, { V: 'a', W: 'y' })])).toHaveLength(1);
  });
  test.each([
    ['value_sum', '{ field: V, gte: 30 }', ['10', '20'], 30],
    ['value_sum', '{ field: V, gte: 0.3 }', ['0.1', '0.2'], 0.3],
    ['value_avg', '{ field: V, gt: 14 }', ['10', '20', 'n/a'], 15],
    ['value_median', '{ field: V, eq: 15 }', ['10', '20'], 15],
    ['value_median', '{ field: V, eq: 10 }', ['10', '20', '1'], 10],
    ['value_percentile', '{ field: V, percentile: 50, gte: 2 }', ['3', '1', '2'], 2],
    ['value_percentile', '{ field: V, percentile: 100, gte: 3 }', ['3', '1', '2'], 3],
  ])('%s with %s of %j is %d', (type, condition, given, measure) => {
    const [finding] = correlate(of(type, condition), values(...given));
    expect(finding?.huntaway.correlation.measure).toBe(measure);
  });
  test('a sum just below its bound does not fire', () =>
    expect(fired(of('value_sum', '{ field: V, gt: 0.3 }'), values('0.1', '0.2'))).toEqual([]));
});

describe('23 aliases, chains, plain strings', () => {
  test('an alias joins fields of different names', () => {
    const texts = [
      ...ab,
      correlation(
        'type: temporal\nrules: [A, B]\ngroup-by: who\ntimespan: 60s\naliases: { who: { A: SourceUser, B: TargetUser } }',
      ),
    ];
    expect(fired(texts, [on('A', 0, { SourceUser: 'x' }), on('B', 1, { TargetUser: 'X' })])).toHaveLength(1);
    expect(fired(texts, [on('A', 0, { SourceUser: 'x' }), on('B', 1, { TargetUser: 'y' })])).toEqual([]);
    expect(fired(texts, [on('A', 0, { who: 'x' }), on('B', 1, { who: 'x' })])).toEqual([]);
  });
  const burst = correlation(
    'type: event_count\nrules: A\ngroup-by: User\ntimespan: 60s\ncondition: { gte: 3 }',
    'burst',
  );
  const chain = correlation(
    'type: temporal_ordered\nrules: [burst, B]\ngroup-by: User\ntimespan: 5m',
    'outer',
  );
  test('a chain fires on what a correlation found, with the events of both', () => {
    const events = [0, 1, 2].map(at => on('A', at, { User: 'u' }));
    const [finding, ...more] = correlate(
      [base('A'), base('B'), burst, chain],
      [...events, on('B', 100, { User: 'U' })],
    );
    expect(more).toEqual([]);
    expect(short([finding!])).toEqual(['outer 0-100 @100: 0 1 2 100']);
    expect(finding!.huntaway.correlation.rules.map(({ name, count }) => [name, count])).toEqual([
      ['burst', 1],
      ['B', 1],
    ]);
  });
  test('a chain counts from the moment when the inner condition held, though it goes on', () => {
    const events = [0, 1, 2, 50, 51, 52].map(at => on('A', at, { User: 'u' }));
    expect(fired([base('A'), base('B'), burst, chain], [...events, on('B', 10, { User: 'u' })])).toHaveLength(
      1,
    );
  });
  test('a chain keeps to its groups', () => {
    const events = [0, 1, 2].map(at => on('A', at, { User: 'u' }));
    expect(fired([base('A'), base('B'), burst, chain], [...events, on('B', 100, { User: 'v' })])).toEqual([]);
  });
  test('a field that the inner one does not group by joins no group', () => {
    const other = correlation('type: temporal\nrules: [burst, B]\ngroup-by: Other\ntimespan: 5m', 'outer');
    const events = [0, 1, 2].map(at => on('A', at, { User: 'u', Other: 'o' }));
    const all = [...events, on('B', 100, { User: 'u', Other: 'o' })];
    expect(fired([base('A'), base('B'), burst, other], all)).toEqual([]);
    expect(huntParts([base('A'), base('B'), burst, other], [all]).ungrouped).toEqual([0, 1]);
  });
  test('a bad timespan is a rejection', () =>
    expect(parseRules(correlation('type: temporal\nrules: A\ntimespan: soon'), 'f')[0]).toMatchObject({
      kind: 'rejection',
      reason: 'correlation',
    }));
});

describe('24 overlapping windows', () => {
  const count = correlation('type: event_count\nrules: A\ntimespan: 10s\ncondition: { gte: 10 }');
  const run = (from: number): TimedEvent[] => Array.from({ length: 10 }, (_, i) => on('A', from + i));
  test('ten and ten more inside the next window are one finding', () =>
    expect(fired([base('A'), count], [...run(0), ...run(10)])).toHaveLength(1));
  test('ten and ten more after it are two', () =>
    expect(fired([base('A'), count], [...run(0), ...run(30)])).toHaveLength(2));
});

describe('25 what is not there', () => {
  test('a type that nobody implements is a rejection', () =>
    expect(parseRules(correlation('type: value_mode\nrules: A\ntimespan: 1m'), 'f')[0]).toMatchObject({
      kind: 'rejection',
    }));
});

describe('extended conditions', () => {
  const when = (type: string, condition: string): string[] => [
    ...abc,
    correlation(`type: ${type}\nrules: [A, B, C3]\ntimespan: 60s\ncondition: ${condition}`),
  ];
  test('a number of different rules', () => {
    expect(fired(when('temporal', '{ gte: 2 }'), [on('A', 0), on('A', 1)])).toEqual([]);
    expect(fired(when('temporal', '{ gte: 2 }'), [on('A', 0), on('C3', 1)])).toHaveLength(1);
  });
  test('and, or, not over rules', () => {
    const texts = when('temporal', '(A or B) and not C3');
    expect(fired(texts, [on('A', 0)])).toHaveLength(1);
    expect(fired(texts, [on('C3', 0)])).toEqual([]);
    expect(fired(texts, [on('A', 0), on('C3', 30)])).toEqual([]);
  });
  test('in order, and means then', () => {
    const texts = when('temporal_ordered', 'B and (A or C3)');
    expect(fired(texts, [on('A', 0), on('B', 10)])).toEqual([]);
    expect(fired(texts, [on('A', 0), on('B', 10), on('C3', 20)])).toHaveLength(1);
  });
});

describe('copies', () => {
  const count = correlation('type: event_count\nrules: A\ntimespan: 10s\ncondition: { gte: 2 }');
  test('an event that stands in two files counts once', () => {
    const event = on('A', 0, {}, { record: 77 });
    expect(huntParts([base('A'), count], [[event], [event]]).findings.filter(isCorrelation)).toEqual([]);
    expect(
      huntParts([base('A'), count], [[event], [{ ...event, record: 78 }]]).findings.filter(isCorrelation),
    ).toHaveLength(1);
  });
});

describe('generate', () => {
  const pair = (generate: string): string =>
    correlation(`type: temporal\nrules: [A, B]\ntimespan: 60s\n${generate}`);
  const titles = (texts: readonly string[]): string[] =>
    huntParts(texts, [[on('A', 0), on('B', 1)]]).findings.map(({ rule }) => rule.name);
  test('without it the findings of base rules are not shown', () =>
    expect(titles([...ab, pair('')])).toEqual(['C']));
  test('with it they are', () => expect(titles([...ab, pair('generate: true')])).toEqual(['A', 'B', 'C']));
  test('a rule that no correlation refers to is shown as ever', () =>
    expect(
      titles([...ab, correlation('type: event_count\nrules: B\ntimespan: 1m\ncondition: { gte: 5 }')]),
    ).toEqual(['A']));
});

describe('17 filters', () => {
  const filter = (rules: string, more = ''): string =>
    `title: F\nlogsource: { product: windows${more} }\nfilter:\n  rules: ${rules}\n  a: { User: x }\n  b: { User: y }\n  condition: not 1 of them\n`;
  const titles = (texts: readonly string[], events: readonly TimedEvent[]): string[] =>
    huntParts(texts, [events]).findings.map(({ rule }) => rule.name);
  const events = [on('A', 0, { User: 'x' }), on('A', 1, { User: 'z' }), on('B', 2, { User: 'y' })];
  test('with 1 of them means its own identifiers', () =>
    expect(titles([...ab, filter('A')], events)).toEqual(['A', 'B']));
  test('for any rule narrows all', () => expect(titles([...ab, filter('any')], events)).toEqual(['A']));
  test('for a rule of another log source narrows nothing', () =>
    expect(titles([...ab, filter('A', ', category: process_creation')], events)).toEqual(['A', 'A', 'B']));
  test('narrows what correlations are fed with', () =>
    expect(
      titles(
        [...ab, filter('A'), correlation('type: event_count\nrules: A\ntimespan: 1m\ncondition: { gte: 2 }')],
        events,
      ),
    ).toEqual(['B']));
});
