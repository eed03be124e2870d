/**
 * `temporal_ordered` with an expression, read along time. Each window asks its expression once, and each rule in it
 * looks up its next hit: the positions of every rule lie sorted in one column, and the place where a rule was found
 * last is nearly always the place, or one before the place, where the next window finds it. At worst hits × rules in
 * the expression × log hits.
 */
import type { Occurrence } from '../../know/sigma/index.ts';
import type { Stream } from './stream.ts';
import type { Family, Window } from './window.ts';

export const orderedOccurrence: Family = ({ rules, condition }, stream) => {
  const places = new Places(rules, stream);
  return () => new Reaching(condition.occurrence!, places, stream);
};

/**
 * Positions by rule, ascending. Groups follow each other in a stream, so what is sorted in one is sorted over all.
 */
class Places {
  /** Of each rule the first index into `positions`, and behind the last rule the length. */
  readonly starts: Uint32Array;
  readonly positions: Uint32Array;
  /** By position: the first position of equal time in the group. */
  readonly moment: Uint32Array;

  constructor(rules: number, { rule, micros, starts, length }: Stream) {
    this.starts = new Uint32Array(rules + 1);
    this.positions = new Uint32Array(length);
    this.moment = new Uint32Array(length);
    for (let position = 0; position < length; position++) this.starts[rule[position]! + 1]!++;
    for (let each = 0; each < rules; each++) this.starts[each + 1]! += this.starts[each]!;
    const next = this.starts.slice();
    for (let position = 0; position < length; position++) this.positions[next[rule[position]!]!++] = position;
    for (let group = 0; group + 1 < starts.length; group++) {
      let moment = starts[group]!;
      for (let position = moment; position < starts[group + 1]!; position++) {
        if (micros[position] !== micros[moment]) moment = position;
        this.moment[position] = moment;
      }
    }
  }

  /** Index into `positions` of the first hit of `rule` at `from` or later; `hint` is where it may be. */
  find(rule: number, from: number, hint: number): number {
    const start = this.starts[rule]!;
    const end = this.starts[rule + 1]!;
    for (let index = hint; index <= hint + 1 && index <= end; index++) {
      const after = index === end || this.positions[index]! >= from;
      if (after && (index === start || this.positions[index - 1]! < from)) return index;
    }
    let low = start;
    let high = end;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.positions[middle]! < from) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const never = 0xffffffff;

class Reaching implements Window {
  readonly #reach: Reach;
  readonly #rule: Uint32Array;
  readonly #span: Span = { first: 0, end: 0 };

  constructor(expression: Occurrence, places: Places, { rule }: Stream) {
    this.#reach = compile(expression, places, this.#span);
    this.#rule = rule;
  }

  enter(from: number, to: number): void {
    if (this.#span.first >= this.#span.end) this.#span.first = from;
    this.#span.end = to;
  }

  leave(_from: number, to: number): void {
    this.#span.first = to;
  }

  holds(): boolean {
    return this.#reach(this.#span.first) !== never;
  }

  measure(): number {
    return new Set(this.#rule.subarray(this.#span.first, this.#span.end)).size;
  }
}

/** What is inside the window. */
type Span = { first: number; end: number };

/** The moment (its first position), not before the one given, at which something is reached; `never` if it is not. */
type Reach = (from: number) => number;

function compile(node: Occurrence, places: Places, span: Span): Reach {
  switch (node.op) {
    case 'rule':
      return rule(node.rule, places, span);
    case 'not': {
      const inner = compile(node.node, places, span);
      return from => (inner(span.first) === never ? from : never);
    }
    case 'and': {
      const parts = node.nodes.map(part => compile(part, places, span));
      return from => {
        let moment = from;
        for (let i = 0; i < parts.length && moment !== never; i++) moment = parts[i]!(moment);
        return moment;
      };
    }
    case 'or': {
      const parts = node.nodes.map(part => compile(part, places, span));
      return from => {
        let earliest = never;
        for (let i = 0; i < parts.length && earliest > from; i++) {
          const moment = parts[i]!(from);
          if (moment < earliest) earliest = moment;
        }
        return earliest;
      };
    }
  }
}

function rule(number: number, places: Places, span: Span): Reach {
  const end = places.starts[number + 1]!;
  let hint = places.starts[number]!;
  return from => {
    hint = places.find(number, from, hint);
    if (hint === end) return never;
    const position = places.positions[hint]!;
    return position < span.end ? places.moment[position]! : never;
  };
}
