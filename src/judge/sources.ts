/** How somebody came in and from where, in the grain that is counted and remembered. */
import { parseAddress } from '../match/index.ts';
import type { FactRole, FactType } from '../read/entities/index.ts';

/** As much of a fact as is asked here. */
type Entry = {
  readonly type: FactType;
  text(role: FactRole): string | undefined;
  number(role: FactRole): number | undefined;
};

/** How somebody came in, or null where the fact is not about that. */
export function logonWay(fact: Entry): string | null {
  if (fact.type === 'logon') return `logon ${fact.number('logonType') ?? 0}`;
  if (fact.type === 'remote-session') return fact.text('action') === 'end' ? null : 'remote session';
  if (fact.type === 'tunnel') return fact.text('action') === 'down' ? null : 'tunnel';
  return null;
}

/** `10.1.2.0/24`, or the first 64 bits of an IPv6 address; `local` for the machine itself; null where it is no address. */
export function networkOf(written: string): string | null {
  const address = parseAddress(written);
  if (address === null) return null;
  const [first, second, third, last] = address;
  if (first === 0 && second === 0 && third === 0 && last <= 1) return 'local';
  if (first !== 0 || second !== 0 || third !== 0xffff) {
    return `${first.toString(16)}:${second.toString(16)}::/64`;
  }
  if (last >>> 24 === 127) return 'local';
  return `${last >>> 24}.${(last >>> 16) & 255}.${(last >>> 8) & 255}.0/24`;
}
