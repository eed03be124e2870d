/**
 * Filter documents (specification, "Filters"): search identifiers and a condition as in a rule, and the rules that
 * they narrow. Their condition is ANDed to a rule's, so one without `not` keeps only what it describes; the
 * specification's own example reads as if it dropped that. We follow AND, and warn.
 */
import { compilePlan, type DetectionContext } from './detections/index.ts';
import { RuleError } from './errors.ts';
import type { Plan } from './plan.ts';
import type { Filter } from './rule.ts';
import { entry, type YamlNode } from './yaml/nodes.ts';

const ANY_RULE = 'any';
const reserved: ReadonlySet<string> = new Set(['rules']);

/** What stands below `filter`. Throws `RuleError`. */
export function parseFilter(node: YamlNode, context: DetectionContext): Pick<Filter, 'rules' | 'plan'> {
  if (node.kind !== 'mapping') {
    throw new RuleError(
      'filter',
      "'filter' must be a map of rules, search identifiers and a condition",
      node.at,
    );
  }
  const rules = entry(node, 'rules');
  if (rules === undefined) {
    throw new RuleError(
      'filter',
      "the filter has no 'rules': list ids or names, or write 'rules: any'",
      node.at,
    );
  }
  const plan = compilePlan(node, context, reserved);
  if (!holdsNot(plan)) {
    const condition = entry(node, 'condition')?.value ?? node;
    context.warn(
      "the condition has no 'not': it is ANDed to the rules, so they fire only where it holds; to suppress, write 'not selection'",
      condition.at,
    );
  }
  return { rules: rulesOf(rules.value), plan };
}

/** The rules named; null for any. An empty list reads as any (pySigma). */
function rulesOf(node: YamlNode): readonly string[] | null {
  const items = node.kind === 'sequence' ? node.items : [node];
  const names: string[] = [];
  for (const item of items) {
    if (item.kind !== 'scalar') {
      throw new RuleError('filter', "'rules' takes ids or names of rules, or 'any'", item.at);
    }
    if (item.type !== 'null' && item.text.trim() !== '') names.push(item.text.trim());
  }
  return names.length === 0 || names.some(name => name.toLowerCase() === ANY_RULE) ? null : names;
}

function holdsNot(plan: Plan): boolean {
  switch (plan.op) {
    case 'not':
      return true;
    case 'and':
    case 'or':
      return plan.nodes.some(holdsNot);
    case 'named':
      return holdsNot(plan.node);
    default:
      return false;
  }
}
