/**
 * The condition of a correlation: bounds on a number (`gte: 10`, a range where there are several), the field it is
 * about, or for temporal types an expression over rules (pySigma's extended condition).
 */
import { type Condition, parseCondition } from '../conditions/index.ts';
import {
  type Bound,
  bounds,
  type CorrelationCondition,
  type CorrelationType,
  type Occurrence,
} from '../correlation.ts';
import { quoted, RuleError } from '../errors.ts';
import { fieldName } from '../fields.ts';
import type { Warn } from '../head.ts';
import { limits } from '../limits.ts';
import { numberOf, scalarValue } from '../values.ts';
import { entry, placeIn, type YamlMapping, type YamlNode, type YamlScalar } from '../yaml/nodes.ts';
import { type TypeTraits, typeTraits } from './types.ts';

const none: CorrelationCondition = { bounds: [], fields: [], percentile: null, occurrence: null };

/**
 * `rules` are the names referred to and their places: an extended condition may only speak of these, or where there are
 * none brings its own, which are added. `at` is the place of the correlation. Throws `RuleError`.
 */
export function parseCorrelationCondition(
  node: YamlNode | undefined,
  type: CorrelationType,
  rules: Map<string, number>,
  at: number,
  warn: Warn,
): CorrelationCondition {
  const traits = typeTraits[type];
  if (node === undefined) {
    if (!traits.needsBounds) return none;
    throw new RuleError('correlation', `${type} needs a 'condition', such as 'gte: 10'`, at);
  }
  if (node.kind === 'scalar' && traits.occurrence && node.type === 'text') {
    return { ...none, occurrence: expressionOf(node, rules) };
  }
  if (node.kind !== 'mapping') {
    const also = traits.occurrence ? " or an expression over rules, such as 'a and not b'" : '';
    throw new RuleError(
      'correlation',
      `the condition of ${type} must be a map such as 'gte: 10'${also}`,
      node.at,
    );
  }
  const written = boundsOf(node);
  if (written.length === 0 && traits.needsBounds) {
    throw new RuleError('correlation', `the condition of ${type} needs one of ${bounds.join(', ')}`, node.at);
  }
  warnUnknown(node, traits, type, warn);
  return {
    bounds: written,
    fields: fieldsOf(node, traits, type),
    percentile: traits.percentile ? percentileOf(node) : null,
    occurrence: null,
  };
}

function boundsOf(node: YamlMapping): Bound[] {
  return node.entries.flatMap(({ key, value }) => {
    const op = bounds.find(each => each === key.text);
    if (op === undefined) return [];
    return [{ op, value: numberAt(value, op) }];
  });
}

function numberAt(node: YamlNode, name: string): number {
  const number = node.kind === 'scalar' ? numberOf(scalarValue(node)) : null;
  if (number !== null) return number;
  const written = node.kind === 'scalar' ? quoted(node.text) : 'a list or map';
  throw new RuleError('correlation', `'${name}' is ${written}: it takes a number`, node.at);
}

function fieldsOf(node: YamlMapping, { field }: TypeTraits, type: CorrelationType): string[] {
  const value = entry(node, 'field')?.value;
  if (field === 'none' || value === undefined) {
    if (field === 'none') return [];
    throw new RuleError('correlation', `the condition of ${type} needs 'field'`, node.at);
  }
  const items = value.kind === 'sequence' ? value.items : [value];
  const names = items.map(item => {
    const name = item.kind === 'scalar' && item.type !== 'null' ? fieldName(item.text) : '';
    if (name !== '') return name;
    throw new RuleError('correlation', "'field' takes the name of a field", item.at);
  });
  if (names.length === 0 || (field === 'one' && names.length > 1)) {
    throw new RuleError(
      'correlation',
      `the condition of ${type} takes ${field === 'one' ? 'one' : 'a'} field`,
      value.at,
    );
  }
  return names;
}

function percentileOf(node: YamlMapping): number {
  const value = entry(node, 'percentile')?.value;
  if (value === undefined) {
    throw new RuleError(
      'correlation',
      "value_percentile needs to know which: write 'percentile: 95'",
      node.at,
    );
  }
  const percentile = numberAt(value, 'percentile');
  if (percentile >= 0 && percentile <= 100) return percentile;
  throw new RuleError('correlation', `a percentile lies between 0 and 100, not at ${percentile}`, value.at);
}

function warnUnknown(node: YamlMapping, traits: TypeTraits, type: CorrelationType, warn: Warn): void {
  for (const { key } of node.entries) {
    if (bounds.some(each => each === key.text)) continue;
    if (key.text === 'field' && traits.field !== 'none') continue;
    if (key.text === 'percentile' && traits.percentile) continue;
    warn(`${quoted(key.text)} has no meaning in the condition of ${type}: it is left out`, key.at);
  }
}

/** The expression, its names resolved to positions in `rules`. */
function expressionOf(scalar: YamlScalar, rules: Map<string, number>): Occurrence {
  const open = rules.size === 0;
  const positions = new Map([...rules.keys()].map((name, position) => [name, position]));
  const at = (index: number): number => placeIn(scalar, index);
  const rule = (name: string, index: number): Occurrence => {
    let position = positions.get(name);
    if (position === undefined) {
      if (!open) {
        throw new RuleError(
          'correlation',
          `the condition names ${quoted(name)}, which 'rules' does not list`,
          at(index),
        );
      }
      position = rules.size;
      positions.set(name, position);
      rules.set(name, at(index));
    }
    return { op: 'rule', rule: position };
  };
  let leaves = 0;
  const resolve = (condition: Condition): Occurrence => {
    switch (condition.op) {
      case 'and':
      case 'or':
        return { op: condition.op, nodes: condition.nodes.map(resolve) };
      case 'not':
        return { op: 'not', node: resolve(condition.node) };
      case 'identifier':
        leaves++;
        return rule(condition.name, condition.index);
      case 'of': {
        const { all, pattern, index } = condition;
        if (pattern !== null || open) {
          throw new RuleError(
            'correlation',
            "a condition over rules takes names, and 'all of them' or '1 of them' where 'rules' lists them",
            at(index),
          );
        }
        leaves += positions.size;
        return {
          op: all ? 'and' : 'or',
          nodes: [...positions.values()].map(position => ({ op: 'rule', rule: position })),
        };
      }
    }
  };
  try {
    const occurrence = resolve(parseCondition(scalar.text));
    if (rules.size <= limits.references && leaves <= limits.references) return occurrence;
  } catch (error) {
    if (!(error instanceof RuleError) || error.reason === 'correlation') throw error;
    throw new RuleError('correlation', error.message, at(error.at ?? 0));
  }
  throw new RuleError(
    'too-large',
    `the condition names more than ${limits.references} rules, each as often as it stands there`,
    scalar.at,
  );
}
