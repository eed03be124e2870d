/**
 * Intrusions for a person at a terminal who has ten seconds: how strong the evidence is, where and since when; what
 * speaks for it, what against, what would settle it; what happened; what to do first. Strong ones are told whole up to
 * `MOST_TOLD`, moderate ones where little stands above them; the others get a line each, because nobody reads the eleventh
 * page of a terminal.
 */
import type { Intrusion, Judgement } from '../../judge/index.ts';
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
import { colours, domainOf, inBrief, strengthWords, verdictWords } from './words.ts';

/** Told whole; further ones get a line. Moderate ones are, as long as fewer than two are told. */
const MOST_TOLD = 5;
const MOST_WITH_MODERATE = 2;
/** Of each kind on a line. */
const MOST_LINES = 20;
/** Sentences of a story, steps of what to do, names of a list. */
const MOST_SENTENCES = 12;
const MOST_NAMES = 6;
/** Lines of an approval: two parts of it. */
const MOST_APPROVAL = 19;
/** Prose is read in lines of at most this many columns, however wide the terminal. */
const READABLE = 100;

/** Text with newlines; empty where there is nothing to tell. */
export function renderIntrusions(
  { intrusions, suppressed, notes }: Judgement,
  { width, color }: TableOptions,
): string {
  const paint = style(color);
  const columns = Math.min(Math.max(60, width), READABLE);
  const told = toldWhole(intrusions);
  const others = intrusions.filter(each => !told.includes(each));
  const lines = [
    ...told.flatMap((each, i) => {
      const before = told[i - 1];
      const domain = domainOf(each.hosts);
      const shown = shortened(each, domain);
      const last = before === undefined ? null : shortened(before, domain);
      return [...whole(shown, domain, last, columns, paint), ''];
    }),
    ...inShort(others, Math.max(60, width), paint),
    ...approved(suppressed.length, columns, paint),
    ...notes.slice(0, MOST_LINES).flatMap(note => wrap(`Note: ${plain(note)}`, columns)),
  ];
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

function toldWhole(intrusions: readonly Intrusion[]): Intrusion[] {
  const strong = intrusions.filter(({ verdict }) => verdict === 'intrusion').slice(0, MOST_TOLD);
  const moderate = intrusions.filter(({ verdict }) => verdict === 'suspected');
  return [...strong, ...moderate.slice(0, Math.max(0, MOST_WITH_MODERATE - strong.length))];
}

function shortened(intrusion: Intrusion, domain: string | null): Intrusion {
  if (domain === null) return intrusion;
  const short = (texts: readonly string[]): string[] => texts.map(text => text.replaceAll(`.${domain}`, ''));
  return {
    ...intrusion,
    hosts: short(intrusion.hosts),
    sources: short(intrusion.sources),
    for: short(intrusion.for),
    against: short(intrusion.against),
    settle: short(intrusion.settle),
    story: short(intrusion.story),
    first: short(intrusion.first),
  };
}

function whole(
  intrusion: Intrusion,
  domain: string | null,
  before: Intrusion | null,
  columns: number,
  paint: Style,
): string[] {
  const { verdict, hosts, accounts, sources } = intrusion;
  const title = verdictWords[verdict].toUpperCase();
  const places = [
    listed('host', hosts, domain === null ? '' : ` of ${domain}`),

    listed('account', accounts),
    ...(sources.length === 0 ? [] : [`from ${names(sources)}`]),
  ];
  return [
    `${paint.level(colours[verdict], title)}  ${paint.dim(when(intrusion))}`,
    ...wrap(plain(places.join(' · ')), columns),
    '',
    ...labelled('For', intrusion.for, 'nothing', columns, paint),
    ...labelled('Against', intrusion.against, 'nothing that these logs show', columns, paint),
    ...labelled('Settle', intrusion.settle, 'nothing more that a log could show', columns, paint),
    ...approval(intrusion, paint),
    ...section('What happened', intrusion.story.slice(0, MOST_SENTENCES), columns, paint),
    ...more(intrusion.story.length - MOST_SENTENCES),
    ...firstSteps(intrusion.first, before?.first ?? [], columns, paint),
  ];
}

/** One of the three lines: its first sentence; `intrusions.json` has all. */
function labelled(
  label: string,
  sentences: readonly string[],
  none: string,
  columns: number,
  paint: Style,
): string[] {
  const indent = ' '.repeat(9);
  const text = sentences[0] === undefined ? none : plain(sentences[0]);
  const lines = hanging(text, columns - indent.length).map(line => indent + line);
  lines[0] = `${paint.bold(label)}${' '.repeat(indent.length - label.length)}${lines[0]!.trimStart()}`;
  return lines;
}

function section(title: string, sentences: readonly string[], columns: number, paint: Style): string[] {
  if (sentences.length === 0) return [];
  return [
    '',
    paint.bold(title),
    ...sentences.flatMap(sentence =>
      hanging(plain(sentence), columns - 4).map((line, i) => (i === 0 ? `  ${line}` : `    ${line}`)),
    ),
  ];
}

/** To be copied, so it is never wrapped. */
function approval({ recurs }: Intrusion, paint: Style): string[] {
  if (recurs === undefined || recurs.approval === null) return [];
  const lines = recurs.approval.trimEnd().split('\n');
  return [
    '',
    paint.bold('To approve exactly this, in huntaway.yml (--site)'),
    ...lines.slice(0, MOST_APPROVAL).map(line => `  ${plain(line)}`),
    ...(lines.length > MOST_APPROVAL ? ['  and more in intrusions.json (--out)'] : []),
  ];
}

/** What was said of the story before is not said again. */
function firstSteps(
  steps: readonly string[],
  before: readonly string[],
  columns: number,
  paint: Style,
): string[] {
  const fresh = steps.filter(step => !before.includes(step));
  if (fresh.length === 0) return steps.length === 0 ? [] : ['', `${paint.bold('Do first')}  as above`];
  const shown = fresh.slice(0, MOST_SENTENCES).map((step, i) => `${i + 1}. ${inBrief(step)}`);
  const title = fresh.length < steps.length ? 'Do first, besides what stands above' : 'Do first';
  return section(title, shown, columns, paint);
}

/** Wrapped without the indent that `wrap` gives further lines. */
function hanging(text: string, columns: number): string[] {
  return wrap(text, columns).map(line => line.trimStart());
}

function more(count: number): string[] {
  return count > 0 ? [`  and ${counted(count, 'step')} more in intrusions.json (--out)`] : [];
}

function inShort(intrusions: readonly Intrusion[], width: number, paint: Style): string[] {
  if (intrusions.length === 0) return [];
  const lines = intrusions.slice(0, MOST_LINES).map(({ verdict, firstSeen, summary }) => {
    const word = strengthWords[verdict];
    const head = `${paint.level(colours[verdict], word)}${' '.repeat(10 - word.length)}`;
    const date = second(firstSeen).slice(0, 10);
    return `${head}${paint.dim(date)}  ${clip(plain(summary), width - 10 - displayWidth(date) - 2)}`;
  });
  const rest = intrusions.length - MOST_LINES;
  return [
    paint.dim('Other evidence'),
    ...lines,
    ...(rest > 0 ? [`and ${counted(rest, 'more', 'more')} in intrusions.json (--out)`] : []),
    '',
  ];
}

function approved(count: number, columns: number, paint: Style): string[] {
  if (count === 0) return [];
  const text = `${counted(count, 'piece')} of evidence approved by --site: listed as suppressed in intrusions.json`;
  return wrap(text, columns).map(line => paint.dim(line));
}

function when({ firstSeen, lastSeen }: Intrusion): string {
  const [first, last] = [second(firstSeen), second(lastSeen)];
  if (first === last) return `${first} UTC`;
  const long = duration(lastSeen - firstSeen);
  if (first.slice(0, 10) === last.slice(0, 10))
    return `${first.slice(0, 16)}–${last.slice(11, 16)} UTC (${long})`;
  return `${first.slice(0, 10)} to ${last.slice(0, 10)} (${long})`;
}

function listed(one: string, items: readonly string[], of = ''): string {
  if (items.length === 0) return `no ${one} named`;
  return `${counted(items.length, one)}${of}: ${names(items)}`;
}

function names(items: readonly string[]): string {
  const shown = items.slice(0, MOST_NAMES).join(', ');
  return items.length > MOST_NAMES ? `${shown} and ${items.length - MOST_NAMES} more` : shown;
}
