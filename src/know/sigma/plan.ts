/**
 * What a rule means: a tree of and/or/not over tests of fields. Every modifier, escape, list form, pattern
 * quantifier and identifier has been resolved away by the time a plan exists, so an evaluator needs to know
 * these few nodes and nothing of Sigma's syntax.
 *
 * Logic is two-valued: a test of a field that the event does not have is false (but for `null` and
 * `exists: false`), and `not` of it is true. A field with several values passes if any value does.
 */

export type Plan =
  | { readonly op: 'and'; readonly nodes: readonly Plan[] }
  | { readonly op: 'or'; readonly nodes: readonly Plan[] }
  | { readonly op: 'not'; readonly node: Plan }
  | { readonly op: 'true' }
  | { readonly op: 'false' }
  | { readonly op: 'field'; readonly field: string; readonly test: Test }
  /** Any decoded value of the event passes. */
  | { readonly op: 'keyword'; readonly test: TextTest | RegexTest }
  /** Marks which search identifier a part came from, for explanations; transparent to evaluation. */
  | { readonly op: 'named'; readonly name: string; readonly node: Plan };

export type Test =
  | TextTest
  | RegexTest
  | CidrTest
  | CompareTest
  | NullTest
  | ExistsTest
  | FieldRefTest
  | TimePartTest;

/** The whole value fits any of the patterns. Literals are folded (see `fold`) unless `cased`. */
export type TextTest = {
  readonly kind: 'text';
  readonly any: readonly TextPattern[];
  readonly cased: boolean;
};

/**
 * Parts in order: a string is literal text, `ANY` any run of characters (also none), `ONE` exactly one UTF-16
 * code unit, `DASH` one of - / – — ―. Never empty literals, never two literals or two `ANY` in a row; the
 * empty array is the empty value.
 */
export type TextPattern = readonly (string | typeof ANY | typeof ONE | typeof DASH)[];
export const ANY = 0;
export const ONE = 1;
export const DASH = 2;

/** Searched anywhere in the value. `flags` is a subset of `ims`; inline `(?i)` has been moved there. */
export type RegexTest = { readonly kind: 'regex'; readonly source: string; readonly flags: string };

/** The value is an address inside the network; canonical text such as `10.0.0.0/8`. */
export type CidrTest = { readonly kind: 'cidr'; readonly network: string };

export type Comparison = 'gt' | 'gte' | 'lt' | 'lte';
/** The value read as a decimal number compares so; false where it is not a number. */
export type CompareTest = { readonly kind: 'compare'; readonly op: Comparison; readonly value: number };

/** The field is missing or null. */
export type NullTest = { readonly kind: 'null' };

/** The field is present (null and empty count) or not. */
export type ExistsTest = { readonly kind: 'exists'; readonly present: boolean };

/** Another field of the same event holds the pattern; false where either is missing. */
export type FieldRefTest = {
  readonly kind: 'fieldref';
  readonly field: string;
  readonly part: 'whole' | 'contains' | 'startswith' | 'endswith';
  readonly cased: boolean;
};

/** A part of the field's time, as written, without zone conversion, equals or compares with a number. */
export type TimePartTest = {
  readonly kind: 'timepart';
  readonly part: 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';
  readonly op: Comparison | 'eq';
  readonly value: number;
};
