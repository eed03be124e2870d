/** What a masking rule is, and the pieces that patterns are built of. */

/**
 * One way in which secrets are written. Each match of `pattern` (global) ends with the secret, which is in one of
 * the groups `s1`, `s2`, `s3`; it alone is replaced. Patterns run in linear time: no quantifier inside another, and
 * only bounded repetition in front of a literal.
 */
export type MaskingRule = {
  readonly name: string;
  /**
   * Lower-case ASCII texts of which at least one occurs wherever the rule could match; a blank stands for any
   * blank, a dash for any dash. They are looked for first, those of all rules in one pass.
   */
  readonly triggers: readonly string[];
  /** Texts of the same kind, of which one must occur as well; spares most texts the search for `context`. */
  readonly company?: readonly string[];
  /** The rule applies only to texts in which this occurs too: the tool whose switch it is. */
  readonly context?: RegExp;
  readonly pattern: RegExp;
};

/** What cmd and PowerShell drop from inside a word: carets, quotes, backticks. */
const NOISE = '[\\^"`]{0,2}';

/** A word, also where its letters are pulled apart as in `pa^ss"wo"rd`. Alternatives split at `|`. */
export function word(alternatives: string): string {
  const apart = (one: string): string =>
    [...one].map(char => (/\w/.test(char) ? char : `\\${char}`)).join(NOISE);
  return `(?:${alternatives.split('|').map(apart).join('|')})`;
}

/** A switch begins a word (also one in quotes), with a dash of any kind or a slash. */
export const SWITCH = '(?<![^\\s"\'=(,;])[\\^"`]{0,2}(?:--?|[/\u2013\u2014\u2015])[\\^"`]{0,2}';

/**
 * A secret: in quotes (also unclosed), or up to a blank, a quote or what ends a command. Quotes stay outside of the
 * group, so that masked text reads as before. A parenthesis opens an expression, not a secret.
 */
export const SECRET = '(?:"(?<s1>[^"]+)|\'(?<s2>[^\']+)|(?<s3>(?!\\$?\\()(?:\\^.|[^\\s"\'&|<>^])+))';

/** A secret in quotes. */
export const QUOTED_SECRET = '(?:"(?<s1>[^"]+)|\'(?<s2>[^\']+))';

/** A secret that is not another switch. */
export const OTHER_THAN_SWITCH = '(?!["\']?[-/\u2013\u2014\u2015]{1,2}[a-z?])';

/** Builds the pattern of a rule: case does not matter. */
export function pattern(...parts: readonly string[]): RegExp {
  return new RegExp(parts.join(''), 'gi');
}
