/** What the OT line unfolds into: sentences, the weightiest first. */
import { formatMicros, NO_TIME } from '../../read/events/index.ts';
import type { Bearing, Borne } from './evidence.ts';
import type { Grounds } from './reach.ts';
import { counted, listed, shortNames } from './words.ts';

/** Pieces of evidence and hosts that are told one by one. */
const MOST_TOLD = 12;
const MOST_NAMED = 8;

const bearings: Readonly<Record<Bearing, (towards: string) => string>> = {
  on: () => '',
  session: towards => `, towards ${towards}`,
  relay: towards => `, a relay to ${towards}`,
  projects: () => ', project files of the plant',
};

export function sentencesFor({ plant, strong, weak, silent, jumps, blind }: Grounds): string[] {
  return [
    ...strong.slice(0, MOST_TOLD).map(saidPiece),
    ...(strong.length > MOST_TOLD
      ? [`And ${counted(strong.length - MOST_TOLD, 'more piece')} of evidence.`]
      : []),
    ...(weak.length > 0 ? [saidWeak(weak)] : []),
    ...(plant.length === 0
      ? [
          'No host of the plant is known: the site file (--site huntaway.yml) names none, and no log shows one plainly. Roles hmi, engineering and historian, and the zone ot, say it.',
        ]
      : []),
    ...(silent.length > 0
      ? [
          `No logs of ${names(silent.map(({ host }) => host))}: what happened there shows, if at all, only on the hosts it came from.`,
        ]
      : []),
    ...(jumps.length > 0 ? [`No logs of the way to the plant: jump host ${names(jumps)}.`] : []),
    ...blind.slice(0, MOST_TOLD).map(({ host, why }) => `The log of ${host} ${why}.`),
    ...plant
      .filter(({ isInferred }) => isInferred)
      .slice(0, MOST_TOLD)
      .map(({ host, because }) => `${host} counts as the plant's because ${because}.`),
    ...(plant.length > 0 && plant.every(({ isInferred }) => isInferred)
      ? [
          'Only what logs show is known of the plant: other hosts of it may be missing. Name them in huntaway.yml (--site).',
        ]
      : []),
  ];
}

function saidPiece({ evidence, bearing, towards }: Borne): string {
  const { behaviour, rule, host, account, micros } = evidence;
  const what = behaviour?.title ?? rule?.title ?? evidence.reasons[0] ?? 'evidence';
  const when = micros === NO_TIME ? '' : `${formatMicros(micros).slice(0, 19).replace('T', ' ')} `;
  const who = account === null ? '' : ` by ${account}`;
  return `${when}on ${host}${who}: ${what}${bearings[bearing](towards ?? '')}.`;
}

function saidWeak(weak: readonly Borne[]): string {
  const where = names([...new Set(weak.map(({ evidence }) => evidence.host))]);
  const pieces = counted(weak.length, 'piece');
  return `${pieces} of weak evidence ${weak.length === 1 ? 'bears' : 'bear'} on the plant (${where}): no story by itself, but somebody should look.`;
}

function names(hosts: readonly string[]): string {
  return listed(shortNames(hosts), MOST_NAMED);
}
