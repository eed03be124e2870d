/** One correlation: its type, the rules it refers to, grouping, aliases, timespan and condition. */
import { type Alias, type Correlation, type CorrelationType, correlationTypes } from '../correlation.ts';
import { quoted, RuleError } from '../errors.ts';
import { fieldName } from '../fields.ts';
import type { Warn } from '../head.ts';
import { limits } from '../limits.ts';
import { entry, type YamlMapping, type YamlNode } from '../yaml/nodes.ts';
import { parseCorrelationCondition } from './condition.ts';
import { parseTimespan } from './timespan.ts';

type Parts = Pick<
  Correlation,
  'type' | 'rules' | 'groupBy' | 'aliases' | 'timespan' | 'condition' | 'generate'
> & {
  /** Offset of each of `rules` in the file. */
  readonly ruleOffsets: readonly number[];
};

const known: ReadonlySet<string> = new Set([
  'type',
  'rules',
  'group-by',
  'timespan',
  'timeframe',
  'condition',
  'aliases',
  'generate',
]);

/** What stands below `correlation`. Throws `RuleError`. */
export function parseCorrelation(node: YamlNode, warn: Warn): Parts {
  if (node.kind !== 'mapping') {
    throw new RuleError(
      'correlation',
      "'correlation' must be a map of type, rules, timespan and condition",
      node.at,
    );
  }
  for (const { key } of node.entries) {
    if (!known.has(key.text))
      warn(`${quoted(key.text)} is nothing a correlation knows: it is left out`, key.at);
  }
  const type = typeOf(node);
  const names = rulesOf(node, warn);
  const condition = parseCorrelationCondition(entry(node, 'condition')?.value, type, names, node.at, warn);
  if (names.size === 0) {
    throw new RuleError('correlation', "the correlation has no 'rules': list ids or names", node.at);
  }
  const rules = [...names.keys()];
  return {
    type,
    rules,
    ruleOffsets: [...names.values()],
    groupBy: namesOf(node, 'group-by'),
    aliases: aliasesOf(node, rules, warn),
    timespan: timespanOf(node),
    condition,
    generate: generateOf(node),
  };
}

function typeOf(node: YamlMapping): CorrelationType {
  const value = entry(node, 'type')?.value;
  const written = value?.kind === 'scalar' && value.type !== 'null' ? value.text.trim() : null;
  const type = correlationTypes.find(each => each === written);
  if (type !== undefined) return type;
  const wrong =
    written === null ? "the correlation has no 'type'" : `the type ${quoted(written)} is not known`;
  throw new RuleError('correlation', `${wrong}: use ${correlationTypes.join(', ')}`, value?.at ?? node.at);
}

/** Ids and names, each once, and where they are written: a list, or one text. */
function rulesOf(node: YamlMapping, warn: Warn): Map<string, number> {
  const value = entry(node, 'rules')?.value;
  const rules = new Map<string, number>();
  if (value === undefined) return rules;
  for (const item of value.kind === 'sequence' ? value.items : [value]) {
    const name = item.kind === 'scalar' && item.type !== 'null' ? item.text.trim() : '';
    if (name === '') throw new RuleError('correlation', "'rules' takes ids or names of rules", item.at);
    if (rules.has(name)) warn(`${quoted(name)} is listed twice: it counts once`, item.at);
    else rules.set(name, item.at);
  }
  if (rules.size > limits.references) {
    throw new RuleError(
      'too-large',
      `the correlation refers to more than ${limits.references} rules`,
      value.at,
    );
  }
  return rules;
}

/** Names of fields under a key: a list, or one text; each once. */
function namesOf(node: YamlMapping, name: string): string[] {
  const value = entry(node, name)?.value;
  if (value === undefined || (value.kind === 'scalar' && value.type === 'null')) return [];
  const items = value.kind === 'sequence' ? value.items : [value];
  const names = items.map(item => {
    const field = item.kind === 'scalar' && item.type !== 'null' ? fieldName(item.text) : '';
    if (field !== '') return field;
    throw new RuleError('correlation', `'${name}' takes names of fields`, item.at);
  });
  return [...new Set(names)];
}

function aliasesOf(node: YamlMapping, rules: readonly string[], warn: Warn): Alias[] {
  const value = entry(node, 'aliases')?.value;
  if (value === undefined || (value.kind === 'scalar' && value.type === 'null')) return [];
  if (value.kind !== 'mapping') {
    throw new RuleError('correlation', "'aliases' must be a map of alias: {rule: field}", value.at);
  }
  return value.entries.map(({ key, value: fields }) => {
    if (fields.kind !== 'mapping') {
      throw new RuleError(
        'correlation',
        `the alias ${quoted(key.text)} must be a map of rule: field`,
        fields.at,
      );
    }
    for (const { key: rule } of fields.entries) {
      if (!rules.includes(rule.text)) {
        warn(
          `the alias ${quoted(key.text)} speaks of ${quoted(rule.text)}, which 'rules' does not list`,
          rule.at,
        );
      }
    }
    return {
      name: fieldName(key.text),
      fields: fields.entries.map(({ key: rule, value: field }): readonly [string, string] => {
        if (field.kind === 'scalar' && field.type !== 'null') return [rule.text, fieldName(field.text)];
        throw new RuleError(
          'correlation',
          `the alias ${quoted(key.text)} takes the name of a field`,
          field.at,
        );
      }),
    };
  });
}

function timespanOf(node: YamlMapping): number {
  const value = (entry(node, 'timespan') ?? entry(node, 'timeframe'))?.value;
  if (value !== undefined) return parseTimespan(value);
  throw new RuleError('correlation', "the correlation has no 'timespan', such as 15m", node.at);
}

function generateOf(node: YamlMapping): boolean {
  const value = entry(node, 'generate')?.value;
  if (value === undefined || (value.kind === 'scalar' && value.type === 'null')) return false;
  const text = value.kind === 'scalar' ? value.text.toLowerCase() : '';
  if (text === 'true' || text === 'false') return text === 'true';
  throw new RuleError('correlation', "'generate' must be true or false", value.at);
}
