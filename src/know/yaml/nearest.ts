/** The known word that a mistyped one most likely means. Cost: the product of two short lengths for each word. */

/** Longer words are not compared: nobody mistypes a page. */
const MOST = 40;

/** The nearest of `words` to `given`, at most a third of its letters away; null where none is. */
export function nearest(given: string, words: Iterable<string>): string | null {
  if (given.length > MOST) return null;
  const text = given.toLowerCase();
  let best: string | null = null;
  let least = Math.ceil(text.length / 3) + 1;
  for (const word of words) {
    if (Math.abs(word.length - text.length) >= least) continue;
    const steps = distance(text, word.toLowerCase());
    if (steps >= least) continue;
    least = steps;
    best = word;
  }
  return best;
}

/** Letters to insert, remove or replace, at least, to make `b` of `a`. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const kept = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(kept, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
