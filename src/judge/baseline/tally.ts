/**
 * How often each shape was seen in each context, and how surprising one more is.
 *
 * A context is an account on a host, a host, or all of the organisation. What an account never did on a host may be what
 * everybody does there, so an estimate falls back on the wider context, by as much as the narrow one has shown that it
 * meets new things: with n(s) of N sightings being s, and T different shapes among them,
 *
 *     P(s) = (n(s) + T · P_wider(s)) / (N + T)
 *
 * This is method C of I. Witten and T. Bell, "The zero-frequency problem" (IEEE Transactions on Information Theory 37,
 * 1991), interpolated as in S. Chen and J. Goodman, "An empirical study of smoothing techniques for language modeling"
 * (1998). It has no constant to be chosen. Widest of all stands 1 / (V + 1), V being the other shapes there are.
 *
 * Surprise is -log2 P, at most log2(1 + N') for N' other sightings in all: nobody can say of a thing that it happens
 * less often than once in what was looked at.
 *
 * Costs about 100 bytes for each shape in each context.
 */
import { addDay, otherDays } from './days.ts';
import { mixKeys } from './keys.ts';

/** Sightings (days, each shape of its own) and shapes of one context. */
type Context = { sightings: number; shapes: number };

/** The days of one shape in one context. */
type Cell = { readonly days: number[]; readonly context: Context };
export type Place = readonly [Cell, Cell, Cell];

/** Keys of the contexts of a fact, from the narrowest to the widest. */
export type Contexts = readonly [number, number, number];

export type Surprise = {
  readonly bits: number;
  /** Other days on which the shape was seen in each context. */
  readonly seen: readonly [number, number, number];
};

export class Tally {
  readonly #days = new Map<number, number[]>();
  readonly #contexts = new Map<number, Context>();
  /** Shapes counted in the narrowest contexts: what the cap is about. */
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(contexts: Contexts, shape: number, day: number, isEvidence: boolean): void {
    this.addTo(this.placeOf(contexts, shape), day, isEvidence);
  }

  /** Where a shape is counted in each context: looked up once for what comes again and again. */
  placeOf(contexts: Contexts, shape: number): Place {
    return [
      this.#cell(contexts[0], shape, true),
      this.#cell(contexts[1], shape),
      this.#cell(contexts[2], shape),
    ];
  }

  addTo(place: Place, day: number, isEvidence: boolean): void {
    for (const { days, context } of place) context.sightings += addDay(days, day, isEvidence);
  }

  #cell(key: number, shape: number, isNarrowest = false): Cell {
    const name = mixKeys(key, shape);
    let context = this.#contexts.get(key);
    if (context === undefined) {
      context = { sightings: 0, shapes: 0 };
      this.#contexts.set(key, context);
    }
    let days = this.#days.get(name);
    if (days === undefined) {
      days = [];
      this.#days.set(name, days);
      context.shapes++;
      if (isNarrowest) this.#size++;
    }
    return { days, context };
  }

  /** Of a fact with this shape on `day`, with that day left out. */
  surprise(contexts: Contexts, shape: number, day: number): Surprise {
    const seen: [number, number, number] = [0, 0, 0];
    const whole = this.#contexts.get(contexts[2]) ?? nothing;
    let probability = 1;
    let most = 0;
    for (let level = 2; level >= 0; level--) {
      const days = this.#days.get(mixKeys(contexts[level]!, shape)) ?? none;
      const own = otherDays(days, day);
      seen[level] = own;
      const all = level === 2 ? whole : (this.#contexts.get(contexts[level]!) ?? nothing);
      const others = all.sightings - days.length;
      const otherShapes = all.shapes - (days.length > 0 ? 1 : 0);
      if (level === 2) {
        probability = 1 / (otherShapes + 1);
        most = Math.log2(1 + others);
      }
      const shapes = otherShapes + (own > 0 ? 1 : 0);
      if (others + own + shapes > 0) probability = (own + shapes * probability) / (others + own + shapes);
    }
    return { bits: Math.max(0, Math.min(-Math.log2(probability), most)), seen };
  }
}

const none: readonly number[] = [];
const nothing: Context = { sightings: 0, shapes: 0 };
