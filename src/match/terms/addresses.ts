/**
 * Addresses in values, whatever the notation: zeros in front, IPv4 within IPv6, hexadecimal groups, a port behind, brackets
 * around, or the bytes of a socket address in hexadecimal. What is written is parsed and compared as a number.
 */
import { type AddressTerm, literalsOf } from '../../know/terms/index.ts';
import { type Address, inNetwork, parseAddress } from '../values/index.ts';
import { dotJoins, isAlnum, somePlace } from './boundaries.ts';

/** Signs that addresses are made of, to either side of a literal at most: longer runs are none. */
const REACH = 48;

/** True where a folded value holds the address, or one of the network. */
export function addressTest(term: AddressTerm): (text: string) => boolean {
  const literals = literalsOf(term);
  const address = parseAddress(term.address)!;
  const bits = term.bits === null ? 128 : term.bits + (term.address.includes(':') ? 0 : 96);
  const network = { address, bits };
  const isMeant = (text: string): boolean => {
    const parsed = parseAddress(text);
    return parsed !== null && inNetwork(parsed, network);
  };
  const socket = term.bits === null ? socketAddress(address) : null;
  return text =>
    (socket?.test(text) ?? false) ||
    literals.some(literal =>
      somePlace(text, literal, (at, end) => runHolds(text, runStart(text, at), runEnd(text, end), isMeant)),
    );
}

/** How Windows writes `sockaddr` in hexadecimal: family, port, address. */
function socketAddress([first, second, third, fourth]: Address): RegExp {
  const hex = (word: number): string => word.toString(16).padStart(8, '0');
  const isIpv4 = first === 0 && second === 0 && third === 0xffff;
  const ipv6 = `1700[0-9a-f]{12}${[first, second, third, fourth].map(hex).join('')}`;
  return new RegExp(isIpv4 ? `^(?:0200[0-9a-f]{4}${hex(fourth)}|${ipv6})` : `^${ipv6}`);
}

function isOfAddress(unit: number): boolean {
  // Digits and the colon, letters to f, the dot.
  return (unit >= 0x30 && unit <= 0x3a) || (unit >= 0x61 && unit <= 0x66) || unit === 0x2e;
}

function runStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && at - start < REACH && isOfAddress(text.charCodeAt(start - 1))) start--;
  return start;
}

function runEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && end - from < REACH && isOfAddress(text.charCodeAt(end))) end++;
  return end;
}

/** The run as one address, else any IPv4 address in it. */
function runHolds(text: string, start: number, end: number, isMeant: (text: string) => boolean): boolean {
  const run = text.slice(start, end);
  if (run.includes(':') && isApart(text, start, end)) {
    const whole = run.replace(/^:(?!:)/, '').replace(/(?:(?<!:):|\.+)$/, '');
    if (isMeant(whole)) return true;
  }
  for (const match of run.matchAll(/\d{1,3}(?:\.\d{1,3}){3}/g)) {
    const at = start + match.index;
    const to = at + match[0].length;
    if (isQuad(text, at, to) && isMeant(match[0].split('.').map(Number).join('.'))) return true;
  }
  return false;
}

/** Not within a word: `g2001:db8::1` is none, unless a colon parts it from what stands in front. */
function isApart(text: string, start: number, end: number): boolean {
  const before = text.charCodeAt(start - 1);
  const after = text.charCodeAt(end);
  const isBegun = start > 0 && isAlnum(before) && text[start] !== ':';
  return !isBegun && !(end < text.length && isAlnum(after));
}

function isQuad(text: string, at: number, end: number): boolean {
  if (at > 0 && (isAlnum(text.charCodeAt(at - 1)) || dotJoins(text, at - 1, -1))) return false;
  return end >= text.length || (!isAlnum(text.charCodeAt(end)) && !dotJoins(text, end, 1));
}
