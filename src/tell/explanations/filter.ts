/** A filter for a person: which rules it narrows and by what; with an event whether it lets them fire on it. */
import type { Rule } from '../../know/sigma/index.ts';
import { explainPlan } from '../../match/index.ts';
import { counted, plain } from '../terminal/index.ts';
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
import type { FilterExplanation, FilterOutcome } from './types.ts';

/** Rules that are named; the rest is counted. */
const NAMED = 10;

export function filterLines({ filter, narrows, on }: FilterExplanation, page: Page): string[] {
  const head = [...titleLines(filter, page), ''];
  if (on === null) {
    return [
      ...head,
      ...descriptionLines(filter, page),
      ...entry('Log source', [sourceWords(filter.logSource) || 'any'], page),
      ...entry(
        'Rules',
        [filter.rules === null ? 'any of the log source' : plain(filter.rules.join(', '))],
        page,
      ),
      ...entry('Narrows', narrowed(narrows), page),
      '',
      page.paint.bold('Condition without which none of them fires'),
      ...treeLines(explainPlan(filter.plan, null), 'native', page),
    ];
  }
  const bad = (text: string): string => page.paint.level('high', text);
  const body =
    on.outcomes.length === 0
      ? [
          ...entry(
            'Verdict',
            [
              narrows.length === 0
                ? '✗ not asked: it narrows no rule'
                : '✗ not asked: no rule that it narrows is for this event',
            ],
            page,
            bad,
          ),
          ...entry('Event is', [plain(eventKind(on.event))], page),
        ]
      : on.outcomes.flatMap(outcome => outcomeLines(outcome, page));
  return [...head, ...eventLines(on.event, page), ...body];
}

function narrowed(rules: readonly Rule[]): string[] {
  if (rules.length === 0) return ['no rule of this set'];
  const named = rules
    .slice(0, NAMED)
    .map(({ title, place }) => `${plain(title ?? '(untitled rule)')} (${placeWords(place)})`);
  return rules.length > NAMED ? [...named, `and ${rules.length - NAMED} more`] : named;
}

function outcomeLines({ explanation, asked }: FilterOutcome, page: Page): string[] {
  const { paint } = page;
  const routes = explanation.routes?.filter(({ condition }) => condition !== null) ?? [];
  const route = routes.find(({ condition }) => condition!.held) ?? routes[0];
  if (route === undefined) return [];
  const how = route.view === null ? '' : `, read through the view ${route.view.name}`;
  const whom = `${counted(asked, 'rule')} that ${asked === 1 ? 'is' : 'are'} asked of it`;
  return [
    ...(explanation.matched
      ? entry('Verdict', [`✓ held${how}: it leaves the event to the ${whom}`], page, paint.good)
      : entry('Verdict', [`✗ did not hold${how}: it keeps the event from the ${whom}`], page, text =>
          paint.level('high', text),
        )),
    '',
    `${paint.bold('Condition')}  ${paint.dim('✓ held  ✗ did not hold')}`,
    ...treeLines(route.condition!, route.route.view, page),
  ];
}
