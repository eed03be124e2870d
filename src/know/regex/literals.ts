/**
 * Literals that every match of an expression must contain, so that a prefilter can pass over texts that hold
 * none of them. Letter case is folded away throughout: `[Ii][Ee][Xx]` and `(?i)iex` both need `iex` in the
 * folded text. Cost: once per rule; the sets are kept small.
 */
import { fold } from '../../read/events/index.ts';
import { type CharSet, countOf } from './charset.ts';
import type { RegexNode } from './node.ts';

/** One of these strings occurs in the folded text. */
export type Clause = readonly string[];

/** Strings that a clause or an exact set may hold, and characters a string may have. */
const maxStrings = 32;
const maxLength = 64;
/** Characters that a class may stand for inside a literal: five dashes yes, six blanks or ten digits no. */
const maxForms = 5;

type Facts = {
  /** All texts that the node can match, folded, where they are few; else null. */
  readonly exact: readonly string[] | null;
  readonly clauses: readonly Clause[];
};

const nothingKnown: Facts = { exact: null, clauses: [] };

/** The folded forms of a small set. */
function factsOfSet(set: CharSet): Facts {
  if (countOf(set) > 4 * maxForms) return nothingKnown;
  const texts = new Set<string>();
  for (let i = 0; i < set.length; i += 2) {
    for (let point = set[i]!; point <= set[i + 1]!; point++) texts.add(fold(String.fromCodePoint(point)));
  }
  return texts.size > maxForms ? nothingKnown : { exact: [...texts], clauses: [] };
}

const shortest = (clause: Clause): number => Math.min(...clause.map(text => text.length));

/** The clause that says most: the longest literals, then the fewest. */
function better(a: Clause, b: Clause): number {
  return shortest(b) - shortest(a) || a.length - b.length;
}

/** What a node's facts say as clauses alone. */
function clausesOf({ exact, clauses }: Facts): readonly Clause[] {
  if (exact === null || exact.length === 0 || exact.includes('')) return clauses;
  return [exact, ...clauses];
}

function factsOfSequence(nodes: readonly RegexNode[]): Facts {
  const clauses: Clause[] = [];
  let run: readonly string[] = [''];
  let whole = true;
  const flush = (): void => {
    if (!run.includes('')) clauses.push(run);
    run = [''];
    whole = false;
  };
  for (const node of nodes) {
    const facts = factsOf(node);
    clauses.push(...facts.clauses);
    if (facts.exact === null) {
      flush();
      continue;
    }
    const joined = join(run, facts.exact);
    if (joined === null) {
      flush();
      run = facts.exact;
    } else {
      run = joined;
    }
  }
  if (whole) return { exact: run, clauses };
  flush();
  return { exact: null, clauses };
}

/** Every string of `heads` with every one of `tails` behind it; null where that grows too much. */
function join(heads: readonly string[], tails: readonly string[]): readonly string[] | null {
  if (heads.length * tails.length > maxStrings) return null;
  const texts = new Set<string>();
  for (const head of heads) {
    for (const tail of tails) {
      if (head.length + tail.length > maxLength) return null;
      texts.add(head + tail);
    }
  }
  return [...texts];
}

function factsOfEither(nodes: readonly RegexNode[]): Facts {
  const all = nodes.map(factsOf);
  const exact = new Set<string>();
  if (all.every(facts => facts.exact !== null)) {
    for (const facts of all) for (const text of facts.exact!) exact.add(text);
    if (exact.size <= maxStrings) return { exact: [...exact], clauses: [] };
  }
  const union = new Set<string>();
  for (const facts of all) {
    const best = [...clausesOf(facts)].sort(better)[0];
    if (best === undefined) return nothingKnown;
    for (const text of best) union.add(text);
  }
  return { exact: null, clauses: [[...union]] };
}

function factsOfRepeat(node: RegexNode, min: number, max: number): Facts {
  const facts = factsOf(node);
  if (min === 0) {
    if (max !== 1 || facts.exact === null) return nothingKnown;
    const exact = new Set(['', ...facts.exact]);
    return exact.size > maxStrings ? nothingKnown : { exact: [...exact], clauses: [] };
  }
  let run: readonly string[] | null = facts.exact === null ? null : [''];
  for (let times = 0; times < min && run !== null; times++) {
    const longer: readonly string[] | null = join(run, facts.exact!);
    if (longer === null)
      return { exact: null, clauses: [...clausesOf({ exact: run, clauses: [] }), ...clausesOf(facts)] };
    run = longer;
  }
  if (run !== null && min === max) return { exact: run, clauses: facts.clauses };
  return { exact: null, clauses: clausesOf({ exact: run, clauses: facts.clauses }) };
}

function factsOf(node: RegexNode): Facts {
  switch (node.op) {
    case 'assert':
      return { exact: [''], clauses: [] };
    case 'set':
      return factsOfSet(node.set);
    case 'sequence':
      return factsOfSequence(node.nodes);
    case 'either':
      return factsOfEither(node.nodes);
    case 'repeat':
      return factsOfRepeat(node.node, node.min, node.max);
  }
}

/**
 * Clauses that hold together of every text in which `node` matches: of each, one string occurs in the folded
 * text. Best (longest literals) first; empty where nothing is known. Strings are never empty.
 */
export function requiredLiterals(node: RegexNode): readonly Clause[] {
  const seen = new Set<string>();
  return [...clausesOf(factsOf(node))].sort(better).filter(clause => {
    const key = [...clause].sort().join('\0');
    return !seen.has(key) && seen.add(key);
  });
}
