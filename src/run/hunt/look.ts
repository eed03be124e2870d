/**
 * Looking for terms in a hunt. The logs are read once; where they say another name of an account that was asked for (its SID,
 * its realm), once more with that name, at most `MOST_READINGS` times in all. A hunt without accounts, or in whose logs no
 * other name stands, is read once.
 */
import { type AccountTerm, accountText, type Term, termRule } from '../../know/terms/index.ts';
import { covers, type LearnedName } from '../../match/index.ts';
import { formatMicros } from '../../read/events/index.ts';
import type { KnownAs, LookAnswer, SeenOnHost, TermAnswer } from '../../tell/index.ts';
import type { Ledger } from './ledger.ts';
import { countLedger } from './ledger-counts.ts';
import { timelineOf } from './look-records.ts';
import type { Merged } from './merged.ts';
import type { LookOptions } from './options.ts';
import type { Prepared } from './prepare.ts';
import type { Read } from './read-all.ts';

/** A SID leads to a name, a name to its realm; further there is nothing to find. */
const MOST_READINGS = 3;

/** By term: its other names. */
export type KnownNames = readonly (readonly KnownAs[])[];

export type Looked = { readonly prepared: Prepared; readonly read: Read; readonly known: KnownNames };

/** Reads with `readOnce` until no new name comes up. `prepared` is then what was read with last. */
export async function readLooking(
  first: Prepared,
  readOnce: (prepared: Prepared) => Promise<Read>,
  isStopped: () => boolean,
): Promise<Looked> {
  const known: KnownAs[][] = first.terms.map(() => []);
  let prepared = first;
  let read = await readOnce(prepared);
  const mayReadAgain = prepared.discovery.inputs.every(({ file }) => file !== null);
  for (let readings = 1; ; readings++) {
    const learned = learnedOf(prepared.terms, read);
    const isSearched = mayReadAgain && readings < MOST_READINGS && !isStopped();
    for (const { term, name, records } of learned) {
      known[term]!.push({ name: accountText(name), records, isSearched });
    }
    if (learned.length === 0 || !isSearched) return { prepared, read, known };
    prepared = withNames(prepared, learned);
    read = await readOnce(prepared);
  }
}

/** What all workers learned, each name once, in order of name. */
function learnedOf(terms: readonly Term[], { collected }: Read): LearnedName[] {
  const names = new Map<string, LearnedName>();
  for (const each of collected.flatMap(({ learned }) => learned ?? [])) {
    const term = terms[each.term]!;
    if (term.kind !== 'account' || term.names.some(known => covers(known, each.name))) continue;
    const key = `${each.term}\0${accountText(each.name)}`;
    const records = each.records + (names.get(key)?.records ?? 0);
    names.set(key, { ...each, records });
  }
  return [...names].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, name]) => name);
}

/** The same hunt, whose terms have these names as well. */
function withNames(prepared: Prepared, learned: readonly LearnedName[]): Prepared {
  const terms = prepared.terms.map((term, index): Term => {
    const fresh = learned.filter(each => each.term === index).map(({ name }) => name);
    if (term.kind !== 'account' || fresh.length === 0) return term;
    return { ...term, names: [...term.names, ...fresh] } satisfies AccountTerm;
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
    terms: look.terms.map((term, index) => termAnswer(term, index, merged, looked.known[index]!)),
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

function termAnswer(
  { kind, text }: Term,
  rule: number,
  { groups }: Merged,
  knownAs: readonly KnownAs[],
): TermAnswer {
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
  return { kind, text, count, around, hosts: [...hosts.values()], knownAs };
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
