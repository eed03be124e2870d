/**
 * What people decided, and what is new since a former hunt: both know a story again by the events behind it, so both see
 * this hunt through the names of its events.
 */
import {
  type CaseSubject,
  type CaseView,
  type Comparison,
  compareHunts,
  type Evidence,
  type EvidenceName,
  type Judgement,
  type Visibility,
  viewCases,
} from '../../judge/index.ts';
import type { Knowledge } from './knowledge.ts';

export type People = {
  /** In the order of intrusions; empty where nobody has decided anything. */
  readonly cases: readonly CaseView[];
  /** Null where no hunt was named to compare with. */
  readonly comparison: { readonly before: string; readonly comparison: Comparison } | null;
};

/** `now` in microseconds. */
export function peopleOf(
  { intrusions }: Judgement,
  visibility: Visibility,
  { cases, before }: Knowledge,
  now: number,
): People {
  const subjects = intrusions.map(
    ({ id, verdict, summary, evidence }): CaseSubject => ({
      id,
      verdict,
      summary,
      evidence: evidence.map(nameOf),
    }),
  );
  const views = cases === null ? [] : viewCases(cases.entries, subjects, now);
  if (before === null) return { cases: views, comparison: null };
  const comparison = compareHunts({ intrusions: subjects, cells: visibility.cells }, before.compared);
  return { cases: views, comparison: { before: before.path, comparison } };
}

function nameOf({ id, host, channel, place, micros }: Evidence): EvidenceName {
  return { id, host, channel, recordId: place.record < 0 ? null : place.record, micros };
}
