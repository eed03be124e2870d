/** The fact of one event read plainly: the definition that the store must agree with, and enough where one event is at hand. */
import type { LazyEvent } from '../../events/index.ts';
import { type Reading, readPlainly } from '../readings/index.ts';
import { factRows, rowOf } from '../rows/index.ts';
import type { Fact, FactRole, FactValues } from '../types.ts';

/** The fact of `event`, which lies in the input `input`. Every event gives one, of type `event` where no row speaks of it. */
export function readFact(event: LazyEvent, input: number): Fact {
  const { channel, provider, eventId, host } = event.kind;
  const row = factRows[rowOf(event.kind)]!;
  const values: Partial<Record<FactRole, string | number>> = {};
  for (const [role, reading] of Object.entries(row.roles) as [FactRole, Reading][]) {
    const value = readPlainly(event, reading);
    if (value !== undefined) values[role] = value;
  }
  return {
    type: row.type,
    micros: event.micros,
    host,
    channel,
    provider,
    eventId,
    place: { input, offset: event.recordOffset, record: event.recordId },
    values: values as FactValues,
  };
}
