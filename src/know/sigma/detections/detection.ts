/**
 * Search identifiers: maps (AND), lists (OR), keywords, and any nesting of them (specification, "Detection").
 */
import { RuleError } from '../errors.ts';
import type { Plan } from '../plan.ts';
import type { YamlNode, YamlScalar } from '../yaml/nodes.ts';
import { compileItem, compileKeywords, type DetectionContext } from './item.ts';

/** The plan of what stands under a search identifier. Throws `RuleError`. */
export function compileDetection(node: YamlNode, context: DetectionContext): Plan {
  switch (node.kind) {
    case 'scalar':
      if (node.type === 'null') throw new RuleError('detection', 'a search identifier is empty', node.at);
      return compileKeywords([node], context);
    case 'mapping': {
      if (node.entries.length === 0)
        throw new RuleError('detection', 'a search identifier is empty', node.at);
      const nodes = node.entries.map(({ key, value }) => compileItem(key, value, context));
      return nodes.length === 1 ? nodes[0]! : { op: 'and', nodes };
    }
    case 'sequence':
      return compileList(node.items, node.at, context);
  }
}

function compileList(items: readonly YamlNode[], at: number, context: DetectionContext): Plan {
  if (items.length === 0) throw new RuleError('detection', 'a search identifier is an empty list', at);
  const nodes: Plan[] = [];
  const keywords: YamlScalar[] = [];
  for (const item of items) {
    if (item.kind === 'scalar') keywords.push(item);
    else nodes.push(compileDetection(item, context));
  }
  if (keywords.length > 0) nodes.push(compileKeywords(keywords, context));
  return nodes.length === 1 ? nodes[0]! : { op: 'or', nodes };
}

/** Tests and patterns of a plan: what it costs to keep and to copy. */
export function weigh(plan: Plan): number {
  switch (plan.op) {
    case 'and':
    case 'or':
      return plan.nodes.reduce((sum, node) => sum + weigh(node), 1);
    case 'not':
    case 'named':
      return weigh(plan.node);
    case 'field':
    case 'keyword':
      return plan.test.kind === 'text' ? plan.test.any.length : 1;
    default:
      return 1;
  }
}
