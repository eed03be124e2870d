/**
 * Matches some rules a second time, on the normal form of an event's command lines: a rule of ours is written for what a
 * command does, whatever quotes, carets and abbreviations it came in. Rules of others see events only as they were
 * written, and so does everything that looks at an event after matching.
 *
 * An event whose command line is not plain already is copied with each command line's slot replaced, under the same shape
 * and kind, and goes through a matcher that holds only the rules that may ask; so the index of literals covers both forms.
 * A rule holds if it holds for either form. That goes for `not` too: a filter that excludes the command as it was written
 * does not exclude a rule that holds for its normal form.
 *
 * Cost: nothing on the path of events without a command line but one look into a table by kind; for a process start that
 * is not plain the normal form (about a microsecond), the copy of its values and the second match.
 */
import type { Plan, Rule } from '../know/sigma/index.ts';
import {
  type EventKind,
  isPlainLine,
  LazyEvent,
  normalCommandLine,
  type Shape,
  slotText,
  soleSlot,
  ValueType,
} from '../read/events/index.ts';
import { commandLineFields } from './command-lines.ts';
import { Matcher, type MatcherOptions } from './matcher.ts';
import type { EventMatcher, RuleActivity } from './types.ts';

/** Bytes between two values of an event that are cheaper copied than passed over. */
const NEAR = 64;

/** What of `forms` says that only the normal form of the event matched. */
const NORMAL = 1;

/** The fields whose normal form could decide about a plan otherwise than what was written; keywords ask all of them. */
export function askedCommandLines(plan: Plan): readonly string[] {
  switch (plan.op) {
    case 'true':
    case 'false':
      return [];
    case 'keyword':
      return [...commandLineFields];
    case 'field':
      return [plan.field, ...(plan.test.kind === 'fieldref' ? [plan.test.field] : [])].filter(field =>
        commandLineFields.has(field),
      );
    case 'not':
    case 'named':
      return askedCommandLines(plan.node);
    case 'and':
    case 'or':
      return plan.nodes.flatMap(askedCommandLines);
  }
}

export class NormalFormMatcher implements EventMatcher {
  hits: Uint32Array;
  forms: Uint8Array;
  readonly #written: Matcher;
  readonly #normal: Matcher;
  /** By index in the inner matcher: the rule; ascending. */
  readonly #rules: Uint32Array;
  /** Fields of which some rule asks for the normal form. */
  readonly #asked: ReadonlySet<string>;
  readonly #derived = new DerivedEvent();
  /** By kind id: the slots of its command lines; empty where no rule could ask for their normal form. */
  readonly #kinds: (EventKind | undefined)[] = [];
  readonly #slots: (readonly number[] | undefined)[] = [];
  #mergedHits: Uint32Array = new Uint32Array(64);
  #mergedForms: Uint8Array = new Uint8Array(64);

  /** `chosen`: indices of the rules that may ask for the normal form, ascending. */
  constructor(rules: readonly Rule[], chosen: readonly number[], options: MatcherOptions) {
    this.#written = new Matcher(rules, options);
    this.#normal = new Matcher(
      chosen.map(index => rules[index]!),
      options,
    );
    this.#rules = Uint32Array.from(chosen);
    this.#asked = new Set(chosen.flatMap(index => askedCommandLines(rules[index]!.plan)));
    this.hits = this.#written.hits;
    this.forms = this.#written.forms;
  }

  match(event: LazyEvent): number {
    const count = this.#written.match(event);
    this.hits = this.#written.hits;
    this.forms = this.#written.forms;
    const { kind } = event;
    const slots = this.#kinds[kind.id] === kind ? this.#slots[kind.id]! : this.#slotsOf(kind);
    if (slots.length === 0 || !this.#derived.derive(event, slots)) return count;
    const found = this.#normal.match(this.#derived.event);
    return found === 0 ? count : this.#merge(count, found);
  }

  /** Which events a rule was offered is the same for both forms; what could not be evaluated is not. */
  activity(): readonly RuleActivity[] {
    const failed = new Map<number, number>();
    for (const [index, { failed: times }] of this.#normal.activity().entries()) {
      if (times !== undefined) failed.set(this.#rules[index]!, times);
    }
    return this.#written.activity().map((activity, rule) => {
      const more = failed.get(rule);
      return more === undefined ? activity : { ...activity, failed: (activity.failed ?? 0) + more };
    });
  }

  #slotsOf(kind: EventKind): readonly number[] {
    const lines = commandLineSlots(kind.shape, this.#asked);
    const slots = lines.length > 0 && this.#normal.concerns(kind) ? lines : [];
    this.#kinds[kind.id] = kind;
    this.#slots[kind.id] = slots;
    return slots;
  }

  /** Puts the hits of both matchers into one ascending list. */
  #merge(count: number, found: number): number {
    const [written, normal] = [this.#written.hits, this.#normal.hits];
    if (count + found > this.#mergedHits.length) {
      this.#mergedHits = new Uint32Array((count + found) * 2);
      this.#mergedForms = new Uint8Array((count + found) * 2);
    }
    const [hits, forms] = [this.#mergedHits, this.#mergedForms];
    let [i, j, kept] = [0, 0, 0];
    while (i < count || j < found) {
      const one = i < count ? written[i]! : Number.POSITIVE_INFINITY;
      const other = j < found ? this.#rules[normal[j]!]! : Number.POSITIVE_INFINITY;
      if (one <= other) i++;
      if (other <= one) j++;
      hits[kept] = Math.min(one, other);
      forms[kept++] = one <= other ? 0 : NORMAL;
    }
    this.hits = hits;
    this.forms = forms;
    return kept;
  }
}

/** Slots that alone hold a command line of which somebody asks for the normal form. */
function commandLineSlots(shape: Shape, asked: ReadonlySet<string>): number[] {
  return shape.fields
    .filter(field => field.section !== 'System' && asked.has(field.name))
    .map(soleSlot)
    .filter(slot => slot >= 0);
}

/** A copy of an event with the normal form of its command lines. */
class DerivedEvent {
  readonly event: LazyEvent = new LazyEvent();
  #room: Buffer = Buffer.alloc(16_384);
  #used = 0;

  /** Copies `event` where a command line in `slots` has another normal form; false where none has. */
  derive(event: LazyEvent, slots: readonly number[]): boolean {
    let changed = false;
    for (let i = 0; i < slots.length; i++) {
      const slot = slots[i]!;
      const line = changedLine(event, slot);
      if (line === undefined) continue;
      if (!changed) this.#copy(event);
      changed = true;
      this.#replace(slot, line);
    }
    return changed;
  }

  #copy(from: LazyEvent): void {
    const { event } = this;
    const count = from.shape.slotCount;
    event.reserve(count);
    event.shape = from.shape;
    event.kind = from.kind;
    event.micros = from.micros;
    event.recordId = from.recordId;
    event.recordNumber = from.recordNumber;
    event.recordOffset = from.recordOffset;
    event.salvaged = from.salvaged;
    // Most values of a record lie side by side: one copy of such a run is cheaper than one of each.
    this.#used = 0;
    let start = 0;
    let end = -1;
    for (let slot = 0; slot < count; slot++) {
      const type = from.types[slot]!;
      const size = type === ValueType.Null ? 0 : from.sizes[slot]!;
      const at = from.offsets[slot]!;
      event.types[slot] = type;
      event.sizes[slot] = size;
      if (size > 0 && (at < start || at > end + NEAR)) {
        this.#take(from.bytes, start, end);
        start = at;
        end = at;
      }
      if (size > 0 && at + size > end) end = at + size;
      event.offsets[slot] = size > 0 ? this.#used + at - start : 0;
    }
    this.#take(from.bytes, start, end);
    event.bytes = this.#room;
  }

  #take(bytes: Buffer, start: number, end: number): void {
    if (end <= start) return;
    this.#reserve(this.#used + end - start);
    bytes.copy(this.#room, this.#used, start, end);
    this.#used += end - start;
  }

  #replace(slot: number, line: string): void {
    const { event } = this;
    const size = line.length * 2;
    this.#reserve(this.#used + size);
    this.#room.write(line, this.#used, 'utf16le');
    event.bytes = this.#room;
    event.offsets[slot] = this.#used;
    event.sizes[slot] = size;
    event.types[slot] = ValueType.String;
    this.#used += size;
  }

  #reserve(size: number): void {
    if (size <= this.#room.length) return;
    const room = Buffer.alloc(size * 2);
    this.#room.copy(room, 0, 0, this.#used);
    this.#room = room;
  }
}

/** The normal form of the command line in a slot; undefined where it is one already, or no text. */
function changedLine(event: LazyEvent, slot: number): string | undefined {
  const type = event.types[slot]!;
  const width =
    type === ValueType.String ? 2 : type === ValueType.Utf8 || type === ValueType.AnsiString ? 1 : 0;
  if (width === 0) return undefined;
  const start = event.offsets[slot]!;
  if (isPlainLine(event.bytes, start, event.sizes[slot]!, width)) return undefined;
  const written = slotText(event, slot)!;
  const line = normalCommandLine(written);
  return line === written ? undefined : line;
}
