/**
 * What the page's script reads: the same as the page says, in positions instead of words, so that fifty thousand findings
 * stay some megabytes. It stands in the page as JSON in a `<script type="application/json" id="huntaway-data">`; without scripts the page is
 * complete without it. Every text in it is data: the script puts it on the page as text and never as markup.
 */

export type PageData = {
  readonly version: 1;
  /** IANA name; null = UTC alone. */
  readonly siteTimeZone: string | null;
  readonly hosts: readonly {
    readonly name: string;
    readonly zone: string | null;
    readonly isPlant: boolean;
  }[];
  readonly accounts: readonly string[];
  readonly sources: readonly string[];
  /** Titles of stages in the order of the chain, and of behaviours by id. */
  readonly stages: readonly { readonly id: string; readonly title: string }[];
  readonly behaviours: Readonly<Record<string, string>>;
  readonly intrusions: readonly PageIntrusion[];
  readonly evidence: readonly PageEvidence[];
  readonly links: readonly PageLink[];
  /** Findings that belong to no story; bounded, the rest is counted in `left`. */
  readonly rest: readonly PageRest[];
  /** How many pieces of evidence, raw events and findings were left out of the page. */
  readonly left: { readonly evidence: number; readonly raw: number; readonly rest: number };
};

export type PageIntrusion = {
  readonly id: string;
  readonly verdict: string;
  readonly title: string;
  readonly state: string;
};

export type PageEvidence = {
  readonly id: string;
  /** Position in `intrusions`. */
  readonly of: number;
  /** Microseconds; null = the event says no time. */
  readonly at: number | null;
  /** Positions in `hosts`, `accounts`, `sources`, `stages`; -1 = none. */
  readonly host: number;
  readonly account: number;
  readonly source: number;
  readonly stage: number;
  readonly behaviour: string | null;
  /** What people read of it, masked. */
  readonly said: string;
  readonly weight: number;
  readonly channel: string;
  readonly record: number | null;
  readonly file: string;
  readonly reasons: readonly string[];
  /** Position of the evidence whose process started this one's; -1 = unknown. */
  readonly parent: number;
  /** The event as a line of JSON, masked; null = left out. */
  readonly raw: string | null;
};

/** Positions in `evidence`. */
export type PageLink = { readonly from: number; readonly to: number; readonly reason: string };

export type PageRest = {
  readonly rule: string;
  readonly level: string;
  readonly host: number;
  readonly count: number;
  readonly first: number;
  readonly last: number;
  readonly said: string;
};
