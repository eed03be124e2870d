/**
 * Can a condition come out either way? Its tests are taken as independent, and all their outcomes are tried at
 * once: a table of 2^n truth values, 32 to a machine word. A rule with more tests than a table has room for is
 * looked at by its search identifiers; that finds `selection and not selection`, which is how people get it wrong.
 *
 * The event id is no free variable: it is one number, and log sources say which. So each id that the rule or its
 * routes name is tried by itself, which shows a rule that asks a log source for an id it never has.
 *
 * Cost: at most 2^10 outcomes a node and id, 32 machine words.
 */
import type { Route } from '../logsources/index.ts';
import type { Plan } from '../sigma/index.ts';

/** Variables of a table. */
const MOST = 10;
const WORDS = 2 ** MOST / 32;

/** The outcome that a condition has on every event of its log source; null where it can be either. */
export function constantOutcome(plan: Plan, routes: readonly Route[]): boolean | null {
  const ids = new Set<string>();
  collectIds(plan, ids);
  const outcomes = new Set<boolean | null>();
  for (const { eventIds } of routes) {
    // An id that nobody names stands for all others.
    const candidates = eventIds?.map(String) ?? [...ids, ''];
    for (const id of candidates) outcomes.add(outcomeOn(plan, id));
    if (outcomes.has(null) || outcomes.size > 1) return null;
  }
  const [only = null] = outcomes;
  return only;
}

function outcomeOn(plan: Plan, id: string): boolean | null {
  const table = new Table(id);
  return table.outcome(plan, false) ?? table.outcome(plan, true);
}

/** The event ids that tests name, into `ids`. */
function collectIds(plan: Plan, ids: Set<string>): void {
  if (plan.op === 'and' || plan.op === 'or') for (const node of plan.nodes) collectIds(node, ids);
  else if (plan.op === 'not' || plan.op === 'named') collectIds(plan.node, ids);
  else if (plan.op === 'field' && plan.field === 'EventID' && plan.test.kind === 'text') {
    for (const pattern of plan.test.any) if (typeof pattern[0] === 'string') ids.add(pattern[0]);
  }
}

class Table {
  readonly #id: string;
  readonly #variables = new Map<string, number>();

  constructor(id: string) {
    this.#id = id;
  }

  /** The constant outcome, null where there is none or too many variables. `byName`: identifiers are variables. */
  outcome(plan: Plan, byName: boolean): boolean | null {
    this.#variables.clear();
    const values = this.#values(plan, byName);
    if (this.#variables.size > MOST) return null;
    return constant(values);
  }

  #values(plan: Plan, byName: boolean): Uint32Array {
    switch (plan.op) {
      case 'true':
        return filled(true);
      case 'false':
        return filled(false);
      case 'not':
        return this.#values(plan.node, byName).map(word => ~word);
      case 'and':
      case 'or': {
        const isAnd = plan.op === 'and';
        const result = filled(isAnd);
        for (const node of plan.nodes) {
          const values = this.#values(node, byName);
          for (let i = 0; i < WORDS; i++)
            result[i] = isAnd ? result[i]! & values[i]! : result[i]! | values[i]!;
        }
        return result;
      }
      case 'named': {
        if (!byName) return this.#values(plan.node, byName);
        // Alone, an identifier may be decided by the event id.
        const inner = new Table(this.#id).outcome(plan.node, false);
        return inner === null ? this.#variable(plan.name) : filled(inner);
      }
      case 'field':
      case 'keyword':
        return this.#decided(plan) ?? this.#variable(JSON.stringify(plan));
    }
  }

  /** What the event id decides. */
  #decided(plan: Plan): Uint32Array | null {
    if (plan.op !== 'field' || plan.field !== 'EventID' || plan.test.kind !== 'text') return null;
    if (plan.test.any.some(pattern => pattern.length !== 1 || typeof pattern[0] !== 'string')) return null;
    return filled(plan.test.any.some(([text]) => text === this.#id));
  }

  #variable(key: string): Uint32Array {
    let index = this.#variables.get(key);
    if (index === undefined) {
      index = this.#variables.size;
      this.#variables.set(key, index);
    }
    return column(index);
  }
}

const low = [0xaaaaaaaa, 0xcccccccc, 0xf0f0f0f0, 0xff00ff00, 0xffff0000];

/** The truth values of variable `index`: that bit of the row's number. */
function column(index: number): Uint32Array {
  const inWord = low[index];
  if (inWord !== undefined) return new Uint32Array(WORDS).fill(inWord);
  return new Uint32Array(WORDS).map((_, word) => ((word >> (index - low.length)) & 1 ? 0xffffffff : 0));
}

function filled(value: boolean): Uint32Array {
  return new Uint32Array(WORDS).fill(value ? 0xffffffff : 0);
}

function constant(values: Uint32Array): boolean | null {
  if (values.every(word => word === 0)) return false;
  return values.every(word => word === 0xffffffff) ? true : null;
}
