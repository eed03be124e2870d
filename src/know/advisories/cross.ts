/** What is wrong only between the parts of a pack: behaviours and rules that do not know of each other. */
import type { Correlation, RuleDocument } from '../sigma/index.ts';
import { nearest } from '../yaml/index.ts';
import type { Advisory, AdvisoryProblem, Behaviour, ChainLink } from './types.ts';

/** What an indicator says of itself that a behaviour can be named by: its labels. */
type Labelled = { readonly labels: readonly string[] };

/** `documents` are those of the pack's rules, `indicators` those that can be hunted; labels of these name behaviours. */
export function crossCheck(
  { behaviours, chain }: Pick<Advisory, 'behaviours' | 'chain'>,
  documents: readonly RuleDocument[],
  indicators: readonly Labelled[],
): AdvisoryProblem[] {
  const byId = new Map<string, RuleDocument>();
  for (const document of documents) if (document.id !== null) byId.set(document.id.toLowerCase(), document);
  const labels = new Set(indicators.flatMap(each => each.labels));
  const isShown = (behaviour: Behaviour): boolean =>
    labels.has(behaviour.id) || isByExposure(behaviour, chain.links);
  return [
    ...behaviours.flatMap(behaviour => ofBehaviour(behaviour, byId, isShown(behaviour))),
    ...ofRules(behaviours, documents),
  ];
}

/** An account that a theft exposed and that is used again is found by that link: no rule can tell it from daily work. */
function isByExposure({ id, step }: Behaviour, links: readonly ChainLink[]): boolean {
  return links.some(
    ({ on, to }) => on.includes('exposure') && (to.includes(id) || (step !== null && to.includes(step))),
  );
}

function ofBehaviour(
  { id, rules, notObservable, place }: Behaviour,
  byId: ReadonlyMap<string, RuleDocument>,
  isShown: boolean,
): AdvisoryProblem[] {
  const missing = rules.filter(rule => !byId.has(rule.toLowerCase()));
  const problems = missing.map((rule): AdvisoryProblem => {
    const meant = nearest(rule, byId.keys());
    const remedy = meant === null ? '' : `: did you mean ${meant}?`;
    return {
      severity: 'error',
      message: `${id} names the rule ${rule}, which is not in the pack${remedy}`,
      place,
    };
  });
  if (rules.length > 0 || notObservable !== null || isShown) return problems;
  const message = `${id} has neither rules nor indicators nor 'not-observable': say what shows it, or why nothing can`;
  return [...problems, { severity: 'error', message, place }];
}

/** A rule that no behaviour names has no stage and no weight; one that only feeds correlations needs none. */
function ofRules(behaviours: readonly Behaviour[], documents: readonly RuleDocument[]): AdvisoryProblem[] {
  const named = new Set(behaviours.flatMap(({ rules }) => rules.map(rule => rule.toLowerCase())));
  const fed = new Set(
    documents
      .filter((document): document is Correlation => document.kind === 'correlation')
      .flatMap(({ rules }) => rules.map(rule => rule.toLowerCase())),
  );
  const isKnown = (name: string | null): boolean =>
    name !== null && (named.has(name.toLowerCase()) || fed.has(name.toLowerCase()));
  return documents
    .filter(document => document.kind === 'rule' || document.kind === 'correlation')
    .filter(({ id, name }) => !isKnown(id) && !isKnown(name))
    .map(({ title, id, place }) => ({
      severity: 'warning',
      message: `no behaviour names the rule '${title ?? id ?? 'without a title'}'${id === null ? '' : ` (${id})`}`,
      place,
    }));
}
