/**
 * Regular expressions that run in bounded time whatever the text. The platform's engine is fast but
 * backtracks; RE2 never does but is many times slower and costs 40 ms to load. So each expression carries the
 * longest text on which the fast engine provably stays within a budget; longer texts, and expressions without
 * such a bound, go to RE2, which is loaded when the first of them comes. Both run the same spelled-out tree
 * (see `emit.ts`) and give the same answer.
 */
import { createRequire } from 'node:module';
import type { RE2JS } from 're2js';
import { parseRegex, type RegexNode, shortestMatch, trimForSearch } from '../../../know/regex/index.ts';
import { costAt, searchCost } from './cost.ts';
import { nativeSource, re2Source } from './emit.ts';

/** Searches a text. */
export type TextMatcher = { test(text: string): boolean };

/** Steps that the backtracking engine may take in one search: about a millisecond. */
const budget = 2 ** 20;

/** Longest text for which the backtracking engine stays within the budget; 0 where it may not run at all. */
export function nativeLimit(node: RegexNode): number {
  const cost = searchCost(node);
  // Linear in the text is what any engine costs, so the budget is per character then.
  if (cost.length <= 2) {
    const ways = cost.reduce((sum, each) => sum + each, 0);
    return ways <= 4096 ? Number.POSITIVE_INFINITY : Math.floor(budget / ways);
  }
  let [least, most] = [0, budget];
  while (least < most) {
    const length = Math.ceil((least + most) / 2);
    if (costAt(cost, length) <= budget) least = length;
    else most = length - 1;
  }
  return least;
}

const loadModule = createRequire(import.meta.url);

/** The linear engine's form of an expression. Loads the engine. */
export function linearMatcher(node: RegexNode): TextMatcher {
  const { RE2JS: engine } = loadModule('re2js') as { RE2JS: typeof RE2JS };
  const compiled = engine.compile(re2Source(node));
  return { test: text => compiled.matcher(text).find() };
}

/** The backtracking engine's form of an expression. */
export function backtrackingMatcher(node: RegexNode): TextMatcher {
  return new RegExp(nativeSource(node), 'u');
}

class BoundedMatcher implements TextMatcher {
  readonly #node: RegexNode;
  readonly #limit: number;
  /** No shorter text matches. */
  readonly #shortest: number;
  readonly #native: TextMatcher | null;
  #linear: TextMatcher | null = null;

  constructor(node: RegexNode) {
    this.#node = node;
    this.#limit = nativeLimit(node);
    this.#shortest = shortestMatch(node);
    this.#native = this.#limit > 0 ? backtrackingMatcher(node) : null;
  }

  test(text: string): boolean {
    if (text.length < this.#shortest) return false;
    if (this.#native !== null && text.length <= this.#limit) return this.#native.test(text);
    this.#linear ??= linearMatcher(this.#node);
    return this.#linear.test(text);
  }
}

/** A search for an expression that was trimmed for search. Throws `RegexError` where no linear engine runs it. */
export function compileNode(node: RegexNode): TextMatcher {
  return new BoundedMatcher(node);
}

const memo = new Map<string, TextMatcher>();

/**
 * A search for `source` (flags: a subset of `ims`), compiled once per process. Throws `RegexError` where the
 * expression can't be read or is of a kind that no linear engine runs.
 */
export function compileRegex(source: string, flags: string): TextMatcher {
  const key = `${flags}/${source}`;
  let matcher = memo.get(key);
  if (matcher === undefined) {
    matcher = new BoundedMatcher(trimForSearch(parseRegex(source, flags)));
    memo.set(key, matcher);
  }
  return matcher;
}
