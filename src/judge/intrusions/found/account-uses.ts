/**
 * How one account is used: the first time of each source, way and host, and its days.
 *
 * How surprising something new is follows from the account itself. With n days of use, k of which brought a new source
 * (way, host), the next one does with (k + 1/2) / (n + 1): the estimator of Krichevsky and Trofimov (1981, "The
 * performance of universal encoding", IEEE Transactions on Information Theory 27). Somebody who works everywhere
 * surprises nobody; an account that did the same for a year does.
 */
import { DaySet } from '../../../read/coverage/index.ts';
import { countBelow } from '../../days.ts';
import { isOutside } from '../joins/index.ts';
import { isAddress } from '../names.ts';
import { DAY } from '../time.ts';

/** The device that ends a tunnel comes with the way: who first comes in over it meets no new host, only a new way. */
export const TUNNEL: string = 'vpn';

/** What may be new in a use. */
export const dimensions = ['source', 'way', 'host'] as const;
export type Dimension = (typeof dimensions)[number];

/** One combination, at its first time. */
export type Use = {
  readonly account: string;
  readonly source: string;
  readonly way: string;
  readonly host: string;
  /** The network of the source's address, which memory knows it by; null where there is no address. */
  readonly network: string | null;
  first: number;
  last: number;
  /** Where the first one lies: enough to find it again in another scan. */
  input: number;
  offset: number;
};

export class AccountUses {
  readonly uses: Map<string, Use> = new Map();
  readonly #firsts: Record<Dimension, Map<string, number>> = {
    source: new Map(),
    way: new Map(),
    host: new Map(),
  };
  /** Of what memory knows: networks whose hosts were named, and days that brought something new. */
  readonly #networks = new Map<string, number>();
  readonly #freshBefore: Record<Dimension, number[]> = { source: [], way: [], host: [] };
  #isRemembered = false;
  readonly #days = new DaySet();
  /** Days by way and whether they came from outside: `remote outside`. */
  readonly classes: Map<string, DaySet> = new Map();
  #sorted: Record<Dimension, number[]> | null = null;
  #sortedDays: number[] | null = null;

  /** Counts a use at `micros`, whatever the order they come in. */
  count(source: string, way: string, host: string, micros: number): void {
    const day = Math.floor(micros / DAY);
    this.#addDay(classOf(source, way), day);
    this.#meet(source, way, host, micros);
  }

  #addDay(kind: string, day: number): void {
    this.#days.add(day);
    let days = this.classes.get(kind);
    if (days === undefined) {
      days = new DaySet();
      this.classes.set(kind, days);
    }
    days.add(day);
  }

  /** A use that memory holds, at its first time; `network` where its source has a name and an address. */
  remember(source: string, way: string, host: string, micros: number, network: string): void {
    this.#isRemembered = true;
    this.#meet(source, way, host, micros);
    if (network !== '') keepEarlier(this.#networks, network, micros);
  }

  #meet(source: string, way: string, host: string, micros: number): void {
    keepEarlier(this.#firsts.source, source, micros);
    keepEarlier(this.#firsts.way, way, micros);
    if (way !== TUNNEL) keepEarlier(this.#firsts.host, host, micros);
  }

  /** Days that memory holds, of a kind of use or of something new. */
  rememberDays(kind: string, days: readonly number[]): void {
    const dimension = dimensions.find(each => kind === freshKind(each));
    if (dimension !== undefined) this.#freshBefore[dimension].push(...days);
    else for (const day of days) this.#addDay(kind, day);
  }

  /** When the value of a use was first met, in these logs or in memory. */
  first(dimension: Dimension, use: Use): number {
    if (dimension === 'host' && use.way === TUNNEL) return Number.NEGATIVE_INFINITY;
    const firsts = this.#firsts[dimension];
    const own = firsts.get(use[dimension]) ?? Number.POSITIVE_INFINITY;
    if (dimension !== 'source' || use.network === null) return own;
    const known = Math.min(own, firsts.get(use.network) ?? own);
    // That an address has no name now is no news where its network was known by names.
    return isAddress(use.source) ? Math.min(known, this.#networks.get(use.network) ?? known) : known;
  }

  get days(): readonly number[] {
    this.#sortedDays ??= [...this.#days];
    return this.#sortedDays;
  }

  /** Days that brought something new, each once, in order. */
  fresh(dimension: Dimension): readonly number[] {
    this.#sorted ??= {
      source: this.#freshOf('source'),
      way: this.#freshOf('way'),
      host: this.#freshOf('host'),
    };
    return this.#sorted[dimension];
  }

  #freshOf(dimension: Dimension): number[] {
    const firsts = new Map(this.#firsts[dimension]);
    // An address of a network that memory knows is nothing new.
    if (dimension === 'source' && this.#isRemembered) {
      for (const use of this.uses.values()) keepEarlier(firsts, use.source, this.first('source', use));
    }
    return [...new Set([...daysOf(firsts), ...this.#freshBefore[dimension]])].sort((a, b) => a - b);
  }

  /** Bits of something new in `dimension` on `day`, by what the days before brought. */
  surprise(dimension: Dimension, day: number): number {
    const days = countBelow(this.days, day);
    const fresh = Math.min(days, countBelow(this.fresh(dimension), day));
    // What the first day of all brought was new by necessity, and says nothing.
    return -Math.log2((Math.max(0, fresh - 1) + 0.5) / (days + 1));
  }
}

/** What memory calls the days that brought something new. */
export const freshKind = (dimension: Dimension): string => `new ${dimension}`;

function keepEarlier(firsts: Map<string, number>, value: string, micros: number): void {
  const first = firsts.get(value);
  if (first === undefined || micros < first) firsts.set(value, micros);
}

/** Days on which something was new, each once. */
function daysOf(firsts: ReadonlyMap<string, number>): Set<number> {
  const days = new Set<number>();
  for (const first of firsts.values()) days.add(Math.floor(first / DAY));
  return days;
}

/** Way and kind of source: `vpn outside`, `network inside`, `interactive here`. */
export function classOf(source: string, way: string): string {
  return `${way} ${source === 'here' ? 'here' : isOutside(source) ? 'outside' : 'inside'}`;
}
