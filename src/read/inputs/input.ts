/**
 * Inputs: what the paths that were given turn out to hold. Found by content, never by name; plain data, so
 * that a worker can open an input on its own.
 */

/** One step into a container. */
export type Step =
  | { readonly container: 'zip' /** Index in the central directory. */; readonly index: number }
  | { readonly container: 'gzip' };

export type Input = {
  /** As given, below a folder joined by `/`; members as `a.zip!/b.evtx`, standard input as `-`. For people. */
  readonly path: string;
  /** What to open: the outermost file; null for standard input. */
  readonly file: string | null;
  /** The way into containers; empty for a plain file. */
  readonly steps: readonly Step[];
  /** Name of the source that recognised it: `evtx`. */
  readonly type: string;
  /** Bytes of the content (uncompressed); -1 where unknown (gzip, standard input). */
  readonly size: number;
};

/** Something that was not read, and why: one line for a person. */
export type Unread = {
  readonly path: string;
  /** Stable code: `missing`, `unreadable`, `unknown-type`, `empty`, `bomb`, `traversal`, `encrypted`, `corrupt`, `too-deep`, `special-file`. */
  readonly reason: string;
  readonly message: string;
  readonly size: number;
};

export type Discovery = { readonly inputs: readonly Input[]; readonly unread: readonly Unread[] };

/** Bounds on what an archive may unfold to; each has a default that real logs never meet. */
export type ArchiveLimits = {
  readonly depth: number;
  readonly entries: number;
  /** Unpacked bytes of one member, and of all members of one archive. */
  readonly memberBytes: number;
  readonly totalBytes: number;
  /** Unpacked over packed size, looked at beyond the first 16 MiB. */
  readonly ratio: number;
};
