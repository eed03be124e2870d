/**
 * What a run teaches a memory: who came from where, whose password was changed, and which periods the logs covered. Learning
 * from the same logs again changes nothing. Of evidence nothing is learnt: an intruder must not become usual by having been
 * seen once.
 */
import type { Fact, FactRole, FactSource, FactView } from '../../read/entities/index.ts';
import { NO_TIME } from '../../read/events/index.ts';
import { EventKeys, type EventSet } from '../baseline/index.ts';
import type { Naming } from '../naming.ts';
import { logonWay, networkOf } from '../sources.ts';
import { domainOf, expose, type Theft } from './exposure.ts';
import { isDrill, tidy } from './memory.ts';
import type { Memory, SeenUse } from './types.ts';

export type Use = Pick<SeenUse, 'account' | 'source' | 'type' | 'host'>;

/** Logons of services, batch jobs and unlocked screens come from the machine itself: nobody comes back that way. */
const unlearnt: ReadonlySet<string> = new Set([
  'logon 0',
  'logon 4',
  'logon 5',
  'logon 7',
  'logon 12',
  'logon 13',
]);

type Asked = Pick<FactView, 'type' | 'host' | 'text' | 'number'>;

/** How a fact uses an account; null where it is no logon of somebody. Accounts of machines are nobody here. */
export function useOf(fact: Fact, names: Naming): Use | null {
  const value = (role: FactRole): string | number | undefined => fact.values[role];
  return useIn(
    {
      type: fact.type,
      host: fact.host,
      text: role => (typeof value(role) === 'string' ? (value(role) as string) : undefined),
      number: role => (typeof value(role) === 'number' ? (value(role) as number) : undefined),
    },
    names,
  );
}

function useIn(fact: Asked, names: Naming): Use | null {
  const way = logonWay(fact);
  if (way === null || unlearnt.has(way)) return null;
  const { key } = names.account(fact.text('account'), fact.text('sid'));
  if (key === null || key.endsWith('$')) return null;
  return { account: key, source: sourceOf(fact, names), type: way, host: names.host(fact.host) };
}

function sourceOf(fact: Asked, names: Naming): string {
  const address = fact.text('sourceIp');
  if (address !== undefined) return networkOf(address) ?? names.host(address);
  const host = fact.text('sourceHost');
  return host === undefined ? 'local' : names.host(host);
}

/** True if the account was used from there in this way, on any host, before `micros`. */
export function wasUsedBefore(memory: Memory, { account, source, type }: Use, micros: number): boolean {
  return memory.uses.some(
    use => use.account === account && use.source === source && use.type === type && use.first < micros,
  );
}

/** The memory with the ways in which accounts were used. `evidence` are `eventKey`s. */
export function learnUses(
  memory: Memory,
  facts: FactSource,
  names: Naming,
  evidence: EventSet = new Set(),
): Memory {
  const uses = new Map<
    string,
    { known: SeenUse | null; use: Use; first: number; last: number; count: number }
  >();
  const nameOf = ({ account, source, type, host }: Use): string => `${account}\0${source}\0${type}\0${host}`;
  const known = new Map(memory.uses.map(use => [nameOf(use), use]));
  const met = new Set<number>();
  const keys = new EventKeys();
  facts.scan(
    fact => {
      if (fact.micros === NO_TIME) return;
      const use = useIn(fact, names);
      if (use === null) return;
      const key = keys.of(fact);
      if (evidence.has(key) || met.has(key)) return;
      met.add(key);
      const name = nameOf(use);
      const before = known.get(name) ?? null;
      const kept = uses.get(name) ?? { known: before, use, first: fact.micros, last: fact.micros, count: 0 };
      kept.first = Math.min(kept.first, fact.micros);
      kept.last = Math.max(kept.last, fact.micros);
      // What lies within a span that is known was counted when it was learnt.
      if (before === null || fact.micros < before.first || fact.micros > before.last) kept.count++;
      uses.set(name, kept);
    },
    ['logon', 'remote-session', 'tunnel'],
  );
  const learnt = [...uses.values()].map(({ known: before, use, first, last, count }) => ({
    ...use,
    first: Math.min(first, before?.first ?? first),
    last: Math.max(last, before?.last ?? last),
    count: count + (before?.count ?? 0),
  }));
  const unchanged = memory.uses.filter(use => !uses.has(nameOf(use)));
  return tidy({ ...memory, uses: [...unchanged, ...learnt] });
}

/** The memory with the changes of passwords, and the resets of krbtgt. */
export function learnPasswordChanges(memory: Memory, facts: FactSource, names: Naming): Memory {
  const passwords = [...memory.passwords];
  const krbtgt = [...memory.krbtgt];
  facts.scan(
    fact => {
      const { micros } = fact;
      if (micros === NO_TIME || fact.text('action') === 'refused' || isDrill(fact.host)) return;
      const { key } = names.account(fact.text('account'), fact.text('sid'));
      if (key === null) return;
      if (key === 'krbtgt' || key.endsWith('\\krbtgt'))
        krbtgt.push({ domain: domainOf(names.host(fact.host)), micros });
      else passwords.push({ account: key, micros });
    },
    ['password-change'],
  );
  return tidy({ ...memory, passwords, krbtgt });
}

const DAY = 86_400e6;

/** The memory with the periods that these logs cover, host by host: days on which a host has facts. */
export function learnPeriods(memory: Memory, facts: FactSource, names: Naming): Memory {
  const days = new Map<string, Map<number, { from: number; to: number }>>();
  facts.scan(({ micros, host }) => {
    if (micros === NO_TIME) return;
    let own = days.get(host);
    if (own === undefined) {
      own = new Map();
      days.set(host, own);
    }
    const day = Math.floor(micros / DAY);
    const span = own.get(day);
    if (span === undefined) own.set(day, { from: micros, to: micros });
    else {
      if (micros < span.from) span.from = micros;
      if (micros > span.to) span.to = micros;
    }
  });
  const learnt = [...days].flatMap(([host, own]) =>
    [...own.values()].map(span => ({ host: names.host(host), ...span })),
  );
  return tidy({ ...memory, periods: [...memory.periods, ...learnt] });
}

/** What a run hands to its memory. */
export type Run = {
  readonly facts: FactSource;
  readonly names: Naming;
  /** Of evidence that stands: nobody approved it, and it is no habit. */
  readonly thefts: readonly Theft[];
  /** `eventKey`s of all evidence. */
  readonly evidence: ReadonlySet<number>;
};

/** What the memory holds after a run. */
export function learnRun(memory: Memory, { facts, names, thefts, evidence }: Run): Memory {
  const exposed = thefts.reduce(expose, memory);
  const changed = learnPasswordChanges(exposed, facts, names);
  return learnPeriods(learnUses(changed, facts, names, evidence), facts, names);
}
