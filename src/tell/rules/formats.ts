/** Lists of rules for programs and spreadsheets. */
import { csvCell } from '../csv-cell.ts';
import { jsonText } from '../json-text.ts';
import type { ListedRoute, ListedRule } from './types.ts';

export function rulesJsonl(rules: readonly ListedRule[]): string {
  return rules.map(rule => `${jsonText(rule, 0)}\n`).join('');
}

/** One document with all rules, a rule a line. */
export function rulesJson(rules: readonly ListedRule[]): string {
  return `[${rules.map(rule => `\n${jsonText(rule, 0)}`).join(',')}\n]\n`;
}

type Column = readonly [name: string, value: (rule: ListedRule) => string | number | undefined];

const columns: readonly Column[] = [
  ['id', ({ id }) => id],
  ['level', ({ level }) => level ?? undefined],
  ['status', ({ status }) => status ?? undefined],
  ['product', ({ logSource }) => logSource?.product ?? undefined],
  ['category', ({ logSource }) => logSource?.category ?? undefined],
  ['service', ({ logSource }) => logSource?.service ?? undefined],
  ['title', ({ title }) => title ?? undefined],
  ['path', ({ path }) => path],
  ['line', ({ line }) => line],
  ['kind', ({ kind }) => kind],
  ['refused', ({ refused }) => refused ?? undefined],
  ['type', ({ correlation }) => correlation?.type],
  ['timespan', ({ correlation }) => correlation?.timespan],
  ['group_by', ({ correlation }) => correlation?.groupBy.join(', ')],
  ['fed_by', ({ correlation }) => correlation?.inputs.map(({ title, id }) => title ?? id).join(' | ')],
  ['narrows', ({ narrows }) => narrows],
];

const routeColumn: Column = ['routes', ({ routes }) => routes?.map(routeCell).join(' | ')];

function routeCell({ channel, eventIds, view, needs }: ListedRoute): string {
  const blind = needs.length === 0 ? '' : ` (blind: ${needs.join(', ')})`;
  return `${channel ?? '*'} ${eventIds?.join(',') ?? '*'} ${view}${blind}`;
}

/** With a byte order mark and CRLF, as spreadsheets read it. `routes`: with a column for them. */
export function rulesCsv(rules: readonly ListedRule[], routes: boolean): string {
  const all = routes ? [...columns, routeColumn] : columns;
  const lines = [
    all.map(([name]) => name),
    ...rules.map(rule => all.map(([, value]) => csvCell(value(rule)))),
  ];
  return `\ufeff${lines.map(line => `${line.join(',')}\r\n`).join('')}`;
}
