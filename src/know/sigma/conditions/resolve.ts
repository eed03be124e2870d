/** Puts the plans of search identifiers into a condition. */
import { quoted, RuleError } from '../errors.ts';
import { limits } from '../limits.ts';
import type { Plan } from '../plan.ts';
import type { Condition } from './tree.ts';

/** What a search identifier means, and how many tests and patterns it holds. */
export type Search = { readonly plan: Plan; readonly weight: number };

export type ResolveContext = {
  readonly searches: ReadonlyMap<string, Search>;
  /** Names that some condition used; filled here. */
  readonly used: Set<string>;
  warn(message: string, index: number): void;
};

/**
 * The plan of a condition; null where nothing is left of it, because its patterns match no identifier. Throws a
 * `RuleError` whose place is the index in the condition.
 */
export function resolveCondition(condition: Condition, context: ResolveContext): Plan | null {
  return new Resolver(context).resolve(condition);
}

class Resolver {
  readonly #context: ResolveContext;
  #weight = 0;

  constructor(context: ResolveContext) {
    this.#context = context;
  }

  /** A part without meaning is neutral: it drops out of `and` and `or`, and `not` of it drops too. */
  resolve(condition: Condition): Plan | null {
    switch (condition.op) {
      case 'and':
      case 'or':
        return join(
          condition.op,
          condition.nodes.map(node => this.resolve(node)).filter(node => node !== null),
        );
      case 'not': {
        const node = this.resolve(condition.node);
        return node === null ? null : { op: 'not', node };
      }
      case 'identifier':
        return this.#identifier(condition.name, condition.index);
      case 'of':
        return this.#of(condition);
    }
  }

  #identifier(name: string, index: number): Plan {
    const search = this.#context.searches.get(name);
    if (search === undefined) {
      throw new RuleError(
        'unknown-identifier',
        `the condition names ${quoted(name)}, which the detection lacks`,
        index,
      );
    }
    return this.#use(name, search, index);
  }

  #use(name: string, search: Search, index: number): Plan {
    this.#context.used.add(name);
    this.#weight += search.weight;
    if (this.#weight > limits.patterns) {
      throw new RuleError('too-large', `the condition unfolds to more than ${limits.patterns} tests`, index);
    }
    return { op: 'named', name, node: search.plan };
  }

  #of({ all, pattern, index }: Condition & { op: 'of' }): Plan | null {
    const fits = pattern === null ? null : wildcard(pattern);
    const hidden = pattern?.startsWith('_') ?? false;
    const nodes: Plan[] = [];
    for (const [name, search] of this.#context.searches) {
      if (name.startsWith('_') && !hidden) continue;
      if (fits === null || fits(name)) nodes.push(this.#use(name, search, index));
    }
    if (nodes.length === 0) {
      const what =
        pattern === null ? "'them' finds no identifier" : `${quoted(pattern)} matches no identifier`;
      this.#context.warn(`${what}: this part of the condition is left out`, index);
    }
    return join(all ? 'and' : 'or', nodes);
  }
}

function join(op: 'and' | 'or', nodes: readonly Plan[]): Plan | null {
  if (nodes.length === 0) return null;
  return nodes.length === 1 ? nodes[0]! : { op, nodes };
}

/** Whether a name fits a pattern in which `*` is any run of characters; linear in the name for each star. */
function wildcard(pattern: string): (name: string) => boolean {
  const [first, ...rest] = pattern.split('*') as [string, ...string[]];
  if (rest.length === 0) return name => name === pattern;
  const last = rest.pop()!;
  return name => {
    if (!name.startsWith(first) || !name.endsWith(last)) return false;
    let at = first.length;
    for (const part of rest) {
      const found = name.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return at <= name.length - last.length;
  };
}
