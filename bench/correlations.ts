/**
 * What correlating a million hits costs, in process: ordinary streams over many groups, and what somebody would send
 * who wants it to be slow, one group in one window. Hits come from a fixed generator; no log is read.
 */
import type { Bound, CorrelationCondition, CorrelationType, Occurrence } from '../src/know/sigma/index.ts';
import { correlate, type Hits } from '../src/match/index.ts';
import { type Spread, spread } from './process.ts';

export type CorrelationResult = {
  readonly name: string;
  readonly firings: number;
  /** Seconds of the first run, and of all. */
  readonly first: number;
  readonly all: Spread;
};

type Load = {
  readonly name: string;
  readonly type: CorrelationType;
  readonly condition: Partial<CorrelationCondition>;
  readonly rules: number;
  readonly groups: number;
  /** Seconds of the window; the hits of a load spread over a day. */
  readonly seconds: number;
  readonly texts?: readonly string[];
};

export const correlatedHits = 1_000_000;
const day = 86_400;
const hour = 3_600;

const atLeast = (value: number): readonly Bound[] => [{ op: 'gte', value }];
const rule = (number: number): Occurrence => ({ op: 'rule', rule: number });
const texts = (count: number, text: (number: number) => string): readonly string[] =>
  Array.from({ length: count }, (_, number) => text(number));
const many = { rules: 1, groups: 10_000, seconds: hour };
const giant = { rules: 1, groups: 1, seconds: day };
/** A and then B or C, and no D. */
const expression: Occurrence = {
  op: 'and',
  nodes: [rule(0), { op: 'or', nodes: [rule(1), rule(2)] }, { op: 'not', node: rule(3) }],
};

const loads: readonly Load[] = [
  { ...many, name: 'event_count', type: 'event_count', condition: { bounds: atLeast(10) } },
  {
    ...many,
    name: 'value_count',
    type: 'value_count',
    condition: { bounds: atLeast(8) },
    texts: texts(100_000, String),
  },
  { ...many, name: 'temporal', type: 'temporal', condition: {}, rules: 4 },
  { ...many, name: 'temporal_ordered', type: 'temporal_ordered', condition: {}, rules: 4 },
  {
    ...many,
    name: 'temporal_ordered, expression',
    type: 'temporal_ordered',
    condition: { occurrence: expression },
    rules: 4,
  },
  {
    ...many,
    name: 'value_sum',
    type: 'value_sum',
    condition: { bounds: atLeast(1e9) },
    texts: texts(100_000, number => String(number * 4096)),
  },
  {
    ...many,
    name: 'value_median',
    type: 'value_median',
    condition: { bounds: atLeast(390e6) },
    texts: texts(100_000, number => String(number * 4096)),
  },
  { ...giant, name: 'one group: event_count', type: 'event_count', condition: { bounds: atLeast(10) } },
  {
    ...giant,
    name: 'one group: value_count, all different',
    type: 'value_count',
    condition: { bounds: atLeast(1e7) },
    texts: texts(correlatedHits, String),
  },
  {
    ...giant,
    name: 'one group: temporal, 1,000 rules',
    type: 'temporal',
    condition: {},
    rules: 1_000,
  },
  {
    ...giant,
    name: 'one group: temporal_ordered, 1,000 rules',
    type: 'temporal_ordered',
    condition: {},
    rules: 1_000,
  },
  {
    ...giant,
    name: 'one group: 900 of 1,000 rules in order',
    type: 'temporal_ordered',
    condition: { bounds: atLeast(900) },
    rules: 1_000,
  },
  {
    ...giant,
    name: 'one group: value_avg, all different',
    type: 'value_avg',
    condition: { bounds: atLeast(1e9) },
    texts: texts(correlatedHits, number => `${number * 4096}.5`),
  },
  {
    ...giant,
    name: 'one group: value_percentile, all different',
    type: 'value_percentile',
    condition: { bounds: atLeast(1e10), percentile: 95 },
    texts: texts(correlatedHits, number => `${number * 4096}.5`),
  },
];

/** Random numbers in [0, 1) from a fixed seed. */
function generator(): () => number {
  let state = 12345;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function hitsOf({ groups, rules, texts = [] }: Load): Hits {
  const random = generator();
  const upTo = (end: number): number => Math.floor(random() * end);
  const length = correlatedHits;
  return {
    length,
    micros: Float64Array.from({ length }, () => upTo(day * 1e6)).sort(),
    rule: Uint32Array.from({ length }, () => upTo(rules)),
    group: Int32Array.from({ length }, () => upTo(groups)),
    value: Int32Array.from({ length }, () => (texts.length === 0 ? -1 : upTo(texts.length))),
    texts,
  };
}

function measured(load: Load, runs: number): CorrelationResult {
  const hits = hitsOf(load);
  const { name, type, rules } = load;
  const none = { bounds: [], fields: [], percentile: null, occurrence: null };
  const pattern = { type, rules, timespan: load.seconds * 1e6, condition: { ...none, ...load.condition } };
  const seconds: number[] = [];
  let firings = 0;
  for (let i = 0; i < runs; i++) {
    const started = process.hrtime.bigint();
    firings = correlate(pattern, hits).length;
    seconds.push(Number(process.hrtime.bigint() - started) / 1e9);
  }
  return { name, firings, first: seconds[0]!, all: spread(seconds) };
}

/** Each load in turn, `runs` times. */
export function* correlationStage(runs: number): Generator<CorrelationResult> {
  for (const load of loads) yield measured(load, runs);
}
