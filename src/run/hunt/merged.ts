/** What all workers found, as one: the same whatever their number. */
import type { RuleActivity } from '../../match/index.ts';
import type { Collected } from './collector.ts';
import { countDuplicates, orderReferences, type RankedReferences } from './order.ts';
import type { SpoolContent } from './spool.ts';
import {
  type ChannelTally,
  type FileTally,
  type Group,
  mergeActivity,
  mergeChannels,
  mergeFiles,
  mergeGroups,
} from './tallies.ts';

export type Merged = {
  readonly events: number;
  readonly salvaged: number;
  readonly outside: number;
  readonly timeless: number;
  readonly zoneless: number;
  /** Events that matched, beyond the first with the same host, channel, record number and time. */
  readonly duplicates: number;
  readonly groups: readonly Group[];
  /** Sorted by channel, provider, event id, host. */
  readonly channels: readonly ChannelTally[];
  readonly files: ReadonlyMap<number, FileTally>;
  readonly activity: readonly RuleActivity[];
  readonly lines: LineIndex;
};

/** Where the lines of each event that matched lie, in the order of the output. */
export type LineIndex = {
  readonly order: Uint32Array;
  /** By reference: where its lines begin and how long they are, in the spool of its part. */
  readonly start: Float64Array;
  readonly length: Uint32Array;
  /** First reference of each part, ascending, and the spool of the part. */
  readonly parts: readonly { readonly first: number; readonly spool: SpoolContent | null }[];
};

/** Ordinal comparison: the same on every machine, whatever its locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The references of all parts, one part behind the other, and their order in the output. */
export type Ordered = { readonly references: RankedReferences; readonly order: Uint32Array };

export function orderParts(parts: readonly Collected[]): Ordered {
  const references = joinReferences(parts);
  return { references, order: orderReferences(references) };
}

/** `ordered` as `orderParts` gives it for these parts. */
export function merge(parts: readonly Collected[], ordered: Ordered = orderParts(parts)): Merged {
  const groups = new Map<string, Group>();
  const channels = new Map<string, ChannelTally>();
  const files = new Map<number, FileTally>();
  let activity: RuleActivity[] = [];
  const total = { events: 0, salvaged: 0, outside: 0, timeless: 0, zoneless: 0 };
  for (const part of parts) {
    total.events += part.events;
    total.salvaged += part.salvaged;
    total.outside += part.outside;
    total.timeless += part.timeless;
    total.zoneless += part.zoneless;
    mergeGroups(groups, part.groups);
    mergeChannels(channels, part.channels);
    for (const [input, tally] of part.files) {
      const known = files.get(input);
      files.set(input, known === undefined ? tally : mergeFiles(known, tally));
    }
    activity =
      activity.length === 0
        ? [...part.activity]
        : activity.map((known, i) => mergeActivity(known, part.activity[i] ?? known));
  }
  const { references, order } = ordered;
  return {
    ...total,
    duplicates: countDuplicates(references, order),
    groups: [...groups.values()].sort(
      (a, b) =>
        a.rule - b.rule ||
        compareText(a.host, b.host) ||
        Number(a.collection ?? false) - Number(b.collection ?? false),
    ),
    channels: [...channels.values()].sort(
      (a, b) =>
        compareText(a.channel, b.channel) ||
        compareText(a.provider, b.provider) ||
        a.eventId - b.eventId ||
        compareText(a.host, b.host),
    ),
    files,
    activity,
    lines: lineIndex(parts, references, order),
  };
}

/** By text: its place among all the distinct texts, sorted. */
function ranks(texts: Iterable<string>): Map<string, number> {
  return new Map([...new Set(texts)].sort(compareText).map((text, rank) => [text, rank]));
}

function joinReferences(parts: readonly Collected[]): RankedReferences {
  const kinds = parts.flatMap(part => part.channels);
  const hosts = ranks(kinds.map(kind => kind.host));
  const channels = ranks(kinds.map(kind => kind.channel));
  const length = parts.reduce((sum, part) => sum + part.references.length, 0);
  const ranked = {
    hostRank: Uint32Array.from(kinds, kind => hosts.get(kind.host)!),
    channelRank: Uint32Array.from(kinds, kind => channels.get(kind.channel)!),
  };
  if (parts.length === 1) return { ...parts[0]!.references, ...ranked };
  const joined = {
    length,
    micros: new Float64Array(length),
    kind: new Uint32Array(length),
    record: new Float64Array(length),
    input: new Uint32Array(length),
    offset: new Float64Array(length),
    spool: new Float64Array(length),
  };
  let at = 0;
  let kindsBefore = 0;
  for (const { references: from, channels } of parts) {
    joined.micros.set(from.micros.subarray(0, from.length), at);
    joined.record.set(from.record.subarray(0, from.length), at);
    joined.input.set(from.input.subarray(0, from.length), at);
    joined.offset.set(from.offset.subarray(0, from.length), at);
    joined.spool.set(from.spool.subarray(0, from.length), at);
    for (let i = 0; i < from.length; i++) joined.kind[at + i] = from.kind[i]! + kindsBefore;
    at += from.length;
    kindsBefore += channels.length;
  }
  return { ...joined, ...ranked };
}

function lineIndex(parts: readonly Collected[], references: RankedReferences, order: Uint32Array): LineIndex {
  const withLines = parts.some(part => part.spool !== null);
  const length = new Uint32Array(withLines ? references.length : 0);
  const placed: { first: number; spool: SpoolContent | null }[] = [];
  let first = 0;
  for (const { references: part, spool } of parts) {
    placed.push({ first, spool });
    if (spool !== null) {
      const end = spool.kind === 'memory' ? spool.bytes.length : spool.length;
      for (let i = 0; i < part.length; i++) {
        length[first + i] = (i + 1 < part.length ? part.spool[i + 1]! : end) - part.spool[i]!;
      }
    }
    first += part.length;
  }
  return { order: withLines ? order : new Uint32Array(0), start: references.spool, length, parts: placed };
}
