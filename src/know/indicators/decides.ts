/** Whether an indicator may carry a verdict, or only supports what other evidence says. */
import type { Indicator } from './types.ts';

/** Below it STIX calls confidence low (STIX 2.1, appendix A: 1 to 29). */
export const LOW_CONFIDENCE = 30;

/**
 * True where the indicator was valid when the event happened, still is `now`, its publisher trusts it, and its use is
 * more than context or a search in the past. Times in microseconds; an event without a time is taken to be of now.
 */
export function decides(indicator: Indicator, eventMicros: number | null, now: number): boolean {
  const { use, confidence, validFrom, validUntil } = indicator;
  if (use === 'context' || use === 'historic-search') return false;
  if (confidence !== null && confidence < LOW_CONFIDENCE) return false;
  if (validUntil === null) return true;
  const at = eventMicros ?? now;
  return at >= validFrom && at < validUntil && now < validUntil;
}
