/** Terms as rules: the matcher that looks at every event finds in the same pass what somebody asked for. */
import { createHash } from 'node:crypto';
import { ANY, type Plan, type Rule, type TextPattern } from '../sigma/index.ts';
import { literalsOf } from './literals.ts';
import type { Sought } from './types.ts';

/** What titles begin with, before the term's text. */
export const TOUCHES = 'touches ';
export const IN_LOGON = 'in a logon of ';
/** What ids of rules begin with that are of logons. */
export const LOGON_RULE = 'look-for:logon:';

/**
 * A rule that holds for every event that may hold the term, under an id and a title that stay the same from run to run.
 * Whether it does hold it is not for a plan to say: see `match/terms`.
 */
export function termRule(term: Sought, position: number): Rule {
  const isLogon = term.kind === 'logon';
  const id = isLogon ? `${LOGON_RULE}${term.ofKind}:${term.text}` : `look-for:${term.kind}:${term.text}`;
  return {
    kind: 'rule',
    id,
    sha256: createHash('sha256').update(id).digest('hex'),
    title: `${isLogon ? IN_LOGON : TOUCHES}${term.text}`,
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
    plan: planOf(term),
  };
}

function planOf(term: Sought): Plan {
  const literals = literalsOf(term);
  if (literals.length === 0) return { op: 'false' };
  // An id is a value of its own; anything else may stand within one.
  const any = literals.map(
    (literal): TextPattern => (term.kind === 'logon' ? [literal] : [ANY, literal, ANY]),
  );
  return { op: 'keyword', test: { kind: 'text', any, cased: false } };
}
