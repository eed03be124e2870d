/**
 * The first lines of a result, for somebody who reads no further: how strong the evidence is, since when and how far; whether
 * the plant was reached; what could not be seen; what people decided; what to do first. Five lines at most, whatever the
 * width: what does not fit is cut, for all of it stands below or in the files of `--out`.
 */
import type {
  CaseState,
  CaseView,
  Intrusion,
  Judgement,
  Reach,
  ViewedHost,
  Visibility,
} from '../../judge/index.ts';
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

type Line = {
  readonly text: string;
  readonly level: Level | null;
  /** Said instead where there is no room for all of it. */
  readonly brief?: string;
};

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
  let spare = Math.max(0, MOST_LINES - lines.length);
  return lines.flatMap(({ text, level, brief }) => {
    const broken = wrap(plain(text), columns);
    if (broken.length - 1 > spare && brief !== undefined)
      return [{ text: clip(plain(brief), columns), level }];
    const room = Math.min(broken.length - 1, spare);
    spare -= room;
    const rest = broken.slice(room).map((line, i) => (i === 0 ? line : line.trimStart()));
    return [...broken.slice(0, room), clip(rest.join(' '), columns)].map(line => ({ text: line, level }));
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

/** Hosts without logs by name, and how much else could not have shown. */
function unseenLines({ visibility, reach }: FirstLines): Line[] {
  const silent = silentHosts(visibility, reach);
  const parts = [
    ...(silent.length === 0 ? [] : [`no logs of ${named(silent)}`]),
    ...(visibility === null ? [] : blindShare(visibility)),
  ];
  return parts.length === 0 ? [] : [{ text: `Not seen: ${parts.join('; ')}`, level: null }];
}

function silentHosts(visibility: Visibility | null, reach: Reach | null): string[] {
  const ofPlant = (reach?.hosts ?? []).filter(({ isLogged }) => !isLogged).map(({ host }) => host);
  const others = (visibility?.hosts ?? []).filter(({ period }) => period === null);
  const ranked = others.toSorted((a, b) => nearness(b) - nearness(a)).map(({ host }) => host);
  return [...new Set([...ofPlant, ...ranked])];
}

/** A host with a role, then one of the domain; a bare name may be a machine at somebody's home. */
function nearness({ host, roles }: ViewedHost): number {
  return Number(roles.length > 0) * 2 + Number(host.includes('.'));
}

function blindShare({ counts }: Visibility): string[] {
  const blind = counts['could-not-see'];
  const all = blind + counts.found + counts['would-have-shown'];
  if (blind === 0 || all === 0) return [];
  const share = Math.max(1, Math.round((100 * blind) / all));
  return [`in all ${share} % of what was looked for`];
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
  const text = `Do first: ${inBrief(short)}`;
  // What stands behind a colon are names, or why; a title alone (`Preserve:`) says nothing.
  const head = /^Do first: [^:]{20,}(?=: )/.exec(text);
  return [{ text, level: null, ...(head === null ? {} : { brief: `${head[0]}.` }) }];
}

function collect(visibility: Visibility | null): string | null {
  const silent = silentHosts(visibility, null);
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

/** Sentences of each section. */
const MOST_SENTENCES = 8;

/** What the second and the third line unfold into, for below the stories; empty where there is nothing to say. */
export function renderUnfolded(
  { reach, visibility }: Pick<FirstLines, 'reach' | 'visibility'>,
  { width, color }: TableOptions,
): string {
  const paint = style(color);
  const columns = Math.min(Math.max(NARROWEST, width), READABLE);
  const section = (title: string, sentences: readonly string[]): string[] => {
    if (sentences.length === 0) return [];
    const shown = sentences.slice(0, MOST_SENTENCES).flatMap(sentence =>
      wrap(plain(sentence), columns - 4)
        .map(line => line.trimStart())
        .map((line, i) => (i === 0 ? `  ${line}` : `    ${line}`)),
    );
    const rest = sentences.length - MOST_SENTENCES;
    const more = rest > 0 ? [`  and ${counted(rest, 'sentence')} more in the files of --out`] : [];
    return [paint.bold(title), ...shown, ...more, ''];
  };
  const lines = [
    ...section('The plant (OT)', [...(reach?.first ?? []), ...(reach?.reasons ?? [])]),
    ...section('What could not be seen', visibility?.said ?? []),
  ];
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}
