/**
 * An event with a field to a line. The text is not parsed but only broken between its values, so that what was escaped stays
 * escaped, and an event that was cut short is shown as far as it goes.
 */

const MOST_DEPTH = 20;

export function indented(json: string): string {
  let out = '';
  let depth = 0;
  let inString = false;
  const line = (): string => `\n${'  '.repeat(Math.min(depth, MOST_DEPTH))}`;
  for (let i = 0; i < json.length; i++) {
    const char = json[i]!;
    if (inString) {
      out += char;
      if (char === '\\') out += json[++i] ?? '';
      else if (char === '"') inString = false;
    } else if (char === '{' || char === '[') {
      const isEmpty = json[i + 1] === '}' || json[i + 1] === ']';
      out += isEmpty ? char + json[++i]! : char;
      if (!isEmpty) {
        depth++;
        out += line();
      }
    } else if (char === '}' || char === ']') {
      depth = Math.max(0, depth - 1);
      out += line() + char;
    } else if (char === ',') out += char + line();
    else {
      inString = char === '"';
      out += char === ':' ? ': ' : char;
    }
  }
  return out;
}
