/**
 * What the findings page is made of: everything that a hunt has to say, as typed data that was parsed and judged before.
 * The page knows neither files nor clocks.
 */
import type { CaseView, Intrusion, Reach, Suppressed, Visibility } from '../../judge/index.ts';
import type { Advisory } from '../../know/advisories/index.ts';
import type { LogSetting } from '../../know/logging/index.ts';

/** How far a host's clock is off from the others', where records show it. */
export type ClockSkew = { readonly host: string; readonly seconds: number; readonly because: string };

export type PageInput = {
  /** When the hunt was made (microseconds), by which version, over what. */
  readonly run: {
    readonly version: string;
    readonly ended: number;
    readonly paths: readonly string[];
    readonly files: number;
    readonly events: number;
    readonly findings: number;
    readonly operator: string | null;
    /** Sentences on what was not read or only in part. */
    readonly incomplete: readonly string[];
  };
  /** IANA name; null = times are said in UTC alone. */
  readonly siteTimeZone: string | null;
  readonly advisories: readonly Advisory[];
  readonly settings: readonly LogSetting[];
  readonly intrusions: readonly Intrusion[];
  readonly suppressed: readonly Suppressed[];
  readonly notes: readonly string[];
  readonly visibility: Visibility;
  readonly reach: Reach;
  readonly cases: readonly CaseView[];
  readonly skews: readonly ClockSkew[];
  /** Paths by index of the input. */
  readonly inputs: readonly string[];
  /** The event behind evidence as one line of JSON (masked), by id of the evidence; null = it was not kept. */
  readonly rawOf: (evidence: string) => string | null;
  /** Findings below the stories: rule, host, count, first, last. */
  readonly rest: readonly {
    readonly title: string;
    readonly level: string;
    readonly host: string;
    readonly count: number;
    readonly first: number;
    readonly last: number;
    readonly example: string;
  }[];
};
