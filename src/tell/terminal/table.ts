/**
 * Findings for a person at a terminal: one entry for each rule and host, because what matters is which rules hold
 * where and since when; the thousandth event of a kind says nothing new. Most severe first, then oldest first; what
 * the collection of the logs itself left comes last and says so.
 *
 * On 80 columns an entry has two lines, rule above and example below; from `WIDE` columns on one.
 */
import { type Level, levels } from '../../know/sigma/index.ts';
import { plain } from './plain.ts';
import { SPAN_WIDTH, span } from './spans.ts';
import { grouped, type Style, shortLevel, style } from './style.ts';
import type { FindingGroup, RuleLabel, TableOptions } from './types.ts';
import { cell, clip, displayWidth, rightCell } from './width.ts';

/** Columns from which an entry fits one line with room for an example. */
const WIDE = 160;
/** Below this nothing sensible fits; longer lines than the terminal are the lesser evil. */
const MIN_WIDTH = 60;
const LEVEL_WIDTH = 8;
const GAP = '  ';

type Entry = {
  readonly level: Level;
  readonly count: string;
  readonly span: string;
  readonly host: string;
  readonly rule: string;
  readonly example: string;
};

type Widths = {
  readonly total: number;
  readonly count: number;
  readonly host: number;
  readonly rule: number;
};

/** Text with newlines; empty without groups. */
export function renderTable(
  groups: readonly FindingGroup[],
  rules: readonly RuleLabel[],
  { width, color }: TableOptions,
): string {
  if (groups.length === 0) return '';
  const paint = style(color);
  const entries = sortedGroups(groups, rules).map(group => entryOf(group, rules[group.rule]!));
  const total = Math.max(MIN_WIDTH, width);
  const isWide = total >= WIDE;
  const widths = measure(entries, total, isWide);
  const lines = [isWide ? wideHeader(widths, paint) : narrowHeader(widths, paint)];
  for (const entry of entries)
    lines.push(...(isWide ? wideLine(entry, widths, paint) : narrowLines(entry, widths, paint)));
  return `${lines.join('\n')}\n`;
}

export function levelOf(rule: RuleLabel | undefined): Level {
  return rule?.level ?? levels[0];
}

/** Most severe first, then oldest; what the collection of the logs left comes last. */
export function sortedGroups(groups: readonly FindingGroup[], rules: readonly RuleLabel[]): FindingGroup[] {
  const rank = (group: FindingGroup): number => -levels.indexOf(levelOf(rules[group.rule]));
  return [...groups].sort(
    (a, b) =>
      Number(a.collection ?? false) - Number(b.collection ?? false) ||
      rank(a) - rank(b) ||
      a.first - b.first ||
      compare(a.host, b.host) ||
      a.rule - b.rule,
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function entryOf(group: FindingGroup, rule: RuleLabel): Entry {
  const { host, count, first, last, example } = group;
  const title = plain(rule.title ?? '(untitled rule)');
  return {
    level: levelOf(rule),
    count: grouped(count),
    span: span(first, last),
    host: plain(host),
    rule: group.collection === true ? `(collection) ${title}` : title,
    example: plain(example),
  };
}

function longest(texts: readonly string[], atLeast: number, atMost: number): number {
  return Math.min(
    atMost,
    texts.reduce((most, text) => Math.max(most, displayWidth(text)), atLeast),
  );
}

function measure(entries: readonly Entry[], total: number, isWide: boolean): Widths {
  const count = longest(
    entries.map(entry => entry.count),
    5,
    11,
  );
  const host = longest(
    entries.map(entry => entry.host),
    4,
    isWide ? 30 : Math.floor(total / 4),
  );
  const taken = LEVEL_WIDTH + count + host + 3 * GAP.length;
  const rest = total - taken;
  if (!isWide) return { total, count, host, rule: rest };
  const room = rest - SPAN_WIDTH - 2 * GAP.length;
  const rule = longest(
    entries.map(entry => entry.rule),
    4,
    Math.floor(room / 2),
  );
  return { total, count, host, rule };
}

function narrowHeader(widths: Widths, paint: Style): string {
  const head = [
    cell('LEVEL', LEVEL_WIDTH),
    rightCell('COUNT', widths.count),
    cell('HOST', widths.host),
    'RULE',
  ];
  return `${paint.dim(head.join(GAP))}\n${paint.dim(`${indentOf(widths)}FIRST–LAST (UTC)${GAP}EXAMPLE`)}`;
}

/** What stands in front of the second line of an entry. */
function indentOf(widths: Widths): string {
  return ' '.repeat(LEVEL_WIDTH + widths.count + 2 * GAP.length);
}

function narrowLines(entry: Entry, widths: Widths, paint: Style): string[] {
  const indent = indentOf(widths);
  const room = widths.total - indent.length - displayWidth(entry.span) - GAP.length;
  const example = entry.example === '' ? '' : GAP + clip(entry.example, room);
  return [
    head(entry, widths, paint) + GAP + paint.bold(clip(entry.rule, widths.rule)),
    indent + paint.dim(entry.span) + example,
  ];
}

function wideHeader(widths: Widths, paint: Style): string {
  const cells = [
    cell('LEVEL', LEVEL_WIDTH),
    rightCell('COUNT', widths.count),
    cell('HOST', widths.host),
    cell('FIRST–LAST (UTC)', SPAN_WIDTH),
    cell('RULE', widths.rule),
    'EXAMPLE',
  ];
  return paint.dim(cells.join(GAP));
}

function wideLine(entry: Entry, widths: Widths, paint: Style): string[] {
  const before = head(entry, widths, paint) + GAP + paint.dim(cell(entry.span, SPAN_WIDTH)) + GAP;
  const used = LEVEL_WIDTH + widths.count + widths.host + SPAN_WIDTH + 4 * GAP.length;
  const example = clip(entry.example, widths.total - used - widths.rule - GAP.length);
  if (example === '') return [before + paint.bold(clip(entry.rule, widths.rule))];
  return [before + paint.bold(cell(entry.rule, widths.rule)) + GAP + example];
}

/** Level, count and host, which both layouts begin with. */
function head(entry: Entry, widths: Widths, paint: Style): string {
  const word = shortLevel(entry.level);
  const level = paint.level(entry.level, word) + ' '.repeat(LEVEL_WIDTH - word.length);
  return [level, rightCell(entry.count, widths.count), cell(entry.host, widths.host)].join(GAP);
}
