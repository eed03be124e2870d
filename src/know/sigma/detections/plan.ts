/** A whole detection: search identifiers and the condition that joins them, to one plan (specification, "Condition"). */
import { parseCondition, resolveCondition, type Search } from '../conditions/index.ts';
import { quoted, RuleError } from '../errors.ts';
import type { Plan } from '../plan.ts';
import { simplifyPlan } from '../plan-simplify.ts';
import { placeIn, type YamlMapping, type YamlNode, type YamlScalar } from '../yaml/nodes.ts';
import { compileDetection, weigh } from './detection.ts';
import type { DetectionContext } from './item.ts';

const none: ReadonlySet<string> = new Set();

/**
 * The plan of a map of search identifiers with a condition; keys of `reserved` are somebody else's. Throws `RuleError`.
 */
export function compilePlan(
  node: YamlMapping,
  context: DetectionContext,
  reserved: ReadonlySet<string> = none,
): Plan {
  const searches = new Map<string, Search>();
  const places = new Map<string, number>();
  let condition: YamlNode | undefined;
  for (const { key, value } of node.entries) {
    if (reserved.has(key.text)) continue;
    if (key.text === 'condition') condition = value;
    else if (key.text === 'timeframe')
      context.warn("'timeframe' has no effect without an aggregation", key.at);
    else {
      const plan = simplifyPlan(compileDetection(value, context));
      searches.set(key.text, { plan, weight: weigh(plan) });
      places.set(key.text, key.at);
    }
  }
  if (condition === undefined) throw new RuleError('condition', "the detection has no 'condition'", node.at);
  const used = new Set<string>();
  const nodes = conditionTexts(condition).map(scalar => compileCondition(scalar, searches, used, context));
  for (const [name, at] of places) {
    if (!used.has(name)) context.warn(`no condition uses ${quoted(name)}`, at);
  }
  return simplifyPlan(nodes.length === 1 ? nodes[0]! : { op: 'or', nodes });
}

/** The conditions: one, or a list of them, of which any may hold. */
function conditionTexts(node: YamlNode): YamlScalar[] {
  const nodes = node.kind === 'sequence' ? node.items : [node];
  if (nodes.length === 0) throw new RuleError('condition', "'condition' is an empty list", node.at);
  return nodes.map(each => {
    if (each.kind !== 'scalar')
      throw new RuleError('condition', "'condition' must be text or a list of texts", each.at);
    if (each.type === 'null' || each.text.trim() === '')
      throw new RuleError('condition', "'condition' is empty", each.at);
    return each;
  });
}

function compileCondition(
  scalar: YamlScalar,
  searches: ReadonlyMap<string, Search>,
  used: Set<string>,
  context: DetectionContext,
): Plan {
  const at = (index: number): number => placeIn(scalar, index);
  try {
    const plan = resolveCondition(parseCondition(scalar.text), {
      searches,
      used,
      warn: (message, index) => context.warn(message, at(index)),
    });
    if (plan !== null) return plan;
  } catch (error) {
    if (error instanceof RuleError) throw new RuleError(error.reason, error.message, at(error.at ?? 0));
    throw error;
  }
  throw new RuleError(
    'unknown-identifier',
    'nothing of the condition names an identifier of the detection',
    scalar.at,
  );
}
