/**
 * Binding: what a group's rules are for events of one shape. Each field is found once (a slot, a constant, several
 * values, a view's computed value, or absent); what that already decides is decided for all events of the shape:
 * tests of absent fields and of constants have their outcome, and a rule whose condition can't hold any more is
 * dead and never looked at again. About half of the rules go that way. Cost: one walk of each condition per
 * (shape, channel, event id).
 */
import type { View } from '../../know/logsources/index.ts';
import { fold, type Shape, type ValueRef } from '../../read/events/index.ts';
import { refersTo } from '../values/index.ts';
import { type Access, accessOf, type Settled } from './access.ts';
import { EVERY_VALUE, type Group, type Leaf, type Node } from './group.ts';

/** Known outcome of a leaf or node. */
export const UNKNOWN = 0;
export const FALSE = 1;
export const TRUE = 2;
type Outcome = typeof UNKNOWN | typeof FALSE | typeof TRUE;

/** What a member is in a binding. */
export const ALIVE = 0;
/** Its condition asks for another event id, provider or constant. */
export const ELSEWHERE = 1;
/** It can't hold because the events lack a field. */
export const BLIND = 2;

export type Binding = {
  readonly group: Group;
  readonly view: View | null;
  readonly shape: Shape;
  /** By the group's field. */
  readonly access: readonly Access[];
  /** By leaf: what is known of it for every event. */
  readonly known: Uint8Array;
  /** By member: `ALIVE`, `ELSEWHERE` or `BLIND`. */
  readonly states: Uint8Array;
  /** The members that are alive. */
  readonly alive: readonly number[];
  /** References to values that are no constants: what keywords search. */
  readonly everyValue: readonly ValueRef[];
};

function constantPasses(leaf: Leaf, text: string): boolean {
  return leaf.passes(leaf.kind === 'folded' ? fold(text) : text);
}

function knownOf(leaf: Leaf, access: readonly Access[], constants: readonly string[]): Outcome {
  if (leaf.field === EVERY_VALUE) {
    return constants.some(text => constantPasses(leaf, text)) ? TRUE : UNKNOWN;
  }
  const at = access[leaf.field]!;
  if (at.kind === 'absent') {
    return leaf.kind === 'null' || (leaf.test.kind === 'exists' && !leaf.test.present) ? TRUE : FALSE;
  }
  if (leaf.test.kind === 'fieldref') {
    const other = access[leaf.other]!;
    if (other.kind === 'absent') return FALSE;
    if (at.kind !== 'constant' || other.kind !== 'constant') return UNKNOWN;
    return refersTo(leaf.test, at.text, other.text) ? TRUE : FALSE;
  }
  if (at.kind !== 'constant') return UNKNOWN;
  if (leaf.kind === 'null') return FALSE;
  if (leaf.test.kind === 'exists') return leaf.test.present ? TRUE : FALSE;
  return constantPasses(leaf, at.text) ? TRUE : FALSE;
}

/** The outcome of a condition of which some leaves are known. */
function outcomeOf(node: Node, known: Uint8Array): Outcome {
  switch (node.op) {
    case 'leaf':
      return known[node.leaf]! as Outcome;
    case 'true':
      return TRUE;
    case 'false':
      return FALSE;
    case 'not': {
      const inner = outcomeOf(node.nodes[0]!, known);
      return inner === UNKNOWN ? UNKNOWN : inner === TRUE ? FALSE : TRUE;
    }
    case 'and':
    case 'or': {
      const decides = node.op === 'and' ? FALSE : TRUE;
      let outcome: Outcome = node.op === 'and' ? TRUE : FALSE;
      for (const child of node.nodes) {
        const inner = outcomeOf(child, known);
        if (inner === decides) return decides;
        if (inner === UNKNOWN) outcome = UNKNOWN;
      }
      return outcome;
    }
  }
}

/** Binds `group`, read through `view`, to `shape`. */
export function bindGroup(group: Group, view: View | null, shape: Shape, settled: Settled): Binding {
  const access = group.fields.map(name => accessOf(shape, view, name, settled));
  const constants: string[] = [];
  const everyValue: ValueRef[] = [];
  if (group.hasKeywords) {
    for (const field of shape.fields) {
      for (const ref of field.values) {
        if (ref.kind === 'constant') constants.push(ref.text);
        else everyValue.push(ref);
      }
    }
  }
  const known = new Uint8Array(group.leaves.length);
  // The same without what is absent: tells a rule that asks for something else from one that is blind.
  const present = new Uint8Array(group.leaves.length);
  const touched = new Set(group.settledMembers);
  for (let field = EVERY_VALUE; field < access.length; field++) {
    const isKnown = field === EVERY_VALUE ? constants.length > 0 : isDecided(access[field]!);
    if (!isKnown) continue;
    for (const id of group.leavesOf[field + 1]!) {
      const leaf = group.leaves[id]!;
      known[id] = knownOf(leaf, access, constants);
      present[id] = lacksField(leaf, access) ? UNKNOWN : known[id]!;
    }
    for (const member of group.membersOf[field + 1]!) touched.add(member);
  }
  const states = new Uint8Array(group.members.length);
  for (const member of touched) {
    const { tree } = group.members[member]!;
    if (outcomeOf(tree, known) !== FALSE) continue;
    states[member] = outcomeOf(tree, present) === FALSE ? ELSEWHERE : BLIND;
  }
  const alive: number[] = [];
  for (let member = 0; member < states.length; member++) if (states[member] === ALIVE) alive.push(member);
  return { group, view, shape, access, known, states, alive, everyValue };
}

/** True if a field is the same for all events of the shape. */
function isDecided(access: Access): boolean {
  return access.kind === 'absent' || access.kind === 'constant';
}

function lacksField(leaf: Leaf, access: readonly Access[]): boolean {
  if (leaf.field === EVERY_VALUE) return false;
  return access[leaf.field]!.kind === 'absent' || (leaf.other >= 0 && access[leaf.other]!.kind === 'absent');
}
