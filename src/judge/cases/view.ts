/**
 * Where each intrusion of today stands, by all that was decided. An intrusion is known again by its evidence and not by its
 * id: another export, more logs or a newer advisory give it another id and more evidence, and the same events.
 */
import type { CaseEntry, CaseState, CaseSubject, CaseView, EvidenceName } from './types.ts';

/** What an event is called in a file of cases. Without a record number the id stands for all that was kept of it. */
export function evidenceKey({ id, host, channel, recordId, micros }: EvidenceName): string {
  return [host.toLowerCase(), channel.toLowerCase(), recordId ?? `id ${id}`, micros].join('|');
}

/** One view for each intrusion, in their order; `now` in microseconds. */
export function viewCases(
  entries: readonly CaseEntry[],
  intrusions: readonly CaseSubject[],
  now: number,
): CaseView[] {
  const byKey = new Map<string, CaseEntry[]>();
  for (const entry of entries) {
    for (const key of entry.evidence) {
      const same = byKey.get(key);
      if (same === undefined) byKey.set(key, [entry]);
      else same.push(entry);
    }
  }
  return intrusions.map(intrusion => viewOf(intrusion, byKey, now));
}

function viewOf(
  { id, evidence }: CaseSubject,
  byKey: ReadonlyMap<string, readonly CaseEntry[]>,
  now: number,
): CaseView {
  const keys = [...new Set(evidence.map(evidenceKey))];
  const met = new Set(keys.flatMap(key => byKey.get(key) ?? []));
  const entries = [...met].sort((a, b) => a.at - b.at);
  const decided = new Set(entries.flatMap(entry => entry.evidence));
  const fresh = entries.length === 0 ? [] : keys.filter(key => !decided.has(key));
  const last = entries.at(-1);
  const isExpired = last?.decision === 'dismiss' && last.until !== null && last.until <= now;
  const first = entries.find(({ decision }) => decision === 'confirm');
  return {
    intrusion: id,
    state: stateOf(entries, fresh.length > 0 || isExpired),
    entries,
    aware: first?.at ?? null,
    fresh,
    isExpired,
  };
}

/** The last decision counts. What was confirmed stays so, whatever is found besides; what was dismissed does not. */
function stateOf(entries: readonly CaseEntry[], isNew: boolean): CaseState {
  switch (entries.at(-1)?.decision) {
    case undefined:
      return 'open';
    case 'ask':
      return 'asked';
    case 'confirm':
      return 'confirmed';
    case 'dismiss':
      return isNew ? 'reopened' : 'dismissed';
  }
}
