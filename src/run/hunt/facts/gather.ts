/**
 * Puts together what all workers kept: the findings that are evidence, each with its fact, and the facts that may link
 * them. In the order of findings, then of rules, then of firings, whatever the number of workers.
 *
 * A correlation gives one finding for each event behind it, because it is events that are linked, shown and counted.
 * Events that stand in the input twice are still there twice. Memory: about 20 bytes for each finding that is looked at,
 * and an object for each that is given.
 */
import { type Fact, type FactSource, StoredFacts } from '../../../read/entities/index.ts';
import type { Collected } from '../collector.ts';
import { type Ordered, orderParts } from '../merged.ts';
import { orderByTime } from '../order.ts';
import { readFactFile } from './fact-file.ts';
import type { Evidence } from './keeper.ts';

/** One event that is evidence, by one rule or one firing of a correlation. */
export type FoundEvidence = {
  /** Index in `selected.reported`. */
  readonly rule: number;
  readonly form: 'written' | 'normal';
  /** Shared by all that the event is evidence of. */
  readonly fact: Fact;
  /** Masked already. */
  readonly example: string;
  /** Present for a correlation: which of all firings. */
  readonly firing?: number;
};

export type Gathered = {
  readonly findings: readonly FoundEvidence[];
  readonly facts: FactSource;
  /** Every host's name in the logs, as written, sorted. */
  readonly hosts: readonly string[];
  /** Findings that are not given: beyond the cap, or without a fact because the disk was full. */
  readonly dropped: number;
};

/** The events behind a firing of a correlation. */
export type FiredEvents = {
  /** Index in `selected.reported`. */
  readonly rule: number;
  /** By event: index among the references of all parts, and the base rule. An event of two base rules stands twice. */
  readonly references: Uint32Array;
  readonly rules: Uint32Array;
};

/** Findings given at most: what an analyst or a judgement can still take in. */
export const MOST_EVIDENCE = 250_000;

export type GatherOptions = {
  /** As `wantedEvidence` gives it. */
  readonly wanted: Uint8Array;
  readonly firings: readonly FiredEvents[];
  /** As `orderParts` gives it for these parts. */
  readonly ordered?: Ordered;
  readonly most?: number;
};

/** `parts` are what workers collected; parts without facts (of correlations) have nothing to add. */
export function gatherEvidence(parts: readonly Collected[], options: GatherOptions): Gathered {
  const ordered = options.ordered ?? orderParts(parts);
  const events = new Events(parts, ordered);
  const candidates = candidatesOf(events, options);
  const { chosen, dropped } = choose(candidates, options.most ?? MOST_EVIDENCE);
  const needed = new Uint8Array(events.length);
  for (const at of chosen) needed[candidates.event[at]!] = 1;
  const { facts, examples } = events.read(needed);
  const findings: FoundEvidence[] = [];
  for (const at of chosen) {
    const fact = facts[candidates.event[at]!];
    if (fact === undefined) continue;
    const firing = candidates.firing[at]!;
    findings.push({
      rule: candidates.rule[at]!,
      form: candidates.form[at] === 1 ? 'normal' : 'written',
      fact,
      example: examples[candidates.event[at]!]!,
      ...(firing < 0 ? {} : { firing }),
    });
  }
  return {
    findings,
    facts: storedFacts(parts, observed => observed.facts),
    hosts: hostsOf(parts),
    dropped: dropped + chosen.length - findings.length,
  };
}

function storedFacts(
  parts: readonly Collected[],
  of: (observed: NonNullable<Collected['observed']>) => Evidence['facts'],
): StoredFacts {
  return new StoredFacts(
    parts.flatMap(({ observed, channels }) =>
      observed === null
        ? []
        : [
            {
              kinds: channels,
              facts: of(observed),
              read: (position: number, into: Uint8Array) => readFactFile(observed.fd, position, into),
            },
          ],
    ),
  );
}

function hostsOf(parts: readonly Collected[]): string[] {
  const hosts = new Set<string>();
  for (const { channels } of parts) {
    for (const { host, events } of channels) if (events > 0 && host !== '') hosts.add(host);
  }
  return [...hosts].sort();
}

/** The events of all parts that are evidence, one part behind the other. */
class Events {
  readonly length: number;
  /** By event: its place in the order of findings. */
  readonly place: Uint32Array;
  /** By event: where its hits begin in `rule` and `form`; one entry more for the end. */
  readonly start: Uint32Array;
  readonly rule: Uint32Array;
  readonly form: Uint8Array;
  readonly #parts: readonly Collected[];
  /** By reference: its event, -1 = none. */
  readonly #eventOf: Int32Array;
  /** First event of each part that has any. */
  readonly #first: readonly number[];

  constructor(parts: readonly Collected[], { references, order }: Ordered) {
    this.#parts = parts;
    const each = parts.flatMap(({ observed }) => (observed === null ? [] : [observed.evidence]));
    const sum = (of: (evidence: Evidence) => number): number => each.reduce((all, one) => all + of(one), 0);
    this.length = sum(({ reference }) => reference.length);
    const hits = sum(({ rule }) => rule.length);
    this.place = new Uint32Array(this.length);
    this.start = new Uint32Array(this.length + 1);
    this.rule = new Uint32Array(hits);
    this.form = new Uint8Array(hits);
    this.#eventOf = new Int32Array(references.length).fill(-1);
    const places = new Uint32Array(references.length);
    for (let i = 0; i < order.length; i++) places[order[i]!] = i;
    const first: number[] = [];
    let event = 0;
    let hit = 0;
    let reference = 0;
    for (const { observed, references: own } of parts) {
      if (observed !== null) {
        first.push(event);
        const { evidence } = observed;
        this.rule.set(evidence.rule, hit);
        this.form.set(evidence.form, hit);
        for (let i = 0; i < evidence.reference.length; i++, event++) {
          const at = reference + evidence.reference[i]!;
          this.place[event] = places[at]!;
          this.#eventOf[at] = event;
          this.start[event + 1] = hit + evidence.end[i]!;
        }
        hit += evidence.rule.length;
      }
      reference += own.length;
    }
    this.#first = first;
  }

  /** The event that a reference stands for; -1 where it is no evidence. */
  eventOf(reference: number): number {
    return this.#eventOf[reference]!;
  }

  formOf(event: number, rule: number): number {
    for (let hit = this.start[event]!; hit < this.start[event + 1]!; hit++) {
      if (this.rule[hit] === rule) return this.form[hit]!;
    }
    return 0;
  }

  /** By event, of those that are needed: fact and example; absent where the fact was dropped. */
  read(needed: Uint8Array): { facts: (Fact | undefined)[]; examples: (string | undefined)[] } {
    const facts = new Array<Fact | undefined>(this.length).fill(undefined);
    const examples = new Array<string | undefined>(this.length).fill(undefined);
    const stored = storedFacts(this.#parts, observed => observed.evidence.facts);
    this.#first.forEach((first, part) => {
      stored.scanPart(part, fact => {
        const event = first + fact.index;
        if (needed[event] !== 1) return;
        facts[event] = fact.keep();
        examples[event] = fact.example;
      });
    });
    return { facts, examples };
  }
}

/** What could be given, in order. */
type Candidates = {
  readonly length: number;
  readonly event: Uint32Array;
  readonly rule: Uint32Array;
  readonly form: Uint8Array;
  /** -1 = of a rule. */
  readonly firing: Int32Array;
};

function candidatesOf(events: Events, { wanted, firings }: GatherOptions): Candidates {
  let most = events.rule.length;
  for (const { references } of firings) most += references.length;
  const event = new Uint32Array(most);
  const rule = new Uint32Array(most);
  const form = new Uint8Array(most);
  const firing = new Int32Array(most).fill(-1);
  // Exact, as places and rules have fewer than 26 bits each.
  const keys = new Float64Array(most);
  let length = 0;
  const add = (at: number, of: number, formOf: number, fired: number): void => {
    event[length] = at;
    rule[length] = of;
    form[length] = formOf;
    firing[length] = fired;
    keys[length++] = events.place[at]! * 0x400_0000 + of;
  };
  for (let at = 0; at < events.length; at++) {
    for (let hit = events.start[at]!; hit < events.start[at + 1]!; hit++) {
      if (wanted[events.rule[hit]!] === 1) add(at, events.rule[hit]!, events.form[hit]!, -1);
    }
  }
  firings.forEach(({ rule: correlation, references, rules }, fired) => {
    const forms = new Map<number, number>();
    references.forEach((reference, i) => {
      const at = events.eventOf(reference);
      // As written, if one of the base rules matched it so.
      if (at >= 0) forms.set(at, Math.min(forms.get(at) ?? 1, events.formOf(at, rules[i]!)));
    });
    for (const [at, formOf] of forms) add(at, correlation, formOf, fired);
  });
  const order = orderByTime(keys, length);
  return {
    length,
    event: picked(event, order),
    rule: picked(rule, order),
    form: picked(form, order),
    firing: picked(firing, order),
  };
}

function picked<T extends Uint32Array | Int32Array | Uint8Array>(column: T, order: Uint32Array): T {
  const sorted = new (column.constructor as new (length: number) => T)(order.length);
  for (let i = 0; i < order.length; i++) sorted[i] = column[order[i]!]!;
  return sorted;
}

/**
 * Which candidates are given. Where there are too many, the rules with most findings lose theirs first, and of those the
 * latest: one noisy rule must not push out the single event that matters.
 */
function choose({ length, rule }: Candidates, most: number): { chosen: number[]; dropped: number } {
  const counts = new Map<number, number>();
  for (let i = 0; i < length; i++) counts.set(rule[i]!, (counts.get(rule[i]!) ?? 0) + 1);
  const limit = length <= most ? length : fairShare([...counts.values()], most);
  const given = new Map<number, number>();
  const chosen: number[] = [];
  for (let i = 0; i < length; i++) {
    const before = given.get(rule[i]!) ?? 0;
    if (before >= limit) continue;
    given.set(rule[i]!, before + 1);
    chosen.push(i);
  }
  return { chosen, dropped: length - chosen.length };
}

/** The largest number that each of `counts` can be cut down to so that they add up to no more than `most`. */
function fairShare(counts: readonly number[], most: number): number {
  let left = most;
  const sorted = [...counts].sort((a, b) => a - b);
  for (const [i, count] of sorted.entries()) {
    const share = Math.floor(left / (sorted.length - i));
    if (count > share) return share;
    left -= count;
  }
  return most;
}
