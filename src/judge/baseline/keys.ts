/**
 * Keys of what is counted: 48 bits of SHA-256 for each text, mixed for pairs. Nothing of a log is kept in a baseline, and
 * a table of numbers costs a third of one of texts. Two of a hundred thousand keys fall together once in 50,000 hunts.
 */
import { hash } from 'node:crypto';
import type { Fact, FactView } from '../../read/entities/index.ts';

/** 48 bits of `text`. */
export function keyOf(text: string): number {
  return hash('sha256', text, 'buffer').readUIntBE(0, 6);
}

const HALF = 2 ** 32;

/** 53 bits of two keys, in that order. */
export function mixKeys(a: number, b: number): number {
  let low = Math.imul((a | 0) ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul((b | 0) + 0x165667b1, 0xc2b2ae35);
  let high =
    Math.imul(((a / HALF) | 0) + (b | 0), 0x27d4eb2f) ^ Math.imul(((b / HALF) | 0) ^ low, 0x9e3779b1);
  low = Math.imul(low ^ (high >>> 15), 0x85ebca6b);
  high = Math.imul(high ^ (low >>> 13), 0xc2b2ae35);
  return ((high ^ (high >>> 16)) & 0x1fffff) * HALF + ((low ^ (low >>> 16)) >>> 0);
}

/**
 * Names an event, so that its copies (the same log exported twice) have one name: 53 bits of host, channel, record and
 * time. An event without a record id is named by its place.
 */
export function eventKey(fact: Fact | FactView): number {
  return keyIn(fact, logSum(fact.host, fact.channel));
}

/** What the name of an event has of its log, for `keyIn`: worked out once for the events of a log. */
export function logKey({ host, channel }: Pick<Fact, 'host' | 'channel'>): number {
  return logSum(host, channel);
}

/** The same for many events: what their logs are called is summed up once for each log. */
export class EventKeys {
  /** By host and channel as written; both are few. */
  readonly #logs = new Map<string, Map<string, number>>();

  of(fact: Fact | FactView): number {
    const { host, channel } = fact;
    let channels = this.#logs.get(host);
    if (channels === undefined) {
      channels = new Map();
      this.#logs.set(host, channels);
    }
    let log = channels.get(channel);
    if (log === undefined) {
      log = logSum(host, channel);
      channels.set(channel, log);
    }
    return keyIn(fact, log);
  }
}

/** `eventKey` of a fact whose log has this `logKey`. */
export function keyIn(fact: Fact | FactView, log: number): number {
  const { input, offset, record } = 'place' in fact ? fact.place : fact;
  if (record < 0) return mixKeys(mixKeys(input, offset), 1);
  return mixKeys(log, mixKeys(record, fact.micros));
}

const logSum = (host: string, channel: string): number =>
  mixKeys(sumOf(host.toLowerCase()), sumOf(channel.toLowerCase()));

/** FNV-1a: nothing hangs on two hosts having one sum but that their records of one number and microsecond would be one. */
function sumOf(text: string): number {
  let sum = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) sum = Math.imul(sum ^ text.charCodeAt(i), 0x01000193);
  return sum >>> 0;
}
