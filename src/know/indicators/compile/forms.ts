/**
 * How a value of an indicator stands in a field of an event. Each form turns the value (as parts, because LIKE brings
 * wildcards) into a test of the field; all compare without case, as Windows does with names and paths.
 */
import { fold } from '../../../read/events/index.ts';
import { ANY, ONE, type Test, type TextPattern, type TextTest } from '../../sigma/index.ts';

export type Part = TextPattern[number];

/** A form gives a test, or several of which any may hold. */
export type Form = (parts: TextPattern) => Test[];

/** Neighbouring texts joined, empty ones and runs of `ANY` dropped, folded: as plans want patterns. */
function tidy(parts: readonly Part[]): TextPattern {
  const out: Part[] = [];
  for (const part of parts) {
    const last = out.at(-1);
    if (part === '' || (part === ANY && last === ANY)) continue;
    if (typeof part !== 'string') out.push(part);
    else if (typeof last === 'string') out[out.length - 1] = last + fold(part);
    else out.push(fold(part));
  }
  return out;
}

function textTest(...any: readonly (readonly Part[])[]): TextTest {
  return { kind: 'text', any: any.map(tidy), cased: false };
}

export const whole: Form = parts => [textTest(parts)];

export const contains: Form = parts => [textTest([ANY, ...parts, ANY])];

/** A file's name: alone, or the end of a path. */
export const nameOfPath: Form = parts => [textTest(parts, [ANY, '\\', ...parts], [ANY, '/', ...parts])];

/** A folder: itself, or what a path begins with. */
export const folderOfPath: Form = parts => [textTest(parts, [...parts, '\\', ANY], [...parts, '/', ANY])];

/** The key of a registry path, or the beginning of one. */
export const keyOfPath: Form = parts => [textTest(parts, [...parts, '\\', ANY])];

/** `SHA256=…` among the hashes that Sysmon lists. */
export const listedHash =
  (algorithm: string): Form =>
  parts => [textTest([ANY, `${algorithm}=`, ...parts, ANY])];

/** An address in the field, also as the IPv6 address that stands for an IPv4 one. */
export const address: Form = parts => [
  parts.some(part => typeof part === 'string' && part.includes(':'))
    ? textTest(parts)
    : textTest(parts, ['::ffff:', ...parts]),
];

/** An answer among those that a name query lists: `::ffff:192.0.2.1;`. */
export const listedAddress: Form = parts => [
  textTest([ANY, ...parts, ';', ANY], [ANY, ';', ...parts], parts, ['::ffff:', ...parts]),
];

/** An address in a longer text: `192.0.2.1` and not `192.0.2.10`. */
export const addressInText: Form = parts => {
  const [literal] = parts;
  if (parts.length !== 1 || typeof literal !== 'string') return contains(parts);
  const edge = literal.includes(':') ? '[^0-9A-Fa-f:.]' : '[^0-9.]';
  return [{ kind: 'regex', source: `(?:^|${edge})${escaped(literal)}(?:$|${edge})`, flags: '' }];
};

/** What may stand before a domain name in a command, a script or a URL. */
const before = [' ', '"', "'", '/', '\\', '@', '=', '(', ',', ';'];

/** A domain name in a longer text, itself and no domain below it or beside it. */
export const domainInText: Form = parts => {
  if (typeof parts[0] !== 'string') return contains(parts);
  return [textTest([...parts, ANY], ...before.map((sign): readonly Part[] => [ANY, sign, ...parts, ANY]))];
};

/** A folder in a longer text: at its end, or before what would end a path or go on below. */
export const folderInText: Form = parts => [
  textTest(
    [ANY, ...parts],
    ...['\\', '/', '"', "'", ' '].map((sign): readonly Part[] => [ANY, ...parts, sign, ANY]),
  ),
];

function escaped(text: string): string {
  return text.replace(/[\\^$.|?*+()[\]{}/-]/g, '\\$&');
}

/** SQL's wildcards as STIX has them in LIKE: `%` any run, `_` one character. */
export function likeParts(text: string): TextPattern {
  const parts: Part[] = [];
  let literal = '';
  for (const char of text) {
    if (char !== '%' && char !== '_') {
      literal += char;
      continue;
    }
    if (literal !== '') parts.push(literal);
    literal = '';
    if (char === '_') parts.push(ONE);
    else if (parts.at(-1) !== ANY) parts.push(ANY);
  }
  if (literal !== '') parts.push(literal);
  return parts;
}
