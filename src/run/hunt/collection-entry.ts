/** What the ledger says of a collection: whose logs, when taken, and whether the files are still those. */
export type CollectionEntry = {
  /** Path of the manifest. */
  readonly manifest: string;
  readonly host: string;
  readonly start: string | null;
  readonly end: string | null;
  /** Seconds that the host's clock was off, by its own time service. */
  readonly clockOffset: number | null;
  /** Of the files the manifest names: those whose hash is as it says. */
  readonly matched: number;
  /** Paths of those that differ. */
  readonly mismatched: readonly string[];
  /** Names of those that are not beside it. */
  readonly missing: readonly string[];
  /** Those of which one of the two hashes is not known. */
  readonly unverified: number;
  /** What the host could not give, as the script said it. */
  readonly errors: readonly string[];
};
