/**
 * Case folding: one definition for rules, events, prefilters and the reference evaluator, so that a value
 * compares the same wherever it stands. It folds code unit by code unit and never changes the length:
 * context-dependent mappings (the Greek final sigma) and expanding ones (İ, ß) would make a prefix fold
 * differently from the whole. Cost: native lower-casing for ASCII, a loop otherwise.
 */

const nonAscii = /[^\0-\x7f]/;

function foldUnit(unit: string): string {
  const upper = unit.toUpperCase();
  if (upper.length === 1) {
    const lower = upper.toLowerCase();
    if (lower.length === 1) return lower;
  }
  const lower = unit.toLowerCase();
  return lower.length === 1 ? lower : unit;
}

/** Folded form of each UTF-16 code unit, filled on demand. */
const folded: (string | undefined)[] = [];

/** The case-folded form of `text`; same length in UTF-16 code units. */
export function fold(text: string): string {
  if (!nonAscii.test(text)) return text.toLowerCase();
  let out = '';
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    let to = folded[unit];
    if (to === undefined) {
      to = foldUnit(text[i]!);
      folded[unit] = to;
    }
    out += to;
  }
  return out;
}
