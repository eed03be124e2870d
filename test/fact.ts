/** Facts made by hand, and a source that holds them. */
import type { EventPlace, Fact, FactSource, FactValues, FactView } from '../src/read/entities/index.ts';

type Parts = Partial<Omit<Fact, 'values' | 'place'>> & {
  readonly values?: FactValues;
  readonly place?: Partial<EventPlace>;
};

let records = 0;

/** A process start on dc1, unless said otherwise; each has a record number of its own. */
export function testFact(parts: Parts = {}): Fact {
  return {
    type: 'process-start',
    micros: Date.UTC(2026, 9, 1) * 1000,
    host: 'DC1.example.test',
    channel: 'Security',
    provider: 'Microsoft-Windows-Security-Auditing',
    eventId: 4688,
    ...parts,
    values: parts.values ?? {},
    place: { input: 0, offset: ++records, record: records, ...parts.place },
  };
}

/** The facts as a hunt would hand them over, in this order. */
export function factSource(facts: readonly Fact[]): FactSource {
  const scan: FactSource['scan'] = (visit, types) => {
    for (const fact of facts) if (types === undefined || types.includes(fact.type)) visit(viewOf(fact));
  };
  return {
    length: facts.length,
    dropped: 0,
    scan,
    scanAlike: (_, make, visit, types) => scan(view => visit(view, make(view)), types),
  };
}

function viewOf(fact: Fact): FactView {
  const { type, micros, host, channel, eventId, place, values } = fact;
  return {
    type,
    micros,
    host,
    channel,
    eventId,
    ...place,
    text: role => {
      const value = values[role];
      return typeof value === 'string' ? value : undefined;
    },
    number: role => {
      const value = values[role];
      return typeof value === 'number' ? value : undefined;
    },
    keep: () => fact,
  };
}
