/** The evidence, event by event: what it says, why it counts, and the event itself. Then what was found beside the stories. */
import { counted, grouped } from '../terminal/index.ts';
import { type Html, html } from './html.ts';
import { details, list, name, section, table } from './parts.ts';
import { stageSign } from './shapes.ts';
import { clipped, MOST_REST, type Shown, type Story, type View } from './view.ts';
import { stageTitles } from './words.ts';

/** Beyond that the table begins folded, so that a page with thousands of rows opens at once. */
const MOST_OPEN = 60;

export function evidenceSection(view: View): Html {
  const { left } = view;
  const said = [
    left.evidence > 0 && `${counted(left.evidence, 'lighter piece')} of evidence`,
    left.raw > 0 && `${counted(left.raw, 'raw event')}`,
    left.rest > 0 && `${counted(left.rest, 'group')} of other findings`,
  ].filter(each => each !== false);
  return section('evidence', 'Evidence', [
    html`<p>Each line is one event. Time is that of the record unless its reasons say otherwise; weight is in bits, how unusual it is here. Passwords in command lines are masked.</p>`,
    said.length > 0 &&
      html`<p class="left">Left out of this page to keep it small: ${said.join(', ')}. They stand in intrusions.json and in the findings.</p>`,
    view.evidence.length === 0 && html`<p>No evidence.</p>`,
    html`${view.stories.map(story => storyTable(story, view))}`,
    rest(view),
  ]);
}

function storyTable({ intrusion, of, article, shown }: Story, view: View): Html | null {
  if (shown.length === 0) return null;
  const heads = ['Time', 'Host', 'Account', 'Stage', 'What', 'Weight', 'Record'];
  const rows = table(
    html`<a href="#${article}">Story ${of + 1}</a>: ${intrusion.summary}`,
    heads,
    shown.map(each => row(each, intrusion.id, view)),
    'events',
  );
  const title = `Story ${of + 1}: ${counted(shown.length, 'piece')} of evidence`;
  return shown.length <= MOST_OPEN && of < 3
    ? html`<div data-intrusion="${intrusion.id}"><h3>${title}</h3>${rows}</div>`
    : html`<div data-intrusion="${intrusion.id}">${details(title, rows, { onPaper: shown.length <= MOST_OPEN })}</div>`;
}

function row({ evidence, row, raw }: Shown, intrusion: string, { clock, plant, input }: View): Html {
  const { behaviour, rule, stage, micros, host, account, channel, place, example, weight, reasons, copies } =
    evidence;
  const title = behaviour?.title ?? rule?.title ?? 'Found beside it';
  const file = input.inputs[place.input] ?? 'an unnamed file';
  return html`
<tr id="${row}" data-intrusion="${intrusion}" data-host="${host}" data-account="${account ?? ''}" data-stage="${stage}"><td class="time">${clock.at(micros)}</td><td class="who">${name(host)}${plant.has(host) && html` <span class="badge ot">OT</span>`}</td><td class="who">${account === null ? 'not named' : name(account)}</td><td>${stageSign(stage)}&nbsp;${stageTitles[stage]}</td><td class="what"><strong>${title}</strong>${behaviour !== null && html` <span class="meta">${[behaviour.id, ...behaviour.attack].join(' · ')}</span>`}<br><code><bdi>${example}</bdi></code><details><summary>Why it counts, and the event</summary>
${list(reasons.map(clock.sentence))}
<p>In <bdi class="name">${file}</bdi>, at byte ${grouped(place.offset)}${copies.length > 0 && `; the same event stands in ${counted(copies.length, 'other place')}`}.</p>
${raw === null ? html`<p class="left">The event itself is not in this page.</p>` : html`<pre class="raw"><bdi>${raw}</bdi></pre>`}</details></td><td class="number">${weight.toFixed(1)}</td><td>${name(channel)}${place.record >= 0 && ` ${place.record}`}</td></tr>`;
}

function rest({ input, clock, left }: View): Html | null {
  if (input.rest.length === 0) return null;
  const rows = input.rest.slice(0, MOST_REST).map(
    ({ title, level, host, count, first, last, example }) =>
      html`
<tr><td class="time">${clock.at(first)}</td><td class="who">${name(host)}</td><td class="who">${title}</td><td>${level}</td><td class="what"><code><bdi>${clipped(example, 500)}</bdi></code></td><td class="number">${grouped(count)}</td><td class="time">${clock.at(last)}</td></tr>`,
  );
  const all = input.rest.reduce((sum, { count }) => sum + count, 0);
  return html`<h3>Findings that belong to no story</h3>${details(
    `${counted(all, 'finding')} in ${counted(input.rest.length, 'group')} by rule and host`,
    html`${table('Other findings', ['First', 'Host', 'Rule', 'Level', 'For example', 'Events', 'Last'], rows, 'events')}${
      left.rest > 0 && html`<p class="left">${counted(left.rest, 'more group')} left out.</p>`
    }`,
    { onPaper: false },
  )}`;
}
