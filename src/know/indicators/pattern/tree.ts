/** A STIX pattern as typed data (STIX 2.1, section 9), all of the grammar: what can't be hunted is refused later, by name. */

export type Literal =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly value: number; readonly text: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  /** Bytes in base64 or hexadecimal, or a moment, as written. */
  | { readonly kind: 'binary' | 'hex' | 'timestamp'; readonly text: string };

export const operators = [
  '=',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'IN',
  'LIKE',
  'MATCHES',
  'ISSUBSET',
  'ISSUPERSET',
  'EXISTS',
] as const;
export type Operator = (typeof operators)[number];

/** `file:hashes.'SHA-256'` is type `file`, steps `hashes`, `SHA-256`; `[*]` and `[0]` are steps as well. */
export type ObjectPath = {
  readonly type: string;
  readonly steps: readonly string[];
  /** Canonical, for tables and messages: `file:hashes.SHA-256`. */
  readonly text: string;
};

export type Comparison = {
  readonly kind: 'test';
  readonly path: ObjectPath;
  readonly operator: Operator;
  readonly negated: boolean;
  /** Several for IN, none for EXISTS. */
  readonly values: readonly Literal[];
  /** Offset in the pattern. */
  readonly at: number;
};

/** Inside one pair of square brackets: about one event. */
export type Compared =
  | Comparison
  | { readonly kind: 'and' | 'or'; readonly nodes: readonly Compared[]; readonly at: number };

/** About one event or several. */
export type Observed =
  | { readonly kind: 'observation'; readonly node: Compared; readonly at: number }
  | {
      readonly kind: 'and' | 'or' | 'followed-by';
      readonly nodes: readonly Observed[];
      readonly at: number;
    }
  | {
      readonly kind: 'qualified';
      readonly node: Observed;
      readonly qualifier: 'WITHIN' | 'REPEATS' | 'START';
      readonly at: number;
    };
