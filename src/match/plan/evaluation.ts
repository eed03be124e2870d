/**
 * Evaluates the conditions of one group on one event after the other. What has been found out about an event
 * is kept until the next one: the text of a field (decoded when the first test asks for it), its folded form, and
 * the outcome of each leaf. Nothing is cleared in between; every entry carries the number of the event that
 * it was written for.
 */
import { fold, type LazyEvent, refTexts, slotText, slotTexts, ValueType } from '../../read/events/index.ts';
import { type Address, inNetwork, parseAddress, refersTo } from '../values/index.ts';
import { accessTexts } from './access.ts';
import { type Binding, TRUE, UNKNOWN } from './bind.ts';
import { EVERY_VALUE, type Group, type Leaf, type Node } from './group.ts';
import { DECIDED, NEEDED } from './prefilter.ts';

const noTexts: readonly string[] = [];

/** Values of one field of the current event. */
class FieldMemo {
  /** Event that the values are of. */
  event = -1;
  /** Number of values. */
  count = 0;
  /** The value where there is one alone. */
  raw = '';
  folded: string | null = null;
  /** The values where there are several. */
  texts: readonly string[] = noTexts;
  foldedTexts: readonly string[] | null = null;
  /** The one value as an address, null where it is none; undefined before anybody asked. */
  address: Address | null | undefined = undefined;
}

/** A rule could not be evaluated, and no value of an event is the reason. It has no code, so nobody takes it for the log's. */
export class MatchFailure extends Error {
  override readonly name = 'MatchFailure';

  constructor(rule: number, cause: unknown) {
    super(`rule ${rule} could not be evaluated: ${cause instanceof Error ? cause.message : cause}`, {
      cause,
    });
  }
}

export class Evaluation {
  readonly #group: Group;
  readonly #leaves: readonly Leaf[];
  readonly #fields: readonly FieldMemo[];
  readonly #everyValue = new FieldMemo();
  /** By leaf: twice the number of the event it was asked for, plus one where it held. */
  readonly #outcomes: Float64Array;
  #binding!: Binding;
  #known!: Uint8Array;
  #event!: LazyEvent;
  /** By leaf: `NEEDED` where it does not hold unless it was met, `DECIDED` where it doesn't unless it was proved; null = none. */
  #decided: Uint8Array | null = null;
  /** By leaf: the event on which one of its literals was met. */
  readonly #met: Float64Array;
  #number = 0;
  /** By rule: how often its condition could not be evaluated. */
  readonly failures: Map<number, number> = new Map();

  constructor(group: Group) {
    this.#group = group;
    this.#leaves = group.leaves;
    this.#fields = group.fields.map(() => new FieldMemo());
    this.#outcomes = new Float64Array(group.leaves.length).fill(-1);
    this.#met = new Float64Array(group.leaves.length).fill(-1);
  }

  /** Turns to the next event. `decided`: by leaf, whether it holds only if `meet` or `prove` says so. */
  begin(event: LazyEvent, binding: Binding, decided: Uint8Array | null): void {
    this.#event = event;
    this.#binding = binding;
    this.#known = binding.known;
    this.#decided = decided;
    this.#number++;
  }

  /** One of a leaf's literals is in the event. */
  meet(leaf: number): void {
    this.#met[leaf] = this.#number;
  }

  /** A leaf is known to hold for the event. */
  prove(leaf: number): void {
    this.#outcomes[leaf] = this.#number * 2 + 1;
  }

  /** All values of a field, or of `EVERY_VALUE`, as text. */
  texts(field: number): readonly string[] {
    return textsOf(field === EVERY_VALUE ? this.#loadEveryValue() : this.#load(field));
  }

  /**
   * Whether a member's condition holds for the event. Where a hostile value makes a test run into a limit of the platform
   * (its stack, the length of its strings), the condition does not hold and that is counted; every other error is ours, and
   * a rule that silently never matches would be worse than no hunt: it is thrown as `MatchFailure`.
   */
  holds(member: number): boolean {
    try {
      return this.#holds(this.#group.members[member]!.tree);
    } catch (error) {
      const { rule } = this.#group.members[member]!;
      if (!(error instanceof RangeError)) throw new MatchFailure(rule, error);
      this.failures.set(rule, (this.failures.get(rule) ?? 0) + 1);
      return false;
    }
  }

  #holds(node: Node): boolean {
    switch (node.op) {
      case 'leaf':
        return this.#leafHolds(node.leaf);
      case 'and': {
        const nodes = node.nodes;
        for (let i = 0; i < nodes.length; i++) if (!this.#holds(nodes[i]!)) return false;
        return true;
      }
      case 'or': {
        const nodes = node.nodes;
        for (let i = 0; i < nodes.length; i++) if (this.#holds(nodes[i]!)) return true;
        return false;
      }
      case 'not':
        return !this.#holds(node.nodes[0]!);
      case 'true':
        return true;
      case 'false':
        return false;
    }
  }

  #leafHolds(id: number): boolean {
    const known = this.#known[id]!;
    if (known !== UNKNOWN) return known === TRUE;
    const base = this.#number * 2;
    const outcome = this.#outcomes[id]!;
    if (outcome >= base) return outcome > base;
    if (this.#decided !== null) {
      const decided = this.#decided[id]!;
      if (decided === DECIDED || (decided === NEEDED && this.#met[id] !== this.#number)) return false;
    }
    const holds = this.#ask(this.#leaves[id]!);
    this.#outcomes[id] = holds ? base + 1 : base;
    return holds;
  }

  #ask(leaf: Leaf): boolean {
    const memo = leaf.field === EVERY_VALUE ? this.#loadEveryValue() : this.#load(leaf.field);
    switch (leaf.kind) {
      case 'null':
        return memo.count === 0;
      case 'exists':
        return leaf.test.kind === 'exists' && memo.count > 0 === leaf.test.present;
      case 'fieldref':
        return this.#refers(leaf, memo);
      case 'folded':
        if (memo.count === 1) {
          memo.folded ??= fold(memo.raw);
          return leaf.passes(memo.folded);
        }
        memo.foldedTexts ??= memo.texts.map(fold);
        return memo.foldedTexts.some(leaf.passes);
      case 'address':
        if (memo.count !== 1) return memo.texts.some(leaf.passes);
        if (memo.address === undefined) memo.address = parseAddress(memo.raw);
        return memo.address !== null && leaf.network !== null && inNetwork(memo.address, leaf.network);
      case 'regex':
        if (memo.count !== 1) return memo.texts.some(leaf.passes);
        memo.folded ??= fold(memo.raw);
        return leaf.search(memo.raw, memo.folded);
      case 'raw':
        return memo.count === 1 ? leaf.passes(memo.raw) : memo.texts.some(leaf.passes);
    }
  }

  #refers(leaf: Leaf, memo: FieldMemo): boolean {
    const { test } = leaf;
    if (test.kind !== 'fieldref') return false;
    const texts = textsOf(memo);
    const others = textsOf(this.#load(leaf.other));
    return texts.some(text => others.some(other => refersTo(test, text, other)));
  }

  #load(field: number): FieldMemo {
    const memo = this.#fields[field]!;
    if (memo.event === this.#number) return memo;
    memo.folded = null;
    memo.foldedTexts = null;
    memo.address = undefined;
    const access = this.#binding.access[field]!;
    const event = this.#event;
    switch (access.kind) {
      case 'slot': {
        const type = event.types[access.slot]!;
        if (type === ValueType.Null) {
          fill(memo, noTexts);
        } else if (type < ValueType.Array) {
          memo.count = 1;
          memo.raw = slotText(event, access.slot)!;
        } else {
          fill(memo, slotTexts(event, access.slot));
        }
        break;
      }
      case 'constant':
        memo.count = 1;
        memo.raw = access.text;
        break;
      case 'several':
      case 'provider':
      case 'derived':
        fill(memo, accessTexts(event, access));
        break;
      case 'absent':
        fill(memo, noTexts);
        break;
    }
    // Last: what could not be loaded is not there for the next rule that asks.
    memo.event = this.#number;
    return memo;
  }

  /** All values but the constants, which were looked at when binding. */
  #loadEveryValue(): FieldMemo {
    const memo = this.#everyValue;
    if (memo.event === this.#number) return memo;
    const texts: string[] = [];
    for (const ref of this.#binding.everyValue) texts.push(...refTexts(this.#event, ref));
    memo.folded = null;
    memo.foldedTexts = null;
    memo.address = undefined;
    fill(memo, texts);
    memo.event = this.#number;
    return memo;
  }
}

function fill(memo: FieldMemo, texts: readonly string[]): void {
  memo.count = texts.length;
  memo.texts = texts;
  if (texts.length === 1) memo.raw = texts[0]!;
}

function textsOf(memo: FieldMemo): readonly string[] {
  return memo.count === 1 ? [memo.raw] : memo.count === 0 ? noTexts : memo.texts;
}
