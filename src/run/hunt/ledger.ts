/**
 * The ledger: what a run did with each rule, file and channel. It is the answer to "why did this rule not fire?"
 * and "was this file read?", so nothing that was offered is missing from it and nothing is said twice: every
 * document of a rule file is in exactly one state, every input in exactly one entry.
 */
import { type Correlation, type Filter, type RuleDocument, ruleId } from '../../know/sigma/index.ts';
import type { RuleActivity } from '../../match/index.ts';
import { formatMicros } from '../../read/events/index.ts';
import type { Input, Unread } from '../../read/inputs/index.ts';
import type { LedgerCounts } from '../../tell/index.ts';
import type { Selected } from '../selection.ts';
import type { CollectionEntry } from './collection-entry.ts';
import { compareText, type Merged } from './merged.ts';
import { emptyFileTally, type FileTally } from './tallies.ts';

export type RuleEntry = {
  readonly id: string | null;
  readonly title: string | null;
  readonly path: string;
  readonly level: string | null;
  readonly sigmaStatus: string | null;
  readonly state: 'matched' | 'ran' | 'unrouted' | 'refused';
  readonly reason: string | null;
  readonly line: number;
  readonly column: number;
  /** Findings; of a filter, the rules that it narrows. */
  readonly matches: number;
  /** Set where its findings are counted here and not shown, because it only feeds correlations. */
  readonly hidden?: true;
  /** Hits that a correlation was fed with and could not group, because the event lacks a field of `group-by`. */
  readonly ungrouped?: number;
};

export type FileEntry = {
  readonly path: string;
  /** Null where nobody knows how to read it. */
  readonly type: string | null;
  readonly size: number | null;
  readonly sha256: string | null;
  readonly events: number;
  readonly damaged: FileTally['damaged'];
  readonly unparsed: FileTally['unparsed'];
  /** How many further places of each kind there are; only where the lists were cut. */
  readonly more?: { readonly damaged: number; readonly unparsed: number; readonly remains: number };
  /** Left-overs of a former use of the space that could not be read; only where there are some. No damage. */
  readonly remains?: FileTally['remains'];
  /** Why the file, or its rest, was not read; only where it was not. */
  readonly unread?: { readonly reason: string; readonly message: string };
};

export type ChannelEntry = {
  readonly channel: string;
  readonly provider: string;
  readonly eventId: number | null;
  readonly host: string;
  readonly events: number;
  readonly first: string;
  readonly last: string;
};

export type Ledger = {
  readonly version: 1;
  readonly rules: readonly RuleEntry[];
  /** Rule files that were there when the rules were last loaded and are gone. */
  readonly vanished: readonly string[];
  readonly files: readonly FileEntry[];
  readonly channels: readonly ChannelEntry[];
  /** What the manifests beside the logs say; only where there are some. */
  readonly collections?: readonly CollectionEntry[];
  /** Set where the run was stopped: counts are of what was read until then. */
  readonly interrupted?: true;
};

export type LedgerParts = {
  readonly vanished: readonly string[];
  readonly selected: Selected;
  readonly inputs: readonly Input[];
  readonly unread: readonly Unread[];
  readonly merged: Merged;
  /** By correlation: what it was fed with. */
  readonly outcomes: readonly CorrelationOutcome[];
  /** SHA-256 of plain files, by index of the input. */
  readonly hashes: ReadonlyMap<number, string>;
  /** By index of the input: into how many pieces it was cut. */
  readonly pieces: ReadonlyMap<number, number>;
  readonly interrupted: boolean;
};

export type CorrelationOutcome = { readonly hits: number; readonly ungrouped: number };

export function buildLedger(parts: LedgerParts): Ledger {
  const matches = matchesByRule(parts);
  const files = [
    ...parts.inputs.map((input, i) => {
      const tally = parts.merged.files.get(i) ?? emptyFileTally();
      const cut = parts.interrupted && tally.pieces < (parts.pieces.get(i) ?? 1);
      return fileEntry(input, cut ? cutShort(tally) : tally, parts.hashes.get(i));
    }),
    ...parts.unread.map(unreadEntry),
  ];
  return {
    version: 1,
    rules: ruleEntries(parts, matches),
    vanished: parts.vanished,
    files: files.sort((a, b) => compareText(a.path, b.path)),
    channels: parts.merged.channels.map(tally => ({
      channel: tally.channel,
      provider: tally.provider,
      eventId: tally.eventId < 0 ? null : tally.eventId,
      host: tally.host,
      events: tally.events,
      first: formatMicros(tally.first),
      last: formatMicros(tally.last),
    })),
    ...(parts.interrupted ? { interrupted: true } : {}),
  };
}

export function matchesByRule({ merged, selected }: Pick<LedgerParts, 'merged' | 'selected'>): number[] {
  const matches = new Array<number>(selected.reported.length).fill(0);
  for (const group of merged.groups) matches[group.rule]! += group.count;
  return matches;
}

/** What a run knows of one document. */
type Account = {
  readonly excluded: string | null;
  readonly activity: RuleActivity | undefined;
  readonly matches: number;
  readonly isHidden: boolean;
  readonly outcome: CorrelationOutcome | undefined;
  /** Why a correlation could not fire whatever happened: what it is fed with did not run. */
  readonly starved: string | null;
};

/** The entries of all documents; those of correlations after those of what they are fed with. */
function ruleEntries(parts: LedgerParts, matches: readonly number[]): RuleEntry[] {
  const { selected } = parts;
  const entries: RuleEntry[] = [];
  const documentOf: number[] = [];
  for (const [document, index] of selected.indexOf.entries()) if (index >= 0) documentOf[index] = document;
  const put = (document: number, starved: string | null): void => {
    const account = { ...accountOf(parts, matches, document), starved };
    entries[document] = ruleEntry(selected.documents[document]!, account);
  };
  for (const document of selected.documents.keys()) put(document, null);
  for (const [i, { correlation, inputs }] of selected.correlations.entries()) {
    const document = documentOf[selected.rules.length + i]!;
    put(
      document,
      starvation(
        correlation,
        inputs.map(input => entries[documentOf[input]!]!),
      ),
    );
  }
  return entries;
}

/** A temporal correlation needs each of its rules, unless its condition says otherwise; the others any of them. */
function starvation({ type, condition }: Correlation, inputs: readonly RuleEntry[]): string | null {
  const isTemporal = type === 'temporal' || type === 'temporal_ordered';
  const needsAll = isTemporal && condition.occurrence === null && condition.bounds.length === 0;
  // One that was left out by choice still feeds correlations; its own entry says only that it was left out.
  const idle = inputs.filter(
    ({ state, reason }) => state === 'unrouted' && reason?.startsWith('excluded') !== true,
  );
  if (idle.length === 0 || (!needsAll && idle.length < inputs.length)) return null;
  const { title, id, reason } = idle[0]!;
  return `base-unrouted: ${title ?? id} (${reason})`;
}

function accountOf(
  { selected, merged, outcomes }: LedgerParts,
  matches: readonly number[],
  document: number,
): Omit<Account, 'starved'> {
  const index = selected.indexOf[document]!;
  return {
    excluded: selected.excluded[document] ?? null,
    activity: merged.activity[index],
    matches: matches[index] ?? selected.narrowed.get(document) ?? 0,
    isHidden: selected.hidden[index] === 1,
    outcome: outcomes[index - selected.rules.length],
  };
}

function ruleEntry(document: RuleDocument, account: Account): RuleEntry {
  const { title, place, level, status } = document;
  // As in the findings: a rule without an id goes by its hash.
  const id = document.kind === 'rule' || document.kind === 'correlation' ? ruleId(document) : document.id;
  const { state, reason } = stateOf(document, account);
  const ungrouped = account.outcome?.ungrouped ?? 0;
  return {
    id,
    title,
    path: place.path,
    level,
    sigmaStatus: status,
    state,
    reason,
    line: place.line,
    column: place.column,
    matches: account.matches,
    ...(account.isHidden ? { hidden: true } : {}),
    ...(ungrouped > 0 ? { ungrouped } : {}),
  };
}

type State = Pick<RuleEntry, 'state' | 'reason'>;

const noSuchLog: State = { state: 'unrouted', reason: 'no-such-log' };

function stateOf(document: RuleDocument, { excluded, activity, matches, starved }: Account): State {
  if (excluded !== null) return { state: 'unrouted', reason: excluded };
  switch (document.kind) {
    case 'rejection':
      return { state: 'refused', reason: document.reason };
    case 'filter':
      return filterState(document, matches);
    case 'correlation':
      if (matches > 0) return { state: 'matched', reason: null };
      return starved === null ? { state: 'ran', reason: null } : { state: 'unrouted', reason: starved };
    case 'rule':
      return matches > 0 ? { state: 'matched', reason: null } : unmatchedState(activity);
  }
}

function filterState({ rules }: Filter, narrowed: number): State {
  if (narrowed > 0) return { state: 'ran', reason: null };
  const what =
    rules === null ? 'no rule of its log source' : 'no rule that it names and whose log source it covers';
  return { state: 'unrouted', reason: `no-such-rule: ${what} is in this set` };
}

function unmatchedState(activity: RuleActivity | undefined): State {
  if (activity === undefined) return noSuchLog;
  if (!activity.routable) return { state: 'unrouted', reason: 'no-source' };
  if (!activity.offered) return noSuchLog;
  if (activity.blind !== null) {
    const { source, fields } = activity.blind;
    return {
      state: 'unrouted',
      reason: `field-absent: ${fields.join(', ')} (no ${source} event here carries it)`,
    };
  }
  return { state: 'ran', reason: null };
}

/** The tally of an input that was not read to its end because the hunt was stopped. */
function cutShort(tally: FileTally): FileTally {
  if (tally.failure !== null) return tally;
  const message = `the hunt was interrupted before ${tally.events > 0 ? 'its end' : 'it was read'}`;
  return { ...tally, failure: { reason: 'interrupted', message } };
}

function fileEntry(input: Input, tally: FileTally, sha256: string | undefined): FileEntry {
  const { damagedMore, unparsedMore, remainsMore } = tally;
  const more = { damaged: damagedMore, unparsed: unparsedMore, remains: remainsMore };
  const size = input.size >= 0 ? input.size : tally.streamed > 0 ? tally.streamed : null;
  return {
    path: input.path,
    type: input.type,
    size,
    sha256: sha256 ?? tally.sha256,
    events: tally.events,
    damaged: tally.damaged,
    unparsed: tally.unparsed,
    ...(damagedMore + unparsedMore + remainsMore > 0 ? { more } : {}),
    ...(tally.remains.length > 0 ? { remains: tally.remains } : {}),
    ...(tally.failure !== null ? { unread: tally.failure } : {}),
  };
}

function unreadEntry({ path, reason, message, size }: Unread): FileEntry {
  return {
    path,
    type: null,
    size: size >= 0 ? size : null,
    sha256: null,
    events: 0,
    damaged: [],
    unparsed: [],
    unread: { reason, message },
  };
}

/** True where something of the file was read, but not all of it. */
export function isDamaged(entry: FileEntry): boolean {
  return entry.type !== null && (entry.damaged.length > 0 || entry.unparsed.length > 0);
}

/** The numbers of the ledger's one line. Every rule and every file counts in exactly one part. */
export function countLedger(ledger: Ledger): LedgerCounts {
  const rules = {
    total: 0,
    ran: 0,
    matched: 0,
    withoutLog: 0,
    noSource: 0,
    withoutRule: 0,
    blind: 0,
    refused: 0,
    filtered: 0,
    vanished: ledger.vanished.length,
  };
  for (const { state, reason } of ledger.rules) {
    if (reason?.startsWith('excluded:') === true) {
      rules.filtered++;
      continue;
    }
    rules.total++;
    if (state === 'refused') rules.refused++;
    else if (state === 'matched') {
      rules.matched++;
      rules.ran++;
    } else if (state === 'ran') rules.ran++;
    else if (reason === 'no-source') rules.noSource++;
    else if (reason?.startsWith('no-such-rule') === true) rules.withoutRule++;
    else if (reason === 'no-such-log' || reason?.startsWith('base-unrouted') === true) rules.withoutLog++;
    else rules.blind++;
  }
  const files = { total: ledger.files.length, read: 0, damaged: 0, unread: 0, unknown: 0 };
  for (const entry of ledger.files) {
    if (entry.unread?.reason === 'unknown-type') files.unknown++;
    else if (entry.unread !== undefined) files.unread++;
    else if (isDamaged(entry)) files.damaged++;
    else files.read++;
  }
  return { rules, files };
}

/** One entry a line: readable, greppable, and small enough for thousands of rules. */
export function ledgerText(ledger: Ledger): string {
  const list = (entries: readonly unknown[]): string =>
    entries.length === 0 ? '[]' : `[\n${entries.map(entry => JSON.stringify(entry)).join(',\n')}\n]`;
  return [
    '{"version":1,',
    ...(ledger.interrupted ? ['"interrupted":true,'] : []),
    `"rules":${list(ledger.rules)},`,
    `"vanished":${list(ledger.vanished)},`,
    `"files":${list(ledger.files)},`,
    ...(ledger.collections === undefined ? [] : [`"collections":${list(ledger.collections)},`]),
    `"channels":${list(ledger.channels)}}\n`,
  ].join('\n');
}
