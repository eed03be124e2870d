/** Correlations in words: when one fires, and over what. */
import type { Bound, BoundOp, Correlation, Occurrence } from '../../know/sigma/index.ts';
import { duration } from '../terminal/index.ts';

/** Rules of an expression that are named; an expression of more is left to `--format json`. */
const NAMED = 24;

const bounds: Readonly<Record<BoundOp, string>> = {
  gt: 'more than',
  gte: 'at least',
  lt: 'fewer than',
  lte: 'at most',
  eq: 'exactly',
  neq: 'not',
};

/** `at least 3 and fewer than 10`. */
function boundWords(all: readonly Bound[]): string {
  return all.map(({ op, value }) => `${bounds[op]} ${value}`).join(' and ');
}

/** The same of a sum or a mean, which is no count: `at least 3 and less than 10`. */
function numberWords(all: readonly Bound[]): string {
  return boundWords(all).replaceAll(bounds.lt, 'less than');
}

/** What must be there: `at least 4 events of its rule`. `names`: of the rules, in order, for an expression over them. */
export function conditionWords(correlation: Correlation, names: readonly string[]): string {
  const { type, condition, rules } = correlation;
  const ofRules = rules.length === 1 ? 'its rule' : `any of its ${rules.length} rules`;
  const fields = condition.fields.join(' and ');
  switch (type) {
    case 'event_count':
      return `${boundWords(condition.bounds)} events of ${ofRules}`;
    case 'value_count':
      return `${boundWords(condition.bounds)} different values of ${fields} in events of ${ofRules}`;
    case 'value_sum':
      return `a sum of ${fields}, over events of ${ofRules}, of ${numberWords(condition.bounds)}`;
    case 'value_avg':
      return `an average of ${fields}, over events of ${ofRules}, of ${numberWords(condition.bounds)}`;
    case 'value_median':
      return `a median of ${fields}, over events of ${ofRules}, of ${numberWords(condition.bounds)}`;
    case 'value_percentile':
      return `a ${ordinal(condition.percentile ?? 0)} percentile of ${fields}, over events of ${ofRules}, of ${numberWords(condition.bounds)}`;
    case 'temporal':
      return temporalWords(correlation, names);
    case 'temporal_ordered':
      return `${temporalWords(correlation, names)}${rules.length > 1 ? ', in the order in which they are listed' : ''}`;
  }
}

/** `95th`, `99.9th`, `1st`. */
function ordinal(number: number): string {
  const last = number % 10;
  const isTeen = number % 100 > 10 && number % 100 < 14;
  const ending = isTeen ? 'th' : last === 1 ? 'st' : last === 2 ? 'nd' : last === 3 ? 'rd' : 'th';
  return `${number}${ending}`;
}

function temporalWords({ condition, rules }: Correlation, names: readonly string[]): string {
  if (condition.occurrence !== null) {
    if (leaves(condition.occurrence) > NAMED)
      return 'events of its rules as a long expression over them says';
    return `events such that ${occurrenceWords(condition.occurrence, names, false)}`;
  }
  if (condition.bounds.length > 0)
    return `events of ${boundWords(condition.bounds)} of its ${rules.length} rules`;
  if (rules.length === 1) return 'an event of its rule';
  return `an event of each of its ${rules.length} rules`;
}

function leaves(node: Occurrence): number {
  switch (node.op) {
    case 'rule':
      return 1;
    case 'not':
      return leaves(node.node);
    default:
      return node.nodes.reduce((sum, child) => sum + leaves(child), 0);
  }
}

/** `'A' and not ('B' or 'C')`. */
export function occurrenceWords(node: Occurrence, names: readonly string[], isInner: boolean): string {
  switch (node.op) {
    case 'rule':
      return `'${names[node.rule]}'`;
    case 'not':
      return `not ${occurrenceWords(node.node, names, true)}`;
    case 'and':
    case 'or': {
      const words = node.nodes.map(child => occurrenceWords(child, names, true)).join(` ${node.op} `);
      return isInner && node.nodes.length > 1 ? `(${words})` : words;
    }
  }
}

/** `within 10 min`. */
export function windowWords({ timespan }: Correlation): string {
  return timespan === 0 ? 'at the same moment' : `within ${duration(timespan)}`;
}

/** Which events come together. */
export function groupWords({ groupBy }: Correlation): string {
  if (groupBy.length === 0) return 'all events together, whatever host or account they are of';
  return `events of the same ${groupBy.join(', ')}`;
}
