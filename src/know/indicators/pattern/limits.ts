/** Bounds on one pattern; published ones have a few comparisons. */
export const limits: {
  readonly length: number;
  readonly comparisons: number;
  readonly depth: number;
} = {
  /** Characters. */
  length: 65_536,
  /** Comparisons, each value of a set counted. */
  comparisons: 2_000,
  /** Brackets within each other. */
  depth: 32,
};
