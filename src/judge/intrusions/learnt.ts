/**
 * What is learnt of hosts whatever the evidence is: when they started, when each of their logs begins, which addresses they
 * had. Asked of every fact of a scan, so that one scan is enough however often the evidence grows; what alike facts
 * teach is taken once.
 */
import type { FactRole, FactView } from '../../read/entities/index.ts';
import { NO_TIME } from '../../read/events/index.ts';
import { AddressBook } from './addresses.ts';
import type { Context } from './context.ts';
import type { Names } from './names.ts';
import { MINUTE } from './time.ts';

/** Two signs of a start within so much are one start: System 12 comes seconds before 6005. */
const ONE_BOOT = 5 * MINUTE;

/** All that `common` depends on, beside what kind of event a fact is. */
export const taughtBy: readonly FactRole[] = ['account', 'sourceIp', 'sourceHost', 'logonType'];

export class Learnt {
  readonly #boots = new Map<string, number[]>();
  readonly #firsts = new Firsts();
  readonly #book: AddressBook;

  constructor(names: Names) {
    this.#book = new AddressBook(names);
  }

  /** What every fact like this one teaches, by the roles of `taughtBy`; and the log that it stands in. */
  common(view: FactView, host: string): Log {
    const { type, channel } = view;
    if (type === 'logon' || type === 'ticket') this.#book.learn(view);
    return this.#firsts.of(host, channel);
  }

  /** What a fact teaches beside that. */
  learn({ type, micros }: FactView, host: string, log: Log): void {
    if (micros === NO_TIME) return;
    if (micros < log.first) log.first = micros;
    if (type === 'boot') append(this.#boots, host, micros);
  }

  told(): Pick<Context, 'boot' | 'hostsAt' | 'addressesOf' | 'firstIn'> {
    const startsOf = bootTimes(this.#boots);
    return {
      boot: (host, micros) => countUpTo(startsOf.get(host), micros),
      hostsAt: address => this.#book.hostsAt(address),
      addressesOf: host => this.#book.addressesOf(host),
      firstIn: (host, channel) => this.#firsts.in(host, channel),
    };
  }
}

/** One log of one host: the time of its first fact. */
export type Log = { first: number };

/** All logs by host and channel as written. */
class Firsts {
  readonly #byHost = new Map<string, Map<string, Log>>();

  of(host: string, channel: string): Log {
    let channels = this.#byHost.get(host);
    if (channels === undefined) {
      channels = new Map();
      this.#byHost.set(host, channels);
    }
    let log = channels.get(channel);
    if (log === undefined) {
      log = { first: Number.POSITIVE_INFINITY };
      channels.set(channel, log);
    }
    return log;
  }

  /** Channels are the same in any case. */
  in(host: string, channel: string): number | null {
    const asked = channel.toLowerCase();
    let first = Number.POSITIVE_INFINITY;
    for (const [written, log] of this.#byHost.get(host) ?? []) {
      if (written.toLowerCase() === asked && log.first < first) first = log.first;
    }
    return first === Number.POSITIVE_INFINITY ? null : first;
  }
}

function append(lists: Map<string, number[]>, key: string, value: number): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

function bootTimes(boots: ReadonlyMap<string, number[]>): Map<string, number[]> {
  const times = new Map<string, number[]>();
  for (const [host, all] of boots) {
    const sorted = all.sort((a, b) => a - b);
    const first = sorted.filter((time, at) => at === 0 || time - sorted[at - 1]! > ONE_BOOT);
    times.set(host, first);
  }
  return times;
}

function countUpTo(times: readonly number[] | undefined, micros: number): number {
  if (times === undefined || micros === NO_TIME) return 0;
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle]! <= micros) low = middle + 1;
    else high = middle;
  }
  return low;
}
