/** The truth of a drill, read again: it may have been edited, so what a score asks of it is checked. */
import { CannotRun } from '../../io.ts';
import type { Truth } from '../truth.ts';

/** The truth of a drill, checked as far as a score asks. Throws `CannotRun`. */
export function parseTruth(text: string, path: string): Truth {
  const wrong = (): never => {
    throw new CannotRun(`${path} is no truth of a drill`);
  };
  try {
    const truth = JSON.parse(text);
    const whole =
      truth?.version === 1 &&
      typeof truth.kind === 'string' &&
      Array.isArray(truth.intrusions) &&
      truth.intrusions.every((each: { evidence?: unknown }) => Array.isArray(each?.evidence));
    return whole ? truth : wrong();
  } catch (error) {
    if (error instanceof CannotRun) throw error;
    return wrong();
  }
}
