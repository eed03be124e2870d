/**
 * What a worker counted, and how two counts become one. Every merge is commutative and associative, so that the
 * result does not depend on how many workers there were or who read what.
 */
import type { RuleActivity } from '../../match/index.ts';
import type { Damage, Unparsed } from '../../read/sources/index.ts';

/** Findings of one rule on one host. */
export type Group = {
  readonly rule: number;
  readonly host: string;
  count: number;
  /** Infinity and -Infinity where no event says a time. */
  first: number;
  last: number;
  /** Where the example stands: the earliest finding, of equals the one first in input and offset. */
  input: number;
  offset: number;
  example: string;
  /** How many of them lie around the time that was asked about, and not in it; absent where none does. */
  around?: number;
  /** Present where its events are traces of the collection; those of others are a group of their own. */
  readonly collection?: true;
};

/** Events alike in channel, provider, event id and host. */
export type ChannelTally = {
  readonly channel: string;
  readonly provider: string;
  readonly eventId: number;
  readonly host: string;
  events: number;
  first: number;
  last: number;
};

export type FileTally = {
  events: number;
  /** Ascending by offset, at most `MOST_TROUBLES`; the counts of `…More` are of the rest. */
  damaged: Damage[];
  unparsed: Unparsed[];
  /** Left-overs that could not be read and that nobody promised: no damage. */
  remains: Unparsed[];
  /** Lines that something else wrote, and where the first of them begins; -1 where there is none. */
  foreign: number;
  foreignAt: number;
  damagedMore: number;
  unparsedMore: number;
  remainsMore: number;
  /** SHA-256 of a stream's content, where it was asked for and read to its end. */
  sha256: string | null;
  /** Bytes that a stream turned out to hold. */
  streamed: number;
  /** Pieces of the plan that were read to their end. */
  pieces: number;
  /** Why reading ended early. */
  failure: { readonly reason: string; readonly message: string } | null;
};

/** Places listed per file: a file made of nothing but damage must not fill the memory. */
export const MOST_TROUBLES = 10_000;

export function emptyFileTally(): FileTally {
  return {
    events: 0,
    damaged: [],
    unparsed: [],
    remains: [],
    foreign: 0,
    foreignAt: -1,
    damagedMore: 0,
    unparsedMore: 0,
    remainsMore: 0,
    sha256: null,
    streamed: 0,
    pieces: 0,
    failure: null,
  };
}

/** Whether a finding at `a` makes a better example than one at `b`. */
export function comesBefore(
  a: { readonly first: number; readonly input: number; readonly offset: number },
  b: { readonly first: number; readonly input: number; readonly offset: number },
): boolean {
  return (a.first - b.first || a.input - b.input || a.offset - b.offset) < 0;
}

export function mergeGroups(into: Map<string, Group>, groups: Iterable<Group>): void {
  for (const group of groups) {
    const key = `${group.rule}\0${group.host}\0${group.collection ?? ''}`;
    const known = into.get(key);
    if (known === undefined) {
      into.set(key, { ...group });
      continue;
    }
    const first = comesBefore(group, known) ? group : known;
    into.set(key, {
      ...first,
      count: known.count + group.count,
      last: Math.max(known.last, group.last),
      ...aroundOf((known.around ?? 0) + (group.around ?? 0)),
    });
  }
}

function aroundOf(around: number): { around?: number } {
  return around > 0 ? { around } : {};
}

export function mergeChannels(into: Map<string, ChannelTally>, tallies: Iterable<ChannelTally>): void {
  for (const tally of tallies) {
    if (tally.events === 0) continue;
    const key = `${tally.eventId}\0${tally.channel}\0${tally.provider}\0${tally.host}`;
    const known = into.get(key);
    if (known === undefined) {
      into.set(key, { ...tally });
      continue;
    }
    known.events += tally.events;
    known.first = Math.min(known.first, tally.first);
    known.last = Math.max(known.last, tally.last);
  }
}

function mergePlaces<T extends { readonly offset: number }>(a: readonly T[], b: readonly T[]): [T[], number] {
  const all = [...a, ...b].sort((x, y) => x.offset - y.offset);
  return [all.slice(0, MOST_TROUBLES), Math.max(0, all.length - MOST_TROUBLES)];
}

export function mergeFiles(a: FileTally, b: FileTally): FileTally {
  const [damaged, damagedCut] = mergePlaces(a.damaged, b.damaged);
  const [unparsed, unparsedCut] = mergePlaces(a.unparsed, b.unparsed);
  const [remains, remainsCut] = mergePlaces(a.remains, b.remains);
  return {
    events: a.events + b.events,
    damaged,
    unparsed,
    remains,
    foreign: a.foreign + b.foreign,
    foreignAt:
      a.foreignAt < 0 || b.foreignAt < 0
        ? Math.max(a.foreignAt, b.foreignAt)
        : Math.min(a.foreignAt, b.foreignAt),
    damagedMore: a.damagedMore + b.damagedMore + damagedCut,
    unparsedMore: a.unparsedMore + b.unparsedMore + unparsedCut,
    remainsMore: a.remainsMore + b.remainsMore + remainsCut,
    sha256: a.sha256 ?? b.sha256,
    streamed: a.streamed + b.streamed,
    pieces: a.pieces + b.pieces,
    failure: lesser(a.failure, b.failure),
  };
}

function lesser(a: FileTally['failure'], b: FileTally['failure']): FileTally['failure'] {
  if (a === null || b === null) return a ?? b;
  return a.reason + a.message <= b.reason + b.message ? a : b;
}

/**
 * A rule is blind if it was offered events and every kind of them was blind. Of two accounts of blindness the
 * source that comes first counts; of the same source the fields of both.
 */
export function mergeActivity(a: RuleActivity, b: RuleActivity): RuleActivity {
  const able = a.able || b.able;
  const failed = (a.failed ?? 0) + (b.failed ?? 0);
  return {
    routable: a.routable || b.routable,
    offered: a.offered || b.offered,
    able,
    blind: able ? null : mergeBlindness(a.blind, b.blind),
    ...(failed > 0 ? { failed } : {}),
  };
}

function mergeBlindness(a: RuleActivity['blind'], b: RuleActivity['blind']): RuleActivity['blind'] {
  if (a === null || b === null) return a ?? b;
  if (a.source !== b.source) return a.source < b.source ? a : b;
  const common = a.common.filter(field => b.common.includes(field));
  const every = [...new Set([...a.every, ...b.every])].sort();
  return { source: a.source, fields: common.length > 0 ? common : every, common, every };
}
