/** The end of a run for a person: how much was read, what was found where, what could not be read, the ledger. */
import { levels } from '../../know/sigma/index.ts';
import { renderLedgerLine } from './ledger-line.ts';
import { plain } from './plain.ts';
import { second } from './spans.ts';
import { counted, grouped, type Style, shortLevel, style } from './style.ts';
import { levelOf } from './table.ts';
import type { RuleLabel, Summary, TableOptions } from './types.ts';
import { clip, rightCell, wrap } from './width.ts';

/** Rules, hosts and troubles shown at most; the ledger has all. */
const TOP = 5;
const TROUBLES = 20;

/** Text with newlines; its last line is the ledger's, in one piece however long, for whoever greps it. */
export function renderSummary(
  summary: Summary,
  rules: readonly RuleLabel[],
  { width, color }: TableOptions,
): string {
  const paint = style(color);
  const lines = [
    '',
    ...wrap(whatWasRead(summary), width),
    ...wrap(whatWasFound(summary), width).map(line => colored(line, paint)),
    ...topRules(summary, rules, width, paint),
    ...topHosts(summary, width, paint),
    ...remarks(summary).flatMap(remark => wrap(remark, width)),
    ...troubles(summary, width, paint),
    renderLedgerLine(summary.ledger),
  ];
  return `${lines.join('\n')}\n`;
}

function whatWasRead({ events, span, bytes, seconds }: Summary): string {
  const when = span === null ? '' : ` from ${second(span.first)} to ${second(span.last)} UTC`;
  const size = `${megabytes(bytes)}\u00a0MB`;
  const pace =
    seconds === null || seconds <= 0
      ? size
      : `${size} in ${seconds.toFixed(seconds < 10 ? 2 : 0)}\u00a0s, ${megabytes(bytes / seconds)}\u00a0MB/s`;
  return `${counted(events, 'event')}${when} (${pace})`;
}

function megabytes(bytes: number): string {
  const value = bytes / 1e6;
  return value < 10 ? value.toFixed(1) : grouped(Math.round(value));
}

function whatWasFound({ findings, byRule, byHost }: Summary): string {
  const total = levels.reduce((sum, level) => sum + findings[level], 0);
  if (total === 0)
    return 'No findings. That does not show absence: what ran and what was read is counted below.';
  const byLevel = levels
    .toReversed()
    .flatMap(level => (findings[level] > 0 ? [`${grouped(findings[level])}\u00a0${level}`] : []));
  const where = `${counted(byRule.length, 'rule')}, ${counted(byHost.length, 'host')}`;
  return `${counted(total, 'finding')} (${where}): ${byLevel.join(', ')}`;
}

/** Level words in a line painted. */
function colored(line: string, paint: Style): string {
  return line.replace(/\b(?:critical|high|medium|low)\b/g, word => paint.level(word as 'critical', word));
}

function topRules({ byRule }: Summary, rules: readonly RuleLabel[], width: number, paint: Style): string[] {
  if (byRule.length === 0) return [];
  const rank = (rule: number): number => levels.indexOf(levelOf(rules[rule]));
  const top = [...byRule]
    .sort((a, b) => rank(b.rule) - rank(a.rule) || b.count - a.count || a.rule - b.rule)
    .slice(0, TOP);
  const lines = top.map(({ rule, count }) => {
    const level = levelOf(rules[rule]);
    const word = shortLevel(level);
    const title = clip(plain(rules[rule]?.title ?? '(untitled rule)'), width - 22);
    return `${rightCell(grouped(count), 10)}  ${paint.level(level, word)}${' '.repeat(8 - word.length)}  ${title}`;
  });
  return [paint.dim(byRule.length > TOP ? 'Top rules' : 'Rules'), ...lines];
}

function topHosts({ byHost }: Summary, width: number, paint: Style): string[] {
  if (byHost.length === 0) return [];
  const top = [...byHost]
    .sort((a, b) => b.count - a.count || (a.host < b.host ? -1 : 1))
    .slice(0, TOP)
    .map(
      ({ host, count }) => `${rightCell(grouped(count), 10)}  ${clip(plain(host) || '(none)', width - 12)}`,
    );
  return [paint.dim(byHost.length > TOP ? 'Top hosts' : 'Hosts'), ...top];
}

function remarks({ duplicates, salvaged, traces }: Summary): string[] {
  const found: string[] = [];
  if (duplicates > 0) {
    found.push(
      `${counted(duplicates, 'event')} with findings stand in the input more than once; each is counted.`,
    );
  }
  if (salvaged > 0) {
    found.push(
      `${counted(salvaged, 'event')} salvaged from damaged or unused parts of logs; they may be old.`,
    );
  }
  if (traces > 0) {
    const are = traces === 1 ? 'finding is a trace' : 'findings are traces';
    found.push(`${grouped(traces)} ${are} of the collection itself, by its manifest; each is counted.`);
  }
  return found;
}

function troubles({ troubles: all }: Summary, width: number, paint: Style): string[] {
  if (all.length === 0) return [];
  const shown = all.slice(0, TROUBLES).map(({ path, message }) => `  ${plain(path)}: ${plain(message)}`);
  const more = all.length > TROUBLES ? [`  and ${grouped(all.length - TROUBLES)} more; --out lists all`] : [];
  return [paint.dim('Not read, or not whole'), ...shown.flatMap(line => wrap(line, width)), ...more];
}
