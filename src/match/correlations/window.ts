/**
 * What a family of correlations is to the one loop that slides windows: something that hits enter at one end and
 * leave at the other, and that says at any time whether the condition holds of what is inside.
 */
import type { Stream } from './stream.ts';
import type { Pattern } from './types.ts';

/**
 * A window over positions of a stream. Hits enter in ascending order, whole moments at a time, and leave in the same
 * order. Before a group ends all have left, so that one window serves all groups.
 */
export interface Window {
  /** Takes in the positions [`from`, `to`). */
  enter(from: number, to: number): void;
  /** Lets go of the positions [`from`, `to`), the earliest inside. */
  leave(from: number, to: number): void;
  /** True if the condition holds of what is inside; asked only while something is. */
  holds(): boolean;
  /** What the condition is asked about. May take time in proportion to what is inside. */
  measure(): number;
}

/**
 * A family prepares a stream once and gives windows over it: two are needed, one that slides and one that finds the
 * moment at which a condition first held.
 */
export type Family = (pattern: Pattern, stream: Stream) => () => Window;
