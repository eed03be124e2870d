/**
 * The matcher: routes an event to the few rules that could hold, and evaluates those that are left.
 *
 * Everything that an event's kind decides is done once per kind and found again by `kind.id`: which rules its
 * channel and event id concern (`plan/variants.ts`), which of them its shape rules out (`plan/bind.ts`). Kinds
 * that differ only in what no rule asks for share that work.
 */
import type { View } from '../know/logsources/index.ts';
import type { Plan, Rule } from '../know/sigma/index.ts';
import {
  type EventKind,
  fixedSizes,
  fold,
  type LazyEvent,
  PROVIDER_FIELD,
  type Shape,
  soleSlot,
  ValueType,
  withoutMark,
} from '../read/events/index.ts';
import { Activity } from './activity.ts';
import type { Settled } from './plan/access.ts';
import { bindGroup } from './plan/bind.ts';
import { type BoundGroup, GroupMatcher } from './plan/group-matcher.ts';
import { type Variant, Variants } from './plan/variants.ts';
import type { EventMatcher, RuleActivity } from './types.ts';

/** The rules of one view for a channel and event id. */
type Section = { readonly view: View | null; readonly matcher: GroupMatcher };

/** What to do with the events of a kind. */
type Program = {
  readonly parts: readonly BoundGroup[];
  /** The slot that must read as the kind's event id, -1 where the shape settles that. */
  readonly eventIdSlot: number;
  /** Bytes of the event id as UTF-16 text. */
  readonly eventIdSize: number;
  /** The slot that must be plain text for the provider to be the kind's, -1 where that doesn't matter. */
  readonly providerSlot: number;
};

/** Events of one channel and event id. */
type Place = {
  readonly sections: readonly Section[];
  /** By shape, then by provider where a rule asks for it. */
  readonly programs: Map<Shape, Map<string, Program>>;
};

/** Key of the program for events whose header does not read as their kind says; no provider has that name. */
const UNSETTLED = '\0?';

const EVENT_ID = 'EventID';
const nothing: Settled = new Map();

export type MatcherOptions = {
  /**
   * Events of a kind that are evaluated in full before a prefilter is built for it. Building one pays after some ten
   * events; `Infinity` never builds one, which is slow and finds the same.
   */
  readonly firstEvents?: number;
  /** By rule: 1 where the rule may also ask for the normal form of command lines; see `normal-form.ts`. */
  readonly normal?: Uint8Array;
};

const FIRST_EVENTS = 8;

export class Matcher implements EventMatcher {
  hits: Uint32Array = new Uint32Array(64);
  /** All zero: events are matched as they are given. */
  forms: Uint8Array = new Uint8Array(64);
  readonly #firstEvents: number;
  readonly #variants: Variants;
  readonly #activity: Activity;
  /** By kind id. */
  readonly #kinds: (EventKind | undefined)[] = [];
  readonly #programs: (Program | undefined)[] = [];
  /** For events whose header doesn't read as their kind says; by kind id. */
  readonly #plainPrograms: (Program | undefined)[] = [];
  /** Channel as written → event id → what concerns such events. */
  readonly #places = new Map<string, Map<number, Place>>();
  /** The same by folded channel: channels that differ in case share it. */
  readonly #foldedPlaces = new Map<string, Place>();
  /** By the rules that they match. */
  readonly #groups = new Map<string, GroupMatcher>();
  readonly #wheres = new Map<Plan, number>();

  constructor(rules: readonly Rule[], options: MatcherOptions) {
    this.#firstEvents = options.firstEvents ?? FIRST_EVENTS;
    this.#variants = new Variants(rules);
    this.#activity = new Activity(rules, this.#variants);
  }

  match(event: LazyEvent): number {
    const kind = event.kind;
    let program = this.#kinds[kind.id] === kind ? this.#programs[kind.id]! : this.#programOf(kind);
    if (!readsAsItsKind(event, program)) program = this.#plainProgramOf(kind);
    const { parts } = program;
    let count = 0;
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i]!;
      count = part.matcher.match(event, part, this, count);
    }
    return count > 1 ? this.#sort(count) : count;
  }

  activity(): readonly RuleActivity[] {
    const failed = new Map<number, number>();
    for (const { failures } of this.#groups.values()) {
      for (const [rule, count] of failures) failed.set(rule, (failed.get(rule) ?? 0) + count);
    }
    return this.#activity.result(failed);
  }

  /** Room for `size` hits; keeps those found. */
  grow(size: number): void {
    if (size <= this.hits.length) return;
    const hits = new Uint32Array(Math.max(size, this.hits.length * 2));
    hits.set(this.hits);
    this.hits = hits;
    this.forms = new Uint8Array(hits.length);
  }

  /** True if some rule could hold for events of the kind. */
  concerns(kind: EventKind): boolean {
    return this.#programOf(kind).parts.length > 0 || this.#plainProgramOf(kind).parts.length > 0;
  }

  /** Puts the hits in order and each once: a rule may hold by several of its routes. */
  #sort(count: number): number {
    const hits = this.hits;
    for (let i = 1; i < count; i++) {
      const hit = hits[i]!;
      let at = i - 1;
      while (at >= 0 && hits[at]! > hit) {
        hits[at + 1] = hits[at]!;
        at--;
      }
      hits[at + 1] = hit;
    }
    let kept = 1;
    for (let i = 1; i < count; i++) if (hits[i] !== hits[i - 1]) hits[kept++] = hits[i]!;
    return kept;
  }

  #programOf(kind: EventKind): Program {
    const program = this.#sharedProgram(kind, true);
    this.#kinds[kind.id] = kind;
    this.#programs[kind.id] = program;
    this.#plainPrograms[kind.id] = undefined;
    return program;
  }

  #plainProgramOf(kind: EventKind): Program {
    let program = this.#plainPrograms[kind.id];
    if (program === undefined) {
      program = this.#sharedProgram(kind, false);
      this.#plainPrograms[kind.id] = program;
    }
    return program;
  }

  /** The program of a kind. `settle`: its event id and provider are taken as known. */
  #sharedProgram(kind: EventKind, settle: boolean): Program {
    const { shape, channel, eventId, provider } = kind;
    const place = this.#placeOf(channel, eventId);
    const sections = settle ? place.sections : this.#sectionsOf(channel, eventId, false);
    const settled = settle ? settledBy(kind) : nothing;
    const asksProvider =
      settled.has(PROVIDER_FIELD) &&
      sections.some(({ matcher }) => matcher.group.fieldIndex(PROVIDER_FIELD) >= 0);
    let programs = place.programs.get(shape);
    if (programs === undefined) {
      programs = new Map();
      place.programs.set(shape, programs);
    }
    const key = settle ? (asksProvider ? provider : '') : UNSETTLED;
    let program = programs.get(key);
    if (program === undefined) {
      program = this.#bind(kind, sections, settled, asksProvider);
      programs.set(key, program);
    }
    return program;
  }

  #bind(kind: EventKind, sections: readonly Section[], settled: Settled, asksProvider: boolean): Program {
    const { shape, channel, eventId } = kind;
    const parts = sections.map(
      ({ matcher, view }): BoundGroup => ({
        matcher,
        binding: bindGroup(matcher.group, view, shape, settled),
        plan: null,
      }),
    );
    for (const { binding } of parts) this.#activity.bound(binding, channel, eventId);
    return {
      parts: parts.filter(({ binding }) => binding.alive.length > 0),
      eventIdSlot: settled.has(EVENT_ID) ? slotOf(shape, EVENT_ID) : -1,
      eventIdSize: digitsOf(eventId) * 2,
      providerSlot: asksProvider ? slotOf(shape, PROVIDER_FIELD) : -1,
    };
  }

  #placeOf(channel: string, eventId: number): Place {
    let places = this.#places.get(channel);
    if (places === undefined) {
      places = new Map();
      this.#places.set(channel, places);
    }
    let place = places.get(eventId);
    if (place === undefined) {
      const key = `${eventId}\0${fold(channel)}`;
      place = this.#foldedPlaces.get(key) ?? {
        sections: this.#sectionsOf(channel, eventId, true),
        programs: new Map(),
      };
      this.#foldedPlaces.set(key, place);
      places.set(eventId, place);
      this.#activity.offer(channel, eventId);
    }
    return place;
  }

  #sectionsOf(channel: string, eventId: number, settled: boolean): readonly Section[] {
    const lists = this.#variants.concerning(channel, eventId, settled);
    return lists.flatMap(list => this.#sectionsOfList(list));
  }

  #sectionsOfList(variants: readonly Variant[]): Section[] {
    const byView = new Map<View | null, Variant[]>();
    for (const variant of variants) {
      const list = byView.get(variant.view);
      if (list === undefined) byView.set(variant.view, [variant]);
      else list.push(variant);
    }
    return [...byView].map(([view, list]) => ({ view, matcher: this.#groupOf(list) }));
  }

  /** The matcher for these variants: the same rules under another view have the same one. */
  #groupOf(variants: readonly Variant[]): GroupMatcher {
    const key = variants
      .map(({ rule, where }) => (where === null ? rule : `${rule}/${this.#whereId(where)}`))
      .join();
    let group = this.#groups.get(key);
    if (group === undefined) {
      group = new GroupMatcher(variants, this.#firstEvents);
      this.#groups.set(key, group);
    }
    return group;
  }

  #whereId(where: Plan): number {
    let id = this.#wheres.get(where);
    if (id === undefined) {
      id = this.#wheres.size;
      this.#wheres.set(where, id);
    }
    return id;
  }
}

/** What an event's kind says of its fields. Only System's own are meant. */
function settledBy({ shape, eventId, provider }: EventKind): Settled {
  const settled = new Map<string, string>();
  if (eventId >= 0 && isPlainHeader(shape, EVENT_ID)) settled.set(EVENT_ID, String(eventId));
  if (provider !== '' && isPlainHeader(shape, PROVIDER_FIELD)) {
    settled.set(PROVIDER_FIELD, withoutMark(provider));
  }
  return settled;
}

/** True if the field is one value of System. */
function isPlainHeader(shape: Shape, name: string): boolean {
  const field = shape.byName.get(name);
  return (
    field !== undefined &&
    field.section === 'System' &&
    field.values.length === 1 &&
    field.values[0]!.kind !== 'joined'
  );
}

function slotOf(shape: Shape, name: string): number {
  const field = shape.byName.get(name);
  return field === undefined ? -1 : soleSlot(field);
}

/** Digits of a whole number that is not negative. */
function digitsOf(value: number): number {
  return String(value).length;
}

/**
 * True if the event's id and provider have the text that their kind says. A whole number has one text; a text may
 * have blanks or zeros around the number, and a list has more than one value.
 */
function readsAsItsKind(event: LazyEvent, program: Program): boolean {
  const { eventIdSlot, providerSlot } = program;
  if (eventIdSlot >= 0) {
    const type = event.types[eventIdSlot]!;
    if (type === ValueType.String) {
      if (event.sizes[eventIdSlot] !== program.eventIdSize) return false;
    } else if (
      type < ValueType.Int8 ||
      type > ValueType.UInt64 ||
      event.sizes[eventIdSlot] !== fixedSizes[type]
    ) {
      return false;
    }
  }
  return providerSlot < 0 || event.types[providerSlot] === ValueType.String;
}
