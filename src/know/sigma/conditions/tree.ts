/** A condition as its author wrote it, before identifiers are looked up. */
export type Condition =
  | { readonly op: 'and' | 'or'; readonly nodes: readonly Condition[] }
  | { readonly op: 'not'; readonly node: Condition }
  | { readonly op: 'identifier'; readonly name: string; readonly index: number }
  /** `1 of`, `any of` and `all of`; `pattern` null = `them`. */
  | {
      readonly op: 'of';
      readonly all: boolean;
      readonly pattern: string | null;
      /** Place of the pattern or `them` in the condition. */
      readonly index: number;
    };
