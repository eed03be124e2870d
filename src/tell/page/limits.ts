/** What this page cannot say: hosts and times without sight, what was not read, clocks, what its times rest on. */
import type { Blind, BlindKind } from '../../judge/index.ts';
import { counted, duration, grouped } from '../terminal/index.ts';
import { type Html, html, when } from './html.ts';
import { periodText } from './matrix.ts';
import { details, fullName, list, name, section, table } from './parts.ts';
import { groupBy, type View } from './view.ts';
import { basisWords } from './words.ts';

/** Lists that stand open from the start. */
const MOST_OPEN = 15;
const MOST_HOSTS = 300;
const MOST_BLINDS = 60;

const kindTitles: Readonly<Record<BlindKind, string>> = {
  'no-logs': 'No logs of the host',
  'no-source': 'No such source among the logs',
  'channel-absent': 'Channel absent',
  'event-absent': 'Event never written',
  'field-absent': 'Event without the field that matters',
  'log-cleared': 'Log cleared',
  'record-gap': 'Records missing',
  silent: 'Host silent',
  'before-first': 'Before the logs begin',
  'after-last': 'After the logs end',
  'not-observable': 'No log could show it',
};

export function limitsSection(view: View): Html {
  const { run, visibility } = view.input;
  return section('limits', 'What could not be seen', [
    when(visibility.said.length > 0, () => html`${list(visibility.said)}`),
    hosts(view),
    blinds(visibility.blinds),
    html`<h3>What was not read</h3>`,
    list(run.incomplete) ??
      html`<p>Everything that was given was read: ${counted(run.files, 'file')}, ${grouped(run.events)} events.</p>`,
    clocks(view),
    html`<h3>About this page</h3>`,
    list([
      html`Made at ${view.clock.at(run.ended)} by Huntaway ${run.version}${run.operator !== null && html` for ${name(run.operator)}`}, over ${run.paths.map((path, i) => html`${i > 0 && ', '}${name(path)}`)}: ${counted(run.findings, 'finding')} in ${grouped(run.events)} events.`,
      ...(view.domain === null
        ? []
        : [
            `Hosts are named without their domain, ${view.domain}, which all that have one share; what events say is as it was written.`,
          ]),
      'Evidence is called strong, moderate or weak. Only a person declares an incident.',
      'Nothing in this page is loaded from anywhere, and it sends nothing.',
      'Handle as TLP:AMBER+STRICT: for people of your organisation who need to know, and for nobody else.',
    ]),
  ]);
}

function hosts({ input: { visibility }, plant }: View): Html | null {
  if (visibility.hosts.length === 0) return null;
  const count = new Map<string, number>();
  for (const { host } of visibility.blinds) if (host !== null) count.set(host, (count.get(host) ?? 0) + 1);
  const rows = visibility.hosts.slice(0, MOST_HOSTS).map(
    ({ host, roles, zone, basis, period }) => html`
<tr><th scope="row">${fullName(host)}${plant.has(host) && html` <span class="badge ot">OT</span>`}</th><td>${roles.length === 0 ? 'none known' : roles.join(', ')}</td><td>${zone ?? 'unknown'}</td><td>${basisWords[basis]}</td><td>${period === null ? html`<strong>none</strong>` : periodText(period)}</td><td class="number">${count.get(host) ?? 0}</td></tr>`,
  );
  const without = visibility.hosts.filter(({ period }) => period === null).length;
  const more = visibility.hosts.length - MOST_HOSTS;
  return html`<h3>Hosts and their logs</h3>${details(
    html`${counted(visibility.hosts.length, 'host')}${without > 0 && `, ${without} without logs of their own`}`,
    html`${table('Hosts and the days of their logs', ['Host', 'Roles', 'Zone', 'Known from', 'Logs', 'Blind spots'], rows)}${
      more > 0 && html`<p class="left">${counted(more, 'more host')} in visibility.json.</p>`
    }`,
    { isOpen: visibility.hosts.length <= MOST_OPEN },
  )}`;
}

function blinds(all: readonly Blind[]): Html | null {
  if (all.length === 0) return null;
  const byKind = groupBy(all, ({ kind }) => kind);
  return html`<h3>Blind spots</h3>${[...byKind].map(([kind, own]) =>
    details(
      `${kindTitles[kind]}: ${own.length}`,
      html`${list(own.slice(0, MOST_BLINDS).map(({ said, period, behaviours }) => html`${said} <span class="meta">(${periodText(period)}; hides ${counted(behaviours.length, 'behaviour')})</span>`))}${
        own.length > MOST_BLINDS &&
        html`<p class="left">${counted(own.length - MOST_BLINDS, 'more')} in visibility.json.</p>`
      }`,
      { isOpen: all.length <= MOST_OPEN },
    ),
  )}`;
}

function clocks({ input: { skews, siteTimeZone }, clock }: View): Html {
  const rows = skews.map(
    ({ host, seconds, because }) =>
      html`<tr><th scope="row">${name(host)}</th><td>${duration(Math.abs(seconds) * 1e6)} ${seconds < 0 ? 'behind' : 'ahead'}</td><td>${because}</td></tr>`,
  );
  const site =
    siteTimeZone === null
      ? 'No site time zone was given (--site-timezone).'
      : clock.zone !== null
        ? html`Times in brackets are site time, ${name(siteTimeZone)}, with their distance from UTC.`
        : html`The time zone ${name(siteTimeZone)} is not known to this program: times are in UTC alone.`;
  return html`<h3>Times and clocks</h3>
<p>All times are UTC. ${site} A time is that of the record, as the host’s clock had it when it wrote it; where only an event’s own UtcTime or the moment of receipt is known, its reasons say so.</p>
${rows.length === 0 ? html`<p>No host’s clock was seen to be off.</p>` : table('Clocks that are off', ['Host', 'Off by', 'Because'], rows)}`;
}
