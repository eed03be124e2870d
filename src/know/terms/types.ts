/**
 * What somebody asks a hunt to look for: an address, an account, a hash or a path. Plain data, so that it goes to workers
 * and into records as it is. Texts that are compared are folded (see `fold`).
 */

export const termKinds = ['address', 'account', 'hash', 'path'] as const;
export type TermKind = (typeof termKinds)[number];

export type AddressTerm = {
  readonly kind: 'address';
  /** Canonical: `203.0.113.70`, `2001:db8::1`, `10.0.0.0/8`. */
  readonly text: string;
  readonly address: string;
  /** Leading bits that count, of 32 or 128; null = the one address. */
  readonly bits: number | null;
};

/** A name of an account. Without a domain it stands for the accounts of that name in any. */
export type AccountName =
  | { readonly kind: 'name'; readonly user: string; readonly domain: string | null }
  | { readonly kind: 'sid'; readonly sid: string };

export type AccountTerm = {
  readonly kind: 'account';
  readonly text: string;
  /** The name that was asked for, then those that the logs themselves give the same account. */
  readonly names: readonly AccountName[];
};

export type HashTerm = {
  readonly kind: 'hash';
  /** Hexadecimal, lower case. */
  readonly text: string;
};

/** Where a path begins: at a drive, a share, the top of some volume, or at any step. */
export type PathStart =
  | { readonly kind: 'drive'; readonly drive: string }
  | { readonly kind: 'share' }
  | { readonly kind: 'top' }
  | { readonly kind: 'anywhere' };

export type PathTerm = {
  readonly kind: 'path';
  readonly text: string;
  readonly start: PathStart;
  /** Folded, at least one; of a share its host and name come first. */
  readonly steps: readonly string[];
};

export type Term = AddressTerm | AccountTerm | HashTerm | PathTerm;

/** A logon on a host, by the id that its other records carry; unique there until the host starts anew. */
export type Session = {
  /** Folded, as the host's records name it. */
  readonly host: string;
  /** Folded: `0x3e7a1`. */
  readonly id: string;
  /** Microseconds. */
  readonly from: number;
};

/** What else was done in logons that a term touches: learned from the logs, and never asked for by itself. */
export type LogonTerm = {
  readonly kind: 'logon';
  /** Position of the term among all that are looked for, its kind and text. */
  readonly of: number;
  readonly ofKind: TermKind;
  readonly text: string;
  readonly sessions: readonly Session[];
};

export type Sought = Term | LogonTerm;

/** The logons of addresses and accounts, none of which is known yet. */
export function logonTerms(terms: readonly Term[]): LogonTerm[] {
  return terms.flatMap(({ kind, text }, of): LogonTerm[] =>
    kind === 'address' || kind === 'account' ? [{ kind: 'logon', of, ofKind: kind, text, sessions: [] }] : [],
  );
}

/** How a name is written: `CORP\jo`, `jo`, `S-1-5-21-…`. */
export function accountText(name: AccountName): string {
  if (name.kind === 'sid') return name.sid.toUpperCase();
  if (name.domain === null) return name.user;
  return name.domain.includes('.')
    ? `${name.user}@${name.domain}`
    : `${name.domain.toUpperCase()}\\${name.user}`;
}
