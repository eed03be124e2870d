/**
 * The two ways to find the rules that an event matches, under one face: the plain evaluator, which says what
 * is right, and the indexed matcher, which is what runs. Suites run their cases through both.
 */

import type { Rule } from '../src/know/sigma/index.ts';
import { createMatcher } from '../src/match/index.ts';
import { plainEvent, referenceMatch } from '../src/match/reference/index.ts';
import type { LazyEvent } from '../src/read/events/index.ts';

/** Indices of the rules that hold for the event, ascending. Keeps state between events. */
export type Hits = (event: LazyEvent) => readonly number[];

function byReference(rules: readonly Rule[]): Hits {
  return event => {
    const plain = plainEvent(event);
    return rules.flatMap((rule, index) => (referenceMatch(rule, plain) ? [index] : []));
  };
}

function byIndex(rules: readonly Rule[]): Hits {
  const matcher = createMatcher(rules);
  return event => {
    const count = matcher.match(event);
    return [...matcher.hits.subarray(0, count)];
  };
}

export const matchers: readonly { readonly name: string; readonly of: (rules: readonly Rule[]) => Hits }[] = [
  { name: 'plain evaluator', of: byReference },
  { name: 'indexed matcher', of: byIndex },
];
