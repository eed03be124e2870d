/**
 * The first lines of a result, for somebody who reads no further: how strong the evidence is, since when and how far; whether
 * the plant was reached; what could not be seen; what people decided; what to do first. Five lines at most, whatever the
 * width: what does not fit is cut, for all of it stands below or in the files of `--out`.
 */
import type { CaseState, CaseView, Intrusion, Judgement, Reach, Visibility } from '../../judge/index.ts';
import type { Level } from '../../know/sigma/index.ts';
import { NO_TIME } from '../../read/events/index.ts';
import { caseWords } from '../cases/index.ts';
import { clip, counted, plain, second, style, type TableOptions, wrap } from '../terminal/index.ts';
import { colours, domainOf, inBrief, verdictWords } from './words.ts';

export type FirstLines = {
  readonly judgement: Judgement;
  readonly reach: Reach | null;
  /** Null = nobody asked what could be seen. */
  readonly visibility: Visibility | null;
  /** In the order of intrusions. */
  readonly cases: readonly CaseView[];
  /** Hosts with logs of their own. */
  readonly hosts: number;
  /** First and last event of the logs, microseconds; null = no event says a time. */
  readonly span: { readonly first: number; readonly last: number } | null;
  /** Findings that belong to no story. */
  readonly others: number;
};

const MOST_LINES = 5;
const READABLE = 100;
const NARROWEST = 40;
const MOST_NAMED = 4;

type Line = { readonly text: string; readonly level: Level | null };

/** Text with newlines, at most five lines. */
export function renderFirst(first: FirstLines, { width, color }: TableOptions): string {
  const paint = style(color);
  const columns = Math.min(Math.max(NARROWEST, width), READABLE);
  const lines = [
    verdictLine(first),
    ...(first.reach === null ? [] : [reachLine(first.reach)]),
    ...unseenLines(first),
    ...caseLines(first.cases),
    ...doLines(first),
  ];
  const shown = fitted(lines, columns).map(({ text, level }, i) => {
    if (level !== null) return paint.level(level, text);
    return i === 0 ? paint.bold(text) : text;
  });
  return `${shown.join('\n')}\n`;
}

/** Lines that are too long are broken while there is room for it, the first ones first, and cut where there is none. */
function fitted(lines: readonly Line[], columns: number): Line[] {
  let spare = MOST_LINES - lines.length;
  return lines.flatMap(({ text, level }) => {
    const broken = wrap(plain(text), columns);
    const room = Math.min(broken.length - 1, Math.max(0, spare));
    spare -= room;
    const kept = broken.slice(0, room);
    const rest = broken
      .slice(room)
      .map((line, i) => (i === 0 ? line : line.trimStart()))
      .join(' ');
    return [...kept, clip(rest, columns)].map(line => ({ text: line, level }));
  });
}

function verdictLine(first: FirstLines): Line {
  const { intrusions } = first.judgement;
  const strongest = intrusions[0];
  if (strongest === undefined) return { text: nothingFound(first), level: null };
  const alike = intrusions.filter(({ verdict }) => verdict === strongest.verdict);
  const words = verdictWords[strongest.verdict];
  const stories = alike.length > 1 ? ` (${counted(alike.length, 'story', 'stories')})` : '';
  const text = `${words[0]!.toUpperCase()}${words.slice(1)}${stories}${since(alike)}: ${howFar(alike)}`;
  return { text, level: colours[strongest.verdict] };
}

function since(intrusions: readonly Intrusion[]): string {
  const firsts = intrusions.map(({ firstSeen }) => firstSeen).filter(micros => micros !== NO_TIME);
  return firsts.length === 0 ? '' : ` since ${day(Math.min(...firsts))}`;
}

function howFar(intrusions: readonly Intrusion[]): string {
  const hosts = new Set(intrusions.flatMap(each => each.hosts));
  const accounts = new Set(intrusions.flatMap(each => each.accounts));
  const by = accounts.size === 0 ? '' : `, ${counted(accounts.size, 'account')}`;
  return `${counted(hosts.size, 'host')}${by}`;
}

function nothingFound({ hosts, span, others }: FirstLines): string {
  const what = others > 0 ? 'No evidence of intrusion' : 'Nothing found';
  const when = span === null ? '' : ` between ${day(span.first)} and ${day(span.last)}`;
  return `${what} on ${counted(hosts, 'host')}${when}. This does not show absence.`;
}

function reachLine({ state, said }: Reach): Line {
  return { text: said, level: state === 'evidence' ? 'critical' : null };
}

function unseenLines({ visibility, reach }: FirstLines): Line[] {
  const silent =
    visibility === null
      ? (reach?.hosts ?? []).filter(({ isLogged }) => !isLogged).map(({ host }) => host)
      : visibility.hosts.filter(({ period }) => period === null).map(({ host }) => host);
  const said = visibility?.said[0];
  const parts = [
    ...(silent.length === 0 ? [] : [`no logs of ${named(silent)}`]),
    ...(said === undefined ? [] : [said]),
  ];
  return parts.length === 0 ? [] : [{ text: `Not seen: ${parts.join('. ')}`, level: null }];
}

/** Those that tell most first. */
const caseOrder: readonly CaseState[] = ['confirmed', 'reopened', 'asked', 'dismissed'];

function caseLines(cases: readonly CaseView[]): Line[] {
  const parts = caseOrder.flatMap(state => {
    const count = cases.filter(each => each.state === state).length;
    return count === 0 ? [] : [`${count} ${caseWords[state]}`];
  });
  if (parts.length === 0) return [];
  const aware = cases.flatMap(each => (each.aware === null ? [] : [each.aware]));
  const known = aware.length === 0 ? '' : `; aware since ${second(Math.min(...aware))} UTC`;
  return [{ text: `Case: ${parts.join(', ')}${known}`, level: null }];
}

function doLines({ judgement, reach, visibility }: FirstLines): Line[] {
  const hosts = [
    ...judgement.intrusions.flatMap(each => each.hosts),
    ...(reach?.hosts ?? []).map(({ host }) => host),
  ];
  const domain = domainOf(hosts);
  const ofPlant = reach?.first[0] ?? null;
  const ofStory = judgement.intrusions[0]?.first[0] ?? null;
  const step = (reach?.state === 'evidence' ? ofPlant : null) ?? ofStory ?? ofPlant ?? collect(visibility);
  if (step === null) return [];
  const short = domain === null ? step : step.replaceAll(`.${domain}`, '');
  return [{ text: `Do first: ${inBrief(short)}`, level: null }];
}

function collect(visibility: Visibility | null): string | null {
  const silent = visibility?.hosts.filter(({ period }) => period === null).map(({ host }) => host) ?? [];
  if (silent.length === 0) return null;
  return `collect the logs of ${named(silent)} (huntaway collect) and hunt again`;
}

function named(hosts: readonly string[]): string {
  const short = hosts
    .slice(0, MOST_NAMED)
    .map(host => (/^[\d.]+$|:/.test(host) ? host : host.split('.', 1)[0]!));
  const rest = hosts.length - short.length;
  return rest > 0 ? `${short.join(', ')} and ${rest} more` : short.join(', ');
}

function day(micros: number): string {
  return second(micros).slice(0, 10);
}
