/** A rule set as a hunt without flags runs it, for explanations: their verdict is to be that of a hunt. */
import { type LinkedRuleSet, linkRules } from '../../know/rulesets/index.ts';
import type { RuleDocument } from '../../know/sigma/index.ts';
import { isLeftOut, selectRules } from '../selection.ts';

export type RunSet = {
  /** With the filters of such a hunt. Correlations that it leaves out are linked as well. */
  readonly linked: LinkedRuleSet;
  /** By index of a document: false where its findings are not shown, because it only feeds correlations. */
  readonly isShown: (document: number) => boolean;
};

export function runSetOf(documents: readonly RuleDocument[]): RunSet {
  const { hidden, indexOf } = selectRules(documents, {
    level: null,
    statuses: null,
    include: [],
    exclude: [],
  });
  return {
    linked: linkRules(documents, index => !isLeftOut(documents[index]!)),
    isShown: document => hidden[indexOf[document]!] !== 1,
  };
}
