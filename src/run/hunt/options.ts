/** What a hunt is told: plain values, checked by whoever parsed them. */
import type { Level } from '../../know/sigma/index.ts';
import type { Term } from '../../know/terms/index.ts';
import type { FindingFormat } from '../../tell/index.ts';
import type { MemoryKeys } from '../memory/index.ts';
import type { Selection } from '../selection.ts';

/** As in `--format`: a table of groups for people, or the findings themselves. */
export type HuntFormat = 'table' | FindingFormat;

export type LookOptions = {
  /** At least one. */
  readonly terms: readonly Term[];
  /** Microseconds; what was asked about. The `from` and `to` of the hunt lie around it. */
  readonly from: number;
  readonly to: number;
};

export type HuntOptions = {
  /** Files, folders, globs, `-`. */
  readonly paths: readonly string[];
  /** Rule files and folders; empty = the pack that ships. */
  readonly rules: readonly string[];
  /** Advisory packs by name or folder, besides the one that ships where no rules are given. */
  readonly advisories: readonly string[];
  /** YAML file of name → values, for `expand`. */
  readonly placeholders: string | null;
  /** Null = rules are neither read from nor written to a cache. */
  readonly cacheDirectory: string | null;
  readonly selection: Selection;
  /** Microseconds; events in [from, to) are matched. */
  readonly from: number;
  readonly to: number;
  /** Of times that do not say theirs: a name that `parseTimeZone` takes. */
  readonly timeZone: string;
  /** What is looked for, and within which time; null = nothing but what rules say. */
  readonly look: LookOptions | null;
  readonly format: HuntFormat;
  readonly out: string | null;
  readonly force: boolean;
  /** Null = by input size. */
  readonly workers: number | null;
  readonly failOn: Level | null;
  readonly reveal: boolean;
  readonly spoolDirectory: string;
  readonly operator: string | null;
  /** Files about the site: `huntaway.yml`, accounts as CSV; null = none. */
  readonly site: string | null;
  readonly accounts: string | null;
  /** Kept from run to run; null = none is read or written. */
  readonly memory: string | null;
  readonly memoryKeys: MemoryKeys;
  /** Decisions of people; null = those beside the hunt that is replaced or compared with, if any. */
  readonly cases: string | null;
  /** What a former hunt wrote, to say what is new since; null = nothing is compared. */
  readonly compare: string | null;
  /** IANA name of the zone that times are also said in on the page; null = UTC alone. */
  readonly siteTimeZone: string | null;
  /** The moment that relative times were counted from; microseconds. Null = the clock. */
  readonly asOf: number | null;
  /** Options by the name of their flag, as given: recorded in `run.json`. */
  readonly given: Readonly<Record<string, unknown>>;
};
