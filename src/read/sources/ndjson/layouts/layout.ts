/** A way in which programs write Windows events as JSON. A new one is a file here and a line in the table of `index.ts`. */
import type { Draft } from '../draft.ts';
import type { Member } from '../members.ts';

export type Layout = {
  readonly name: string;
  /** True if a record with these members, or the beginning of one, is of this layout. */
  fits(members: readonly Member[]): boolean;
  /** Puts all members where they belong. */
  draft(members: readonly Member[], draft: Draft): void;
};
