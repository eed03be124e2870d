/** What is wrong with a rule, as data. */
import type { LinkedRuleSet } from '../rulesets/index.ts';
import type { Place, RuleDocument, Written } from '../sigma/index.ts';

/** Lowest first. An error keeps a rule from running, a warning is most likely a mistake, a note is good to know. */
export const severities = ['note', 'warning', 'error'] as const;
export type Severity = (typeof severities)[number];

export type Problem = {
  /** Stable: a rejection's reason, or a check's code. */
  readonly code: string;
  readonly severity: Severity;
  /** One sentence with the offending text and, where there is one, the remedy. */
  readonly message: string;
  readonly place: Place;
  /** Of the rule document, where it says so. */
  readonly id: string | null;
  readonly title: string | null;
};

/** What a check says of one document. */
export type Remark = { readonly message: string; readonly place: Place };

/** What is said of a code wherever codes are listed. */
export type CheckAbout = {
  /** Two or three words joined by dashes: `id-duplicate`. */
  readonly code: string;
  readonly severity: Severity;
  /** One sentence without a full stop. */
  readonly about: string;
};

/** The file's own words, where they are at hand (compiled rules have none). */
export type WrittenOf = (document: RuleDocument) => Written | null;

/** Looks at one document that loaded; a kind of document that it does not know it passes over. */
export type DocumentCheck = CheckAbout & {
  run(document: RuleDocument, written: WrittenOf): Iterable<Remark>;
};

/** All documents, and what they are once linked, by the same index. */
export type CheckedSet = {
  readonly documents: readonly RuleDocument[];
  readonly linked: LinkedRuleSet;
};

/** Looks at all documents at once: what is wrong only beside another. */
export type SetCheck = CheckAbout & {
  run(set: CheckedSet, written: WrittenOf): Iterable<Remark & { readonly document: RuleDocument }>;
};

/** Where the document has `key`, else where it begins. */
export function placeOf(document: RuleDocument, written: WrittenOf, key: string): Place {
  return written(document)?.key(key) ?? document.place;
}

/** Where `text` stands in the map `section` under `key`, else where the section begins. */
export function placeWithin(
  document: RuleDocument,
  written: WrittenOf,
  section: string,
  key: string,
  text: string,
): Place {
  const inside = written(document)?.within(section);
  const found = inside?.texts(key).find(each => each.text.trim() === text);
  return found?.place ?? inside?.key(key) ?? placeOf(document, written, section);
}

/** A document as messages name it: its title, else its id, else its place. */
export function titleOf({ title, id, place }: RuleDocument): string {
  return `'${title ?? id ?? `${place.path}:${place.line}`}'`;
}

/** `rule`, `correlation` or `filter`; what was refused is called a rule. */
export function wordOf({ kind }: RuleDocument): string {
  return kind === 'rejection' ? 'rule' : kind;
}
