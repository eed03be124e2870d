/** How wide text is on a terminal, and text cut and filled to a width. Takes text that `plain` has passed. */

/** Code points that take two columns: East Asian wide and fullwidth forms, emoji. */
function isWide(point: number): boolean {
  return (
    point >= 0x1100 &&
    (point <= 0x115f ||
      (point >= 0x2e80 && point <= 0xa4cf && point !== 0x303f) ||
      (point >= 0xac00 && point <= 0xd7a3) ||
      (point >= 0xf900 && point <= 0xfaff) ||
      (point >= 0xfe30 && point <= 0xfe6f) ||
      (point >= 0xff00 && point <= 0xff60) ||
      (point >= 0xffe0 && point <= 0xffe6) ||
      (point >= 0x1f300 && point <= 0x1faff) ||
      (point >= 0x20000 && point <= 0x3fffd))
  );
}

const mark = /^\p{M}$/u;

function charWidth(char: string): number {
  const point = char.codePointAt(0)!;
  if (point < 0x300) return 1;
  if (isWide(point)) return 2;
  return mark.test(char) ? 0 : 1;
}

const ascii = /^[\x20-\x7e]*$/;

/** Columns that `text` takes. */
export function displayWidth(text: string): number {
  if (ascii.test(text)) return text.length;
  let width = 0;
  for (const char of text) width += charWidth(char);
  return width;
}

/** `text` in at most `width` columns, an ellipsis for what is cut. */
export function clip(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let shown = '';
  let used = 0;
  for (const char of text) {
    const next = charWidth(char);
    if (used + next > width - 1) break;
    shown += char;
    used += next;
  }
  return width > 0 ? `${shown.trimEnd()}…` : '';
}

/** `text` in exactly `width` columns. */
export function cell(text: string, width: number): string {
  const shown = clip(text, width);
  return shown + ' '.repeat(Math.max(0, width - displayWidth(shown)));
}

/** The same, text at the right. */
export function rightCell(text: string, width: number): string {
  const shown = clip(text, width);
  return ' '.repeat(Math.max(0, width - displayWidth(shown))) + shown;
}

/**
 * `text` broken at blanks into lines of at most `width` columns; a longer word stays whole. Blanks in front are
 * kept, further lines get two more; a no-break space becomes a blank where no line is broken.
 */
export function wrap(text: string, width: number): string[] {
  const indent = /^ */.exec(text)![0];
  const lines: string[] = [];
  let line = '';
  for (const word of text.slice(indent.length).split(' ')) {
    if (line !== '' && indent.length + displayWidth(line) + 1 + displayWidth(word) > width) {
      lines.push(line);
      line = ' ';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(line);
  return lines.map(one => indent + one.replaceAll('\u00a0', ' '));
}
