/**
 * Hits in the order in which windows slide over them: group after group, each by time. They are brought there by
 * counting, not by comparing, and their columns are copied into that order, so that everything after reads memory
 * forwards. 24 bytes a hit.
 */
import type { Hits } from './types.ts';

export type Stream = {
  /** Number of hits that join a group. */
  readonly length: number;
  /** Of the group that holds each position, the first position of each group and `length` behind the last. */
  readonly starts: Uint32Array;
  /** Index of the hit. */
  readonly hit: Uint32Array;
  readonly micros: Float64Array;
  readonly rule: Uint32Array;
  readonly value: Int32Array;
  readonly texts: readonly string[];
};

/** `items` by their keys, which are below `keys`; equal keys stay in order. */
function sortByKey(items: Uint32Array, key: ArrayLike<number>, keys: number): Uint32Array {
  const next = new Uint32Array(keys + 1);
  for (let i = 0; i < items.length; i++) next[key[items[i]!]! + 1]!++;
  for (let k = 0; k < keys; k++) next[k + 1]! += next[k]!;
  const sorted = new Uint32Array(items.length);
  for (let i = 0; i < items.length; i++) sorted[next[key[items[i]!]!]!++] = items[i]!;
  return sorted;
}

/** The hits that join a group, in their order. */
function grouped({ length, group }: Hits): { items: Uint32Array; groups: number } {
  const items = new Uint32Array(length);
  let count = 0;
  let groups = 0;
  for (let hit = 0; hit < length; hit++) {
    if (group[hit]! < 0) continue;
    items[count++] = hit;
    if (group[hit]! >= groups) groups = group[hit]! + 1;
  }
  return { items: items.subarray(0, count), groups };
}

/** The number of the moment of each hit: equal times have one. */
function momentsOf({ length, micros }: Hits): Uint32Array {
  const moments = new Uint32Array(length);
  for (let hit = 1; hit < length; hit++) {
    moments[hit] = moments[hit - 1]! + (micros[hit] === micros[hit - 1] ? 0 : 1);
  }
  return moments;
}

/**
 * The stream of `hits`. With `rules`, hits of equal time stand by rule: where order matters, equal times count as any
 * order, and ascending is the one that serves.
 */
export function streamOf(hits: Hits, rules: number | null): Stream {
  const { items, groups } = grouped(hits);
  let order = items;
  if (rules !== null) {
    const moments = momentsOf(hits);
    order = sortByKey(order, hits.rule, rules);
    order = sortByKey(order, moments, hits.length === 0 ? 0 : moments[hits.length - 1]! + 1);
  }
  order = sortByKey(order, hits.group, groups);
  const length = order.length;
  const micros = new Float64Array(length);
  const rule = new Uint32Array(length);
  const value = new Int32Array(length);
  const starts: number[] = [];
  for (let position = 0; position < length; position++) {
    const hit = order[position]!;
    micros[position] = hits.micros[hit]!;
    rule[position] = hits.rule[hit]!;
    value[position] = hits.value[hit]!;
    if (position === 0 || hits.group[hit] !== hits.group[order[position - 1]!]) starts.push(position);
  }
  starts.push(length);
  return { length, starts: Uint32Array.from(starts), hit: order, micros, rule, value, texts: hits.texts };
}

/** The number of hits of the largest group. */
export function largestGroup({ starts }: Stream): number {
  let largest = 0;
  for (let group = 0; group + 1 < starts.length; group++) {
    largest = Math.max(largest, starts[group + 1]! - starts[group]!);
  }
  return largest;
}
