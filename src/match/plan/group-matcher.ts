/**
 * Matches events against one group of rules: finds the candidates by their literals, evaluates those. The first few
 * events are evaluated in full, because many kinds of event come only so often and a prefilter has to be built.
 */
import { type LazyEvent, slotTexts, ValueType } from '../../read/events/index.ts';
import type { LiteralIndex } from '../literals/literal-index.ts';
import { isText, isWide } from '../literals/value-forms.ts';
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

/** A group's rules as bound to a shape; the plan is made when the group's prefilter is. */
export type BoundGroup = {
  readonly matcher: GroupMatcher;
  readonly binding: Binding;
  plan: ScanPlan | null;
};

export class GroupMatcher {
  readonly group: Group;
  readonly #evaluation: Evaluation;
  #prefilter: Prefilter | null = null;
  /** Events until the prefilter is built. */
  #countdown: number;
  /** By member: number of the event it was a candidate for. */
  readonly #chosenFor: Float64Array;
  readonly #candidates: Int32Array;
  #candidateCount = 0;
  #number = 0;

  /** `firstEvents`: how many events are evaluated in full before the prefilter is built. */
  constructor(variants: readonly Variant[], firstEvents: number) {
    this.group = new Group(variants);
    this.#evaluation = new Evaluation(this.group);
    const { length } = this.group.members;
    this.#countdown = firstEvents;
    this.#chosenFor = new Float64Array(length).fill(-1);
    this.#candidates = new Int32Array(length);
  }

  /** By rule: how often its condition could not be evaluated. */
  get failures(): ReadonlyMap<number, number> {
    return this.#evaluation.failures;
  }

  /** Writes the rules that hold behind the `count` hits there are; returns how many there are then. */
  match(event: LazyEvent, bound: BoundGroup, into: Hits, count: number): number {
    const { binding } = bound;
    if (this.#countdown > 0) {
      this.#countdown--;
      this.#evaluation.begin(event, binding, null);
      return this.#evaluate(binding.alive, binding.alive.length, into, count);
    }
    bound.plan ??= this.#planFor(binding);
    const { plan } = bound;
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

  #planFor(binding: Binding): ScanPlan {
    this.#prefilter ??= new Prefilter(this.group);
    return this.#prefilter.planFor(binding);
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
    const { index, slots } = scan;
    if (index.isLoose) {
      const found = index.scanSlots(event, slots);
      for (let i = 0; i < found; i++) this.#hit(index.found[i]!, plan);
      if (index.left)
        for (const slot of slots) if (!isWide(event.types[slot]!)) this.#scanSlot(scan, slot, event, plan);
    } else {
      for (const slot of slots) this.#scanSlot(scan, slot, event, plan);
    }
    if (scan.hasOthers) this.#scanTexts(index, this.#evaluation.texts(EVERY_VALUE), plan);
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
      const end = writeText(text);
      const found = index.scan(scratch, 0, end);
      for (let hit = 0; hit < found; hit++) this.#hit(index.found[hit]!, plan);
    }
  }

  #hit(payload: number, plan: ScanPlan): void {
    const leaf = payload >> 1;
    if ((payload & 1) === 1) this.#evaluation.prove(leaf);
    else this.#evaluation.meet(leaf);
    const members = this.#prefilter!.membersOf[leaf];
    if (members === undefined) return;
    for (let i = 0; i < members.length; i++) {
      const member = members[i]!;
      if (plan.open[member] === 0 || this.#chosenFor[member] === this.#number) continue;
      this.#chosenFor[member] = this.#number;
      this.#candidates[this.#candidateCount++] = member;
    }
  }
}

/** Where text that is not UTF-16LE already is written to be scanned. */
let scratch: Buffer = Buffer.alloc(4096);

/** Text of fewer characters is written faster here than by the platform. */
const SHORT = 40;

/** Writes `text` into `scratch` and returns its length in bytes. */
function writeText(text: string): number {
  const { length } = text;
  if (length * 2 > scratch.length) scratch = Buffer.alloc(length * 4);
  if (length > SHORT) return scratch.write(text, 0, 'utf16le');
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i);
    scratch[i * 2] = unit;
    scratch[i * 2 + 1] = unit >> 8;
  }
  return length * 2;
}
