/**
 * A small seeded generator (mulberry32): a drill must come out the same on every machine. Streams are made by label, so
 * that what one part of a drill draws changes nothing in another: other names leave every time and deed as it was.
 */

/** FNV-1a of the text, as an unsigned number of 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

export class Random {
  readonly #seed: number;
  #state: number;

  constructor(seed: number) {
    this.#seed = seed;
    this.#state = seed;
  }

  /** A stream of its own: the same for the same seed and label, whatever was drawn before. */
  fork(label: string): Random {
    return new Random(hashOf(`${this.#seed} ${label}`));
  }

  /** A number in [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  /** True with this probability. */
  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(from: readonly T[]): T {
    return from[this.whole(0, from.length - 1)]!;
  }

  /** `count` different ones, in random order; all of them where there are fewer. */
  some<T>(from: readonly T[], count: number): T[] {
    const left = [...from];
    const taken: T[] = [];
    while (taken.length < count && left.length > 0) {
      taken.push(left.splice(this.whole(0, left.length - 1), 1)[0]!);
    }
    return taken;
  }

  /** Around `middle`, three quarters of it within `spread`, none further off than twice as much. */
  about(middle: number, spread: number): number {
    return middle + (this.next() + this.next() - 1) * 2 * spread;
  }

  /** How many times something happens that happens `mean` times on average. */
  times(mean: number): number {
    const whole = Math.floor(mean);
    return whole + (this.next() < mean - whole ? 1 : 0);
  }

  hex(digits: number): string {
    let text = '';
    for (let i = 0; i < digits; i++) text += this.whole(0, 15).toString(16);
    return text;
  }

  /** A GUID with braces, upper case as Windows writes it. */
  guid(): string {
    const hex = (digits: number): string => this.hex(digits).toUpperCase();
    return `{${hex(8)}-${hex(4)}-4${hex(3)}-A${hex(3)}-${hex(12)}}`;
  }

  /** Letters and digits as a person or program makes up a name. */
  letters(length: number, alphabet = 'abcdefghijklmnopqrstuvwxyz'): string {
    let text = '';
    for (let i = 0; i < length; i++) text += alphabet[this.whole(0, alphabet.length - 1)]!;
    return text;
  }
}
