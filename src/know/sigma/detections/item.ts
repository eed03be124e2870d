/** One `field|modifier|…: values` of a detection: key → modifiers → tests. */
import { placed, quoted, RuleError } from '../errors.ts';
import { fieldName } from '../fields.ts';
import { type Item, type ModifierContext, modifiers } from '../modifiers/index.ts';
import { ANY, type Plan, type Test } from '../plan.ts';
import { openEnds } from '../strings.ts';
import { describeValue, type PlacedValue, scalarValue, testsOf, type Value } from '../values.ts';
import { placeIn, type YamlNode, type YamlScalar } from '../yaml/nodes.ts';

export type DetectionContext = {
  readonly placeholders: ReadonlyMap<string, readonly string[]>;
  warn(message: string, at: number): void;
};

/** The plan of a map's entry. Throws `RuleError`. */
export function compileItem(key: YamlScalar, node: YamlNode, context: DetectionContext): Plan {
  const [written, ...chain] = key.text.split('|') as [string, ...string[]];
  const field = fieldName(written);
  if (field === '' && chain.length === 0 && key.text !== '') {
    throw new RuleError('detection', 'a field name is only blanks', key.at);
  }
  const item = { field: field === '' ? null : field, values: readValues(key, node, context) };
  return compile(item, chain, key, written.length, context);
}

/** The plan of plain values under an identifier: keywords, OR. */
export function compileKeywords(scalars: readonly YamlScalar[], context: DetectionContext): Plan {
  const values = scalars.map(scalar => ({ value: scalarValue(scalar), at: scalar.at }));
  return compile({ field: null, values }, [], scalars[0]!, 0, context);
}

function readValues(key: YamlScalar, node: YamlNode, context: DetectionContext): PlacedValue[] {
  if (node.kind === 'scalar') return [{ value: scalarValue(node), at: node.at }];
  if (node.kind === 'mapping') {
    throw new RuleError('detection', `${quoted(key.text)} holds a map where values are expected`, node.at);
  }
  // An empty list reads as null (pySigma).
  if (node.items.length === 0) return [{ value: { kind: 'null' }, at: node.at }];
  return node.items.map(item => {
    if (item.kind !== 'scalar') {
      const what = item.kind === 'mapping' ? 'map' : 'list';
      throw new RuleError('value', `${quoted(key.text)} holds a ${what} where a value is expected`, item.at);
    }
    if (item.type === 'null' && node.items.length > 1) {
      context.warn(`null inside a list is not valid Sigma: it is read as "${key.text} is missing"`, item.at);
    }
    return { value: scalarValue(item), at: item.at };
  });
}

function compile(
  { field, values }: { field: string | null; values: readonly PlacedValue[] },
  chain: readonly string[],
  key: YamlScalar,
  chainStart: number,
  context: DetectionContext,
): Plan {
  const applied: string[] = [];
  const item: Item = { field, values, applied, all: false, cased: false, negated: false };
  let index = chainStart + 1;
  for (const name of chain) {
    applyModifier(item, name, placeIn(key, index), context);
    applied.push(name);
    index += name.length + 1;
  }
  return planOf(item, applied);
}

function applyModifier(item: Item, name: string, at: number, context: DetectionContext): void {
  const modifier = modifiers.get(name);
  if (modifier === undefined) {
    const lower = name.trim().toLowerCase();
    const remedy = modifiers.has(lower) ? `: write '${lower}'` : ': the field name ends at the first |';
    throw new RuleError('unknown-modifier', `there is no modifier ${quoted(name)}${remedy}`, at);
  }
  const modifierContext: ModifierContext = {
    placeholders: context.placeholders,
    warn: message => context.warn(message, at),
  };
  placed(at, () => modifier.apply(item, modifierContext));
}

function planOf(item: Item, applied: readonly string[]): Plan {
  const nodes = item.values.map(({ value, at }): Plan => {
    const whole = item.field === null ? keywordValue(value, applied, at) : value;
    const tests = placed(at, () => testsOf(whole, item.cased));
    const plans = tests.map(test => testPlan(item.field, test));
    return plans.length === 1 ? plans[0]! : { op: 'or', nodes: plans };
  });
  const joined: Plan = nodes.length === 1 ? nodes[0]! : { op: item.all ? 'and' : 'or', nodes };
  return item.negated ? { op: 'not', node: joined } : joined;
}

function testPlan(field: string | null, test: Test): Plan {
  if (field !== null) return { op: 'field', field, test };
  if (test.kind === 'text' || test.kind === 'regex') return { op: 'keyword', test };
  throw new RuleError('modifier', 'this modifier needs a field before it');
}

/** A keyword is searched inside each value, unless a modifier says where it must stand. */
function keywordValue(value: Value, applied: readonly string[], at: number): Value {
  if (value.kind === 'any')
    return { kind: 'any', values: value.values.map(each => keywordValue(each, applied, at)) };
  if (value.kind === 'number') return { ...openText([value.text]), raw: value.text };
  if (value.kind === 'boolean') return openText([String(value.value)]);
  if (value.kind === 'text') {
    if (applied.some(name => name === 'startswith' || name === 'endswith')) return value;
    return { ...value, pattern: openEnds(value.pattern, true, true) };
  }
  if (value.kind === 'regex') return value;
  const what = describeValue(value);
  throw new RuleError(
    value.kind === 'null' ? 'value' : 'modifier',
    `a keyword cannot be ${what}: name a field before it`,
    at,
  );
}

const openText = (parts: readonly string[]): Value & { kind: 'text' } => ({
  kind: 'text',
  pattern: [ANY, ...parts, ANY],
  raw: '',
  bytes: false,
});
