/** Terms as rules: the matcher that looks at every event finds in the same pass what somebody asked for. */
import { createHash } from 'node:crypto';
import { ANY, type Rule } from '../sigma/index.ts';
import { literalsOf } from './literals.ts';
import type { Term } from './types.ts';

/**
 * A rule that holds for every event that may hold the term, under an id and a title that stay the same from run to run.
 * Whether it does hold it is not for a plan to say: see `match/terms`.
 */
export function termRule(term: Term, position: number): Rule {
  const id = `look-for:${term.kind}:${term.text}`;
  return {
    kind: 'rule',
    id,
    sha256: createHash('sha256').update(id).digest('hex'),
    title: `touches ${term.text}`,
    name: null,
    level: 'informational',
    status: null,
    place: { path: '--look-for', document: position, line: 1, column: 1 },
    description: null,
    author: null,
    license: null,
    version: null,
    references: [],
    tags: [],
    falsePositives: [],
    warnings: [],
    // Any log: what was asked for counts wherever it stands.
    logSource: { product: null, category: null, service: null },
    plan: {
      op: 'keyword',
      test: { kind: 'text', any: literalsOf(term).map(literal => [ANY, literal, ANY]), cased: false },
    },
  };
}
