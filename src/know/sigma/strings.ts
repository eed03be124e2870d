/**
 * Sigma's strings as typed parts. One scan from left to right solves wildcards and escapes once and for all
 * (specification, "Escaping"); from here on a backslash is a character like any other.
 */
import { ANY, type DASH, ONE, type TextPattern } from './plan.ts';

export type Part = string | typeof ANY | typeof ONE | typeof DASH;

/**
 * The parts of a string as written: `*` and `?` are wildcards; a backslash makes one of `*`, `?` and `\`
 * literal and is itself literal before anything else and at the end.
 */
export function parseString(text: string): TextPattern {
  const parts: Part[] = [];
  let literal = '';
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 0x5c) {
      const next = text.charCodeAt(i + 1);
      if (next !== 0x5c && next !== 0x2a && next !== 0x3f) continue;
      literal += text.slice(from, i);
      from = i + 1;
      i++;
    } else if (unit === 0x2a || unit === 0x3f) {
      literal += text.slice(from, i);
      if (literal !== '') parts.push(literal);
      literal = '';
      from = i + 1;
      if (unit === 0x3f) parts.push(ONE);
      else if (parts[parts.length - 1] !== ANY) parts.push(ANY);
    }
  }
  literal += text.slice(from);
  if (literal !== '') parts.push(literal);
  return parts;
}

/** The string that `parseString` reads as `pattern` (which holds no `DASH`). */
export function writeString(pattern: TextPattern): string {
  return pattern
    .map(part => (part === ANY ? '*' : part === ONE ? '?' : String(part).replace(/[\\*?]/g, '\\$&')))
    .join('');
}

/** Puts parts together: joins neighbouring literals, drops empty ones and runs of `ANY`. */
export function joinParts(parts: readonly Part[]): TextPattern {
  const out: Part[] = [];
  for (const part of parts) {
    const last = out[out.length - 1];
    if (part === '' || (part === ANY && last === ANY)) continue;
    if (typeof part === 'string' && typeof last === 'string') out[out.length - 1] = last + part;
    else out.push(part);
  }
  return out;
}

export function hasWildcard(pattern: TextPattern): boolean {
  return pattern.some(part => part === ANY || part === ONE);
}

/** `pattern` with `ANY` at the sides asked for, unless there is one. */
export function openEnds(pattern: TextPattern, start: boolean, end: boolean): TextPattern {
  return joinParts([...(start ? [ANY] : []), ...pattern, ...(end ? [ANY] : [])] as Part[]);
}
