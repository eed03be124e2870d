/** What workers saw of logs, put together: as far as times can be right. */
import { logSettings } from '../../know/logging/index.ts';
import {
  type Coverage,
  type Days,
  eachDay,
  MICROS_PER_DAY,
  mergeCoverage,
  setOfDays,
  type WatchedField,
} from '../../read/coverage/index.ts';
import type { Collected } from './collector.ts';
import { EARLIEST, latestRight } from './wrong-times.ts';

/** Fields that a setting switches on apart from their event. */
export const watchedFields: readonly WatchedField[] = logSettings.flatMap(({ channel, eventIds, field }) =>
  field === null ? [] : eventIds.map(eventId => ({ channel, eventId, field })),
);

/** `latest`: the latest that the hunt may have happened, microseconds. */
export function coverageOf(collected: readonly Collected[], latest: number): Coverage {
  const merged = mergeCoverage(collected.flatMap(({ coverage }) => (coverage === null ? [] : [coverage])));
  return withRightTimes(merged, EARLIEST, latestRight(latest));
}

/** Without days that no clock can have told; a span that began in 1601 would make every log of a site blind for centuries. */
function withRightTimes({ kinds, records, clearings }: Coverage, from: number, to: number): Coverage {
  const [first, last] = [Math.floor(from / MICROS_PER_DAY), Math.floor(to / MICROS_PER_DAY)];
  const right = (days: Days): Days =>
    setOfDays([...eachDay(days)].filter(day => day >= first && day <= last));
  return {
    kinds: kinds.map(kind => ({
      ...kind,
      days: right(kind.days),
      fields: Object.fromEntries(Object.entries(kind.fields).map(([name, days]) => [name, right(days)])),
    })),
    records: records.map(log => ({ ...log, runs: log.runs.filter(run => run.from >= from && run.to <= to) })),
    clearings: clearings.filter(({ micros }) => micros >= from && micros <= to),
  };
}
