/**
 * Matches events against one group of rules: finds the candidates by their literals, evaluates those. The first few
 * events are evaluated in full, because many kinds of event come only so often and a prefilter has to be built.
 */
import { type LazyEvent, slotTexts, ValueType } from '../../read/events/index.ts';
import type { LiteralIndex } from '../literals/literal-index.ts';
import type { Binding } from './bind.ts';
import { Evaluation } from './evaluation.ts';
import { EVERY_VALUE, Group } from './group.ts';
import { Prefilter, type Scan, type ScanPlan } from './prefilter.ts';
import type { Variant } from './variants.ts';

/** Takes the indices of the rules that hold. */
export interface Hits {
  hits: Uint32Array;
  /** Makes room for `size` hits, keeping those there are. */
  grow(size: number): void;
}

/** Events that a group sees before its prefilter is built. */
const FIRST_EVENTS = 8;

/** Groups with fewer members are evaluated in full. */
const FEW_MEMBERS = 3;

export class GroupMatcher {
  readonly group: Group;
  readonly #evaluation: Evaluation;
  readonly #plans = new Map<Binding, ScanPlan>();
  #lastBinding: Binding | null = null;
  #lastPlan!: ScanPlan;
  #prefilter: Prefilter | null = null;
  /** Events until the prefilter is built. */
  #countdown: number;
  /** By member: number of the event it was a candidate for. */
  readonly #chosenFor: Float64Array;
  readonly #candidates: Int32Array;
  #candidateCount = 0;
  #number = 0;

  /** `plain`: never build a prefilter. */
  constructor(variants: readonly Variant[], plain: boolean) {
    this.group = new Group(variants);
    this.#evaluation = new Evaluation(this.group);
    const { length } = this.group.members;
    this.#countdown = plain || (length < FEW_MEMBERS && !this.group.hasKeywords) ? Number.POSITIVE_INFINITY : FIRST_EVENTS;
    this.#chosenFor = new Float64Array(length).fill(-1);
    this.#candidates = new Int32Array(length);
  }

  /** Writes the rules that hold behind the `count` hits there are; returns how many there are then. */
  match(event: LazyEvent, binding: Binding, into: Hits, count: number): number {
    if (this.#countdown > 0) {
      this.#countdown--;
      this.#evaluation.begin(event, binding, null);
      return this.#evaluate(binding.alive, binding.alive.length, into, count);
    }
    const plan = binding === this.#lastBinding ? this.#lastPlan : this.#planOf(binding);
    this.#evaluation.begin(event, binding, plan.decided);
    this.#candidateCount = 0;
    this.#number++;
    for (let i = 0; i < plan.scans.length; i++) {
      const scan = plan.scans[i]!;
      if (scan.slot >= 0) this.#scanSlot(scan, scan.slot, event, plan);
      else if (scan.field === EVERY_VALUE) this.#scanEveryValue(scan, event, plan);
      else this.#scanTexts(scan.index, this.#evaluation.texts(scan.field), plan);
    }
    const found = this.#evaluate(plan.always, plan.always.length, into, count);
    return this.#evaluate(this.#candidates, this.#candidateCount, into, found);
  }

  #evaluate(members: ArrayLike<number>, length: number, into: Hits, count: number): number {
    let found = count;
    for (let i = 0; i < length; i++) {
      const member = members[i]!;
      if (!this.#evaluation.holds(member)) continue;
      if (found === into.hits.length) into.grow(found + 1);
      into.hits[found++] = this.group.members[member]!.rule;
    }
    return found;
  }

  #planOf(binding: Binding): ScanPlan {
    this.#prefilter ??= new Prefilter(this.group);
    let plan = this.#plans.get(binding);
    if (plan === undefined) {
      plan = this.#prefilter.planFor(binding);
      this.#plans.set(binding, plan);
    }
    this.#lastBinding = binding;
    this.#lastPlan = plan;
    return plan;
  }

  #scanSlot(scan: Scan, slot: number, event: LazyEvent, plan: ScanPlan): void {
    const type = event.types[slot]!;
    if (type === ValueType.String) {
      this.#scan(scan.index, event.bytes, event.offsets[slot]!, event.sizes[slot]!, plan);
    } else if (type !== ValueType.Null && (isText(type) || scan.index.fitsNumbers)) {
      this.#scanTexts(scan.index, slotTexts(event, slot), plan);
    }
  }

  #scanEveryValue(scan: Scan, event: LazyEvent, plan: ScanPlan): void {
    const { slots } = scan;
    for (let i = 0; i < slots.length; i++) this.#scanSlot(scan, slots[i]!, event, plan);
    if (scan.hasOthers) this.#scanTexts(scan.index, this.#evaluation.texts(EVERY_VALUE), plan);
  }

  /** Looks into UTF-16LE text of `size` bytes at `start`. */
  #scan(index: LiteralIndex, bytes: Uint8Array, start: number, size: number, plan: ScanPlan): void {
    let end = start + (size & ~1);
    while (end > start && bytes[end - 1] === 0 && bytes[end - 2] === 0) end -= 2;
    if (end - start < index.minLength * 2) return;
    const found = index.scan(bytes, start, end);
    for (let i = 0; i < found; i++) this.#hit(index.found[i]!, plan);
  }

  #scanTexts(index: LiteralIndex, texts: readonly string[], plan: ScanPlan): void {
    for (let i = 0; i < texts.length; i++) {
      const text = texts[i]!;
      if (text.length < index.minLength) continue;
      if (text.length * 2 > scratch.length) scratch = Buffer.allocUnsafe(text.length * 4);
      const end = scratch.write(text, 0, 'utf16le');
      const found = index.scan(scratch, 0, end);
      for (let hit = 0; hit < found; hit++) this.#hit(index.found[hit]!, plan);
    }
  }

  #hit(payload: number, plan: ScanPlan): void {
    const leaf = payload >> 1;
    if ((payload & 1) === 1) this.#evaluation.prove(leaf);
    const members = this.#prefilter!.membersOf[leaf]!;
    for (let i = 0; i < members.length; i++) {
      const member = members[i]!;
      if (plan.open[member] === 0 || this.#chosenFor[member] === this.#number) continue;
      this.#chosenFor[member] = this.#number;
      this.#candidates[this.#candidateCount++] = member;
    }
  }
}

/** True if a value of the type is text in the log itself, not only in print. */
function isText(type: number): boolean {
  const one = type & ~ValueType.Array;
  return one === ValueType.String || one === ValueType.AnsiString || one === ValueType.Utf8;
}

/** Where text that is not UTF-16LE already is written to be scanned. */
let scratch: Buffer = Buffer.allocUnsafe(4096);
