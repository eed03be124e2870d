/**
 * How likely a literal is to be met, judged by its rarest three characters. Choosing rare keys decides how
 * often the index compares in vain, choosing rare literals how many rules are evaluated in vain: the difference
 * between the first and the rarest place was a factor of four in time.
 */
import { CLASS_BITS, classOf } from './alphabet.ts';
import { everyday } from './everyday.ts';

const KEY_MASK = (1 << (3 * CLASS_BITS)) - 1;

/** By key: logarithm of how common it is, 0 = rare. */
const scores: Uint8Array = new Uint8Array(1 << (3 * CLASS_BITS));
fillScores();

function fillScores(): void {
  const weights = new Map<number, number>();
  for (const [weight, text] of everyday) {
    for (let place = 2; place < text.length; place++) {
      const key = keyAt(text, place);
      weights.set(key, (weights.get(key) ?? 0) + weight);
    }
  }
  for (const [key, weight] of weights) scores[key] = Math.round(Math.log2(weight));
}

/** The key of the three characters that end at `place`. */
function keyAt(text: string, place: number): number {
  return (
    (classOf(text.charCodeAt(place - 2)) << (2 * CLASS_BITS)) |
    (classOf(text.charCodeAt(place - 1)) << CLASS_BITS) |
    classOf(text.charCodeAt(place))
  );
}

/** Logarithm of how common a key of three characters is, 0 = rare. */
export function scoreOf(key: number): number {
  return scores[key]!;
}

const nonAscii = /[^\0-\x7f]/;

/** How often a value is thought to hold `text`, relative to others; 1 for rare. */
export function frequencyOf(text: string): number {
  if (nonAscii.test(text)) return 0.25;
  if (text.length < 2) return 4096;
  // Never thought rarer than what holds it.
  if (text.length === 2) return Math.max(512, everydayFrequency(text) ?? 0);
  let least = 255;
  let key = (classOf(text.charCodeAt(0)) << CLASS_BITS) | classOf(text.charCodeAt(1));
  for (let place = 2; place < text.length && least > 0; place++) {
    key = ((key << CLASS_BITS) | classOf(text.charCodeAt(place))) & KEY_MASK;
    if (scores[key]! < least) least = scores[key]!;
  }
  if (least === 0) return 1;
  // All of its parts are everyday; if the whole is, it will be met as often.
  return everydayFrequency(text) ?? 1 + least;
}

/** By the first of the everyday texts that hold `text`; undefined where none does. */
function everydayFrequency(text: string): number | undefined {
  const line = everyday.find(each => each[1].includes(text));
  return line === undefined ? undefined : 32 * line[0];
}
