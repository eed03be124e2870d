/**
 * What is counted of a fact: its shape, its contexts, and what recurs. Everything in here works on a kept fact and on one that
 * is being scanned alike.
 */
import type { Fact, FactRole, FactView } from '../../read/entities/index.ts';
import type { Naming } from '../naming.ts';
import { logonWay, networkOf } from '../sources.ts';
import { keyOf, mixKeys } from './keys.ts';
import { commandShape } from './shape.ts';
import type { Contexts } from './tally.ts';
import { foldProgram } from './words.ts';

/** A fact as the baseline asks it. */
export type Asked = {
  readonly type: Fact['type'];
  readonly micros: number;
  readonly host: string;
  readonly channel: string;
  readonly eventId: number;
  text(role: FactRole): string | undefined;
  number(role: FactRole): number | undefined;
};

/** A kept fact, asked like a scanned one. */
export function askedOf(fact: Fact): Asked {
  const { type, micros, host, channel, eventId, values } = fact;
  return {
    type,
    micros,
    host,
    channel,
    eventId,
    text: role => {
      const value = values[role];
      return typeof value === 'string' ? value : undefined;
    },
    number: role => {
      const value = values[role];
      return typeof value === 'number' ? value : undefined;
    },
  };
}

/** One thing to count: in `contexts`, as `shape`; `recurring` names what may recur, under its parent. */
export type Aspect = {
  readonly kind: 'command' | 'logon' | 'other';
  readonly contexts: Contexts;
  readonly shape: number;
  readonly recurring: number;
};

/** Different texts whose shapes are remembered, so that a text that recurs is folded once. */
const MOST_REMEMBERED = 50_000;

const COMMANDS = keyOf('commands');
const LOGONS = keyOf('logons');
const OTHERS = keyOf('others');

export class Aspects {
  readonly #names: Naming;
  readonly #hosts: ReadonlySet<string>;
  readonly #shapes = new Map<string, number>();
  readonly #keys = new Map<string, number>();

  constructor(names: Naming, hosts: readonly string[]) {
    this.#names = names;
    this.#hosts = new Set(hosts.flatMap(host => [host.toLowerCase(), host.toLowerCase().split('.')[0]!]));
  }

  /** Of a process start its command, of another fact what kind of event it is. */
  of(fact: Asked | FactView): Aspect {
    const host = this.#host(fact.host);
    const account = this.#account(fact.text('account'), fact.text('sid')) ?? 0;
    const isCommand = fact.type === 'process-start';
    const shape = isCommand ? this.#command(fact) : this.#kind(fact);
    const all = isCommand ? COMMANDS : OTHERS;
    const onHost = mixKeys(all, host);
    const own = mixKeys(onHost, account);
    const parent = fact.text('parentImage');
    const recurring = mixKeys(mixKeys(own, shape), parent === undefined ? 0 : this.#program(parent));
    return { kind: isCommand ? 'command' : 'other', contexts: [own, onHost, all], shape, recurring };
  }

  /** Of a logon its source and type; null where the fact is none or names nobody. */
  logon(fact: Asked | FactView): Aspect | null {
    const way = logonWay(fact);
    if (way === null) return null;
    const account = this.#account(fact.text('account'), fact.text('sid'));
    if (account === null) return null;
    const shape = mixKeys(this.#key(way), this.#source(fact));
    const own = mixKeys(LOGONS, account);
    return {
      kind: 'logon',
      contexts: [own, mixKeys(mixKeys(LOGONS, 1), this.#host(fact.host)), LOGONS],
      shape,
      recurring: mixKeys(own, shape),
    };
  }

  #command(fact: Asked | FactView): number {
    const image = fact.text('image');
    const line = fact.text('commandLine');
    if (line === undefined) return image === undefined ? 0 : this.#program(image);
    return this.#remembered(`${image ?? ''}\0${line}`, () =>
      keyOf(commandShape(line, image, word => this.#hosts.has(word))),
    );
  }

  #program(image: string): number {
    return this.#remembered(image, () => keyOf(foldProgram(image)));
  }

  #kind({ type, channel, eventId }: Asked | FactView): number {
    return this.#key(`${type}\0${channel.toLowerCase()}\0${eventId}`);
  }

  #host(written: string): number {
    return this.#remembered(`h\0${written}`, () => keyOf(this.#names.host(written)));
  }

  #account(written: string | undefined, sid: string | undefined): number | null {
    const found = this.#remembered(`a\0${written ?? ''}\0${sid ?? ''}`, () => {
      const { key } = this.#names.account(written, sid);
      return key === null ? -1 : keyOf(key);
    });
    return found < 0 ? null : found;
  }

  /** The network where somebody comes from: an address changes within it, by the day or the hour. */
  #source(fact: Asked | FactView): number {
    const address = fact.text('sourceIp');
    const network = address === undefined ? null : networkOf(address);
    if (network !== null) return this.#key(network);
    const host = fact.text('sourceHost') ?? address;
    return host === undefined ? this.#key('local') : this.#host(host);
  }

  #key(text: string): number {
    let key = this.#keys.get(text);
    if (key === undefined) {
      if (this.#keys.size >= MOST_REMEMBERED) this.#keys.clear();
      key = keyOf(text);
      this.#keys.set(text, key);
    }
    return key;
  }

  #remembered(text: string, make: () => number): number {
    let shape = this.#shapes.get(text);
    if (shape === undefined) {
      if (this.#shapes.size >= MOST_REMEMBERED) this.#shapes.clear();
      shape = make();
      this.#shapes.set(text, shape);
    }
    return shape;
  }
}
