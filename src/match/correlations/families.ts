/** Which family answers for which type of correlation. */
import type { CorrelationType } from '../../know/sigma/index.ts';
import { eventCount } from './event-count.ts';
import { occurrence } from './occurrence.ts';
import { ordered } from './ordered.ts';
import { orderedCount } from './ordered-count.ts';
import { orderedOccurrence } from './ordered-occurrence.ts';
import { median, percentile } from './rank.ts';
import { average, sum } from './sum.ts';
import { temporal } from './temporal.ts';
import { valueCount } from './value-count.ts';
import type { Family } from './window.ts';

export const families: Readonly<Record<CorrelationType, Family>> = {
  event_count: eventCount,
  value_count: valueCount,
  temporal: (pattern, stream) =>
    (pattern.condition.occurrence === null ? temporal : occurrence)(pattern, stream),
  temporal_ordered: (pattern, stream) => {
    if (pattern.condition.occurrence !== null) return orderedOccurrence(pattern, stream);
    return (pattern.condition.bounds.length === 0 ? ordered : orderedCount)(pattern, stream);
  },
  value_sum: sum,
  value_avg: average,
  value_median: median,
  value_percentile: percentile,
};
