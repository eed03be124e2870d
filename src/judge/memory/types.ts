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

/** A way of using an account that was seen: account × source × way × host. */
export type SeenUse = {
  readonly account: string;
  /** The host's name where it is known, else the network of its address; `here` for the machine itself. */
  readonly source: string;
  /** The network of a source that is named: another run may not know its name. Empty where there is none. */
  readonly network: string;
  /** `remote`, `network`, `interactive`, `vpn` … */
  readonly way: string;
  readonly host: string;
  readonly first: number;
  readonly last: number;
};

/**
 * On which days an account was used in one way from one kind of source (`vpn outside`), or met something new (`new
 * source`): what tells how surprising its next first use is. Days, no hours: nobody's working time is kept.
 */
export type UsedDays = {
  readonly account: string;
  readonly kind: string;
  /** As `daysText` writes them. */
  readonly days: string;
};

export type Memory = {
  readonly version: 2;
  /** Of a drill or of a site: neither is ever taken for the other. */
  readonly drill: boolean;
  readonly exposed: readonly Exposed[];
  readonly uses: readonly SeenUse[];
  readonly days: readonly UsedDays[];
  /** Resets of krbtgt that were seen, by domain. */
  readonly krbtgt: readonly { readonly domain: string; readonly micros: number }[];
  /** Password changes seen: the latest by account key. */
  readonly passwords: readonly { readonly account: string; readonly micros: number }[];
  /** Periods that the logs of former runs covered: a gap is not a quiet time. */
  readonly periods: readonly { readonly host: string; readonly from: number; readonly to: number }[];
};
