/** How reading a pattern stops: the first thing that makes it unusable, with its offset; turned into data at the edge. */
export class PatternError extends Error {
  /** Offset in the pattern. */
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}
