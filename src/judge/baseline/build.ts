/**
 * Counts what the facts hold, in one pass. Where there are more different things than `MOST` the rarest are counted
 * together as 'other': a pass counts sightings in buckets, and another leaves out the names below what fits. Which they
 * are depends on the facts alone and not on their order, so a hunt gives the same answer with any number of workers.
 *
 * Costs 2 to 6 µs a fact (the more, the more different the commands are), 16 bytes for telling its copies, and at most
 * some 80 MB for the counters.
 */
import type { FactSource, FactType, FactView } from '../../read/entities/index.ts';
import { NO_TIME } from '../../read/events/index.ts';
import { type Aspect, Aspects } from './aspects.ts';
import { SiteBaseline } from './baseline.ts';
import { KeySet } from './copies.ts';
import { Buckets, Counts, type Rare } from './counts.ts';
import { eventKey } from './keys.ts';
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
    visit(facts, aspects, (aspect, micros, key) => counts.add(aspect, micros, options.evidence.has(key)));
    if (!counts.isFull) return new SiteBaseline(aspects, counts);
    if (rare === null) {
      const buckets = new Buckets();
      visit(facts, aspects, aspect => buckets.add(aspect));
      rare = { buckets, least: buckets.leastThatFits(most) };
    } else rare = { buckets: rare.buckets, least: rare.least * 2 };
  }
}

type Visit = (aspect: Aspect, micros: number, key: number) => void;

/** Every aspect of every event once. */
function visit(facts: FactSource, aspects: Aspects, visit: Visit): void {
  const met = new KeySet();
  facts.scan((fact: FactView) => {
    if (fact.micros === NO_TIME) return;
    const key = eventKey(fact);
    if (!met.add(key)) return;
    const logon = aspects.logon(fact);
    if (logon !== null) visit(logon, fact.micros, key);
    visit(aspects.of(fact), fact.micros, key);
  }, countedTypes);
}
