/**
 * A group is a set of rules that read the same events through the same names, made ready for evaluation: each
 * condition is a tree whose leaves are numbers, and equal tests of one field are one leaf, so that twenty rules
 * about PowerShell ask once whether the image is PowerShell.
 *
 * Nothing of a group depends on how an event looks: fields are names here, and `bind.ts` says where an event
 * shape has them. Therefore Sysmon 1 and Security 4688, which concern the same 1,200 rules, share one group.
 * Cost: about 20 ms for those.
 */
import type { Plan, Test } from '../../know/sigma/index.ts';
import { type Network, parseNetwork } from '../values/index.ts';
import { type Search, searchFor } from './regex-search.ts';
import { compileTest, costOfTest, keyOfTest, type ValueTest } from './tests.ts';
import type { Variant } from './variants.ts';

/** Stands for "every value of the event" among a group's fields. */
export const EVERY_VALUE = -1;

/** What a leaf looks at: a value folded, as it is or as an address; or the presence of the field. */
export type LeafKind = 'folded' | 'raw' | 'regex' | 'address' | 'null' | 'exists' | 'fieldref';

/** One test of one field. What its kind does not need is made when first asked for: most leaves never are. */
export class Leaf {
  readonly id: number;
  /** Index among the group's fields, or `EVERY_VALUE`. */
  readonly field: number;
  readonly kind: LeafKind;
  readonly test: Test;
  /** Second field of a `fieldref`, else -1. */
  readonly other: number;
  readonly cost: number;
  #passes: ValueTest | null = null;
  #search: Search | null = null;
  #network: Network | null | undefined = undefined;

  constructor(id: number, field: number, test: Test, other: number) {
    this.id = id;
    this.field = field;
    this.kind = kindOf(test);
    this.test = test;
    this.other = other;
    this.cost = costOfTest(test) * (field === EVERY_VALUE ? 20 : 1);
  }

  /** The test of a value, folded or not as `kind` says; false for leaves that look at no value. */
  get passes(): ValueTest {
    this.#passes ??= compileTest(this.test);
    return this.#passes;
  }

  /** The search of a regular expression. */
  search(text: string, folded: string): boolean {
    if (this.test.kind !== 'regex') return false;
    this.#search ??= searchFor(this.test);
    return this.#search(text, folded);
  }

  /** The network of a `cidr` test, null where it is none that can be read. */
  get network(): Network | null {
    if (this.#network === undefined) {
      this.#network = this.test.kind === 'cidr' ? parseNetwork(this.test.network) : null;
    }
    return this.#network;
  }
}

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

/** Tests with more patterns than this are hardly ever repeated, and their keys are long. */
const LONG = 24;

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
  /** By field (`EVERY_VALUE` + 1 first): its leaves, and the members that have one of them. */
  readonly leavesOf: number[][] = [[]];
  readonly membersOf: number[][] = [[]];
  /** Members whose conditions are settled without any leaf. */
  readonly settledMembers: readonly number[];
  readonly #fieldIds = new Map<string, number>();
  /** By field (`EVERY_VALUE` + 1 first), then by the test's key. */
  readonly #leafIds: Map<string, number>[] = [new Map()];

  /** The member whose condition is being read. */
  #member = 0;

  constructor(variants: readonly Variant[]) {
    const members: Member[] = [];
    const settled: number[] = [];
    for (const { rule, plan, where } of variants) {
      this.#member = members.length;
      const tree = this.#node(where === null ? plan : { op: 'and', nodes: [where, plan] });
      if (tree.op === 'true' || tree.op === 'false') settled.push(this.#member);
      members.push({ rule, tree });
    }
    this.members = members;
    this.settledMembers = settled;
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
      this.leavesOf.push([]);
      this.membersOf.push([]);
    }
    return id;
  }

  #addMember(field: number): void {
    const members = this.membersOf[field + 1]!;
    if (members.at(-1) !== this.#member) members.push(this.#member);
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
    const isLong = test.kind === 'text' && test.any.length > LONG;
    const ids = this.#leafIds[field + 1]!;
    const key = isLong ? '' : keyOfTest(test);
    let id = isLong ? undefined : ids.get(key);
    if (id === undefined) {
      id = this.leaves.length;
      if (!isLong) ids.set(key, id);
      const other = test.kind === 'fieldref' ? this.#field(test.field) : -1;
      this.leaves.push(new Leaf(id, field, test, other));
      this.leavesOf[field + 1]!.push(id);
      if (other >= 0 && other !== field) this.leavesOf[other + 1]!.push(id);
    }
    const leaf = this.leaves[id]!;
    this.#addMember(field);
    if (leaf.other >= 0) this.#addMember(leaf.other);
    return { op: 'leaf', leaf: id, nodes: noNodes, cost: leaf.cost };
  }
}

function kindOf(test: Test): LeafKind {
  if (test.kind === 'null' || test.kind === 'exists' || test.kind === 'fieldref') return test.kind;
  if (test.kind === 'cidr') return 'address';
  if (test.kind === 'regex') return 'regex';
  return test.kind === 'text' && !test.cased ? 'folded' : 'raw';
}
