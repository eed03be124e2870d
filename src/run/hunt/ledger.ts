/**
 * The ledger: what a run did with each rule, file and channel. It is the answer to "why did this rule not fire?"
 * and "was this file read?", so nothing that was offered is missing from it and nothing is said twice: every
 * document of a rule file is in exactly one state, every input in exactly one entry.
 */
import { formatMicros } from '../../read/events/index.ts';
import type { Input, Unread } from '../../read/inputs/index.ts';
import type { CollectionEntry } from './collection-entry.ts';
import { type RuleEntry, type RuleParts, ruleEntries } from './ledger-rules.ts';
import { compareText } from './merged.ts';
import { emptyFileTally, type FileTally } from './tallies.ts';

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
  /** Lines that something else wrote, and the offset of the first; only where there are some. */
  readonly foreign?: { readonly lines: number; readonly first: number };
  /** Why the file, or its rest, was not read; only where it was not. */
  readonly unread?: { readonly reason: string; readonly message: string };
};

export type ChannelEntry = {
  readonly channel: string;
  readonly provider: string;
  readonly eventId: number | null;
  readonly host: string;
  readonly events: number;
  /** Null where no event says a time. */
  readonly first: string | null;
  readonly last: string | null;
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

export type LedgerParts = RuleParts & {
  readonly vanished: readonly string[];
  readonly inputs: readonly Input[];
  readonly unread: readonly Unread[];
  /** SHA-256 of plain files, by index of the input. */
  readonly hashes: ReadonlyMap<number, string>;
  /** By index of the input: into how many pieces it was cut. */
  readonly pieces: ReadonlyMap<number, number>;
  readonly interrupted: boolean;
};

export function buildLedger(parts: LedgerParts): Ledger {
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
    rules: ruleEntries(parts),
    vanished: parts.vanished,
    files: files.sort((a, b) => compareText(a.path, b.path)),
    channels: parts.merged.channels.map(tally => ({
      channel: tally.channel,
      provider: tally.provider,
      eventId: tally.eventId < 0 ? null : tally.eventId,
      host: tally.host,
      events: tally.events,
      first: timeOrNull(tally.first),
      last: timeOrNull(tally.last),
    })),
    ...(parts.interrupted ? { interrupted: true } : {}),
  };
}

/** Null for a channel whose events say no time. */
function timeOrNull(micros: number): string | null {
  return Number.isFinite(micros) ? formatMicros(micros) : null;
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
    ...(tally.foreign > 0 ? { foreign: { lines: tally.foreign, first: tally.foreignAt } } : {}),
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
  return (
    entry.type !== null && (entry.damaged.length > 0 || entry.unparsed.length > 0 || isMostlyForeign(entry))
  );
}

/** True where more lines are of something else than of what the file was taken for: then it was taken for the wrong thing. */
export function isMostlyForeign({ foreign, events }: FileEntry): boolean {
  return foreign !== undefined && foreign.lines > events;
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
