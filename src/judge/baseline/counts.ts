/** What one pass over the facts counted. */
import type { Aspect } from './aspects.ts';
import { dayOf } from './days.ts';
import { keyOf } from './keys.ts';
import { Sightings } from './recurrence.ts';
import { type Place, Tally } from './tally.ts';

const BUCKETS = 2 ** 21;
const MOST_SIGHTINGS = 0xffff;

/** (account, host, shape), or (account, source, type) of a logon, as one number. */
export function nameOf({ contexts, shape }: Aspect): number {
  return (contexts[0] ^ shape) >>> 0;
}

/** Sightings in buckets by name: never fewer than there are, because several names may share a bucket. */
export class Buckets {
  readonly #sightings = new Uint32Array(BUCKETS);

  add(aspect: Aspect): void {
    const bucket = nameOf(aspect) % BUCKETS;
    if (this.#sightings[bucket]! < MOST_SIGHTINGS) this.#sightings[bucket] = this.#sightings[bucket]! + 1;
  }

  of(aspect: Aspect): number {
    return this.#sightings[nameOf(aspect) % BUCKETS]!;
  }

  /** The fewest sightings that a name may have where at most `most` are to be left. */
  leastThatFits(most: number): number {
    const byCount = new Uint32Array(MOST_SIGHTINGS + 1);
    for (const sightings of this.#sightings) byCount[sightings] = byCount[sightings]! + 1;
    let left = 0;
    let least = byCount.length;
    while (least > 2 && left + byCount[least - 1]! <= most) left += byCount[--least]!;
    return Math.max(2, least);
  }
}

/** Which things are counted together: those with fewer than `least` sightings, unless they are `kept`. */
export type Rare = { readonly buckets: Buckets; readonly least: number };

const OTHER = keyOf('other');

/** Of one thing that may recur: where it is counted, and when it was seen. */
type Recurring = {
  readonly place: Place;
  /** Null where its times are not kept. */
  readonly sightings: Sightings | null;
};

/** Something to count, and where it is counted once that is known. */
export type Counted = { readonly aspect: Aspect; recurring: Recurring | null };

export class Counts {
  readonly tally: Tally = new Tally();
  /** Names of what the evidence did: never counted together, because it is what will be asked for. */
  readonly kept: Set<number>;
  readonly rare: Rare | null;
  readonly #recurring = new Map<number, Recurring>();
  /** Days that hold a fact. */
  readonly #days = new Set<number>();
  readonly #most: number;
  /** True once there was more to count than `most`; only `kept` is filled then. */
  isFull = false;

  constructor(most: number, kept: Set<number>, rare: Rare | null) {
    this.#most = most;
    this.kept = kept;
    this.rare = rare;
  }

  get days(): number[] {
    return [...this.#days].sort((a, b) => a - b);
  }

  /** `counted` is kept by whoever counts and given again with what is alike. */
  add(counted: Counted, micros: number, isEvidence: boolean): void {
    const { aspect } = counted;
    if (isEvidence) this.kept.add(nameOf(aspect));
    if (this.isFull) return;
    const day = dayOf(micros);
    this.#days.add(day);
    counted.recurring ??= this.#recurring.get(aspect.recurring) ?? this.#begin(aspect);
    const { recurring } = counted;
    this.tally.addTo(recurring.place, day, isEvidence);
    recurring.sightings?.add(micros, isEvidence);
    this.isFull = this.tally.size > this.#most;
  }

  /** When what recurs was seen; undefined where that is not known. */
  sightingsOf(aspect: Aspect): Sightings | undefined {
    return this.#recurring.get(aspect.recurring)?.sightings ?? undefined;
  }

  /** True for what is counted together with other rare things. */
  isTogether(aspect: Aspect): boolean {
    const { rare } = this;
    return rare !== null && rare.buckets.of(aspect) < rare.least && !this.kept.has(nameOf(aspect));
  }

  #begin(aspect: Aspect): Recurring {
    const isTogether = this.isTogether(aspect);
    // Who came from where for the first time must be known of every logon.
    const isTimed = !isTogether || aspect.kind === 'logon';
    const recurring = {
      place: this.tally.placeOf(aspect.contexts, isTogether ? OTHER : aspect.shape),
      sightings: isTimed ? new Sightings() : null,
    };
    // What is counted together is too much to be kept one by one.
    if (isTimed) this.#recurring.set(aspect.recurring, recurring);
    return recurring;
  }
}
