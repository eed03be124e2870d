/** Text for roff, escaped so that it comes out as it is: nothing in it is taken for a request, and it can be copied. */

const named: Readonly<Record<string, string>> = {
  '\\': '\\e',
  '-': '\\-',
  "'": '\\(aq',
  '"': '\\(dq',
  '`': '\\(ga',
  '^': '\\(ha',
  '~': '\\(ti',
};

/** `text` as running text or an argument of a macro: on one line, in ASCII. */
export function roff(text: string): string {
  const flat = text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
  const escaped = flat.replace(/[\\\-'"`^~]|[^\x20-\x7e]/gu, char => named[char] ?? unicode(char));
  // A point at the start of a line is a request.
  return escaped.startsWith('.') ? `\\&${escaped}` : escaped;
}

/** As groff and mandoc have it; half a surrogate pair is no character. */
function unicode(char: string): string {
  const point = char.codePointAt(0)!;
  if (point >= 0xd800 && point <= 0xdfff) return '\\[uFFFD]';
  return `\\[u${point.toString(16).toUpperCase().padStart(4, '0')}]`;
}

export const bold = (text: string): string => `\\fB${roff(text)}\\fR`;
export const italic = (text: string): string => `\\fI${roff(text)}\\fR`;
