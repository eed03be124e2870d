/**
 * The top of the page, for a reader with ten seconds: is it bad, did it reach the plant, what could not be seen, since when,
 * how far, what is decided, what now. The order of the first three lines is that of every result of a hunt.
 */
import type { CaseState, Intrusion, Verdict } from '../../judge/index.ts';
import { caseWords } from '../cases/index.ts';
import { verdictWords } from '../intrusions/index.ts';
import { counted, grouped, second } from '../terminal/index.ts';
import { type Filling, type Html, html, when } from './html.ts';
import { countedNames, details, list, name, section } from './parts.ts';
import { type Clock, isTime } from './times.ts';
import type { Story, View } from './view.ts';
import { dayText, firstSentence } from './words.ts';

/** Of what could not be seen, at the top; the rest unfolds. */
const MOST_BLIND_LINES = 2;

export function summarySection(view: View): Html {
  const open = view.stories.filter(story => story.case?.state !== 'dismissed');
  const verdict = verdictOf(view, open);
  return section('summary', 'Summary', [
    html`<p class="verdict ${verdict.tone}"><span class="sign" aria-hidden="true">${verdict.sign}</span> ${verdict.said}</p>`,
    reachLine(view),
    blindLine(view),
    html`<dl class="facts">${factsOf(view, open).map(
      ([term, said]) => html`<div><dt>${term}</dt><dd>${said}</dd></div>`,
    )}</dl>`,
  ]);
}

type Said = { readonly tone: Verdict | 'quiet'; readonly sign: string; readonly said: Filling };

const signs: Readonly<Record<Verdict, string>> = { intrusion: '■', suspected: '▲', lead: '◆' };

function verdictOf(view: View, open: readonly Story[]): Said {
  const strongest = open[0]?.intrusion.verdict;
  if (strongest === undefined) {
    const said =
      view.stories.length === 0
        ? 'Nothing found. This does not show absence.'
        : `Nothing found but what people dismissed (${view.stories.length}). This does not show absence.`;
    return { tone: 'quiet', sign: '○', said };
  }
  const { strong, weaker } = byStrength(open);
  const others = weaker.length + view.left.intrusions;
  const words = verdictWords[strongest];
  const { first } = spanOf(strong);
  const beside = [
    first === null ? null : `At least since ${second(first).slice(0, 10)}`,
    counted(union(strong, hostsOf).length, 'host'),
    counted(strong.length, 'story', 'stories'),
    others > 0 ? `${grouped(others)} more with weaker evidence` : null,
  ].filter(each => each !== null);
  const said = html`${words[0]!.toUpperCase()}${words.slice(1)} <small>${beside.join(' · ')}</small>`;
  return { tone: strongest, sign: signs[strongest], said };
}

function reachLine({ input: { reach } }: View): Html {
  const hosts = reach.hosts.map(
    ({ host, roles, because, isInferred, isLogged }) =>
      html`${name(host)}${roles.length > 0 && ` (${roles.join(', ')})`}: ${because}${
        isInferred && ' (inferred from logs)'
      }; ${isLogged ? 'has logs' : 'no logs of its own'}`,
  );
  const evidence = reach.evidence.length;
  return html`<details class="line reach ${reach.state} printed"><summary>${reach.said}</summary>
${list(reach.reasons)}
${evidence > 0 && html`<p>${counted(evidence, 'piece')} of evidence at the plant or on the way to it: marked in the <a href="#timeline">timeline</a> and the <a href="#evidence">evidence</a>.</p>`}
${when(reach.first.length > 0, () => html`<p class="lead">At the plant, in this order:</p>${list(reach.first, 'ol')}`)}
${when(hosts.length > 0, () => html`<p class="lead">Hosts that count as the plant’s:</p>${list(hosts.slice(0, 50))}`)}
${hosts.length > 50 && html`<p>and ${hosts.length - 50} more</p>`}
</details>`;
}

function blindLine({ input: { visibility } }: View): Html {
  const { said, counts } = visibility;
  const all = counts.found + counts['would-have-shown'] + counts['could-not-see'];
  const lines = said.length === 0 ? ['What these logs could not show was not worked out.'] : said;
  return html`<div class="line blind"><p><span class="label">What could not be seen</span> ${lines.slice(0, MOST_BLIND_LINES).join(' ')} ${
    all > 0 &&
    html`<a href="#limits">${percent(counts['could-not-see'], all)} of what was looked for could not be seen.</a>`
  }</p>${
    lines.length > MOST_BLIND_LINES &&
    details('More that could not be seen', list(lines.slice(MOST_BLIND_LINES)), { onPaper: false })
  }</div>`;
}

/** Never 0 % of something, and never 100 % of not all. */
export function percent(part: number, all: number): string {
  const exact = (100 * part) / all;
  if (part === 0) return '0 %';
  if (part === all) return '100 %';
  return exact < 1 ? 'under 1 %' : exact > 99 ? 'over 99 %' : `${Math.round(exact)} %`;
}

function factsOf(view: View, open: readonly Story[]): (readonly [string, Filling])[] {
  const { input, clock } = view;
  const { span } = input.visibility;
  const reachBack =
    span !== null && html`The logs begin on ${dayText(span.from)}: what came before could not be seen.`;
  const scope = html`${counted(input.run.files, 'file')} with ${grouped(input.run.events)} events`;
  if (open.length === 0) {
    return [
      ['Looked at', html`${scope}. ${reachBack}`],
      [
        'What now',
        html`See what to switch on, so that next time more would show: <a href="#todo">the cheapest first</a>.`,
      ],
    ];
  }
  const { strong, weaker } = byStrength(open);
  const [told, beyond] = [spanOf(strong), spanOf(weaker)];
  return [
    ['What now', whatNow(view, open[0]!)],
    [
      'Since when',
      html`${told.first === null || told.last === null ? 'No event of it says a time.' : html`At least since ${clock.at(told.first)}; last seen ${clock.at(told.last)}.`} ${
        beyond.first !== null &&
        (told.first === null || beyond.first < told.first) &&
        html`Weaker evidence begins at ${clock.at(beyond.first)}. `
      }${reachBack}`,
    ],
    ['How far', howFar(strong, weaker)],
    ['State', states(view)],
    ['Looked at', scope],
    ['How sure', howSure(strong[0]!, clock)],
  ];
}

/** The strongest alone say since when and how far; what weaker ones add is said apart, so that nothing sounds surer than it is. */
function byStrength(open: readonly Story[]): { strong: Intrusion[]; weaker: Intrusion[] } {
  const all = open.map(({ intrusion }) => intrusion);
  const strongest = all[0]?.verdict;
  return {
    strong: all.filter(({ verdict }) => verdict === strongest),
    weaker: all.filter(({ verdict }) => verdict !== strongest),
  };
}

function spanOf(all: readonly Intrusion[]): { first: number | null; last: number | null } {
  const times = all.flatMap(each => [each.firstSeen, each.lastSeen]).filter(isTime);
  return times.length === 0
    ? { first: null, last: null }
    : { first: Math.min(...times), last: Math.max(...times) };
}

function howFar(strong: readonly Intrusion[], weaker: readonly Intrusion[]): Html | null {
  const hosts = union(strong, hostsOf);
  const more = union(weaker, hostsOf).filter(each => !hosts.includes(each));
  const accounts = union(strong, each => each.accounts);
  const sources = union(strong, each => each.sources);
  return list([
    countedNames(hosts, 'host'),
    countedNames(accounts, 'account'),
    countedNames(sources, 'source address', 'source addresses'),
    ...(more.length > 0 ? [html`weaker evidence on ${countedNames(more, 'more host')}`] : []),
  ]);
}

function howSure(best: Intrusion, clock: Clock): Html {
  const [pro = 'nothing was written down.', con = 'nothing that these logs show.'] = [
    best.for[0],
    best.against[0],
  ];
  return html`${list([html`For: ${clock.sentence(pro)}`, html`Against: ${clock.sentence(con)}`])}<a href="#story">More, and what would settle it</a>`;
}

function whatNow(view: View, { intrusion, article }: Story): Html {
  const atPlant = view.input.reach.state === 'evidence' ? view.input.reach.first[0] : undefined;
  const steps = [atPlant, intrusion.first[0], intrusion.settle[0]].filter(each => each !== undefined);
  return html`${list(
    steps.map(each => view.clock.sentence(firstSentence(each))),
    'ol',
  )}<a href="#${article}">All steps</a>`;
}

function states({ stories, clock }: View): Html {
  const counts = new Map<CaseState, number>();
  for (const story of stories) {
    const state = story.case?.state ?? 'open';
    counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  const said = [...counts].map(([state, count]) =>
    stories.length === 1 ? caseWords[state] : `${count} ${caseWords[state]}`,
  );
  const aware = stories.flatMap(story => story.case?.aware ?? []);
  return html`${said.join(', ')}. ${
    aware.length > 0
      ? html`Time of awareness: ${clock.at(Math.min(...aware))}.`
      : 'Nobody has confirmed an incident.'
  }`;
}

function hostsOf(intrusion: Intrusion): readonly string[] {
  return intrusion.hosts;
}

function union(all: readonly Intrusion[], of: (each: Intrusion) => readonly string[]): string[] {
  return [...new Set(all.flatMap(of))];
}
