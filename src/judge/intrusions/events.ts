/**
 * Which facts are one event. The same log comes in twice, and in two formats: an EVTX beside what was shipped of it as JSON,
 * which cuts times to milliseconds or seconds and may leave the record number out. So a record is told by host, channel,
 * number and second, which no log gives twice; without a number, all that was kept of it must agree.
 *
 * Costs a text per event that is asked for; what is needed to find the copy with a number of one without is made only for
 * logs that hold both.
 */
import type { Fact } from '../../read/entities/index.ts';
import type { Names } from './names.ts';

export class EventKeys {
  readonly #names: Names;
  /** By what a record says: its key. */
  readonly #numbered = new Map<string, string>();

  constructor(names: Names) {
    this.#names = names;
  }

  /** Learns which records have a number; of several that say the same within a second, any will do. */
  learn(facts: readonly Fact[]): void {
    const without = new Set<string>();
    for (const fact of facts) if (fact.place.record < 0) without.add(logOf(fact, this.#names));
    if (without.size === 0) return;
    for (const fact of facts) {
      if (fact.place.record < 0 || !without.has(logOf(fact, this.#names))) continue;
      const content = this.#content(fact);
      const key = this.#recordKey(fact);
      const before = this.#numbered.get(content);
      if (before === undefined || key < before) this.#numbered.set(content, key);
    }
  }

  /** The same for all copies of an event, as far as facts were learnt. */
  of(fact: Fact): string {
    if (fact.place.record >= 0) return this.#recordKey(fact);
    return (
      (this.#numbered.size === 0 ? undefined : this.#numbered.get(this.#content(fact))) ??
      exactKey(fact, this.#names)
    );
  }

  #recordKey(fact: Fact): string {
    return `${logOf(fact, this.#names)}\n${secondOf(fact)}\n${fact.place.record}`;
  }

  #content(fact: Fact): string {
    return `${logOf(fact, this.#names)}\n${secondOf(fact)}\n${fact.eventId}\n${valuesText(fact)}`;
  }
}

/** Names one copy of an event, with its time as it is written: what ids are made of. */
export function exactKey(fact: Fact, names: Names): string {
  const { record } = fact.place;
  const where = `${logOf(fact, names)}\n${fact.micros}`;
  return record >= 0 ? `${where}\n${record}` : `${where}\n${fact.eventId}\n${valuesText(fact)}`;
}

function logOf(fact: Fact, names: Names): string {
  return `${names.host(fact.host)}\n${fact.channel.toLowerCase()}`;
}

const secondOf = ({ micros }: Fact): number => Math.floor(micros / 1e6);

function valuesText({ values }: Fact): string {
  return Object.entries(values)
    .map(([role, value]) => `${role}=${value}`)
    .sort()
    .join('\n');
}
