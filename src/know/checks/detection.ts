/** Checks of what a rule looks for: its log source, and whether its condition can be met there. */
import { type Route, reachable, routesOf, views } from '../logsources/index.ts';
import type { Filter, LogSource, Plan, Rule } from '../sigma/index.ts';
import { type DocumentCheck, placeOf } from './problem.ts';
import { constantOutcome } from './truth.ts';

export const logSourceUnknown: DocumentCheck = {
  code: 'log-source-unknown',
  severity: 'note',
  about: 'This version reads no such logs, so the rule is never asked',
  *run(document, written) {
    if (document.kind !== 'rule' || routesOf(document.logSource) !== null) return;
    yield {
      message: `no logs that this version reads are of ${logSourceText(document.logSource)}: the rule is never asked`,
      place: placeOf(document, written, 'logsource'),
    };
  },
};

/** `product windows, service security`. */
function logSourceText(source: LogSource): string {
  return (['product', 'category', 'service'] as const)
    .flatMap(name => (source[name] === null ? [] : [`${name} ${source[name]}`]))
    .join(', ');
}

/** What the condition always is on the events it is asked of. */
export function constantOf(rule: Rule | Filter): boolean | null {
  const routes = routesOf(rule.logSource) ?? [{ channel: null, eventIds: null, where: null, view: 'native' }];
  return constantOutcome(rule.plan, routes);
}

function sectionOf({ kind }: Rule | Filter): string {
  return kind === 'filter' ? 'filter' : 'detection';
}

export const conditionNever: DocumentCheck = {
  code: 'condition-never',
  severity: 'warning',
  about: 'The condition contradicts itself or asks for an event id that its log source never has',
  *run(document, written) {
    if ((document.kind !== 'rule' && document.kind !== 'filter') || constantOf(document) !== false) return;
    const effect = document.kind === 'filter' ? ', so no rule that it narrows ever fires' : '';
    yield {
      message: `the condition can never hold: it contradicts itself, or its log source has no such event id${effect}`,
      place: placeOf(document, written, sectionOf(document)),
    };
  },
};

export const conditionAlways: DocumentCheck = {
  code: 'condition-always',
  // A few rules mean it: a new WMI subscription is always worth a look.
  severity: 'note',
  about: 'The condition holds for every event of its log source',
  *run(document, written) {
    if ((document.kind !== 'rule' && document.kind !== 'filter') || constantOf(document) !== true) return;
    const effect =
      document.kind === 'filter'
        ? 'the filter takes nothing away'
        : 'every event of the log source is a finding';
    yield {
      message: `the condition always holds: ${effect}`,
      place: placeOf(document, written, sectionOf(document)),
    };
  },
};

/** A route on which the rule can't fire, because a field that it needs is never there. */
type Blind = { readonly label: string; readonly missing: readonly string[] };

function blindRoutes(rule: Rule, routes: readonly Route[]): Blind[] {
  return routes.flatMap(route => {
    const view = views.get(route.view);
    if (view === undefined) return [];
    const { reachable: able, missing } = reachable(rule.plan, view);
    return able ? [] : [{ label: view.label, missing }];
  });
}

export const blind: DocumentCheck = {
  code: 'blind',
  severity: 'note',
  about: 'One of the sources that the rule reads never has a field that its condition needs',
  *run(document, written) {
    if (document.kind !== 'rule') return;
    const routes = routesOf(document.logSource) ?? [];
    const found = blindRoutes(document, routes);
    if (found.length === routes.length) return;
    const place = placeOf(document, written, 'detection');
    for (const { label, missing } of found) {
      yield { message: `blind on ${label}: it never has ${missing.join(', ')}`, place };
    }
  },
};

export const unreachable: DocumentCheck = {
  code: 'unreachable',
  severity: 'warning',
  about: 'None of the sources that the rule reads ever has the fields that its condition needs',
  *run(document, written) {
    if (document.kind !== 'rule') return;
    const routes = routesOf(document.logSource) ?? [];
    const found = blindRoutes(document, routes);
    if (found.length === 0 || found.length < routes.length) return;
    const sources = found.map(({ label, missing }) => `${label} never has ${missing.join(', ')}`);
    yield {
      message: `the rule can never fire: ${sources.join('; ')}`,
      place: placeOf(document, written, 'detection'),
    };
  },
};

function kindsOf(plan: Plan, kinds: Set<Plan['op']>): Set<Plan['op']> {
  kinds.add(plan.op);
  if (plan.op === 'and' || plan.op === 'or') for (const node of plan.nodes) kindsOf(node, kinds);
  else if (plan.op === 'not' || plan.op === 'named') kindsOf(plan.node, kinds);
  return kinds;
}

export const keywordsOnly: DocumentCheck = {
  code: 'keywords-only',
  severity: 'note',
  about: 'A rule without field names is looked for in every value of every event, which costs the most',
  *run(document, written) {
    if (document.kind !== 'rule' || routesOf(document.logSource) === null) return;
    const kinds = kindsOf(document.plan, new Set());
    if (!kinds.has('keyword') || kinds.has('field')) return;
    yield {
      message: 'keywords only: every value of every event is searched; name the field where it is known',
      place: placeOf(document, written, 'detection'),
    };
  },
};
