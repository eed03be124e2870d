/**
 * `temporal` with an expression over which rules occur. The expression is not evaluated for each window: every node
 * keeps how many of its parts are true, and when a rule comes or goes only the nodes that change are visited.
 * A step where the first hit of a rule enters or its last one leaves; at worst the size of the expression.
 */
import type { Occurrence } from '../../know/sigma/index.ts';
import type { Stream } from './stream.ts';
import type { Family, Window } from './window.ts';

export const occurrence: Family = ({ rules, condition }, stream) => {
  const circuit = new Circuit(condition.occurrence!, rules);
  return () => new Occurring(circuit, rules, stream);
};

/** The expression as columns over its nodes, parents before their parts; node 0 stands above all and has one part. */
class Circuit {
  readonly parent: number[] = [-1];
  /** So many parts make a node true … */
  readonly needed: number[] = [1];
  /** … or, where 1, false. */
  readonly negated: number[] = [0];
  /** How many parts are true where no rule occurs. */
  readonly truths: number[] = [0];
  /** By rule: the nodes that it is a part of, as often as it is. */
  readonly above: readonly number[][];

  constructor(expression: Occurrence, rules: number) {
    this.above = Array.from({ length: rules }, () => []);
    if (this.#add(expression, 0)) this.truths[0] = 1;
  }

  /** Adds what lies below `parent`; returns whether it is true where no rule occurs. */
  #add(node: Occurrence, parent: number): boolean {
    if (node.op === 'rule') {
      this.above[node.rule]!.push(parent);
      return false;
    }
    const parts = node.op === 'not' ? [node.node] : node.nodes;
    const index = this.parent.push(parent) - 1;
    this.needed.push(node.op === 'and' ? parts.length : 1);
    this.negated.push(node.op === 'not' ? 1 : 0);
    this.truths.push(0);
    for (const part of parts) if (this.#add(part, index)) this.truths[index]!++;
    return this.truths[index]! >= this.needed[index]! !== (node.op === 'not');
  }
}

class Occurring implements Window {
  readonly #circuit: Circuit;
  readonly #rule: Uint32Array;
  readonly #counts: Uint32Array;
  readonly #truths: Int32Array;
  #different = 0;

  constructor(circuit: Circuit, rules: number, { rule }: Stream) {
    this.#circuit = circuit;
    this.#rule = rule;
    this.#counts = new Uint32Array(rules);
    this.#truths = Int32Array.from(circuit.truths);
  }

  enter(from: number, to: number): void {
    for (let position = from; position < to; position++) {
      const rule = this.#rule[position]!;
      if (this.#counts[rule]!++ > 0) continue;
      this.#different++;
      this.#tell(rule, 1);
    }
  }

  leave(from: number, to: number): void {
    for (let position = from; position < to; position++) {
      const rule = this.#rule[position]!;
      if (--this.#counts[rule]! > 0) continue;
      this.#different--;
      this.#tell(rule, -1);
    }
  }

  holds(): boolean {
    return this.#truths[0]! > 0;
  }

  measure(): number {
    return this.#different;
  }

  /** A rule came (1) or went (-1). */
  #tell(rule: number, change: 1 | -1): void {
    const above = this.#circuit.above[rule]!;
    for (let i = 0; i < above.length; i++) this.#climb(above[i]!, change);
  }

  #climb(node: number, change: number): void {
    const { parent, needed, negated } = this.#circuit;
    let up = change;
    for (let at = node; at >= 0; at = parent[at]!) {
      const before = this.#truths[at]!;
      const after = before + up;
      this.#truths[at] = after;
      if (before >= needed[at]! === after >= needed[at]!) return;
      if (negated[at] === 1) up = -up;
    }
  }
}
