/**
 * Inputs: what the paths that were given turn out to hold. Found by content, never by name; plain data, so
 * that a worker can open an input on its own.
 */

/** A container of one content. */
export type Packing = 'gzip' | 'zstd';

/** What content may turn out to be, by its beginning: every source of events is one. */
export type ContentKind = {
  readonly name: string;
  /** True if content that begins with `head` (up to 4 KiB) is of this kind. */
  recognises(head: Uint8Array): boolean;
};

/** One step into a container. */
export type Step =
  | { readonly container: 'zip' /** Index in the central directory. */; readonly index: number }
  | { readonly container: Packing };

export type Input = {
  /** As given, below a folder joined by `/`; members as `a.zip!/b.evtx`, standard input as `-`. For people. */
  readonly path: string;
  /** What to open: the outermost file; null for standard input. */
  readonly file: string | null;
  /** The way into containers; empty for a plain file. */
  readonly steps: readonly Step[];
  /** Name of the kind that recognised it, which is a source for all but companions: `evtx`. */
  readonly type: string;
  /** Bytes of the content (uncompressed); -1 where unknown (gzip, Zstandard, standard input). */
  readonly size: number;
  /** Present where the name of the file is not valid UTF-8: the bytes to open instead of `file`. */
  readonly fileBytes?: Uint8Array;
  /** Standard input only: what was read of it to find its type. It can't be read twice. */
  readonly head?: Uint8Array;
};

/** Stable codes: they stand in ledgers. */
export type UnreadReason =
  | 'missing'
  | 'unreadable'
  | 'unknown-type'
  | 'empty'
  | 'bomb'
  | 'encrypted'
  | 'corrupt'
  | 'too-deep'
  | 'special-file';

/** Something that was not read, and why. */
export type Unread = {
  readonly path: string;
  readonly reason: UnreadReason;
  /** One sentence, without the path: what is wrong and, where there is one, the remedy. */
  readonly message: string;
  /** Bytes; -1 where unknown. */
  readonly size: number;
  /** Present where the user named this very path; absent for what was found inside a folder or archive. */
  readonly asked?: true;
};

/**
 * Something a person should know although nothing was lost by it. `repeated`: the same file under a second path,
 * read once. `traversal`: members whose names point outside the archive (`../x`, `/x`, `C:\x`); nothing is ever
 * written by a member's name, so they are read like any other. `odd-name`: names with control characters.
 */
export type Note = {
  readonly path: string;
  readonly reason: 'repeated' | 'traversal' | 'odd-name';
  /** One sentence, without the path. */
  readonly message: string;
};

export type Discovery = {
  readonly inputs: readonly Input[];
  readonly unread: readonly Unread[];
  readonly notes: readonly Note[];
};

/** Bounds on what an archive may unfold to; each has a default that real logs never meet. */
export type ArchiveLimits = {
  /** Containers inside containers; a gzip or Zstandard file counts as one. */
  readonly depth: number;
  /** Members of one file with all archives nested in it. */
  readonly entries: number;
  /** Unpacked bytes of one member, and of all members of one file with all archives nested in it. */
  readonly memberBytes: number;
  readonly totalBytes: number;
  /** Unpacked over packed size, looked at beyond the first 16 MiB. */
  readonly ratio: number;
};
