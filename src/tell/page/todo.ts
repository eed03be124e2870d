/** What to do: what to switch on so that next time more would show, the most for the least first, with exact commands. */
import type { Fix } from '../../judge/index.ts';
import type { LogSetting } from '../../know/logging/index.ts';
import { counted, grouped } from '../terminal/index.ts';
import { type Html, html, when } from './html.ts';
import { command, countedNames, details, section, webLink } from './parts.ts';
import type { View } from './view.ts';

/** Told in full; the others unfold. */
const MOST_FIRST = 5;
const MOST_FIXES = 60;

const costs: Readonly<Record<LogSetting['cost'], string>> = {
  1: 'a command, few events',
  2: 'little work',
  3: 'some work or many events',
  4: 'much work or a flood of events',
  5: 'an agent, or a flood of events',
};

export function todoSection(view: View): Html {
  const { settings, visibility } = view.input;
  const byId = new Map(settings.map(each => [each.id, each]));
  const known = visibility.fixes.flatMap(fix => {
    const setting = byId.get(fix.setting);
    return setting === undefined ? [] : [{ fix, setting }];
  });
  const items = known.slice(0, MOST_FIXES).map(({ fix, setting }) => item(fix, setting, view));
  const [first, later] = [items.slice(0, MOST_FIRST), items.slice(MOST_FIRST)];
  return section('todo', 'What to switch on', [
    items.length === 0
      ? html`<p>${visibility.blinds.length === 0 ? 'Nothing that was looked for was hidden by a setting.' : 'No setting that this program knows would have shown more.'}</p>`
      : html`<p>With these, more would have shown; the most for the least comes first. Commands run on each host named, as administrator. At the plant nothing is changed without the control room.</p>`,
    when(
      view.stories.length > 0,
      () => html`<p>What to do about what was found stands in each story: <a href="#story">do first</a>.</p>`,
    ),
    when(first.length > 0, () => html`<ol class="fixes">${first}</ol>`),
    later.length > 0 &&
      details(
        counted(later.length, 'more setting'),
        html`<ol class="fixes" start="${MOST_FIRST + 1}">${later}</ol>`,
      ),
    known.length > MOST_FIXES &&
      html`<p class="left">${counted(known.length - MOST_FIXES, 'more setting')} in visibility.json.</p>`,
  ]);
}

function item({ hosts, behaviours, gain }: Fix, setting: LogSetting, view: View): Html {
  const titles = new Map(
    view.input.advisories.flatMap(({ behaviours }) => behaviours.map(({ id, title }) => [id, title])),
  );
  const opened = behaviours.map(id => titles.get(id) ?? id);
  const rows = [
    ['Command', setting.command],
    ['Group policy', setting.groupPolicy],
    ['Registry', setting.registry],
    ['Configuration', setting.configuration],
  ] as const;
  const plantHosts = hosts.filter(host => view.plant.has(host));
  return html`<li><h3>${setting.title}</h3>
<p>Cost: ${costs[setting.cost]}. Would have opened ${counted(behaviours.length, 'behaviour')} on ${countedNames(hosts, 'host')} (${grouped(gain)} behaviours × hosts × days).</p>
<dl>${rows.flatMap(([term, text]) => (text === undefined ? [] : html`<div><dt>${term}</dt><dd>${command(text)}</dd></div>`))}</dl>
${plantHosts.length > 0 && html`<p class="caution">${countedNames(plantHosts, 'plant host')}: only with the control room and by plant procedure.</p>`}
${opened.length > 0 && details('What it would show', html`<p>${opened.join('; ')}</p>`, { onPaper: false })}
<p class="meta">Source: ${webLink(setting.source)}</p></li>`;
}
