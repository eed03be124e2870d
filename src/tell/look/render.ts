/**
 * The answer for a person at a terminal, who may have somebody on the phone: each term in a sentence, the records in order of
 * time, what could not be seen. Nothing of a log reaches the terminal but through `plain`.
 */
import type { Visibility } from '../../judge/index.ts';
import { parseTime } from '../../read/events/index.ts';
import {
  clip,
  counted,
  displayWidth,
  duration,
  plain,
  type Style,
  second,
  style,
  type TableOptions,
  wrap,
} from '../terminal/index.ts';
import { blindSaid } from './blind.ts';
import { isBounded, logonsSaid, NO_ABSENCE, namesSaid, termSaid } from './said.ts';
import type { LookAnswer, ShownRecord, Stretch } from './types.ts';

/** A silence in the timeline that is worth a line, in microseconds. */
const GAP = 3600e6;
const MIN_WIDTH = 60;

/** The sentences alone: what is said on standard error where records go down a pipe. */
export function renderLookSummary(
  answer: LookAnswer,
  visibility: Visibility | null,
  { width, color }: TableOptions,
): string {
  const paint = style(color);
  const lines = [...termLines(answer, paint), ...blindLines(answer, visibility, paint)];
  return wrapped(lines, width);
}

export function renderLook(answer: LookAnswer, visibility: Visibility | null, options: TableOptions): string {
  const paint = style(options.color);
  const width = Math.max(MIN_WIDTH, options.width);
  return [
    wrapped([...askedLines(answer), ...termLines(answer, paint)], width),
    timeline(answer, width, paint),
    wrapped(blindLines(answer, visibility, paint), width),
  ].join('');
}

function wrapped(lines: readonly string[], width: number): string {
  return lines.map(line => `${wrap(line, Math.max(MIN_WIDTH, width)).join('\n')}\n`).join('');
}

function askedLines({ asked }: LookAnswer): string[] {
  if (!isBounded(asked)) return [];
  const from = Number.isFinite(asked.from) ? `from ${second(asked.from)}` : 'from the first record';
  const to = Number.isFinite(asked.to) ? `to ${second(asked.to)}` : 'to the last';
  return [`Asked about: ${from} ${to} UTC; shown with 48 h around it, marked ~`];
}

function termLines(answer: LookAnswer, paint: Style): string[] {
  const terms = answer.terms.flatMap(term => {
    const isLost = term.count === 0 || (isBounded(answer.asked) && term.count === term.around);
    const said = `${paint.bold(plain(term.text))} (${term.kind}): ${termSaid(term, answer)}.`;
    const more = [...namesSaid(term), ...logonsSaid(term)].map(line => `  ${line}`);
    return [isLost ? `${said} ${NO_ABSENCE}` : said, ...more];
  });
  const { duplicates } = answer;
  if (duplicates === 0) return terms;
  const records = counted(duplicates, 'record stands', 'records stand');
  return [...terms, `${records} in the input more than once, and each time is counted.`];
}

function blindLines(answer: LookAnswer, visibility: Visibility | null, paint: Style): string[] {
  const lines = blindSaid(answer, visibility);
  if (lines.length === 0)
    return [
      '',
      'Logs of every host reach over the time asked about. What they do not record, they do not show.',
    ];
  return ['', paint.bold('What could not be seen'), ...lines.map(line => `  ${line}`)];
}

function timeline({ timeline, terms }: LookAnswer, width: number, paint: Style): string {
  if (timeline.length === 0) return '';
  const lines = ['', paint.bold('Timeline (UTC)')];
  let before: number | undefined;
  for (const stretch of timeline) {
    if (isOmission(stretch)) {
      lines.push(
        paint.dim(`  … ${counted(stretch.omitted, 'record')} not shown: --format jsonl or --out DIR has all`),
      );
      before = undefined;
      continue;
    }
    const time = parseTime(stretch.time);
    if (time !== undefined && before !== undefined && time - before >= GAP) {
      lines.push(paint.dim(`  · ${duration(time - before)} without a record of it`));
    }
    before = time;
    lines.push(...recordLines(stretch, terms.length > 1, width, paint));
  }
  return `${lines.join('\n')}\n`;
}

function isOmission(stretch: Stretch): stretch is { readonly omitted: number } {
  return 'omitted' in stretch;
}

/** As people call it: `Sysmon`, `PowerShell`. */
function shortChannel(channel: string): string {
  return channel.replace(/^Microsoft-Windows-/, '').replace(/\/Operational$/, '');
}

function recordLines(record: ShownRecord, severalTerms: boolean, width: number, paint: Style): string[] {
  const mark = record.isAround ? '~' : ' ';
  const time = `${record.time.slice(0, 10)} ${record.time.slice(11, 19)}`;
  const event = [plain(shortChannel(record.channel)), plain(record.code)]
    .filter(part => part !== '')
    .join(' ');
  const notes = record.notes.length > 0 ? ` (${record.notes.join(', ')})` : '';
  const where = `${mark} ${time}  ${plain(record.host)}  ${event}${notes}`;
  const held = record.terms
    .map(({ text, fields, isNameOnly, isOfLogon }) => {
      if (isOfLogon) return severalTerms ? `in the same logon as ${plain(text)}` : 'in the same logon';
      const what = severalTerms ? `${plain(text)} in ` : 'in ';
      return `${what}${fields.map(plain).join(', ')}${isNameOnly ? ' (no domain said)' : ''}`;
    })
    .join('; ');
  const head = clip(where, width);
  const room = width - displayWidth(head) - 2;
  const isBeside = displayWidth(held) <= room;
  return [
    `${head}${isBeside ? `  ${paint.dim(held)}` : ''}`,
    ...(isBeside ? [] : [`    ${paint.dim(clip(held, width - 4))}`]),
    ...(record.text === '' ? [] : [`    ${clip(plain(record.text), width - 4)}`]),
  ];
}
