/**
 * Trims an expression to what a search needs. Whether there is a match anywhere does not depend on how often
 * a repetition at either end is taken beyond its minimum: `.*foo.+` finds what `foo.` finds. Besides work it
 * saves most of the cases in which a backtracking engine goes astray (`(\w+\s?)*$`).
 */
import type { RegexNode } from './node.ts';

type End = 'first' | 'last';

/** An expression that matches somewhere in exactly the texts in which `node` does. */
export function trimForSearch(node: RegexNode): RegexNode {
  return trim(trim(node, 'first'), 'last');
}

function trim(node: RegexNode, end: End): RegexNode {
  switch (node.op) {
    case 'set':
    case 'assert':
      return node;
    case 'either':
      return { op: 'either', nodes: node.nodes.map(child => trim(child, end)) };
    case 'repeat':
      if (node.min === 0) return { op: 'sequence', nodes: [] };
      if (node.min === 1) return trim(node.node, end);
      return { ...node, max: node.min };
    case 'sequence': {
      const nodes = [...node.nodes];
      while (nodes.length > 0) {
        const at = end === 'first' ? 0 : nodes.length - 1;
        const trimmed = trim(nodes[at]!, end);
        nodes[at] = trimmed;
        if (trimmed.op !== 'sequence') break;
        // What was trimmed to nothing lets its neighbour be the end.
        nodes.splice(at, 1, ...trimmed.nodes);
        if (trimmed.nodes.length > 0) break;
      }
      return nodes.length === 1 ? nodes[0]! : { op: 'sequence', nodes };
    }
  }
}
