/** A rule for a person: what it means, or the event, the verdict and why, then the condition as a tree. */
import { type Route, reachable, routesOf, routeText, views } from '../../know/logsources/index.ts';
import type { Plan, Rule } from '../../know/sigma/index.ts';
import { deciding, type Explained, type ExplainedRoute, explainPlan } from '../../match/index.ts';
import { mask } from '../masking/index.ts';
import { clip, plain } from '../terminal/index.ts';
import {
  descriptionLines,
  entry,
  eventKind,
  eventLines,
  type Page,
  placeWords,
  sourceWords,
  titleLines,
} from './page.ts';
import { treeLines } from './tree.ts';
import type { EventLabel, RuleExplanation, RuleOutcome } from './types.ts';
import { testWords } from './words.ts';

/** Tests named as the reason of a verdict. */
const REASONS = 5;
/** Columns of a command line that are shown. */
const SHOWN_LINE = 400;

/** The rule alone: what it means; with an event: how it came out. */
export function ruleLines(explanation: RuleExplanation, page: Page): string[] {
  const { rule, on } = explanation;
  const body =
    on === null
      ? meaning(explanation, page)
      : [...eventLines(on.event, page), ...verdictLines(rule, on.explanation, on.event, page)];
  return [...titleLines(rule, page), '', ...body];
}

function meaning({ rule, filters = [], feeds = [], isShown = true }: RuleExplanation, page: Page): string[] {
  const routes = routesOf(rule.logSource);
  const fields = [...fieldsOf(rule.plan)].sort();
  return [
    ...descriptionLines(rule, page),
    ...entry('Log source', [sourceWords(rule.logSource)], page),
    ...entry(
      'Reads',
      routes === null
        ? ['no logs that this version reads: the rule is never asked']
        : routes.map(route => routeWords(route)),
      page,
    ),
    ...entry(
      'Fields',
      [fields.length === 0 ? 'none: keywords in any value' : fields.map(plain).join(', ')],
      page,
    ),
    ...entry(
      'Lacking',
      (routes ?? []).flatMap(route => lacking(rule, route, fields)),
      page,
    ),
    ...entry(
      'Filters',
      filters.map(({ title, place }) => `${plain(title ?? '(untitled filter)')} (${placeWords(place)})`),
      page,
    ),
    ...entry(
      'Feeds',
      [
        ...feeds.map(
          ({ title, place }) => `${plain(title ?? '(untitled correlation)')} (${placeWords(place)})`,
        ),
        ...(isShown ? [] : ['its own findings are not shown: it only feeds correlations']),
      ],
      page,
    ),
    '',
    page.paint.bold('Condition'),
    ...treeLines(explainPlan(rule.plan, null), 'native', page),
  ];
}

function routeWords(route: Route): string {
  const view = views.get(route.view);
  const where = route.where === null ? '' : `, where ${conditionWords(route.where)}`;
  return `${routeText(route)}${where}${view === undefined ? '' : `, through the view ${view.name}`}`;
}

/** A route's own condition: one test. */
function conditionWords(plan: Plan): string {
  return plan.op === 'field' ? `${plan.field} ${testWords(plan.test)}` : 'a condition of its own holds';
}

/** Which fields of the rule a view never has, and whether it can fire all the same. */
function lacking(rule: Rule, route: Route, fields: readonly string[]): string[] {
  const view = views.get(route.view);
  const absent = view === undefined ? [] : fields.filter(field => view.absent.has(field));
  if (absent.length === 0) return [];
  const { reachable: able, missing } = reachable(rule.plan, view!);
  const why = missing.length === absent.length ? '' : `, because it needs ${missing.join(', ')}`;
  const effect = able ? 'the rule can fire without' : `the rule is blind there${why}`;
  return [`${view!.label} never has ${absent.join(', ')}: ${effect}`];
}

function fieldsOf(plan: Plan, fields: Set<string> = new Set()): Set<string> {
  if (plan.op === 'field') {
    fields.add(plan.field);
    if (plan.test.kind === 'fieldref') fields.add(plan.test.field);
  } else if (plan.op === 'and' || plan.op === 'or') for (const node of plan.nodes) fieldsOf(node, fields);
  else if (plan.op === 'not' || plan.op === 'named') fieldsOf(plan.node, fields);
  return fields;
}

/** How the rule came out on the event, why, and its condition as a tree. */
export function verdictLines(
  rule: Rule,
  { matched, routes, normal }: RuleOutcome,
  event: EventLabel,
  page: Page,
): string[] {
  const { paint } = page;
  const bad = (text: string): string => paint.level('high', text);
  if (routes === null) {
    return entry(
      'Verdict',
      ['✗ not asked: no logs that this version reads are of the log source of this rule'],
      page,
      bad,
    );
  }
  const asked = routes.filter(({ condition }) => condition !== null);
  if (asked.length === 0)
    return [
      ...entry('Verdict', ['✗ not asked: the rule is for other events'], page, bad),
      ...notRouted(routes, event, page),
    ];
  const route = asked.find(({ condition }) => condition!.held) ?? asked[0]!;
  const how = route.view === null ? '' : `, read through the view ${route.view.name}`;
  return [
    ...(matched
      ? entry(
          'Verdict',
          [`✓ matched${normal === undefined ? '' : ' in the normal form only'}${how}`],
          page,
          paint.good,
        )
      : entry('Verdict', [`✗ did not match${how}`], page, bad)),
    ...normalLines(normal, page),
    ...entry('Because', because(route.condition!), page),
    ...(matched || route.view === null
      ? []
      : entry('', lacking(rule, route.route, [...fieldsOf(rule.plan)].sort()), page)),
    '',
    `${paint.bold('Condition')}  ${paint.dim('✓ held  ✗ did not hold')}`,
    ...treeLines(route.condition!, route.route.view, page),
  ];
}

/** The command line that holds, where the one that was written does not. */
function normalLines(normal: RuleOutcome['normal'], page: Page): string[] {
  if (normal === undefined) return [];
  const lines = normal.lines.map(line => clip(plain(page.reveal ? line : mask(line)), SHOWN_LINE));
  if (normal.isAsked) return entry('Normal', lines, page);
  return entry(
    'But',
    [
      'the normal form of its command line matches, which a hunt asks only rules of an advisory for:',
      ...lines,
    ],
    page,
  );
}

/** What the rule is for and what the event is; where only the route's own condition failed, that. */
function notRouted(routes: readonly ExplainedRoute[], event: EventLabel, page: Page): string[] {
  const near = routes.find(({ misfit }) => misfit === 'where');
  return [
    ...entry(
      'It is for',
      routes.map(({ route }) => routeWords(route)),
      page,
    ),
    ...entry('Event is', [plain(eventKind(event))], page),
    ...(near?.where == null
      ? []
      : [
          '',
          page.paint.bold('Condition of the log source'),
          ...treeLines(near.where, near.route.view, page),
        ]),
  ];
}

/**
 * The tests that decided, each in a line. Of what matched, those that held say it best: that no filter took it out
 * stands in the tree.
 */
function because(condition: Explained): string[] {
  const tests = deciding(condition);
  const positive = condition.held ? tests.filter(({ held }) => held) : tests;
  const texts = new Set(
    (positive.length > 0 ? positive : tests).map(({ field, test, held, seen }) => {
      const words = testWords(test, seen?.pattern ?? -1, held === true);
      return plain(`${field ?? 'any value'} ${words}: ${held ? 'held' : 'did not hold'}`);
    }),
  );
  const shown = [...texts].slice(0, REASONS);
  return texts.size > REASONS ? [...shown, `and ${texts.size - REASONS} more, see below`] : shown;
}
