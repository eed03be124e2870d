/** What a verification found: one entry for each file that a record of a hunt names. */

/**
 * `unreadable`: it is there and cannot be read now. `never-hashed`: the hunt read it and has no hash of it.
 * `not-read`: the hunt did not read it. `unchecked`: nothing to read again (standard input), or interrupted.
 */
export const fileStatuses = [
  'unchanged',
  'changed',
  'missing',
  'unreadable',
  'never-hashed',
  'not-read',
  'unchecked',
] as const;
export type FileStatus = (typeof fileStatuses)[number];

export const fileKinds = ['log', 'member', 'archive', 'output', 'option', 'other'] as const;
/**
 * `member`: a log in an archive. `option`: a file that an option of the hunt names. `other`: what the hunt met and did
 * not read.
 */
export type FileKind = (typeof fileKinds)[number];

/** What the hunt recorded and what is there now; null where not known. */
export type ThenAndNow<T> = { readonly recorded: T | null; readonly now: T | null };

export type CheckedFile = {
  readonly kind: FileKind;
  /** As the record names it. */
  readonly path: string;
  /** Where it was looked for; null where it was not. */
  readonly file: string | null;
  readonly status: FileStatus;
  /** What is wrong, in a sentence without the path; null for what is unchanged. */
  readonly message: string | null;
  readonly size: ThenAndNow<number>;
  readonly sha256: ThenAndNow<string>;
};

export type RulesStatus = 'same' | 'different' | 'missing' | 'none' | 'unchecked';

export type Verification = {
  readonly version: 1;
  /** `expected` is the hash that was given to compare with. */
  readonly record: { readonly path: string; readonly sha256: string; readonly expected: string | null };
  readonly hunt: {
    readonly tool: string;
    readonly started: string;
    readonly operator: string | null;
    /** Null in records that do not say. */
    readonly cwd: string | null;
    readonly interrupted: boolean;
  };
  /** The folder that relative paths were looked for in. */
  readonly base: string;
  readonly files: readonly CheckedFile[];
  readonly rules: ThenAndNow<string> & { readonly status: RulesStatus; readonly paths: readonly string[] };
  /** By pack: its head, behaviours, chain and indicators; its rules are among all others. */
  readonly advisories: readonly (ThenAndNow<string> & {
    readonly status: RulesStatus;
    readonly id: string;
    readonly path: string;
  })[];
  /** Things to know, in sentences. */
  readonly notes: readonly string[];
  readonly interrupted: boolean;
  readonly exitCode: number;
};
