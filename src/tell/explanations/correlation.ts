/**
 * A correlation for a person: when it fires, what it is fed with and what is shown of that; with an event what the event
 * is to each of its rules, and whether it completes anything by itself.
 */
import type { Correlation } from '../../know/sigma/index.ts';
import { maskedValue } from '../masking/index.ts';
import { plain, shortLevel, wrap } from '../terminal/index.ts';
import { conditionWords, groupWords, windowWords } from './correlation-words.ts';
import {
  descriptionLines,
  entry,
  eventLines,
  type Page,
  placeWords,
  sourceWords,
  titleLines,
} from './page.ts';
import { verdictLines } from './rule.ts';
import type { CorrelationExplanation, CorrelationOutcome, EventLabel, Feed, FeedOutcome } from './types.ts';

export function correlationLines(explanation: CorrelationExplanation, page: Page): string[] {
  const { correlation, inputs, on } = explanation;
  const head = [...titleLines(correlation, page), ''];
  if (on === null) return [...head, ...meaning(explanation, page)];
  return [
    ...head,
    ...eventLines(on.event, page),
    ...outcomeLines(correlation, inputs, on.outcome, page),
    ...inputs.flatMap((feed, i) => feedVerdict(correlation, feed, String(i + 1), on.event, page)),
  ];
}

export function nameOf({ document }: Feed): string {
  return document.title ?? document.name ?? document.id ?? '(untitled)';
}

function meaning({ correlation, inputs, isShown }: CorrelationExplanation, page: Page): string[] {
  return [
    ...descriptionLines(correlation, page),
    ...whenLines(correlation, inputs, page),
    ...entry(
      'Shown',
      [
        isShown ? 'its findings' : 'not its findings: it only feeds correlations',
        correlation.generate
          ? "those of its rules as well ('generate')"
          : "those of its rules only where another correlation has 'generate'",
      ],
      page,
    ),
    '',
    page.paint.bold('Fed by'),
    ...inputs.flatMap((feed, i) => feedLines(feed, String(i + 1), 1, page)),
  ];
}

/** Type, condition, window, group and aliases. */
function whenLines(correlation: Correlation, inputs: readonly Feed[], page: Page): string[] {
  const { type, aliases, groupBy, condition } = correlation;
  const used = aliases.filter(({ name }) => groupBy.includes(name) || condition.fields.includes(name));
  return [
    ...entry('Type', [type], page),
    ...entry(
      'Fires on',
      [plain(`${conditionWords(correlation, inputs.map(nameOf))}, ${windowWords(correlation)}`)],
      page,
    ),
    ...entry('Groups', [plain(groupWords(correlation))], page),
    ...entry(
      'Aliases',
      used.map(({ name }) => plain(`${name}: ${inputs.map(feed => aliasWords(feed, name)).join(', ')}`)),
      page,
    ),
  ];
}

function aliasWords(feed: Feed, name: string): string {
  const field = feed.fields.get(name);
  return field == null ? `nothing in '${nameOf(feed)}'` : `${field} in '${nameOf(feed)}'`;
}

function feedLines(feed: Feed, number: string, depth: number, page: Page): string[] {
  const { document, isShown, inputs } = feed;
  const before = '  '.repeat(depth);
  const inner = `${before}${' '.repeat(number.length + 1)}`;
  const { level, id, place } = document;
  const rows = (text: string): string[] =>
    wrap(text, Math.max(20, page.width - inner.length - 2)).map(
      (line, i) => inner + (i === 0 ? line : `  ${line.trimStart()}`),
    );
  const [first, ...rest] = rows(plain(nameOf(feed)));
  const facts = [
    level === null ? 'no level' : page.paint.level(level, shortLevel(level)),
    ...(id === null ? [] : [plain(id)]),
  ];
  const what =
    document.kind === 'rule'
      ? sourceWords(document.logSource)
      : plain(
          `${document.type}: ${conditionWords(document, inputs.map(nameOf))}, ${windowWords(document)}; ${groupWords(document)}`,
        );
  const lost = [...feed.fields].flatMap(([name, field]) => (field === null ? [name] : []));
  return [
    before + page.paint.dim(number) + page.paint.bold(first!.slice(inner.length - 1)),
    ...rest.map(page.paint.bold),
    inner + facts.join(' · '),
    ...rows(what),
    ...(isShown ? [] : rows('its findings are not shown: it only feeds correlations')),
    ...(lost.length === 0 ? [] : rows(plain(`its hits do not count: it has no ${lost.join(', ')}`))),
    inner + page.paint.dim(placeWords(place)),
    ...inputs.flatMap((next, i) => feedLines(next, `${number}.${i + 1}`, depth + 1, page)),
  ];
}

/** What the event alone does to the correlation. */
function outcomeLines(
  correlation: Correlation,
  inputs: readonly Feed[],
  outcome: CorrelationOutcome,
  page: Page,
): string[] {
  const { paint } = page;
  const verdict = outcome.fires
    ? entry('Verdict', ['✓ this event alone completes it'], page, paint.good)
    : entry('Verdict', ['✗ this event alone completes nothing'], page, text => paint.level('high', text));
  return [
    ...verdict,
    ...entry('Because', reasons(inputs, outcome).map(plain), page),
    ...entry(
      'Fires on',
      [plain(`${conditionWords(correlation, inputs.map(nameOf))}, ${windowWords(correlation)}`)],
      page,
    ),
    ...entry('Groups', [plain(groupWords(correlation))], page),
  ];
}

function reasons(inputs: readonly Feed[], { hits, ungrouped }: CorrelationOutcome): string[] {
  if (hits.length === 0) {
    return [inputs.length === 1 ? 'it is no hit of its rule' : 'it is no hit of any of its rules'];
  }
  return hits.map(position => {
    const name = nameOf(inputs[position]!);
    const what = inputs[position]!.document.kind === 'rule' ? 'a hit of' : 'a firing of';
    return ungrouped.includes(position)
      ? `it is ${what} '${name}', which joins no group, because a field of the group is missing`
      : `it is ${what} '${name}'`;
  });
}

/** What the event is to one of the rules, and through a chain to the rules of a correlation. */
function feedVerdict(
  parent: Correlation,
  feed: Feed,
  number: string,
  event: EventLabel,
  page: Page,
): string[] {
  const { document, on, inputs } = feed;
  if (on === null) return [];
  const head = ['', ...wrap(plain(`${number} ${nameOf(feed)}`), page.width).map(page.paint.bold)];
  const isHit = 'matched' in on.outcome ? on.outcome.matched : on.outcome.fires;
  const values = isHit ? valueLines(parent, on, page) : [];
  if ('matched' in on.outcome) {
    if (document.kind !== 'rule') return [];
    return [...head, ...values, ...verdictLines(document, on.outcome, event, page)];
  }
  if (document.kind !== 'correlation') return [];
  return [
    ...head,
    ...values,
    ...(inputs.length === 0
      ? entry('', ['explained above'], page)
      : outcomeLines(document, inputs, on.outcome, page)),
    ...inputs.flatMap((next, i) => feedVerdict(document, next, `${number}.${i + 1}`, event, page)),
  ];
}

/** The fields of the group and of the condition as the correlation reads them. */
function valueLines({ groupBy, condition }: Correlation, { values }: FeedOutcome, page: Page): string[] {
  const line = (name: string): string => {
    const value = values.get(name);
    if (value === undefined) return plain(`${name}: the event has none`);
    return plain(`${name} = ${maskedValue(name, value, page) || '(empty)'}`);
  };
  return [...entry('Group', groupBy.map(line), page), ...entry('Value', condition.fields.map(line), page)];
}
