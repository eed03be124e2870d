/**
 * The prefilter of a group: one literal index per field, holding the literals of all clauses on that field, and for
 * each leaf the members that it makes candidates. Built once the group has seen a few events: many event kinds
 * come a handful of times in a hunt, and evaluating all of their rules is cheaper then.
 */
import { LiteralIndex } from '../literals/literal-index.ts';
import type { Literal } from '../literals/literal-table.ts';
import type { Access } from './access.ts';
import { type Binding, TRUE } from './bind.ts';
import { type Clause, Clauses, type LeafLiteral } from './clause.ts';
import { EVERY_VALUE, type Group, type Node } from './group.ts';

/** A field to look into, with its index. */
export type Scan = {
  /** Of the group, or `EVERY_VALUE`. */
  readonly field: number;
  /** The slot where the field is one, else -1. */
  readonly slot: number;
  /** The slots to look into where the field is `EVERY_VALUE`, and whether there are values besides. */
  readonly slots: Int32Array;
  readonly hasOthers: boolean;
  readonly index: LiteralIndex;
};

/** Nothing that the scans find or don't find says anything about the leaf. */
const OPEN = 0;
/** It can't hold where the scans met none of its literals. */
export const NEEDED = 1;
/** The scans alone tell whether it holds. */
export const DECIDED = 2;

/** What to scan and what to evaluate for the events of a binding. */
export type ScanPlan = {
  readonly scans: readonly Scan[];
  /** Members that are evaluated whatever the values hold. */
  readonly always: readonly number[];
  /** By member: 1 where a hit makes it a candidate. */
  readonly open: Uint8Array;
  /** By leaf: `OPEN`, `NEEDED` or `DECIDED`. */
  readonly decided: Uint8Array;
};

/** The payload of a literal: its leaf, and whether it proves that leaf. */
export function payloadOf(leaf: number, proves: boolean): number {
  return leaf * 2 + (proves ? 1 : 0);
}

export class Prefilter {
  /** Members of each leaf that stands in a clause. */
  readonly membersOf: readonly (readonly number[] | undefined)[];
  readonly #group: Group;
  readonly #clauses: readonly (Clause | null)[];
  /** By field + 1. */
  readonly #indexes: (LiteralIndex | undefined)[] = [];
  /** By leaf: what looking for its literals tells of it. */
  readonly #registered: Uint8Array;

  constructor(group: Group) {
    this.#group = group;
    const clauses = new Clauses(group);
    this.#clauses = group.members.map(({ tree }) => clauses.of(tree));
    const membersOf: (number[] | undefined)[] = new Array(group.leaves.length).fill(undefined);
    for (const [member, clause] of this.#clauses.entries()) {
      for (const leaf of clause?.leaves ?? []) {
        const members = membersOf[leaf];
        if (members === undefined) membersOf[leaf] = [member];
        else members.push(member);
      }
    }
    this.membersOf = membersOf;
    this.#registered = new Uint8Array(group.leaves.length);
    const byField: Literal[][] = [];
    for (const [leaf, members] of membersOf.entries()) {
      if (members === undefined) continue;
      this.#register(leaf, clauses.literals(leaf)!.any, byField);
    }
    this.#registerAlways(clauses, byField);
    for (const [field, literals] of byField.entries()) {
      if (literals !== undefined) this.#indexes[field] = new LiteralIndex(literals);
    }
  }

  /** The leaves of members that are always evaluated are looked for as well, where their field is scanned anyway. */
  #registerAlways(clauses: Clauses, byField: Literal[][]): void {
    for (const [member, clause] of this.#clauses.entries()) {
      if (clause !== null) continue;
      for (const leaf of leavesOf(this.#group.members[member]!.tree)) {
        const isScanned = byField[this.#group.leaves[leaf]!.field + 1] !== undefined;
        if (this.#registered[leaf] !== OPEN || !isScanned) continue;
        const any = clauses.literals(leaf)?.any;
        // Literals of one or two characters are met too often for that.
        if (any?.every(({ proves, text }) => proves && text.length > 2) === true)
          this.#register(leaf, any, byField);
      }
    }
  }

  #register(leaf: number, any: readonly LeafLiteral[], byField: Literal[][]): void {
    const field = this.#group.leaves[leaf]!.field;
    byField[field + 1] ??= [];
    for (const { text, place, proves } of any) {
      byField[field + 1]!.push({ text, place, payload: payloadOf(leaf, proves) });
    }
    this.#registered[leaf] = any.every(({ proves }) => proves) ? DECIDED : NEEDED;
  }

  /** What is left to do for the events of `binding`. */
  planFor(binding: Binding): ScanPlan {
    const { access, known, states, alive } = binding;
    const always: number[] = [];
    const open = new Uint8Array(states.length);
    const fields = new Set<number>();
    for (const member of alive) {
      const clause = this.#clauses[member]!;
      if (clause === null || [...clause.leaves].some(leaf => known[leaf] === TRUE)) {
        always.push(member);
        continue;
      }
      open[member] = 1;
      for (const leaf of clause.leaves) {
        const { field } = this.#group.leaves[leaf]!;
        if (field === EVERY_VALUE || isRead(access[field]!)) fields.add(field);
      }
    }
    const decided = this.#registered.map((registered, leaf) =>
      fields.has(this.#group.leaves[leaf]!.field) ? registered : OPEN,
    );
    const scans = [...fields]
      .sort((a, b) => a - b)
      .map((field): Scan => {
        const at = field === EVERY_VALUE ? undefined : access[field]!;
        const refs = field === EVERY_VALUE ? binding.everyValue : [];
        const slots = refs.flatMap(ref => (ref.kind === 'slot' ? [ref.slot] : []));
        return {
          field,
          slot: at?.kind === 'slot' ? at.slot : -1,
          slots: Int32Array.from(slots),
          hasOthers: slots.length < refs.length,
          index: this.#indexes[field + 1]!,
        };
      });
    return { scans, always, open, decided };
  }
}

function leavesOf(node: Node): number[] {
  return node.op === 'leaf' ? [node.leaf] : node.nodes.flatMap(leavesOf);
}

/** True if the field differs from event to event. */
function isRead(access: Access): boolean {
  return access.kind !== 'absent' && access.kind !== 'constant';
}
