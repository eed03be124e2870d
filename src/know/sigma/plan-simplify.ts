/**
 * Makes a plan smaller without changing what it means: nested `and` and `or` become flat, constants vanish,
 * and the texts that one `or` looks for in one field become one test with many patterns, which is what a
 * multi-pattern matcher wants. `named` marks stay and are never looked through.
 */
import type { Plan, TextPattern, TextTest } from './plan.ts';

const TRUE: Plan = { op: 'true' };
const FALSE: Plan = { op: 'false' };

/** Plans that came out of here: identifiers are simplified once and then met again inside conditions. */
const simple = new WeakSet<Plan>();

/** An equivalent plan; parts that need no change are shared with `plan`. */
export function simplifyPlan(plan: Plan): Plan {
  if (simple.has(plan)) return plan;
  const result = simplify(plan);
  simple.add(result);
  return result;
}

function simplify(plan: Plan): Plan {
  switch (plan.op) {
    case 'and':
    case 'or':
      return simplifyList(plan.op, plan.nodes);
    case 'not': {
      const node = simplifyPlan(plan.node);
      if (node.op === 'true') return FALSE;
      if (node.op === 'false') return TRUE;
      return node.op === 'not' ? node.node : { op: 'not', node };
    }
    case 'named': {
      const node = simplifyPlan(plan.node);
      return node.op === 'true' || node.op === 'false' ? node : { op: 'named', name: plan.name, node };
    }
    case 'field':
      return plan.test.kind === 'text' && plan.test.any.length > 1
        ? { ...plan, test: withoutRepeats(plan.test) }
        : plan;
    default:
      return plan;
  }
}

/** `plan` without its `named` marks, simplified across the places where they stood. */
export function withoutNames(plan: Plan): Plan {
  const strip = (node: Plan): Plan => {
    if (node.op === 'named') return strip(node.node);
    if (node.op === 'not') return { op: 'not', node: strip(node.node) };
    return node.op === 'and' || node.op === 'or' ? { op: node.op, nodes: node.nodes.map(strip) } : node;
  };
  return simplifyPlan(strip(plan));
}

function simplifyList(op: 'and' | 'or', children: readonly Plan[]): Plan {
  const [neutral, deciding] = op === 'and' ? (['true', 'false'] as const) : (['false', 'true'] as const);
  const flat: Plan[] = [];
  for (const child of children) {
    const node = simplifyPlan(child);
    if (node.op === deciding) return node;
    if (node.op === neutral) continue;
    if (node.op === op) flat.push(...node.nodes);
    else flat.push(node);
  }
  const nodes = op === 'or' ? mergeTexts(flat) : flat;
  if (nodes.length === 0) return op === 'and' ? TRUE : FALSE;
  return nodes.length === 1 ? nodes[0]! : { op, nodes };
}

type TextNode = (Plan & { op: 'field' | 'keyword' }) & { readonly test: TextTest };

const isText = (node: Plan): node is TextNode =>
  (node.op === 'field' || node.op === 'keyword') && node.test.kind === 'text';

/** Text tests of one `or` on the same field and with the same regard to case become one, at the first one's place. */
function mergeTexts(nodes: readonly Plan[]): Plan[] {
  const groups = new Map<string, TextNode[]>();
  const order: (Plan | TextNode[])[] = [];
  for (const node of nodes) {
    if (!isText(node)) {
      order.push(node);
      continue;
    }
    const key = `${node.test.cased ? 'c' : 'f'}${node.op === 'field' ? `=${node.field}` : ''}`;
    const group = groups.get(key);
    if (group === undefined) {
      const created = [node];
      groups.set(key, created);
      order.push(created);
    } else group.push(node);
  }
  return order.map(item => {
    if (!Array.isArray(item)) return item as Plan;
    const first = item[0]!;
    if (item.length === 1) return first;
    const test = withoutRepeats({ ...first.test, any: item.flatMap(node => node.test.any) });
    return { ...first, test };
  });
}

function withoutRepeats(test: TextTest): TextTest {
  if (test.any.length < 2) return test;
  const seen = new Set<string>();
  const any: TextPattern[] = [];
  for (const pattern of test.any) {
    const key = JSON.stringify(pattern);
    if (seen.has(key)) continue;
    seen.add(key);
    any.push(pattern);
  }
  return any.length === test.any.length ? test : { ...test, any };
}
