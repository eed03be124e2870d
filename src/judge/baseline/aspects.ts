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

/** All that an aspect depends on, beside what kind of event a fact is. */
export const askedRoles: readonly FactRole[] = [
  'account',
  'sid',
  'parentImage',
  'image',
  'commandLine',
  'logonType',
  'action',
  'sourceIp',
  'sourceHost',
];

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

/** Different texts of a kind that are remembered, so that one that recurs is folded once. */
const MOST_REMEMBERED = 20_000;
const MOST_LINES = 65_536;
const NOBODY = -1;

const COMMANDS = keyOf('commands');
const LOGONS = keyOf('logons');
const OTHERS = keyOf('others');

/** Keys by text; forgets all when it is full. Texts are looked up as they are: joining two costs more than the look-up. */
class Remembered {
  readonly #keys = new Map<string, number>();

  get(text: string, make: (text: string) => number): number {
    let key = this.#keys.get(text);
    if (key === undefined) {
      if (this.#keys.size >= MOST_REMEMBERED) this.#keys.clear();
      key = make(text);
      this.#keys.set(text, key);
    }
    return key;
  }
}

export class Aspects {
  readonly #names: Naming;
  readonly #isHost: (word: string) => boolean;
  /** Commands by image and line; the images are few. */
  readonly #commands = new Map<string, Remembered>();
  #folded = 0;
  readonly #shapes = new Remembered();
  readonly #programs = new Remembered();
  readonly #hosts = new Remembered();
  readonly #accounts = new Remembered();
  readonly #sids = new Remembered();
  readonly #sources = new Remembered();
  readonly #words = new Remembered();

  constructor(names: Naming, hosts: readonly string[]) {
    this.#names = names;
    const known = new Set(hosts.flatMap(host => [host.toLowerCase(), host.toLowerCase().split('.')[0]!]));
    this.#isHost = word => known.has(word);
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
    const shape = mixKeys(this.#word(way), this.#source(fact));
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
    let lines = this.#commands.get(image ?? '');
    if (lines === undefined) {
      lines = new Remembered();
      this.#commands.set(image ?? '', lines);
    }
    return lines.get(line, text => {
      if (++this.#folded % MOST_LINES === 0) this.#commands.clear();
      // Many lines have one shape.
      return this.#shapes.get(commandShape(text, image, this.#isHost), keyOf);
    });
  }

  #program(image: string): number {
    return this.#programs.get(image, text => keyOf(foldProgram(text)));
  }

  #kind({ type, channel, eventId }: Asked | FactView): number {
    return mixKeys(mixKeys(this.#word(type), this.#word(channel)), eventId);
  }

  #host(written: string): number {
    return this.#hosts.get(written, text => keyOf(this.#names.host(text)));
  }

  /** Null for nobody in particular. */
  #account(written: string | undefined, sid: string | undefined): number | null {
    // A name is the same account under any SID of a hunt; only where it says nothing does the SID.
    const named =
      written === undefined ? NOBODY : this.#accounts.get(written, text => this.#accountKey(text, undefined));
    const found =
      named !== NOBODY || sid === undefined
        ? named
        : this.#sids.get(sid, text => this.#accountKey(written, text));
    return found === NOBODY ? null : found;
  }

  #accountKey(written: string | undefined, sid: string | undefined): number {
    const { key } = this.#names.account(written, sid);
    return key === null ? NOBODY : keyOf(key);
  }

  /** The network where somebody comes from: an address changes within it, by the day or the hour. */
  #source(fact: Asked | FactView): number {
    const address = fact.text('sourceIp');
    if (address !== undefined) {
      return this.#sources.get(address, text => {
        const network = networkOf(text);
        return network === null ? this.#host(text) : keyOf(network);
      });
    }
    const host = fact.text('sourceHost');
    return host === undefined ? this.#word('local') : this.#host(host);
  }

  #word(text: string): number {
    return this.#words.get(text, each => keyOf(each.toLowerCase()));
  }
}
