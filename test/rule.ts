/** Rules as the parser gives them, for tests of what is told of a finding. */
import type { Rule } from '../src/know/sigma/index.ts';

/** A rule with what every published rule says, and no author, licence, references or tags. */
export const plainRule: Rule = {
  kind: 'rule',
  id: '5af54681-df95-4c26-854f-2565e13cfab0',
  sha256: 'ab'.repeat(32),
  title: 'Local Account Created',
  name: null,
  level: 'high',
  status: 'test',
  place: { path: 'rules/a.yml', document: 0, line: 1, column: 1 },
  description: null,
  author: null,
  license: null,
  version: '2024-01-02',
  references: [],
  tags: [],
  falsePositives: [],
  logSource: { product: 'windows', category: 'process_creation', service: null },
  plan: { op: 'true' },
  warnings: [],
};

/** `rule` without anything that a rule may leave out. */
export function bareOf(rule: Rule): Rule {
  return {
    ...rule,
    id: null,
    title: null,
    level: null,
    status: null,
    author: null,
    license: null,
    version: null,
    references: [],
    tags: [],
  };
}
