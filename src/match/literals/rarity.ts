/**
 * How likely a literal is to be met, judged by its rarest three characters. Choosing rare keys decides how
 * often the index compares in vain, choosing rare literals how many rules are evaluated in vain: the difference
 * between the first and the rarest place was a factor of four in time.
 */
import { CLASS_BITS, classOf } from './alphabet.ts';
import { commonKeys } from './common-keys.ts';

/** By key: logarithm of how common it is; 0 = rare. */
const scores: Uint8Array = new Uint8Array(1 << (3 * CLASS_BITS));
for (const [score, keys] of commonKeys) {
  for (let i = 0; i < keys.length; i += 3) {
    const key = keyAt(keys, i + 2);
    scores[key] = Math.max(scores[key]!, score);
  }
}

/** The key of the three characters that end at `place`. */
export function keyAt(text: string, place: number): number {
  return (
    (classOf(text.charCodeAt(place - 2)) << (2 * CLASS_BITS)) |
    (classOf(text.charCodeAt(place - 1)) << CLASS_BITS) |
    classOf(text.charCodeAt(place))
  );
}

/** Logarithm of how common a key is, 0 to 9. */
export function scoreOf(key: number): number {
  return scores[key]!;
}

/** Place of the last character of the rarest key in `text` (three characters or more); `load` counts keys in use. */
export function rarestKey(text: string, load: ReadonlyMap<number, number>): number {
  let best = 2;
  let least = Number.POSITIVE_INFINITY;
  for (let place = 2; place < text.length; place++) {
    const key = keyAt(text, place);
    // A key that is in use already costs nothing in the filter but lengthens a chain.
    const score = scores[key]! * 4 + (load.get(key) ?? 0);
    if (score < least) {
      least = score;
      best = place;
    }
  }
  return best;
}

/** How often a value is thought to hold `text`, relative to others: 1 for rare, doubling with each step. */
export function frequencyOf(text: string): number {
  if (text.length < 3) return text.length === 2 ? 512 : 2048;
  let least = 9;
  for (let place = 2; place < text.length && least > 0; place++) {
    least = Math.min(least, scores[keyAt(text, place)]!);
  }
  return 2 ** least;
}
