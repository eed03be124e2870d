/**
 * Regular expressions behind what they need. Looking for literals is native and fast, an expression is not, and on
 * long scripts it may have to run on the slow linear engine. So a text must first hold the expression's necessary
 * literals, and where an expression can't cross a line, it runs only on the lines that hold them.
 */
import {
  overlaps,
  parseRegex,
  type RegexNode,
  requiredLiterals,
  trimForSearch,
} from '../../know/regex/index.ts';
import type { RegexTest } from '../../know/sigma/index.ts';
import { compileNode, literalsOf, type TextMatcher } from '../values/index.ts';

/** Searches a text; `folded` is the same text folded. */
export type Search = (text: string, folded: string) => boolean;

type Clauses = readonly (readonly string[])[];

/** Clauses that are looked for before an expression runs. */
const GUARDS = 4;

/** Shorter texts are not worth taking apart. */
const LONG = 256;

const noClauses: Clauses = [];
const clausesOfTests = new WeakMap<RegexTest, Clauses>();

/** What every text that an expression matches holds, folded: of each clause one string. Best first. */
export function clausesOfRegex(test: RegexTest): Clauses {
  let clauses = clausesOfTests.get(test);
  if (clauses === undefined) {
    try {
      clauses = literalsOf(test.source, test.flags) ?? noClauses;
    } catch {
      // An expression that can't be read (the parser lets none through) has no literals; running it says so.
      clauses = noClauses;
    }
    clausesOfTests.set(test, clauses);
  }
  return clauses;
}

function holdsAll(guards: Clauses, folded: string): boolean {
  for (const guard of guards) if (!guard.some(literal => folded.includes(literal))) return false;
  return true;
}

const newline = [0x0a, 0x0a];

/** True if a match neither takes in a line feed nor depends on where the whole text begins or ends. */
export function staysOnLine(node: RegexNode): boolean {
  switch (node.op) {
    case 'set':
      return !overlaps(node.set, newline);
    case 'assert':
      // A line feed is no word character, so that a word's edge is the same before it and at the end of a text.
      return node.at !== 'start' && node.at !== 'end';
    case 'sequence':
    case 'either':
      return node.nodes.every(staysOnLine);
    case 'repeat':
      return staysOnLine(node.node);
  }
}

function searchLines(regex: TextMatcher, guards: Clauses, text: string, folded: string): boolean {
  for (let from = 0; from <= text.length; ) {
    let to = text.indexOf('\n', from);
    if (to < 0) to = text.length;
    if (holdsAll(guards, folded.slice(from, to)) && regex.test(text.slice(from, to))) return true;
    from = to + 1;
  }
  return false;
}

/**
 * One branch of an expression. Branches are searched for one by one: each has literals of its own, and one of them that only
 * the slow engine may run does not take the others with it.
 */
class Branch {
  readonly #node: RegexNode;
  readonly #guards: Clauses;
  #regex: TextMatcher | null = null;
  #byLine: boolean | null = null;

  constructor(node: RegexNode) {
    this.#node = node;
    this.#guards = requiredLiterals(node).slice(0, GUARDS);
  }

  matches(text: string, folded: string): boolean {
    const guards = this.#guards;
    if (!holdsAll(guards, folded)) return false;
    this.#regex ??= compileNode(this.#node);
    if (text.length < LONG || guards.length === 0 || !text.includes('\n')) return this.#regex.test(text);
    this.#byLine ??= staysOnLine(this.#node);
    return this.#byLine ? searchLines(this.#regex, guards, text, folded) : this.#regex.test(text);
  }
}

const branchesOfTests = new WeakMap<RegexTest, readonly Branch[]>();

function branchesOf(test: RegexTest): readonly Branch[] {
  let branches = branchesOfTests.get(test);
  if (branches === undefined) {
    const node = trimForSearch(parseRegex(test.source, test.flags));
    branches = (node.op === 'either' ? node.nodes : [node]).map(branch => new Branch(branch));
    branchesOfTests.set(test, branches);
  }
  return branches;
}

/** The search for a test's expression, taken apart and compiled when the first text holds its literals. */
export function searchFor(test: RegexTest): Search {
  const guards = clausesOfRegex(test).slice(0, GUARDS);
  let branches: readonly Branch[] | null = null;
  return (text, folded) => {
    if (branches === null) {
      if (!holdsAll(guards, folded)) return false;
      branches = branchesOf(test);
    }
    if (branches.length > 1 && !holdsAll(guards, folded)) return false;
    for (let i = 0; i < branches.length; i++) if (branches[i]!.matches(text, folded)) return true;
    return false;
  };
}
