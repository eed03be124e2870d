/**
 * A word → a term. What kind it is shows in its form, because nobody who is on the phone wants to say it twice; where two
 * kinds would fit, a word in front (`account:…`) decides. What is none is refused with the remedy.
 */

import { canonicalAddress } from '../../read/entities/index.ts';
import { fold } from '../../read/events/index.ts';
import {
  type AccountTerm,
  type AddressTerm,
  type HashTerm,
  type PathStart,
  type PathTerm,
  type Term,
  type TermKind,
  termKinds,
} from './types.ts';

export type ParsedTerm =
  | Term
  /** Why the word is none, and what to write instead. */
  | { readonly message: string };

/** Longest word: longer than any path of Windows that a person would ask for. */
const LONGEST = 1024;

export function parseTerm(word: string): ParsedTerm {
  const text = word.trim();
  if (text === '') return { message: 'there is nothing to look for: give an address, account, hash or path' };
  if (text.length > LONGEST) return { message: `this is longer than ${LONGEST} characters` };
  if (/[\0\r\n]/.test(text))
    return { message: 'a line break or NUL is in no address, account, hash or path' };
  const forced = /^(address|account|hash|path|name):(.*)$/is.exec(text);
  if (forced === null) return guess(text);
  const value = forced[2]!.trim();
  switch (forced[1]!.toLowerCase() as TermKind | 'name') {
    case 'address':
      return addressTerm(value) ?? { message: noAddress };
    case 'account':
      return accountTerm(value);
    case 'hash':
      return hashTerm(value) ?? { message: noHash };
    case 'path':
      return pathTerm(value);
    case 'name':
      return /[\\/]/.test(value)
        ? { message: 'name: is for a file name alone; write path: for a path' }
        : pathTerm(value);
  }
}

const noAddress =
  'this is no IPv4 or IPv6 address or network: write it as 203.0.113.70, 2001:db8::1 or 203.0.113.0/24 (/8 to /32, of IPv6 /16 to /128)';
const noHash = 'this is no hash: MD5, SHA-1, SHA-256 and SHA-512 have 32, 40, 64 and 128 hexadecimal digits';

/** A drive, a share or device, a folder at the top, or a variable that stands for one. */
const pathLike = /^(?:[a-z]:(?:[\\/]|$)|[\\/]|%[^%]+%[\\/])/i;
/** A name with such an ending is a file's and hardly a person's. */
const fileLike =
  /\.(?:exe|dll|sys|ps[dm]?1|bat|cmd|vbs|vbe|jse?|wsf|hta|msi|cpl|scr|com|lnk|zip|7z|rar|cab|iso|img|dit|dmp|evtx?|log|txt|tmp|dat|bin|pfx|p12|pem|kirbi|aspx?|ashx|php|jsp|py|jar|xml|json|ini|reg|docx?|xlsx?|pdf|csv)$/i;

function guess(text: string): ParsedTerm {
  if (text.includes('://')) {
    return { message: 'a URL is none of these: look for its address, or for its name as account:NAME' };
  }
  const address = addressTerm(text);
  if (address !== null) return address;
  if (isSid(text)) return accountTerm(text);
  const hash = hashTerm(text);
  if (hash !== null) return hash;
  if (pathLike.test(text)) return pathTerm(text);
  if (/^[\d.]+(?:\/\d*)?$/.test(text) || (text.includes(':') && /^[\da-f:.%/]+$/i.test(text))) {
    return { message: `${noAddress}; if it is something else, say what: account:${text}` };
  }
  if (/^[\da-f]{24,}$/i.test(text)) return { message: `${noHash}; if it is a name: account:${text}` };
  const slashes = text.match(/[\\/]/g)?.length ?? 0;
  if (fileLike.test(text) || slashes > 1 || text.includes('/')) return pathTerm(text);
  return accountTerm(text);
}

function addressTerm(text: string): AddressTerm | null {
  const [, written, length] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  if (written === undefined) return null;
  const address = canonicalAddress(unpadded(written));
  if (address === null) return null;
  if (length === undefined) return { kind: 'address', text: address, address, bits: null };
  const isMapped = written.includes(':') && !address.includes(':');
  const bits = Number(length) - (isMapped ? 96 : 0);
  const most = address.includes(':') ? 128 : 32;
  // Wider ones hold too much of the internet to be a question.
  if (bits > most || bits < (most === 32 ? 8 : 16)) return null;
  if (bits === most) return { kind: 'address', text: address, address, bits: null };
  return { kind: 'address', text: `${address}/${bits}`, address, bits };
}

/** Zeros in front of decimal numbers mean nothing to those who write 010.001.002.003. */
function unpadded(text: string): string {
  return /^\d{1,3}(?:\.\d{1,3}){3}$/.test(text) ? text.split('.').map(Number).join('.') : text;
}

function isSid(text: string): boolean {
  return /^S-1-\d{1,15}(?:-\d{1,10}){1,15}$/i.test(text);
}

function hashTerm(text: string): HashTerm | null {
  const digits = /^(?:(?:md5|sha-?1|sha-?256|sha-?512|imphash)[=:])?([\da-f]+)$/i.exec(text)?.[1];
  if (digits === undefined || ![32, 40, 64, 128].includes(digits.length)) return null;
  return { kind: 'hash', text: digits.toLowerCase() };
}

/** What no name of an account may hold (sAMAccountName), but for what stands between name and domain. */
const noName = /["/\\[\]:;|=,+*?<>]/;

function accountTerm(text: string): AccountTerm | { readonly message: string } {
  if (isSid(text))
    return { kind: 'account', text: text.toUpperCase(), names: [{ kind: 'sid', sid: fold(text) }] };
  const slash = text.indexOf('\\');
  const at = text.lastIndexOf('@');
  let user = text;
  let domain: string | null = null;
  if (slash >= 0) [domain, user] = [text.slice(0, slash), text.slice(slash + 1)];
  else if (at > 0) [user, domain] = [text.slice(0, at), text.slice(at + 1)];
  if (domain === '.') domain = null;
  const wrong = [user, domain ?? 'x'].find(part => part.trim() !== part || part === '' || noName.test(part));
  if (wrong !== undefined) {
    const kinds = termKinds.map(kind => `${kind}:`).join(', ');
    return {
      message: `this is no address, hash or path, and no account such as CORP\\jo, jo@corp.example, jo or a SID; ${kinds} or name: in front says what is meant`,
    };
  }
  if (user.length < 2 && domain === null) {
    return { message: 'a name of one character stands in nearly every record: add its domain, as CORP\\j' };
  }
  return {
    kind: 'account',
    text,
    names: [{ kind: 'name', user: fold(user), domain: domain === null ? null : fold(domain) }],
  };
}

/** `\\?\`, `\??\` and `\\.\` in front of a drive; `\\?\UNC\` before a host. */
const longForm = /^(?:\\\\[?.]\\|\\\?\?\\)(unc\\)?/i;

function pathTerm(text: string): PathTerm | { readonly message: string } {
  const written = text
    .replaceAll('/', '\\')
    .replace(longForm, (_, unc: string | undefined) => (unc === undefined ? '' : '\\\\'));
  const { start, rest } = startOf(written);
  const steps = fold(rest)
    .split('\\')
    .filter(step => step !== '' && step !== '.');
  const longest = Math.max(0, ...steps.map(step => step.length));
  if (longest < 2 || (start.kind === 'share' && steps.length < 2)) {
    return {
      message: 'this path names too little: write it with a folder or a file, as C:\\Windows\\Temp\\a.exe',
    };
  }
  if (steps.some(step => /[*?"<>|]/.test(step))) {
    return {
      message: 'a path is looked for as it stands, and * ? " < > | are in none: write it without them',
    };
  }
  if (steps.includes('..')) return { message: 'write the path without ..' };
  return { kind: 'path', text, start, steps };
}

function startOf(text: string): { readonly start: PathStart; readonly rest: string } {
  const drive = /^([a-z]):/i.exec(text)?.[1];
  if (drive !== undefined)
    return { start: { kind: 'drive', drive: drive.toLowerCase() }, rest: text.slice(2) };
  const device = /^\\(?:device|global\?\?)\\harddisk(?:volume\d+|\d+\\partition\d+)/i.exec(text)?.[0];
  if (device !== undefined) return { start: { kind: 'top' }, rest: text.slice(device.length) };
  const systemRoot = /^(?:%(?:systemroot|windir)%|\\systemroot)(?=\\|$)/i.exec(text)?.[0];
  if (systemRoot !== undefined) {
    return { start: { kind: 'top' }, rest: `\\windows${text.slice(systemRoot.length)}` };
  }
  const variable = /^%[^%\\]+%/.exec(text)?.[0];
  if (variable !== undefined) return { start: { kind: 'anywhere' }, rest: text.slice(variable.length) };
  if (text.startsWith('\\\\')) {
    // An administrative share is a drive of its host: as a path of that drive it is found on the host itself too.
    const admin = /^\\\\[^\\]+\\([a-z])\$(?=\\|$)/i.exec(text);
    if (admin !== null) {
      return { start: { kind: 'drive', drive: admin[1]!.toLowerCase() }, rest: text.slice(admin[0].length) };
    }
    return { start: { kind: 'share' }, rest: text };
  }
  return { start: { kind: text.startsWith('\\') ? 'top' : 'anywhere' }, rest: text };
}
