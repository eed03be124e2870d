/** What happened, story by story: what speaks for it, what against, what would settle it; in sentences; what to do first. */
import type { CaseEntry, CaseView, Suppressed } from '../../judge/index.ts';
import { caseWords } from '../cases/index.ts';
import { verdictWords } from '../intrusions/index.ts';
import { counted } from '../terminal/index.ts';
import { type Html, html, when } from './html.ts';
import { command, countedNames, details, lines, list, name, section, table } from './parts.ts';
import type { Clock } from './times.ts';
import { clipped, type Shown, type Story, type View } from './view.ts';
import { stageTitles } from './words.ts';

/** Told whole; of further ones the first sentences. */
const MOST_WHOLE = 30;
const MOST_LINKS = 300;
/** Longer tables stay folded on paper. */
const MOST_ON_PAPER = 40;
const MOST_APPROVED = 200;

export function storySection(view: View): Html {
  const { stories, input, left } = view;
  const told = stories.map(story => article(story, view));
  return section('story', 'What happened', [
    stories.length === 0 &&
      html`<p>No story was found in these logs. What they could not have shown stands under <a href="#limits">limits</a>.</p>`,
    html`${told}`,
    left.intrusions > 0 &&
      html`<p class="left">${counted(left.intrusions, 'more story', 'more stories')}, weaker than these, in intrusions.json.</p>`,
    approved(input.suppressed, view.clock),
    when(
      input.notes.length > 0,
      () => html`<h3>Notes on this judgement</h3>${list(input.notes.map(view.clock.sentence))}`,
    ),
  ]);
}

function article(story: Story, view: View): Html {
  const { intrusion, of, article } = story;
  const { clock } = view;
  const { verdict, summary, hosts, accounts, sources } = intrusion;
  const atPlant = hosts.filter(host => view.plant.has(host));
  return html`
<article id="${article}" class="intrusion ${verdict}" data-intrusion="${intrusion.id}" aria-labelledby="${article}-title">
<h3 id="${article}-title">${of + 1}. <span class="badge ${verdict}">${capital(verdictWords[verdict])}</span> ${summary}</h3>
<p class="meta">${clock.span(intrusion.firstSeen, intrusion.lastSeen)} · ${countedNames(hosts, 'host')} · ${countedNames(accounts, 'account')}${
    sources.length > 0 && html` · from ${countedNames(sources, 'address', 'addresses')}`
  }</p>
<p class="meta">Case ${name(intrusion.id)}: ${caseWords[story.case?.state ?? 'open']}</p>
<dl class="lines">
${line('For', intrusion.for, 'nothing', clock)}
${line('Against', intrusion.against, 'nothing that these logs show', clock)}
${line('Settle', intrusion.settle, 'nothing more that a log could show', clock)}
</dl>
${when(of < MOST_WHOLE, () => whole(story, view, atPlant))}
</article>`;
}

function whole(story: Story, view: View, atPlant: readonly string[]): Html {
  const { intrusion, shown } = story;
  const { clock, input } = view;
  return html`
${when(intrusion.story.length > 0, () => html`<h4>What happened</h4>${list(intrusion.story.map(clock.sentence), 'ol')}`)}
${when(
  atPlant.length > 0,
  () => html`<div class="plant"><h4>At the plant: do not isolate, reboot or block</h4>
<p>It touches ${countedNames(atPlant, 'plant host')}. A host of the plant that stops can do more harm than an intruder who waits: nothing there is switched off from the office.</p>${list(input.reach.first, 'ol')}</div>`,
)}
${firstSteps(story, view)}
${recurs(story, clock)}
${decided(story.case, intrusion.id, clock)}
${links(intrusion.links, shown, clock)}`;
}

function line(label: string, sentences: readonly string[], none: string, clock: Clock): Html {
  const [first, ...more] = sentences;
  return html`<div><dt>${label}</dt><dd>${first === undefined ? none : clock.sentence(first)}${more.length > 0 && details(`and ${more.length} more`, list(more.map(clock.sentence)))}</dd></div>`;
}

/** What was said of the story before is not said again. */
function firstSteps({ intrusion: { first }, of }: Story, { stories, clock }: View): Html | null {
  const before = stories[of - 1];
  const fresh = first.filter(step => before?.intrusion.first.includes(step) !== true);
  if (first.length === 0) return null;
  const steps = list(fresh.map(clock.sentence), 'ol');
  if (before === undefined || fresh.length === first.length) return html`<h4>Do first</h4>${steps}`;
  const above = html`<a href="#${before.article}">story ${of}</a>`;
  return fresh.length === 0
    ? html`<h4>Do first</h4><p>As in ${above}.</p>`
    : html`<h4>Do first</h4><p>Besides what stands in ${above}:</p>${steps}`;
}

function recurs({ intrusion: { recurs } }: Story, clock: Clock): Html | null {
  if (recurs === undefined) return null;
  return html`<p>This was done ${counted(recurs.times, 'time')}, from ${clock.at(recurs.first)} to ${clock.at(recurs.last)}.</p>
${recurs.approval !== null && details('To approve exactly this, in huntaway.yml (--site)', html`<pre>${lines(recurs.approval)}</pre>`)}`;
}

const verbs: Readonly<Record<CaseEntry['decision'], string>> = {
  ask: 'Asked',
  confirm: 'Confirmed as an incident',
  dismiss: 'Dismissed',
};

function decided(view: CaseView | null, id: string, clock: Clock): Html {
  if (view === null || view.entries.length === 0) {
    return html`<h4>Decisions</h4><p>Nobody has decided on it. Only a person makes it an incident: ${command(`huntaway case confirm ${id} --by NAME --reason TEXT`)}</p>`;
  }
  const { state, aware, fresh, isExpired, entries } = view;
  return html`<h4>Decisions</h4>${list(
    entries.map(
      ({ at, decision, by, reason, until, question }) =>
        html`${clock.at(at)}: ${verbs[decision]} by ${name(by)}${reason !== '' && html`: ${reason}`}${until !== null && html`; counts until ${clock.at(until)}`}${
          question !== null && html`<br>To ask by phone, of ${name(question.whom)}: <q>${question.text}</q>`
        }`,
    ),
  )}
${aware !== null && html`<p>Time of awareness: ${clock.at(aware)}.</p>`}
${state === 'reopened' && html`<p>Open again: ${isExpired ? 'the dismissal has run out' : 'there is evidence that nobody had decided on'}.</p>`}
${fresh.length > 0 && html`<p>${counted(fresh.length, 'piece')} of evidence since the last decision.</p>`}`;
}

function links(all: Story['intrusion']['links'], shown: readonly Shown[], clock: Clock): Html | null {
  if (all.length === 0) return null;
  const byId = new Map(shown.map(each => [each.evidence.id, each]));
  const rows = all.slice(0, MOST_LINKS).map(({ from, to, reason }) => {
    return html`<tr><td>${end(byId.get(from), from, clock)}</td><td>${end(byId.get(to), to, clock)}</td><td>${reason}</td></tr>`;
  });
  return details(
    `Why these events are one story: ${counted(all.length, 'link')}`,
    html`${table('Links between pieces of evidence', ['From', 'To', 'Because'], rows)}${
      all.length > MOST_LINKS &&
      html`<p class="left">${counted(all.length - MOST_LINKS, 'more link')} in intrusions.json.</p>`
    }`,
    { onPaper: all.length <= MOST_ON_PAPER },
  );
}

function end(shown: Shown | undefined, id: string, clock: Clock): Html {
  if (shown === undefined) return html`${name(id)} (not on this page)`;
  const { evidence, row } = shown;
  const title = evidence.behaviour?.title ?? evidence.rule?.title ?? stageTitles[evidence.stage];
  return html`<a href="#${row}">${title}</a> on ${name(evidence.host)}, ${clock.at(evidence.micros)}`;
}

function approved(suppressed: readonly Suppressed[], clock: Clock): Html | null {
  if (suppressed.length === 0) return null;
  const rows = suppressed
    .slice(0, MOST_APPROVED)
    .map(
      ({ evidence, approval, reason, until }) =>
        html`<tr><td>${clock.at(evidence.micros)}</td><td>${name(evidence.host)}</td><td>${clipped(evidence.example, 500)}</td><td>${name(approval)}: ${reason}</td><td>${until === null ? 'without end' : clock.at(until)}</td></tr>`,
    );
  return html`<h3>Approved by the site file</h3>${details(
    `${counted(suppressed.length, 'piece')} of evidence that a named person approved`,
    html`${table('Approved evidence', ['Time', 'Host', 'What', 'Approval', 'Until'], rows)}${
      suppressed.length > MOST_APPROVED &&
      html`<p class="left">${counted(suppressed.length - MOST_APPROVED, 'more')} in intrusions.json.</p>`
    }`,
  )}`;
}

function capital(text: string): string {
  return text[0]!.toUpperCase() + text.slice(1);
}
