/**
 * The third step of the chain, which no rule can see: an account that a theft exposed is used in a way never seen of it. A
 * stolen password works months later and looks like its owner; what gives it away is only that source, way or host are
 * not his. Each first use of such a day is evidence, and so is, once a day, what repeats it.
 */
import type { Advisory } from '../../../know/advisories/index.ts';
import type { Fact, FactSource } from '../../../read/entities/index.ts';
import type { Found } from '../gather.ts';
import { DAY, saidTime } from '../time.ts';
import type { Use } from './account-uses.ts';
import { behaviourFor } from './behaviour.ts';
import type { Exposed, Theft } from './exposed.ts';
import { type Novelty, noveltiesOf, saidNovelty, significance } from './novelty.ts';
import { Organisation } from './organisation.ts';
import { readFirsts, type Uses } from './uses.ts';

export type Return = {
  readonly found: Found;
  readonly thefts: readonly Theft[];
  /** Whether it says that who came is who holds what that theft took: a stranger would hardly have come so. */
  readonly ties: (theft: Theft) => boolean;
  /** Whether the account had never come from there before that day. */
  readonly isFromNew: boolean;
};

/** Of one day of one account so many first uses are told. */
const MOST_PER_DAY = 16;
/** Of one return so many thefts are named that may explain it. */
const MOST_THEFTS = 8;

type Candidate = {
  readonly use: Use;
  readonly novelty: Novelty;
  readonly gravity: 'grave' | 'strong' | 'weak';
  readonly thefts: readonly Theft[];
  readonly ties: (theft: Theft) => boolean;
  readonly isFromNew: boolean;
};

/** Ways that people take. Tickets and logons over the network are what Windows does on the way. */
const ways: ReadonlySet<string> = new Set(['vpn', 'remote', 'interactive']);

export function findReturns(
  exposed: Exposed,
  uses: Uses,
  facts: FactSource,
  advisories: readonly Advisory[],
): Return[] {
  if (exposed.isEmpty) return [];
  const candidates = candidatesOf(exposed, uses);
  const firsts = readFirsts(
    facts,
    candidates.map(({ use }) => use),
  );
  return candidates.flatMap(candidate => {
    const fact = firsts.get(candidate.use);
    return fact === undefined ? [] : [returnOf(candidate, fact, advisories)];
  });
}

function candidatesOf(exposed: Exposed, all: Uses): Candidate[] {
  const organisation = new Organisation(all);
  const trials = organisation.chancesFrom(Math.floor(exposed.since / DAY));
  const candidates: Candidate[] = [];
  for (const [account, uses] of all.byAccount) {
    for (const novelty of noveltiesOf(uses, exposed.since, organisation)) {
      const kind = significance(novelty, trials);
      const first = novelty.uses[0];
      if (kind === null || first === undefined) continue;
      const thefts = latestOfEach(exposed.of(account, first.first));
      if (thefts.length === 0) continue;
      // A theft that only memory knows brings its gravity with it: nothing in these logs stands beside the return.
      const gravity = kind === 'strong' && thefts[0]!.item === null ? 'grave' : kind;
      const entry = novelty.uses.find(({ way }) => ways.has(way));
      const since = entry === undefined ? Number.NEGATIVE_INFINITY : uses.first('way', entry);
      const ties = (theft: Theft): boolean => since > theft.since || exposed.isOfFew(theft);
      for (const use of novelty.uses.slice(0, MOST_PER_DAY)) {
        const isFromNew = use.source !== 'here' && uses.first('source', use) >= novelty.day * DAY;
        candidates.push({ use, novelty, gravity, thefts, ties, isFromNew });
      }
    }
  }
  return candidates;
}

/** One theft leaves many traces; of each host and day the latest stands for all. */
export function latestOfEach(thefts: readonly Theft[]): Theft[] {
  const met = new Set<string>();
  const latest = thefts.filter(({ item, since }) => {
    const key = `${item?.host} ${Math.floor(since / DAY)}`;
    if (met.has(key)) return false;
    met.add(key);
    return true;
  });
  return latest.slice(0, MOST_THEFTS);
}

function returnOf(
  { use, novelty, gravity, thefts, ties, isFromNew }: Candidate,
  fact: Fact,
  advisories: readonly Advisory[],
): Return {
  const theft = thefts[0]!;
  const behaviour = behaviourFor(advisories, ['return', 'enter'], fact);
  const found: Found = {
    fact,
    behaviour,
    stage: behaviour?.stage ?? 'persistence',
    step: 'return',
    gravity,
    example: `${fact.values.account ?? use.account} · ${use.source} · ${use.way} · ${use.host}`,
    surprise: novelty.bits,
    reasons: [
      `an account exposed by ${theft.said}`,
      saidNovelty(novelty),
      `first time from ${use.source} (${use.way}) on ${use.host}: ${saidTime(fact.micros)}`,
    ],
  };
  return { found, thefts, ties, isFromNew };
}
