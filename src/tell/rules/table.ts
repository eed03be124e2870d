/**
 * Rules for a person at a terminal: three lines each on 80 columns (title, id and log source, path), because a path cut
 * in two helps nobody; one line from `WIDE` columns on. What a correlation is fed with and where events come from follow, a
 * line each.
 */
import type { LogSource } from '../../know/sigma/index.ts';
import {
  cell,
  clip,
  counted,
  displayWidth,
  duration,
  plain,
  type Style,
  shortLevel,
  style,
  type TableOptions,
} from '../terminal/index.ts';
import type { ListedRoute, ListedRule } from './types.ts';

/** Columns from which a rule fits one line. */
const WIDE = 200;
const LEVEL_WIDTH = 8;
const STATUS_WIDTH = 12;
const ID_WIDTH = 36;
const SOURCE_WIDTH = 30;
const GAP = '  ';
const INDENT = ' '.repeat(LEVEL_WIDTH + GAP.length);

/** Text with newlines; empty without rules. */
export function renderRuleTable(rules: readonly ListedRule[], { width, color }: TableOptions): string {
  if (rules.length === 0) return '';
  const paint = style(color);
  const each = width >= WIDE ? wideLines : narrowLines;
  const lines = [
    ...header(width, paint),
    ...rules.flatMap(rule => [
      ...each(rule, width, paint),
      ...[...correlationLines(rule), ...routeLines(rule)].map(
        text => INDENT + paint.dim(clip(text, width - INDENT.length)),
      ),
    ]),
  ];
  return `${lines.join('\n')}\n`;
}

function header(width: number, paint: Style): string[] {
  const first = [cell('LEVEL', LEVEL_WIDTH), cell('STATUS', STATUS_WIDTH)];
  if (width >= WIDE) {
    const titles = [cell('ID', ID_WIDTH), cell('LOG SOURCE', SOURCE_WIDTH), 'TITLE · PATH'];
    return [paint.dim([...first, ...titles].join(GAP))];
  }
  return [
    paint.dim([...first, 'TITLE'].join(GAP)),
    paint.dim(`${INDENT}${cell('ID', ID_WIDTH)}${GAP}LOG SOURCE`),
    paint.dim(`${INDENT}PATH`),
  ];
}

function firstCells({ level, status, kind }: ListedRule, paint: Style): string {
  const word = kind === 'rejection' ? 'refused' : level === null ? '-' : shortLevel(level);
  const tinted =
    kind === 'rejection' ? paint.level('high', word) : level === null ? word : paint.level(level, word);
  return tinted + ' '.repeat(LEVEL_WIDTH - word.length) + GAP + cell(status ?? '-', STATUS_WIDTH);
}

function titleOf({ title }: ListedRule): string {
  return plain(title ?? '(untitled)');
}

/** Of a refused rule why it was refused, of a correlation and a filter what it is. */
function sourceOf({ kind, logSource, refused, correlation, narrows }: ListedRule): string {
  if (refused !== null) return plain(refused);
  if (correlation !== undefined) {
    return `${correlation.type} in ${duration(correlation.timespan * 1e6)}`;
  }
  if (narrows !== undefined) return `filter of ${counted(narrows, 'rule')}`;
  return logSource === null ? kind : plain(sourceText(logSource));
}

/** `windows/process_creation`. */
export function sourceText({ product, category, service }: LogSource): string {
  return [product, category, service].filter(part => part !== null).join('/');
}

function narrowLines(rule: ListedRule, width: number, paint: Style): string[] {
  const before = LEVEL_WIDTH + STATUS_WIDTH + 2 * GAP.length;
  const id = plain(rule.id);
  const source = sourceOf(rule);
  return [
    firstCells(rule, paint) + GAP + paint.bold(clip(titleOf(rule), width - before)),
    `${INDENT}${id}${GAP}${clip(source, Math.max(10, width - INDENT.length - displayWidth(id) - GAP.length))}`,
    `${INDENT}${paint.dim(plain(`${rule.path}:${rule.line}`))}`,
  ];
}

function wideLines(rule: ListedRule, _: number, paint: Style): string[] {
  const cells = [
    firstCells(rule, paint),
    cell(plain(rule.id), ID_WIDTH),
    cell(sourceOf(rule), SOURCE_WIDTH),
    `${paint.bold(titleOf(rule))} · ${plain(`${rule.path}:${rule.line}`)}`,
  ];
  return [cells.join(GAP)];
}

/** How a correlation groups and what it is fed with; of a rule that it alone is for, that. */
function correlationLines({ correlation, hidden }: ListedRule): string[] {
  const own = hidden === true ? ['only feeds correlations: its findings are not shown'] : [];
  if (correlation === undefined) return own;
  const { groupBy, inputs } = correlation;
  return [
    ...(groupBy.length === 0 ? [] : [plain(`by ${groupBy.join(', ')}`)]),
    ...inputs.map(({ title, id }) => `of ${plain(title ?? id)}`),
    ...own,
  ];
}

function routeLines({ routes, kind }: ListedRule): string[] {
  if (routes === undefined || kind === 'rejection') return [];
  return (routes === null ? ['no logs that this version reads'] : routes.map(routeLine)).map(
    text => `← ${text}`,
  );
}

function routeLine({ channel, eventIds, needs }: ListedRoute): string {
  const ids = eventIds === null ? '' : `${eventIds.join(', ')}`;
  const place = channel === null && ids === '' ? 'every event' : `${channel ?? 'any channel'} ${ids}`.trim();
  return needs.length === 0 ? place : `${place} (blind: it never has ${needs.join(', ')})`;
}
