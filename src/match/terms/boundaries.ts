/** Where a word begins and ends in a folded value: what makes `10.1.2.3` no part of `110.1.2.34`, and `svc` none of `svc_backup`. */

const letterOrDigit = /[\p{L}\p{N}]/u;

export function isAlnum(unit: number): boolean {
  if (unit < 0x80)
    return (unit >= 0x30 && unit <= 0x39) || (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x41 && unit <= 0x5a);
  // Half of a pair counts as a letter: most letters beyond the first plane are, and no word is cut through one.
  return (unit >= 0xd800 && unit <= 0xdfff) || letterOrDigit.test(String.fromCharCode(unit));
}

/** A dot that another part follows joins it to the word; one at the end of a sentence does not. */
export function dotJoins(text: string, at: number, step: 1 | -1): boolean {
  const next = at + step;
  return text.charCodeAt(at) === 0x2e && next >= 0 && next < text.length && isAlnum(text.charCodeAt(next));
}

/** Calls `take` with each place of `word` until it says true; whether it did. */
export function somePlace(text: string, word: string, take: (at: number, end: number) => boolean): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (take(at, at + word.length)) return true;
  }
  return false;
}
