/**
 * A group is a set of rules that read the same events through the same names, made ready for evaluation: each
 * condition is a tree whose leaves are numbers, and equal tests of one field are one leaf, so that twenty rules
 * about PowerShell ask once whether the image is PowerShell.
 *
 * Nothing of a group depends on how an event looks: fields are names here, and `bind.ts` says where an event
 * shape has them. Therefore Sysmon 1 and Security 4688, which concern the same 1,200 rules, share one group.
 * Cost: about 20 ms for those.
 */
import type { Plan, Test } from '../../know/sigma/plan.ts';
import { compileTest, costOfTest, keyOfTest, type ValueTest } from './tests.ts';
import type { Variant } from './variants.ts';

/** Stands for "every value of the event" among a group's fields. */
export const EVERY_VALUE = -1;

/** What a leaf looks at: a value in folded or in original case, or the presence of the field. */
export type LeafKind = 'folded' | 'raw' | 'null' | 'exists' | 'fieldref';

export type Leaf = {
  readonly id: number;
  /** Index among the group's fields, or `EVERY_VALUE`. */
  readonly field: number;
  readonly kind: LeafKind;
  readonly test: Test;
  /** Present where the leaf looks at values. */
  readonly passes: ValueTest | null;
  /** Second field of a `fieldref`, else -1. */
  readonly other: number;
  readonly cost: number;
};

export type NodeOp = 'leaf' | 'and' | 'or' | 'not' | 'true' | 'false';

export type Node = {
  readonly op: NodeOp;
  /** Of a leaf, else -1. */
  readonly leaf: number;
  readonly nodes: readonly Node[];
  readonly cost: number;
};

/** One rule (by one of its routes) in a group. */
export type Member = { readonly rule: number; readonly tree: Node };

const noNodes: readonly Node[] = [];
const alwaysTrue: Node = { op: 'true', leaf: -1, nodes: noNodes, cost: 0 };
const alwaysFalse: Node = { op: 'false', leaf: -1, nodes: noNodes, cost: 0 };

export class Group {
  readonly members: readonly Member[];
  readonly leaves: Leaf[] = [];
  /** Field names as rules write them. */
  readonly fields: string[] = [];
  /** True where a leaf reads every value of the event. */
  hasKeywords = false;
  readonly #fieldIds = new Map<string, number>();
  /** By field (`EVERY_VALUE` + 1 first), then by the test's key. */
  readonly #leafIds: Map<string, number>[] = [new Map()];

  constructor(variants: readonly Variant[]) {
    this.members = variants.map(({ rule, plan, where }) => ({
      rule,
      tree: this.#node(where === null ? plan : { op: 'and', nodes: [where, plan] }),
    }));
  }

  /** Index of a field by name, -1 where no rule of the group reads it. */
  fieldIndex(name: string): number {
    return this.#fieldIds.get(name) ?? -1;
  }

  #field(name: string): number {
    let id = this.#fieldIds.get(name);
    if (id === undefined) {
      id = this.fields.length;
      this.fields.push(name);
      this.#fieldIds.set(name, id);
      this.#leafIds.push(new Map());
    }
    return id;
  }

  #node(plan: Plan): Node {
    switch (plan.op) {
      case 'true':
        return alwaysTrue;
      case 'false':
        return alwaysFalse;
      case 'named':
        return this.#node(plan.node);
      case 'not': {
        const node = this.#node(plan.node);
        return { op: 'not', leaf: -1, nodes: [node], cost: node.cost };
      }
      case 'and':
      case 'or':
        return this.#several(plan.op, plan.nodes);
      case 'field':
        return this.#leafNode(this.#field(plan.field), plan.test);
      case 'keyword':
        this.hasKeywords = true;
        return this.#leafNode(EVERY_VALUE, plan.test);
    }
  }

  /** Children of the same kind are taken in, and all put in the order of their cost. */
  #several(op: 'and' | 'or', plans: readonly Plan[]): Node {
    const nodes: Node[] = [];
    for (const plan of plans) {
      const node = this.#node(plan);
      if (node.op === op) nodes.push(...node.nodes);
      else nodes.push(node);
    }
    if (nodes.length === 1) return nodes[0]!;
    nodes.sort((a, b) => a.cost - b.cost);
    return { op, leaf: -1, nodes, cost: nodes.reduce((sum, node) => sum + node.cost, 1) };
  }

  #leafNode(field: number, test: Test): Node {
    const ids = this.#leafIds[field + 1]!;
    const key = keyOfTest(test);
    let id = ids.get(key);
    if (id === undefined) {
      id = this.leaves.length;
      ids.set(key, id);
      this.leaves.push(this.#leaf(id, field, test));
    }
    const leaf = this.leaves[id]!;
    return { op: 'leaf', leaf: id, nodes: noNodes, cost: leaf.cost };
  }

  #leaf(id: number, field: number, test: Test): Leaf {
    const cost = costOfTest(test) * (field === EVERY_VALUE ? 20 : 1);
    switch (test.kind) {
      case 'null':
      case 'exists':
        return { id, field, kind: test.kind, test, passes: null, other: -1, cost };
      case 'fieldref':
        return { id, field, kind: 'fieldref', test, passes: null, other: this.#field(test.field), cost };
      default: {
        const kind = test.kind === 'text' && !test.cased ? 'folded' : 'raw';
        return { id, field, kind, test, passes: compileTest(test), other: -1, cost };
      }
    }
  }
}
