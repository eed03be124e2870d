/** Sentences of the answer: seen where and when, or not seen, and which logs that rests on. */
import { counted, duration, grouped, plain, second } from '../terminal/index.ts';
import type { KnownAs, LookAnswer, TermAnswer } from './types.ts';

/** Hosts named in a sentence. */
const MOST_HOSTS = 5;

export function isBounded({ from, to }: LookAnswer['asked']): boolean {
  return Number.isFinite(from) || Number.isFinite(to);
}

/** `seen 12 times on fs1 and dc1 …`, or `not seen in these logs`. */
export function termSaid({ count, around, hosts }: TermAnswer, answer: LookAnswer): string {
  if (count === 0) return `not seen ${inThese(answer)}`;
  const { first, last } = wholeSpan(hosts);
  const inside = count - around;
  const times = isBounded(answer.asked)
    ? inside === 0
      ? `not seen in the time asked about, but ${timesOf(around)} in the 48 h around it`
      : `seen ${timesOf(inside)}${around > 0 ? `, and ${timesOf(around)} in the 48 h around,` : ''}`
    : `seen ${timesOf(count)}`;
  return `${times} ${onHosts(hosts.map(({ host }) => host))} ${between(first, last)}`;
}

/** First and last of many: Infinity and -Infinity where none says a time. */
export function wholeSpan(spans: readonly { readonly first: number; readonly last: number }[]): {
  first: number;
  last: number;
} {
  // One by one: hundreds of thousands are more arguments than a call takes.
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const span of spans) {
    first = Math.min(first, span.first);
    last = Math.max(last, span.last);
  }
  return { first, last };
}

function timesOf(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${grouped(count)} times`;
}

function onHosts(hosts: readonly string[]): string {
  const named = hosts.slice(0, MOST_HOSTS).map(host => (host === '' ? '(no host said)' : plain(host)));
  const more = hosts.length - named.length;
  if (more > 0) named.push(counted(more, 'other'));
  const list = named.length === 1 ? named[0]! : `${named.slice(0, -1).join(', ')} and ${named.at(-1)}`;
  return `on ${hosts.length === 1 ? 'host' : 'hosts'} ${list}`;
}

function between(first: number, last: number): string {
  if (first > last) return 'in records that say no time';
  if (second(first) === second(last)) return `at ${second(first)} UTC`;
  return `between ${second(first)} and ${second(last)} UTC`;
}

/** `in these logs: 3 hosts, back to …`. */
export function inThese({ logs }: LookAnswer): string {
  if (logs.length === 0) return 'in these logs: they hold not one record';
  const { first, last } = wholeSpan(logs);
  const hosts = counted(new Set(logs.map(({ host }) => host)).size, 'host');
  if (first > last) return `in these logs: ${hosts}, no record of which says a time`;
  return `in these logs: ${hosts}, back to ${second(first)} UTC (${duration(Math.max(0, last - first))})`;
}

export const NO_ABSENCE = 'This does not show absence.';

/** Names listed; the rest is counted. */
const MOST_LISTED = 10;

/** Under which other names a term was looked for. */
export function namesSaid({ knownAs, isCommon }: TermAnswer): string[] {
  if (isCommon) return ['its other names were not looked for: accounts of this name are too many'];
  const more = knownAs.length - MOST_LISTED;
  return [
    ...knownAs.slice(0, MOST_LISTED).map(knownSaid),
    ...(more > 0 ? [`and under ${counted(more, 'more name')}, inferred alike`] : []),
  ];
}

function knownSaid({ name, records, isSearched }: KnownAs): string {
  const basis = `inferred: ${counted(records, 'record says', 'records say')} both together`;
  const searched = isSearched ? '' : '; not looked for, because standard input cannot be read again';
  return `also as ${plain(name)} (${basis}${searched})`;
}

/** What is known of logons that the term touches; nothing where it touches none. */
export function logonsSaid({ logons: { touched, followed }, inLogons, count }: TermAnswer): string[] {
  if (count === 0 || touched === 0) return [];
  if (followed === 0) {
    return ['its logons were not followed: they are too many, or the logs could not be read again'];
  }
  const records = inLogons === 0 ? 'no other record' : counted(inLogons, 'more record');
  const rest = touched > followed ? ` (${grouped(touched - followed)} more were not followed)` : '';
  return [`in ${counted(followed, 'logon')} of it: ${records}, within 48 h${rest}`];
}
