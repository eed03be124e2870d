/**
 * What a character of a command line is the same as. Windows and its tools take many dashes, blanks and letters for the
 * plain ones (a best fit to a code page, an explicit check in the tool), word processors put others in, and some
 * cannot be seen at all. Quotes and carets are dropped: they say how a line is cut into arguments, not what it does.
 */

/** No code of a character: it is dropped. */
export const DROPPED = -1;

export const BLANK = 0x20;

/** `first` to `last`, inclusive, as `to`. */
type Range = readonly [first: number, last: number, to: number];

const ranges: readonly Range[] = [
  // Line ends, tabs; the blanks of Unicode, of no break and of odd widths.
  [0x09, 0x0d, BLANK],
  [0x85, 0x85, BLANK],
  [0xa0, 0xa0, BLANK],
  [0x1680, 0x1680, BLANK],
  [0x2000, 0x200a, BLANK],
  [0x2028, 0x2029, BLANK],
  [0x202f, 0x202f, BLANK],
  [0x205f, 0x205f, BLANK],
  [0x3000, 0x3000, BLANK],
  // What has no width: soft hyphen, joiners, marks of direction, variation selectors, the byte order mark.
  [0xad, 0xad, DROPPED],
  [0x034f, 0x034f, DROPPED],
  [0x061c, 0x061c, DROPPED],
  [0x115f, 0x1160, DROPPED],
  [0x17b4, 0x17b5, DROPPED],
  [0x180b, 0x180f, DROPPED],
  [0x200b, 0x200f, DROPPED],
  [0x202a, 0x202e, DROPPED],
  [0x2060, 0x206f, DROPPED],
  [0x3164, 0x3164, DROPPED],
  [0xfe00, 0xfe0f, DROPPED],
  [0xfeff, 0xfeff, DROPPED],
  [0xffa0, 0xffa0, DROPPED],
  // Dashes: hyphen to horizontal bar, bullet, minus, two and three ems, small forms.
  [0x02d7, 0x02d7, 0x2d],
  [0x2010, 0x2015, 0x2d],
  [0x2043, 0x2043, 0x2d],
  [0x2212, 0x2212, 0x2d],
  [0x2796, 0x2796, 0x2d],
  [0x2e3a, 0x2e3b, 0x2d],
  [0xfe58, 0xfe58, 0x2d],
  [0xfe63, 0xfe63, 0x2d],
  // Quotes of typography; the single ones stay quotes, because only PowerShell takes them for such.
  [0x22, 0x22, DROPPED],
  [0x5e, 0x5e, DROPPED],
  [0x2018, 0x201b, 0x27],
  [0x2032, 0x2032, 0x27],
  [0x201c, 0x201f, DROPPED],
  [0x2033, 0x2033, DROPPED],
  [0x301d, 0x301f, DROPPED],
  // Strokes.
  [0x2044, 0x2044, 0x2f],
  [0x2215, 0x2215, 0x2f],
  [0x2216, 0x2216, 0x5c],
  [0xfe68, 0xfe68, 0x5c],
];

/** Raised letters, which tools fold to the plain ones. */
const letters: ReadonlyMap<number, string> = new Map([
  [0x02b0, 'h'],
  [0x02b2, 'j'],
  [0x02b3, 'r'],
  [0x02b7, 'w'],
  [0x02b8, 'y'],
  [0x02e1, 'l'],
  [0x02e2, 's'],
  [0x02e3, 'x'],
]);

function same(): Map<number, number> {
  const map = new Map<number, number>();
  for (const [first, last, to] of ranges) for (let unit = first; unit <= last; unit++) map.set(unit, to);
  for (const [unit, letter] of letters) map.set(unit, letter.charCodeAt(0));
  // Full-width ASCII, which may itself be a quote or a caret.
  for (let unit = 0xff01; unit <= 0xff5e; unit++) {
    const ascii = unit - 0xfee0;
    map.set(unit, map.get(ascii) ?? ascii);
  }
  return map;
}

/** By code unit: what it is the same as; a unit that is not here is itself. */
export const sameAs: ReadonlyMap<number, number> = same();
