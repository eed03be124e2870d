/**
 * Findings beside the intrusions that were told: a line for each rule and host, most severe first, because they are
 * there to be glanced at. Whoever wants all of them takes another format or `--out`.
 */
import { plain } from './plain.ts';
import { span } from './spans.ts';
import { counted, grouped, type Style, shortLevel, style } from './style.ts';
import { levelOf, sortedGroups } from './table.ts';
import type { FindingGroup, RuleLabel, TableOptions } from './types.ts';
import { cell, clip, displayWidth, rightCell } from './width.ts';

/** Lines at most: with a story above them, more would push it off the screen. */
const MOST_LINES = 15;
const MIN_WIDTH = 60;
const LEVEL_WIDTH = 8;
const COUNT_WIDTH = 7;
const GAP = '  ';

/** Text with newlines; empty without groups. */
export function renderRest(
  groups: readonly FindingGroup[],
  rules: readonly RuleLabel[],
  { width, color }: TableOptions,
): string {
  if (groups.length === 0) return '';
  const paint = style(color);
  const total = Math.max(MIN_WIDTH, width);
  const sorted = sortedGroups(groups, rules);
  const shown = sorted.slice(0, MOST_LINES);
  const hosts = Math.min(
    Math.floor(total / 4),
    shown.reduce((most, { host }) => Math.max(most, displayWidth(plain(host))), 4),
  );
  const findings = sorted.slice(MOST_LINES).reduce((sum, { count }) => sum + count, 0);
  const rest = sorted.length - shown.length;
  return `${[
    paint.dim('Findings that are part of no story above'),
    ...shown.map(group => line(group, rules[group.rule]!, total, hosts, paint)),
    ...(rest > 0
      ? [
          paint.dim(
            `and ${counted(rest, 'more line')} (${counted(findings, 'finding')}): --out DIR or --format jsonl has all`,
          ),
        ]
      : []),
  ].join('\n')}\n`;
}

function line(group: FindingGroup, rule: RuleLabel, total: number, hosts: number, paint: Style): string {
  const level = levelOf(rule);
  const word = shortLevel(level);
  const day = span(group.first, group.first).slice(0, 10);
  const title = plain(rule.title ?? '(untitled rule)');
  const shown = group.collection === true ? `(collection) ${title}` : title;
  const used = LEVEL_WIDTH + COUNT_WIDTH + hosts + day.length + 4 * GAP.length;
  return [
    paint.level(level, word) + ' '.repeat(LEVEL_WIDTH - word.length),
    rightCell(grouped(group.count), COUNT_WIDTH),
    paint.dim(day),
    cell(plain(group.host), hosts),
    clip(shown, total - used),
  ].join(GAP);
}
