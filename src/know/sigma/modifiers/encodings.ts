/**
 * `base64`, `base64offset`, `wide` and its kin: the value as it looks encoded. They work on bytes, never on
 * characters, so that values outside ASCII come out as they stand in logs. A value that became bytes is text
 * again at the end of the chain, one character a byte.
 */
import { RuleError } from '../errors.ts';
import { limits } from '../limits.ts';
import { DASH, type TextPattern } from '../plan.ts';
import { hasWildcard, joinParts, type Part } from '../strings.ts';
import type { TextValue, Value } from '../values.ts';
import { asText, each, type Modifier, refuse } from './modifier.ts';

const dashes = ['-', '/', '–', '—', '―'];

/** The alternatives of a text whose dashes stand for several characters: encodings need each of them apart. */
function withoutDashes(text: TextValue): TextValue[] {
  let patterns: Part[][] = [[]];
  for (const part of text.pattern) {
    if (part !== DASH) for (const pattern of patterns) pattern.push(part);
    else {
      patterns = patterns.flatMap(pattern => dashes.map(dash => [...pattern, dash]));
      if (patterns.length > limits.alternatives) {
        throw new RuleError('too-large', `dashes unfold to more than ${limits.alternatives} values`);
      }
    }
  }
  return patterns.map(pattern => ({ ...text, pattern: joinParts(pattern) }));
}

function encoder(name: string, encode: (text: TextValue) => TextValue[]): Modifier {
  return each((value): Value => {
    const values = withoutDashes(asText(value, name)).flatMap(encode);
    return values.length === 1 ? values[0]! : { kind: 'any', values };
  });
}

/** The bytes of a text without wildcards. */
function bytesOf(text: TextValue, name: string): Buffer {
  if (hasWildcard(text.pattern)) {
    refuse(
      `'${name}' cannot encode wildcards: put 'contains' after it, and escape a literal * or ? with a backslash`,
    );
  }
  const literal = (text.pattern[0] ?? '') as string;
  if (literal === '') refuse(`'${name}' has nothing to encode`);
  return Buffer.from(literal, text.bytes ? 'latin1' : 'utf8');
}

const plain = (literal: string): TextValue => ({
  kind: 'text',
  pattern: [literal],
  raw: literal,
  bytes: false,
});

export const base64: Modifier = encoder('base64', text => [
  plain(bytesOf(text, 'base64').toString('base64')),
]);

/** Characters to cut in front, by offset, and at the end, by (bytes + offset) mod 3: they depend on the neighbours. */
const cutFront = [0, 2, 3] as const;
const cutEnd = [0, 3, 2] as const;

export const base64offset: Modifier = encoder('base64offset', text => {
  const bytes = bytesOf(text, 'base64offset');
  return [0, 1, 2].map(offset => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    const certain = encoded.slice(cutFront[offset], encoded.length - cutEnd[(bytes.length + offset) % 3]!);
    if (certain === '') throw new RuleError('value', "a single byte is too short for 'base64offset'");
    return plain(certain);
  });
});

/** UTF-16 of each literal, one character a byte; wildcards stay. `mark` goes before the whole value. */
function utf16(name: string, bigEndian: boolean, mark: boolean): Modifier {
  return encoder(name, text => {
    if (text.bytes) refuse(`'${name}' cannot follow another encoding`);
    const parts = text.pattern.map((part): Part => {
      if (typeof part !== 'string') return part;
      const bytes = Buffer.from(part, 'utf16le');
      return (bigEndian ? bytes.swap16() : bytes).toString('latin1');
    });
    const pattern: TextPattern = joinParts(mark ? ['\xff\xfe', ...parts] : parts);
    return [{ ...text, pattern, bytes: true }];
  });
}

export const wide: Modifier = utf16('wide', false, false);
export const utf16be: Modifier = utf16('utf16be', true, false);
export const utf16marked: Modifier = utf16('utf16', false, true);
