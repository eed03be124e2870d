/**
 * The way to the plant: the first time that an account goes from outside the plant's zone to a host in it, by whatever
 * shows it: a logon there, a remote session, or, often the only trace, the client's own log on the jump host. Zones are
 * the operator's to say (`--site`); without them nobody knows which host is the plant's. Weak unless the day is unusual for
 * the account in more than the host: somebody new is put on call every month.
 */
import type { Advisory } from '../../../know/advisories/index.ts';
import type { Zone } from '../../../know/site/index.ts';
import type { FactSource } from '../../../read/entities/index.ts';
import type { Found } from '../gather.ts';
import type { Use } from './account-uses.ts';
import { behaviourFor } from './behaviour.ts';
import { type Novelty, noveltiesOf, saidNovelty, significance } from './novelty.ts';
import { Organisation } from './organisation.ts';
import { readFirsts, type Uses } from './uses.ts';

/** Zone of a host or an address; null = the site does not say. */
export type ZoneOf = (hostOrAddress: string) => Zone | null;

/** Crossings that are told at most; more are no news but a network. */
const MOST_CROSSINGS = 1000;

export function findCrossings(
  zoneOf: ZoneOf,
  uses: Uses,
  facts: FactSource,
  advisories: readonly Advisory[],
): Found[] {
  const organisation = new Organisation(uses);
  const trials = organisation.chancesFrom(0);
  const crossings: { use: Use; novelty: Novelty }[] = [];
  for (const account of uses.byAccount.values()) {
    for (const novelty of noveltiesOf(account, 0, organisation)) {
      // On the first day of an account everything is new, and says nothing.
      if (novelty.before === 0) continue;
      for (const use of novelty.uses) {
        if (account.first('host', use) === use.first && crosses(use, zoneOf))
          crossings.push({ use, novelty });
      }
    }
  }
  const told = crossings
    .sort((a, b) => b.novelty.bits - a.novelty.bits || order(a.use, b.use))
    .slice(0, MOST_CROSSINGS);
  const firsts = readFirsts(
    facts,
    told.map(({ use }) => use),
  );
  return told.flatMap(({ use, novelty }): Found[] => {
    const fact = firsts.get(use);
    if (fact === undefined) return [];
    const behaviour = behaviourFor(advisories, ['move', 'return'], fact);
    return [
      {
        fact,
        behaviour,
        stage: 'lateral-movement',
        step: 'move',
        gravity: significance(novelty, trials) === 'strong' ? 'strong' : 'weak',
        example: `${fact.values.account ?? use.account} · ${use.source} · ${use.way} · ${use.host}`,
        surprise: novelty.bits,
        reasons: [
          `first time that ${use.account} goes from ${use.source} to ${use.host}, in the plant's zone`,
          saidNovelty(novelty),
        ],
      },
    ];
  });
}

function crosses({ source, host }: Use, zoneOf: ZoneOf): boolean {
  return source !== 'here' && zoneOf(host) === 'ot' && zoneOf(source) !== 'ot';
}

function order(a: Use, b: Use): number {
  return a.first - b.first || a.input - b.input || a.offset - b.offset;
}
