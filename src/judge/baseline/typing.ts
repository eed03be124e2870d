/** How long typing takes, and what a typing mistake looks like. */

/**
 * Seconds a keystroke takes the best of typists (135 words a minute), and the shortest time a person needs to decide on what
 * to do next: operators K and M of the keystroke-level model (S. Card, T. Moran, A. Newell, "The keystroke-level model for
 * user performance time with interactive systems", CACM 23, 1980).
 */
const KEYSTROKE = 0.08;
const DECISION = 1.35;
/** Completion, history and paste make the rest of a line cheap. */
const MOST_KEYSTROKES = 20;

/** The fewest seconds in which a person reads the last answer, decides and types this. */
export function leastTypingTime(commandLine: string): number {
  return DECISION + KEYSTROKE * Math.min(commandLine.length, MOST_KEYSTROKES);
}

/**
 * True if `after` looks like `before` typed again without its mistake: one or two letters added, left out, changed or
 * swapped, which is four in five of all mistakes (F. Damerau, "A technique for computer detection and correction of
 * spelling errors", CACM 7, 1964). A change of nothing but digits is a loop over hosts or numbers, not a correction.
 */
export function isCorrection(before: string, after: string): boolean {
  const [a, b] = [normal(before), normal(after)];
  if (a === b || a.length < 4 || withoutDigits(a) === withoutDigits(b)) return false;
  return mistakes(a, b, 2) <= 2;
}

const MOST_COMPARED = 512;

function normal(text: string): string {
  return text.toLowerCase().replace(/\s+/g, ' ').trim().slice(0, MOST_COMPARED);
}

function withoutDigits(text: string): string {
  return text.replace(/[0-9]+/g, '');
}

/**
 * Damerau's distance of two texts where it is at most `most`, else more than that. Only the band of that width around the
 * diagonal is computed, so the cost is length × width.
 */
export function mistakes(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  const beyond = most + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row: number[] = new Array(b.length + 1).fill(beyond);
    if (i <= most) row[0] = i;
    for (let j = Math.max(1, i - most); j <= Math.min(b.length, i + most); j++) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min(last[j - 1]! + (same ? 0 : 1), last[j]! + 1, row[j - 1]! + 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) least = Math.min(least, before[j - 2]! + 1);
      row[j] = least;
    }
    before = last;
    last = row;
  }
  return Math.min(last[b.length]!, beyond);
}
