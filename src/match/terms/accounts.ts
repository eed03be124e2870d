/**
 * Accounts in events. A name stands as a whole word; where one with a domain is asked for, the domain must be said beside it,
 * in front (`CORP\jo`), behind (`jo@corp.example`) or in the field that goes with the name's. A name whose event says no
 * domain at all (NTLM, a VPN) may be that account or another: it is found, and told apart.
 */
import type { AccountName, AccountTerm } from '../../know/terms/index.ts';
import { dotJoins, isAlnum, somePlace } from './boundaries.ts';

export type Held = 'no' | 'name-only' | 'yes';

/** `partner`: the folded value of the field that says the domain, null where there is none. */
export type AccountTest = (text: string, partner: () => string | null) => Held;

export function accountTest({ names }: AccountTerm): AccountTest {
  const tests = names.map(testOfName);
  return (text, partner) => {
    let held: Held = 'no';
    for (const test of tests) {
      const each = test(text, partner);
      if (each === 'yes') return each;
      if (each !== 'no') held = each;
    }
    return held;
  };
}

function testOfName(name: AccountName): AccountTest {
  if (name.kind === 'sid') {
    return text => (somePlace(text, name.sid, (at, end) => isWord(text, at, end)) ? 'yes' : 'no');
  }
  const { user, domain } = name;
  if (domain === null) {
    return text => (somePlace(text, user, (at, end) => isWord(text, at, end)) ? 'yes' : 'no');
  }
  return (text, partner) => {
    if (text === user) return ofPartner(partner(), domain);
    return somePlace(text, user, (at, end) => isWord(text, at, end) && saysDomain(text, at, end, domain))
      ? 'yes'
      : 'no';
  };
}

function ofPartner(said: string | null, domain: string): Held {
  if (said === null || said === '' || said === '-') return 'name-only';
  return isSameDomain(said, domain) ? 'yes' : 'no';
}

/** A realm's first part is its short name. */
function isSameDomain(a: string, b: string): boolean {
  if (a === b) return true;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return !short.includes('.') && long.startsWith(`${short}.`);
}

/** Longest name of a domain (RFC 1035). */
const LONGEST_DOMAIN = 255;

function isOfDomain(unit: number): boolean {
  return isAlnum(unit) || unit === 0x2d || unit === 0x2e || unit === 0x5f;
}

function saysDomain(text: string, at: number, end: number, domain: string): boolean {
  if (text[end] === '@') {
    let to = end + 1;
    while (to < text.length && to - end <= LONGEST_DOMAIN && isOfDomain(text.charCodeAt(to))) to++;
    if (isSameDomain(text.slice(end + 1, to).replace(/\.$/, ''), domain)) return true;
  }
  if (text[at - 1] !== '\\') return false;
  // A script or JSON may double it.
  const slash = text[at - 2] === '\\' ? at - 2 : at - 1;
  let from = slash;
  while (from > 0 && slash - from <= LONGEST_DOMAIN && isOfDomain(text.charCodeAt(from - 1))) from--;
  // Behind another separator it is a step of a path.
  const before = text[from - 1];
  return before !== '\\' && before !== '/' && isSameDomain(text.slice(from, slash), domain);
}

function isWord(text: string, at: number, end: number): boolean {
  return !joinsBefore(text, at) && !joinsAfter(text, end);
}

function isJoint(unit: number): boolean {
  return isAlnum(unit) || unit === 0x5f || unit === 0x2d || unit === 0x24;
}

function joinsBefore(text: string, at: number): boolean {
  return at > 0 && (isJoint(text.charCodeAt(at - 1)) || dotJoins(text, at - 1, -1));
}

function joinsAfter(text: string, end: number): boolean {
  return end < text.length && (isJoint(text.charCodeAt(end)) || dotJoins(text, end, 1));
}
