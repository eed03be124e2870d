/**
 * Counts what the facts hold, in one pass. Where there are more different things than `MOST` the rarest are counted
 * together as 'other': a pass counts sightings in buckets, and another leaves out the names below what fits. Which they
 * are depends on the facts alone and not on their order, so a hunt gives the same answer with any number of workers.
 *
 * Costs about 1 µs a fact (8 where every command line is another), and at most some 80 MB for the counters; where
 * the rarest are counted together, twice to three times that and 16 bytes for telling the copies of each fact.
 */
import type { FactSource, FactType, FactView } from '../../read/entities/index.ts';
import { NO_TIME } from '../../read/events/index.ts';
import { Aspects, askedRoles } from './aspects.ts';
import { SiteBaseline } from './baseline.ts';
import { KeySet } from './copies.ts';
import { Buckets, type Counted, Counts, nameOf, type Rare } from './counts.ts';
import { keyIn, logKey, mixKeys } from './keys.ts';
import type { BaselineOptions, BuiltBaseline } from './types.ts';

/** Different (account, host, shape) and (account, source, type) that are counted one by one. */
const MOST = 100_000;

/** What facts of other types say is in one of these already, or is no doing of anybody. */
const countedTypes: readonly FactType[] = [
  'process-start',
  'logon',
  'logon-failed',
  'explicit-credentials',
  'share-access',
  'password-change',
  'remote-session',
  'remote-session-out',
  'tunnel',
  'event',
];

export function buildBaseline(facts: FactSource, options: BaselineOptions): BuiltBaseline {
  const aspects = new Aspects(options.names, options.hosts);
  const most = options.most ?? MOST;
  const kept = new Set<number>();
  let rare: Rare | null = null;
  for (;;) {
    // What the evidence did comes on top, a command and a logon at most for each.
    const counts = new Counts(most + 2 * options.evidence.size, kept, rare);
    visit(facts, aspects, (counted, fact, log) =>
      counts.add(counted, fact.micros, options.evidence.has(keyIn(fact, log))),
    );
    if (!counts.isFull) return new SiteBaseline(aspects, counts);
    if (rare === null) {
      const buckets = new Buckets();
      const met = new KeySet();
      visit(facts, aspects, ({ aspect }, fact, log) => {
        if (met.add(mixKeys(keyIn(fact, log), nameOf(aspect)))) buckets.add(aspect);
      });
      rare = { buckets, least: buckets.leastThatFits(most) };
    } else rare = { buckets: rare.buckets, least: rare.least * 2 };
  }
}

type Visit = (counted: Counted, fact: FactView, log: number) => void;

/** What facts that are alike have in common. */
type Common = { readonly logon: Counted | null; readonly other: Counted; readonly log: number };

/** What is counted of every fact. A copy of an event falls on the same day and moment, so it counts for nothing there. */
function visit(facts: FactSource, aspects: Aspects, visit: Visit): void {
  const commonOf = (fact: FactView): Common => {
    const logon = aspects.logon(fact);
    return {
      logon: logon === null ? null : { aspect: logon, recurring: null },
      other: { aspect: aspects.of(fact), recurring: null },
      log: logKey(fact),
    };
  };
  facts.scanAlike<Common>(
    askedRoles,
    commonOf,
    (fact, { logon, other, log }) => {
      if (fact.micros === NO_TIME) return;
      if (logon !== null) visit(logon, fact, log);
      visit(other, fact, log);
    },
    countedTypes,
  );
}
