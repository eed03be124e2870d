/**
 * A collection: what the script of `huntaway collect` says of itself in the manifest it wrote beside the logs. Its
 * word is the host's word: whoever ruled the host can have written it. So it labels and compares, and never takes
 * anything away.
 */

/** What became of one channel. */
export type CollectedFile = {
  readonly channel: string;
  readonly state: 'exported' | 'empty' | 'absent' | 'failed';
  /** Name beside the manifest; null where nothing was exported. */
  readonly file: string | null;
  /** SHA-256 at the time of the collection, hexadecimal. */
  readonly sha256: string | null;
  /** Time of the oldest record that the channel held; microseconds since 1970, UTC. */
  readonly oldest: number | null;
  /** Number of the oldest record: above 1 where records were overwritten or cleared. */
  readonly oldestRecord: number | null;
  /** Bytes the log may grow to. */
  readonly maximumSize: number | null;
  /** What happens when it is full: `Circular` (old records go), `Retain` (new ones are lost), `AutoBackup`. */
  readonly logMode: string | null;
  readonly enabled: boolean | null;
};

/** What the host audits of one subcategory. */
export type AuditSetting = {
  readonly guid: string;
  /** Name in the host's language. */
  readonly subcategory: string;
  /** In the host's language: `Success and Failure`. */
  readonly setting: string;
};

export type Collection = {
  /** UUID in the text of the script. */
  readonly scriptId: string;
  /** Random word in the name of the folder, and so on the command lines of this one run. */
  readonly marker: string;
  /** Name and version of the program that printed the script. */
  readonly generator: string;
  /** Name of the host as it calls itself. */
  readonly host: string;
  /** All names it may write into its events, folded to lower case. */
  readonly names: readonly string[];
  /** Microseconds since 1970, UTC, by the host's clock; null where it could not tell. */
  readonly start: number | null;
  readonly end: number | null;
  /** Seconds by which the host's clock was off, by its own time service; null where that said nothing. */
  readonly clockOffset: number | null;
  /** Where the time service takes its time from, as it says. */
  readonly clockSource: string | null;
  readonly files: readonly CollectedFile[];
  readonly auditPolicy: readonly AuditSetting[];
  /** What could not be had, one sentence each. */
  readonly errors: readonly string[];
};

/** A manifest read, or why it can't be. */
export type ParsedManifest =
  | { readonly kind: 'collection'; readonly collection: Collection }
  | { readonly kind: 'fault'; readonly message: string };
