/**
 * Bounds on what a rule file may ask for; each lies far above anything seen in real rules (the largest of
 * SigmaHQ has 40 KB and 1,300 values) and keeps a hostile file from costing more than a second or two.
 */
export const limits: {
  readonly fileLength: number;
  readonly depth: number;
  readonly nodes: number;
  readonly aliases: number;
  readonly documents: number;
  readonly patterns: number;
  readonly conditionWords: number;
  readonly alternatives: number;
  readonly references: number;
  readonly warnings: number;
} = {
  /** UTF-16 code units of one file; all rules of SigmaHQ joined into one have six million. */
  fileLength: 32 * 1024 * 1024,
  /** YAML collections inside each other. */
  depth: 64,
  /** YAML nodes of one document, aliases and merges counted as often as they are used. */
  nodes: 200_000,
  aliases: 500,
  documents: 20_000,
  /** Tests and patterns of one plan, each identifier counted as often as the condition names it. */
  patterns: 65_536,
  /** Words of one condition. */
  conditionWords: 8_192,
  /** Alternatives that one value may unfold to (placeholders, dashes before an encoding). */
  alternatives: 16_384,
  /** Rules that one correlation may refer to. */
  references: 1_000,
  /** Messages kept for one document. */
  warnings: 50,
};
