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

/** Records of one log and number that are told apart one by one. */
const MOST_SECONDS = 16;

export class EventKeys {
  readonly #names: Names;
  readonly #logs: Logs;
  /** By what a record says: its key. */
  readonly #numbered = new Map<string, string>();

  constructor(names: Names) {
    this.#names = names;
    this.#logs = new Logs(names);
  }

  /** Learns which records have a number; of several that say the same within a second, any will do. */
  learn(facts: readonly Fact[]): void {
    const without = new Set<string>();
    for (const fact of facts) if (fact.place.record < 0) without.add(this.#logs.of(fact));
    if (without.size === 0) return;
    for (const fact of facts) {
      if (fact.place.record < 0 || !without.has(this.#logs.of(fact))) continue;
      const content = this.#content(fact);
      const key = this.#recordKey(fact);
      const before = this.#numbered.get(content);
      if (before === undefined || key < before) this.#numbered.set(content, key);
    }
  }

  /** What each event is told by, in order of its first; costs no text where every record has a number. */
  grouped<T extends { readonly fact: Fact }>(all: readonly T[]): T[][] {
    if (all.some(({ fact }) => fact.place.record < 0)) return this.#groupedByText(all);
    const groups: T[][] = [];
    /** By log and number: groups of such records, which differ in their seconds. */
    const logs = new Map<string, Map<number, T[][]>>();
    for (const each of all) {
      const { fact } = each;
      const log = this.#logs.of(fact);
      let records = logs.get(log);
      if (records === undefined) {
        records = new Map();
        logs.set(log, records);
      }
      const { record } = fact.place;
      const same = records.get(record);
      const group = same?.find(([first]) => secondOf(first!.fact) === secondOf(fact));
      if (group !== undefined) group.push(each);
      else {
        const begun = [each];
        groups.push(begun);
        if (same === undefined) records.set(record, [begun]);
        // No log gives a number so often: it is made up.
        else if (same.push(begun) > MOST_SECONDS) return this.#groupedByText(all);
      }
    }
    return groups;
  }

  #groupedByText<T extends { readonly fact: Fact }>(all: readonly T[]): T[][] {
    const groups = new Map<string, T[]>();
    for (const each of all) {
      const key = this.of(each.fact);
      const same = groups.get(key);
      if (same === undefined) groups.set(key, [each]);
      else same.push(each);
    }
    return [...groups.values()];
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
    return `${this.#logs.of(fact)}\n${secondOf(fact)}\n${fact.place.record}`;
  }

  #content(fact: Fact): string {
    return `${this.#logs.of(fact)}\n${secondOf(fact)}\n${fact.eventId}\n${valuesText(fact)}`;
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

/** What logs are called, made once for each host and channel as written. */
class Logs {
  readonly #names: Names;
  readonly #known = new Map<string, Map<string, string>>();

  constructor(names: Names) {
    this.#names = names;
  }

  of(fact: Fact): string {
    const { host, channel } = fact;
    let channels = this.#known.get(host);
    if (channels === undefined) {
      channels = new Map();
      this.#known.set(host, channels);
    }
    let log = channels.get(channel);
    if (log === undefined) {
      log = logOf(fact, this.#names);
      channels.set(channel, log);
    }
    return log;
  }
}

const secondOf = ({ micros }: Fact): number => Math.floor(micros / 1e6);

function valuesText({ values }: Fact): string {
  return Object.entries(values)
    .map(([role, value]) => `${role}=${value}`)
    .sort()
    .join('\n');
}
