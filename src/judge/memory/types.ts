/** What outlives the logs: exposed accounts and first-seen facts, small enough to keep for years. */

/** What a directory export says of an account (`--accounts`). */
export type AccountRow = {
  readonly sid: string | null;
  /** `DOMAIN\user`, UPN or bare name as written. */
  readonly name: string | null;
  /** Microseconds; null = unknown, which keeps an account exposed. */
  readonly passwordSet: number | null;
  readonly privileged: boolean;
  readonly role: string | null;
};

export type AccountTable = { readonly rows: readonly AccountRow[] };

export type Exposed = {
  /** Whose: `*` = every account of the domain, else the account's key as `accountKey` gives it. */
  readonly account: string;
  /** Domain or host that it concerns, lower case. */
  readonly scope: string;
  /** When they were taken; microseconds. */
  readonly since: number;
  readonly how: 'domain' | 'host' | 'local' | 'profile';
  /** What shows it: `VT-CA-01 on dc1.example, record 48212 of Security.evtx`. */
  readonly evidence: string;
};

/** A way of using an account that was seen: account × source × type. */
export type SeenUse = {
  readonly account: string;
  readonly source: string;
  readonly type: string;
  readonly host: string;
  readonly first: number;
  readonly last: number;
  readonly count: number;
};

export type Memory = {
  readonly version: 1;
  readonly exposed: readonly Exposed[];
  readonly uses: readonly SeenUse[];
  /** Resets of krbtgt that were seen, by domain. */
  readonly krbtgt: readonly { readonly domain: string; readonly micros: number }[];
  /** Password changes seen: the latest by account key. */
  readonly passwords: readonly { readonly account: string; readonly micros: number }[];
  /** Periods that the logs of former runs covered: a gap is not a quiet time. */
  readonly periods: readonly { readonly host: string; readonly from: number; readonly to: number }[];
};
