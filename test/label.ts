/** The place of an event, for tests of explanations. */
import type { EventLabel } from '../src/tell/index.ts';

/** Noon of a day, in the second record of a chunk. */
export function labelOf(channel: string, eventId: number): EventLabel {
  return {
    path: 'logs/a.evtx',
    offset: 4608,
    recordId: 17,
    micros: Date.UTC(2026, 2, 1, 12) * 1000,
    host: 'HOST-A',
    channel,
    eventId,
  };
}
