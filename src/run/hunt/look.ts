/**
 * Looking for terms in a hunt. The logs are read once; where they say another name of an account that was asked for (its SID,
 * its realm) or a logon that a term touches, once more with these, at most `MOST_READINGS` times in all. A hunt for a hash or a
 * path, or in whose logs no such thing stands, is read once.
 */
import { accountText, type Session, type Sought, type Term, termRule } from '../../know/terms/index.ts';
import { covers, type LearnedName, MOST_NAMES, MOST_SESSIONS } from '../../match/index.ts';
import { formatMicros } from '../../read/events/index.ts';
import type { FollowedLogons, KnownAs, LookAnswer, SeenOnHost, TermAnswer } from '../../tell/index.ts';
import type { Ledger } from './ledger.ts';
import { countLedger } from './ledger-counts.ts';
import { timelineOf } from './look-records.ts';
import type { Merged } from './merged.ts';
import type { LookOptions } from './options.ts';
import type { Prepared } from './prepare.ts';
import type { Read } from './read-all.ts';

/** A SID leads to a name, a name to its realm, each to logons; further there is nothing to find. */
const MOST_READINGS = 3;

/** What is known of each term that was asked for, beside what it says. */
export type Known = {
  readonly names: readonly KnownAs[];
  /** True where it has too many other names for any to be looked for. */
  readonly isCommon: boolean;
  readonly logons: FollowedLogons;
};

export type Looked = { readonly prepared: Prepared; readonly read: Read; readonly known: readonly Known[] };

/** Reads with `readOnce` until nothing new comes up. `prepared` is then what was read with last. */
export async function readLooking(
  first: Prepared,
  readOnce: (prepared: Prepared) => Promise<Read>,
  isStopped: () => boolean,
): Promise<Looked> {
  const names: KnownAs[][] = first.terms.map(() => []);
  const common = new Set<number>();
  let prepared = first;
  let read = await readOnce(prepared);
  const mayReadAgain = prepared.discovery.inputs.every(({ file }) => file !== null);
  for (let readings = 1; ; readings++) {
    const fresh = namesOf(prepared.terms, read, common);
    const sessions = sessionsOf(prepared.terms, read);
    const isSearched = mayReadAgain && readings < MOST_READINGS && !isStopped();
    for (const { term, name, records } of fresh) {
      names[term]!.push({ name: accountText(name), records, isSearched });
    }
    const isNew = fresh.length > 0 || hasNew(prepared.terms, sessions);
    if (!isNew || !isSearched) {
      const logons = first.terms.map((_, term) => followed(term, prepared.terms, sessions));
      return {
        prepared,
        read,
        known: names.map((each, i) => ({ names: each, isCommon: common.has(i), logons: logons[i]! })),
      };
    }
    prepared = withLearned(prepared, fresh, sessions);
    read = await readOnce(prepared);
  }
}

/**
 * What all workers learned, each name once, in order of name. A term with too many names goes to `common`, and has none: what
 * a worker stops learning at depends on what it read.
 */
function namesOf(terms: readonly Sought[], { collected }: Read, common: Set<number>): LearnedName[] {
  const names = new Map<string, LearnedName>();
  const counts = terms.map(() => 0);
  for (const each of collected.flatMap(({ learned }) => learned?.names ?? [])) {
    const term = terms[each.term]!;
    if (term.kind !== 'account' || term.names.some(known => covers(known, each.name))) continue;
    const key = `${each.term}\0${accountText(each.name)}`;
    const known = names.get(key);
    if (known === undefined) counts[each.term]!++;
    names.set(key, { ...each, records: each.records + (known?.records ?? 0) });
  }
  for (const [term, count] of counts.entries()) if (count > MOST_NAMES) common.add(term);
  return [...names]
    .filter(([, { term }]) => !common.has(term))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, name]) => name);
}

/** By term: the logons that it touches, each once, in order. */
type Sessions = ReadonlyMap<number, ReadonlyMap<string, Session>>;

function sessionsOf(terms: readonly Sought[], { collected }: Read): Sessions {
  const byTerm = new Map<number, Map<string, Session>>(terms.map((_, term) => [term, new Map()]));
  for (const { term, session } of collected.flatMap(({ learned }) => learned?.sessions ?? [])) {
    byTerm.get(term)!.set(`${session.from} ${session.host} ${session.id}`, session);
  }
  return byTerm;
}

/** The logons that are followed: none where there are too many. */
function toFollow(term: number, sessions: Sessions): readonly Session[] {
  const all = sessions.get(term)!;
  if (all.size > MOST_SESSIONS) return [];
  return [...all].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, session]) => session);
}

function hasNew(terms: readonly Sought[], sessions: Sessions): boolean {
  return terms.some(
    term => term.kind === 'logon' && toFollow(term.of, sessions).length > term.sessions.length,
  );
}

function followed(index: number, terms: readonly Sought[], sessions: Sessions): FollowedLogons {
  const logon = terms.find(term => term.kind === 'logon' && term.of === index);
  return {
    touched: sessions.get(index)!.size,
    followed: logon?.kind === 'logon' ? logon.sessions.length : 0,
  };
}

/** The same hunt, whose terms have these names and logons as well. */
function withLearned(prepared: Prepared, names: readonly LearnedName[], sessions: Sessions): Prepared {
  const terms = prepared.terms.map((term, index): Sought => {
    if (term.kind === 'logon') return { ...term, sessions: toFollow(term.of, sessions) };
    const fresh = names.filter(each => each.term === index).map(({ name }) => name);
    if (term.kind !== 'account' || fresh.length === 0) return term;
    return { ...term, names: [...term.names, ...fresh] };
  });
  const { selected } = prepared;
  const rules = selected.rules.map((rule, i) =>
    i < terms.length ? { ...rule, plan: termRule(terms[i]!, i).plan } : rule,
  );
  return { ...prepared, terms, selected: { ...selected, rules } };
}

type LookParts = {
  readonly look: LookOptions;
  readonly looked: Looked;
  readonly ledger: Ledger;
  readonly interrupted: boolean;
};

/** What is told. The timeline is read from the spool: only where a person will see it. */
export function lookAnswer(
  { look, looked, ledger, interrupted }: LookParts,
  withTimeline: boolean,
): LookAnswer {
  const { merged } = looked.read;
  const { files } = countLedger(ledger);
  const asText = (micros: number): string | null => (Number.isFinite(micros) ? formatMicros(micros) : null);
  return {
    terms: look.terms.map((term, index) => ({
      ...termAnswer(term, index, merged, looked.known[index]!),
      inLogons: countOf(
        merged,
        looked.prepared.terms.findIndex(each => each.kind === 'logon' && each.of === index),
      ),
    })),
    rules: looked.prepared.terms.length,
    asked: { from: look.from, to: look.to },
    timeline: withTimeline ? timelineOf(merged.lines, asText(look.from), asText(look.to)) : [],
    duplicates: merged.duplicates,
    logs: logSpans(merged),
    kinds: merged.channels,
    unread: files.unread,
    damaged: files.damaged,
    timeless: merged.timeless,
    interrupted,
  };
}

function countOf({ groups }: Merged, rule: number): number {
  return groups.reduce((sum, group) => sum + (group.rule === rule ? group.count : 0), 0);
}

function termAnswer(
  { kind, text }: Term,
  rule: number,
  { groups }: Merged,
  { names, isCommon, logons }: Known,
): Omit<TermAnswer, 'inLogons'> {
  const hosts = new Map<string, SeenOnHost>();
  let [count, around] = [0, 0];
  for (const group of groups) {
    if (group.rule !== rule) continue;
    count += group.count;
    around += group.around ?? 0;
    const known = hosts.get(group.host);
    hosts.set(group.host, {
      host: group.host,
      count: group.count + (known?.count ?? 0),
      first: Math.min(group.first, known?.first ?? Number.POSITIVE_INFINITY),
      last: Math.max(group.last, known?.last ?? Number.NEGATIVE_INFINITY),
    });
  }
  return { kind, text, count, around, hosts: [...hosts.values()], knownAs: names, isCommon, logons };
}

/** By host and channel, of all that was read, whatever its time. */
function logSpans({ channels }: Merged): LookAnswer['logs'] {
  const spans = new Map<
    string,
    { host: string; channel: string; events: number; first: number; last: number }
  >();
  for (const { host, channel, events, first, last } of channels) {
    const span = spans.get(`${host}\0${channel}`);
    if (span === undefined) spans.set(`${host}\0${channel}`, { host, channel, events, first, last });
    else {
      span.events += events;
      span.first = Math.min(span.first, first);
      span.last = Math.max(span.last, last);
    }
  }
  return [...spans.values()].sort((a, b) => (a.host + a.channel < b.host + b.channel ? -1 : 1));
}
