/**
 * A layer of ATT&CK Navigator, format 4.5. It has one entry for each technique of the advisories, without a tactic: a
 * behaviour's stage is where the actor uses it, not where ATT&CK lists it, and an entry under a tactic that the technique
 * does not belong to would show nowhere. Techniques bear the ids of ATT&CK v18; what v19 calls them stands in the metadata,
 * because a layer is of one version.
 */
import type { Sight, Visibility } from '../../judge/index.ts';
import type { Advisory } from '../../know/advisories/index.ts';
import { settingById } from '../../know/logging/index.ts';
import { formatMicros } from '../../read/events/index.ts';
import { jsonText } from '../json-text.ts';
import { type TechniqueTally, techniqueTallies } from './tally.ts';
import { blindWords, sightWords } from './words.ts';

/** Of the oldest Navigator that reads format 4.5 with ATT&CK v18 well. */
const VERSIONS = { attack: '18', navigator: '5.2.0', layer: '4.5' };

/** Distinct to the colour-blind, and black text on each is readable. */
const COLOURS: Readonly<Record<Sight, string>> = {
  found: '#e8743b',
  'would-have-shown': '#7fb8e6',
  'could-not-see': '#bdbdbd',
};
const SCORES: Readonly<Record<Sight, number>> = { found: 100, 'would-have-shown': 50, 'could-not-see': 0 };
const SIGHTS: readonly Sight[] = ['found', 'would-have-shown', 'could-not-see'];

/** Names of hosts in a comment, and settings in the metadata: a tooltip is no report. */
const MOST_NAMES = 5;
const MOST_SETTINGS = 3;
const MOST_REASONS = 3;

/** The whole file. `now` in microseconds: when the hunt ended. */
export function navigatorText(advisories: readonly Advisory[], visibility: Visibility, now: number): string {
  const layer = {
    name: `Huntaway: ${advisories.map(({ id }) => id).join(', ') || 'no advisory'}`,
    versions: VERSIONS,
    domain: 'enterprise-attack',
    description: ['TLP:AMBER+STRICT', ...visibility.said].join(' '),
    sorting: 0,
    layout: {
      layout: 'side',
      showID: true,
      showName: true,
      showAggregateScores: false,
      countUnscored: false,
      aggregateFunction: 'max',
      expandedSubtechniques: 'annotated',
    },
    hideDisabled: false,
    techniques: techniqueTallies(advisories, visibility).map(techniqueOf),
    gradient: { colors: SIGHTS.map(sight => COLOURS[sight]).reverse(), minValue: 0, maxValue: 100 },
    legendItems: SIGHTS.map(sight => ({ label: sightWords[sight], color: COLOURS[sight] })),
    metadata: [
      { name: 'Sharing', value: 'TLP:AMBER+STRICT' },
      { name: 'Hunted', value: formatMicros(now) },
      { name: 'Hosts', value: String(visibility.hosts.length) },
      { name: 'Hosts with logs of their own', value: String(logged(visibility)) },
      ...advisories.map(({ title, version }) => ({ name: 'Advisory', value: `${title}, ${version}` })),
    ],
  };
  return `${jsonText(layer)}\n`;
}

function techniqueOf(tally: TechniqueTally): object {
  const { id, replaced, sight, behaviours } = tally;
  return {
    techniqueID: id,
    score: SCORES[sight],
    color: COLOURS[sight],
    comment: commentOf(tally),
    enabled: true,
    metadata: [
      ...(replaced === null ? [] : [{ name: 'ATT&CK v19', value: replaced }]),
      ...behaviours.map(({ behaviour, sight: its }) => ({
        name: behaviour.id,
        value: `${behaviour.title} (${behaviour.stage}): ${sightWords[its]}`,
      })),
      ...mendsOf(tally).map(value => ({ name: 'Would mend it', value })),
    ],
    showSubtechniques: !id.includes('.'),
  };
}

/** `Found on 1 of 60 hosts (dc1.example), 2 host days. Could not be seen on 3 hosts, 90 host days: …` */
function commentOf({
  sight,
  counts,
  hosts,
  foundOn,
  isPartial,
  reasons,
  behaviours,
}: TechniqueTally): string {
  const { found, 'would-have-shown': shown, 'could-not-see': blind } = counts;
  const sentences: string[] = [];
  if (found.hosts > 0) {
    const names = [...foundOn.slice(0, MOST_NAMES), ...(foundOn.length > MOST_NAMES ? ['…'] : [])];
    const where = names.length === 0 ? '' : ` (${names.join(', ')})`;
    sentences.push(
      `Found on ${found.hosts} of ${many(hosts, 'host')}${where}, ${many(found.days, 'host day')}.`,
    );
  }
  if (shown.hosts > 0) {
    const part = isPartial ? ', but only in part' : '';
    sentences.push(
      `Would have shown on ${many(shown.hosts, 'host')}, ${many(shown.days, 'host day')}${part}; nothing found there.`,
    );
  }
  // Of a log of the site no host can be told.
  if (sight !== 'could-not-see' && sentences.length === 0) sentences.push(`${capital(sightWords[sight])}.`);
  if (blind.hosts > 0 || sight === 'could-not-see') {
    const why = reasons.slice(0, MOST_REASONS).map(reasonText).join('; ');
    const never = behaviours.map(({ behaviour }) => behaviour.notObservable).find(each => each !== null);
    const because = why || never || 'no log that would show it is at hand';
    const where =
      blind.hosts === 0 ? '' : ` on ${many(blind.hosts, 'host')}, ${many(blind.days, 'host day')}`;
    sentences.push(`Could not be seen${where}: ${because}.`);
  }
  return sentences.join(' ');
}

function reasonText({ kind, hosts }: TechniqueTally['reasons'][number]): string {
  return hosts === 0 ? blindWords[kind] : `${blindWords[kind]} (${many(hosts, 'host')})`;
}

function mendsOf({ reasons }: TechniqueTally): string[] {
  const ids = new Set(reasons.flatMap(({ settings }) => settings));
  return [...ids]
    .map(settingById)
    .filter(setting => setting !== null)
    .sort((left, right) => left.cost - right.cost)
    .slice(0, MOST_SETTINGS)
    .map(({ title, command, configuration, groupPolicy }) =>
      [title, command ?? configuration ?? groupPolicy].filter(each => each !== undefined).join(': '),
    );
}

function logged({ hosts }: Visibility): number {
  return hosts.filter(({ period }) => period !== null).length;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function many(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
