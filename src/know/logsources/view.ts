/**
 * A view lets a rule written in one source's names read another source's event: the event is given a second
 * view, the rule is never rewritten. Names that a view neither maps nor lists as absent read the event's own
 * field, so that `EventID`, `Computer` and the 4688 names stay readable.
 */

/** How one field of a view is had from the event's own fields. */
export type ViewField =
  /** The same value under another name. */
  | { readonly kind: 'rename'; readonly from: string }
  /**
   * Computed from the first value of each named field (undefined where the event lacks it). Returns the values
   * of the view's field, several where it answers to more than one (integrity by name and by SID), or undefined
   * where the view lacks it. Pure.
   */
  | {
      readonly kind: 'derived';
      readonly from: readonly string[];
      readonly derive: (values: readonly (string | undefined)[]) => readonly string[] | undefined;
    };

export type View = {
  /** As in `Route.view`: `security-4688`. */
  readonly name: string;
  /** For messages: `Security 4688`. */
  readonly label: string;
  readonly fields: ReadonlyMap<string, ViewField>;
  /** Names that rules of this category use and this source can never have. */
  readonly absent: ReadonlySet<string>;
};
