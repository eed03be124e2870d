/** A rule set: every document of every rule file that was asked for, in order of path and place. */
import type { RuleDocument } from '../sigma/index.ts';

export type RuleSet = {
  readonly documents: readonly RuleDocument[];
  /** SHA-256 over the sorted SHA-256 of all files' contents (with paths relative to what was asked for). */
  readonly sha256: string;
  /** Rule files that the cache knew below the same paths and that are gone now. */
  readonly vanished: readonly string[];
  /** True where nothing had to be parsed. */
  readonly fromCache: boolean;
};
