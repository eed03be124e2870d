/** What a collection script is made of, and the words that may stand in one. */

/** From when on records are taken: a fixed moment, or so long before the script runs. */
export type Since =
  | { readonly kind: 'moment' /** RFC 3339, UTC, milliseconds. */; readonly utc: string }
  | { readonly kind: 'span'; readonly milliseconds: number };

export type CollectScript = {
  /** Channels named by the user; null = the table in `channels.ts`. */
  readonly channels: readonly string[] | null;
  /** Every enabled channel that holds records, instead of a list. */
  readonly every: boolean;
  /** Null = everything: what is left out is lost when the log wraps. */
  readonly since: Since | null;
  /** Folder on the host in which the collection's own folder is made. */
  readonly parent: string;
  /** Version 4 UUID made when the script is printed: the hunt knows the script's own text by it. */
  readonly id: string;
  /** `huntaway 0.1.0`. */
  readonly generator: string;
  /** RFC 3339: when it was printed. */
  readonly printed: string;
};

/** Of the scripts and of the manifests they write; a change in either that a reader must know of counts it up. */
export const COLLECT_VERSION = 1;

/**
 * True for names that a script can hold: letters, digits and the few signs that Windows' own channels have. Quotes,
 * percent signs and what else a shell obeys cannot get in.
 */
export function isChannelName(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9 ._()/-]{0,254}$/.test(name) && !name.endsWith(' ');
}

/** True for folders that a script can hold: as above, with drive and share. A trailing backslash would escape a quote. */
export function isFolderName(path: string): boolean {
  return /^[A-Za-z0-9 ._()\\:-]{1,180}$/.test(path) && !/[ \\]$/.test(path);
}

/** The records that `since` means, as the event log's XPath; empty for all. It holds no blank and no double quote. */
export function sinceQuery(since: Since | null): string {
  if (since === null) return '';
  const test =
    since.kind === 'moment'
      ? `@SystemTime>='${since.utc}'`
      : `timediff(@SystemTime)<=${Math.round(since.milliseconds)}`;
  return `*[System[TimeCreated[${test}]]]`;
}
