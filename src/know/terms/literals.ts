/**
 * What a value must hold for a term to stand in it: folded literals, one of which is needed. They are what the matcher looks
 * for in the bytes; whether the term really stands there, within its boundaries, is asked of the few values that hold one.
 */
import { fold } from '../../read/events/index.ts';
import type { AccountTerm, AddressTerm, PathTerm, Sought } from './types.ts';

export function literalsOf(term: Sought): readonly string[] {
  switch (term.kind) {
    case 'hash':
      return [term.text];
    case 'account':
      return [...new Set(ofAccount(term))];
    case 'path':
      return [longestStep(term)];
    case 'logon':
      return [...new Set(term.sessions.map(({ id }) => id))];
    case 'address':
      return [...new Set(ofAddress(term))];
  }
}

function ofAccount({ names }: AccountTerm): string[] {
  return names.map(name => (name.kind === 'sid' ? name.sid : name.user));
}

/** Steps are written alike in every notation of a path, but for Windows' own folder; the longest is the rarest. */
function longestStep(term: PathTerm): string {
  const steps = isInWindows(term) ? term.steps.slice(1) : term.steps;
  return steps.reduce((best, step) => (step.length > best.length ? step : best));
}

/** True where the path may be written below a variable: `%SystemRoot%\Temp` for `C:\Windows\Temp`. */
export function isInWindows({ start, steps }: PathTerm): boolean {
  return (start.kind === 'drive' || start.kind === 'top') && steps[0] === 'windows' && steps.length > 1;
}

function ofAddress(term: AddressTerm): string[] {
  return term.address.includes(':') ? ofIpv6(term) : ofIpv4(term);
}

/**
 * With dots, as written and filled with zeros; in hexadecimal behind `ffff:`; and in the bytes of a socket address, which
 * SMB's own logs hold. Of a network the octets that are the same in all of it.
 */
function ofIpv4({ address, bits }: AddressTerm): string[] {
  const octets = address.split('.').map(Number);
  const fixed = bits === null ? 4 : Math.floor(bits / 8);
  const end = fixed === 4 ? '' : '.';
  const some = octets.slice(0, fixed);
  const dotted = some.join('.') + end;
  const padded = some.map(octet => String(octet).padStart(3, '0')).join('.') + end;
  if (bits !== null) return [dotted, padded, 'ffff:'];
  const groups = [octets[0]! * 256 + octets[1]!, octets[2]! * 256 + octets[3]!];
  return [
    dotted,
    padded,
    `ffff:${groups.map(hex).join(':')}`,
    `ffff:${groups.map(group => hex(group).padStart(4, '0')).join(':')}`,
    groups.map(group => hex(group).padStart(4, '0')).join(''),
  ];
}

/** One group that every notation writes: of the first six, because IPv4 may stand for the last two. */
function ofIpv6({ address, bits }: AddressTerm): string[] {
  const groups = ipv6Groups(address);
  const fixed = bits === null ? 8 : Math.floor(bits / 16);
  const written = groups.slice(0, Math.min(6, fixed)).filter(group => group !== 0);
  const raw = bits === null ? [groups.map(group => hex(group).padStart(4, '0')).join('')] : [];
  if (written.length > 0) return [`${hex(Math.max(...written))}:`, ...raw];
  // All of them are zero: then one of two colons, or a zero, stands before what follows.
  return ['::', '0:', ...raw];
}

/** Eight groups of 16 bits of a canonical address. */
function ipv6Groups(address: string): number[] {
  const [head = '', tail] = address.split('::');
  const groups = (text: string): number[] =>
    text === '' ? [] : text.split(':').map(group => Number.parseInt(group, 16));
  const [before, after] = [groups(head), groups(tail ?? '')];
  return [...before, ...new Array<number>(8 - before.length - after.length).fill(0), ...after];
}

function hex(value: number): string {
  return fold(value.toString(16));
}
