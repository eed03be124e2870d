/**
 * The necessary clause of a condition: a set of leaves of which at least one must hold if the condition does.
 * An event on which none of them holds can't satisfy the rule, and the literal index finds those that may hold
 * without decoding anything. An AND may choose among its parts and takes the one whose literals are rarest; an
 * OR needs one of each part; a NOT promises nothing.
 */
import type { TextPattern } from '../../know/sigma/index.ts';
import { fold } from '../../read/events/index.ts';
import type { Place } from '../literals/literal-table.ts';
import { frequencyOf } from '../literals/rarity.ts';
import { EVERY_VALUE, type Group, type Leaf, type Node } from './group.ts';
import { clausesOfRegex } from './regex-search.ts';
import { literalOfPattern, shapeOfPattern } from './tests.ts';

/** A literal that a value must hold for a leaf to hold. */
export type LeafLiteral = {
  readonly text: string;
  readonly place: Place;
  /** True where the literal at its place is all that the leaf asks for. */
  readonly proves: boolean;
};

export type LeafLiterals = {
  /** One of these is needed. */
  readonly any: readonly LeafLiteral[];
  /** How often an event is thought to hold one, relative to others. */
  readonly frequency: number;
};

export type Clause = { readonly leaves: ReadonlySet<number>; readonly frequency: number };

/** The literal in the middle of a pattern that is rarest. */
function rarestPart(pattern: TextPattern): LeafLiteral | null {
  let best: LeafLiteral | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const [index, part] of pattern.entries()) {
    if (typeof part !== 'string') continue;
    const place: Place = index === 0 ? 'start' : index === pattern.length - 1 ? 'end' : 'anywhere';
    const frequency = frequencyOf(part) * (place === 'anywhere' ? 2 : 1);
    if (frequency >= least) continue;
    least = frequency;
    best = { text: fold(part), place, proves: false };
  }
  return best;
}

function literalOf(pattern: TextPattern, cased: boolean): LeafLiteral | null {
  const shape = shapeOfPattern(pattern);
  if (shape === 'anything') return null;
  if (shape === 'glob') return rarestPart(pattern);
  const place =
    shape === 'equals' ? 'whole' : shape === 'prefix' ? 'start' : shape === 'suffix' ? 'end' : 'anywhere';
  const literal = literalOfPattern(pattern);
  return { text: cased ? fold(literal) : literal, place, proves: !cased };
}

/** How often an event is thought to hold one of `any`. A value ends in something far more rarely than it holds it. */
function frequencyOfAny(any: readonly LeafLiteral[]): number {
  let sum = 0;
  for (const { text, place } of any) {
    const frequency = frequencyOf(text);
    sum += place === 'anywhere' ? frequency : place === 'whole' ? frequency / 4 : frequency / 2;
  }
  return sum;
}

/**
 * The header's fields are the same for all events of a kind, or nearly: what they decide is decided when binding, and
 * what is left says nothing about one event.
 */
const headerFields: ReadonlySet<string> = new Set(['EventID', 'Provider_Name', 'Channel', 'Computer']);

const oneAscii = /^[\0-\x7f]$/;

/** Literals that are worth looking for: nearly every value holds a given letter or sign. */
function worthwhile(any: readonly LeafLiteral[]): boolean {
  return any.length > 0 && !any.some(({ text, place }) => place === 'anywhere' && oneAscii.test(text));
}

/** The literals of a leaf, null where it can hold without any. */
function literalsOfLeaf(leaf: Leaf, fields: readonly string[]): LeafLiterals | null {
  const { test } = leaf;
  if (leaf.field !== EVERY_VALUE && headerFields.has(fields[leaf.field]!)) return null;
  if (test.kind === 'text') {
    const any: LeafLiteral[] = [];
    for (const pattern of test.any) {
      const literal = literalOf(pattern, test.cased);
      if (literal === null) return null;
      any.push(literal);
    }
    return worthwhile(any) ? { any, frequency: frequencyOfAny(any) } : null;
  }
  if (test.kind !== 'regex') return null;
  let best: LeafLiterals | null = null;
  for (const clause of clausesOfRegex(test)) {
    const any = clause.map((text): LeafLiteral => ({ text, place: 'anywhere', proves: false }));
    if (!worthwhile(any)) continue;
    const frequency = frequencyOfAny(any);
    if (best === null || frequency < best.frequency) best = { any, frequency };
  }
  return best;
}

/** Clauses of the conditions of one group, each leaf's literals looked for once. */
export class Clauses {
  readonly #group: Group;
  readonly #literals = new Map<number, LeafLiterals | null>();

  constructor(group: Group) {
    this.#group = group;
  }

  /** The literals of a leaf, null where it can hold without any. */
  literals(leaf: number): LeafLiterals | null {
    let literals = this.#literals.get(leaf);
    if (literals === undefined) {
      literals = literalsOfLeaf(this.#group.leaves[leaf]!, this.#group.fields);
      this.#literals.set(leaf, literals);
    }
    return literals;
  }

  /** The best clause of a condition, null where it has none. */
  of(node: Node): Clause | null {
    switch (node.op) {
      case 'leaf': {
        const literals = this.literals(node.leaf);
        return literals === null ? null : { leaves: new Set([node.leaf]), frequency: literals.frequency };
      }
      case 'and': {
        let best: Clause | null = null;
        for (const child of node.nodes) {
          const clause = this.of(child);
          if (clause !== null && (best === null || clause.frequency < best.frequency)) best = clause;
        }
        return best;
      }
      case 'or': {
        const leaves = new Set<number>();
        let frequency = 0;
        for (const child of node.nodes) {
          const clause = this.of(child);
          if (clause === null) return null;
          for (const leaf of clause.leaves) leaves.add(leaf);
          frequency += clause.frequency;
        }
        return { leaves, frequency };
      }
      case 'not':
      case 'true':
        return null;
      case 'false':
        return { leaves: new Set(), frequency: 0 };
    }
  }
}
