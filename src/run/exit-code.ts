/** How a run ends, as a number for scripts. The order of the tests is the order of precedence. */

export type Ending = {
  readonly interrupted: boolean;
  /** Usage, or nothing at all could be read. */
  readonly couldNotRun: boolean;
  /** A finding at or above `--fail-on`. */
  readonly failOnReached: boolean;
  /** Something that was asked for was not read, or only in part. */
  readonly incomplete: boolean;
};

export const exitCodes = { finished: 0, failOn: 1, couldNotRun: 2, incomplete: 3, interrupted: 130 } as const;

export function exitCode(ending: Ending): number {
  if (ending.interrupted) return exitCodes.interrupted;
  if (ending.couldNotRun) return exitCodes.couldNotRun;
  if (ending.failOnReached) return exitCodes.failOn;
  if (ending.incomplete) return exitCodes.incomplete;
  return exitCodes.finished;
}
