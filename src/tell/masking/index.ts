/**
 * Hides secrets that stand on command lines, in every output of the product unless asked to reveal them: people
 * paste findings into tickets. Only the secret is replaced, by `***`; its switch stays.
 */

import { holdsFreeText } from './fields.ts';
import { maskingRules } from './rules.ts';
import { isTriggeredUtf16, triggered } from './triggers.ts';

export { holdsFreeText };

const MASK = '***';

type Groups = { readonly s1?: string; readonly s2?: string; readonly s3?: string };

function hide(...args: readonly unknown[]): string {
  const match = args[0] as string;
  const { s1, s2, s3 } = args.at(-1) as Groups;
  const secret = s1 ?? s2 ?? s3 ?? '';
  return match.slice(0, match.length - secret.length) + MASK;
}

/** `text` with secrets replaced by `***`; the same string where there is none. Linear in its length. */
export function mask(text: string): string {
  const rules = triggered(text);
  if (rules === 0) return text;
  let masked = text;
  for (const [i, { context, pattern }] of maskingRules.entries()) {
    if ((rules & (1 << i)) === 0) continue;
    if (context !== undefined) {
      context.lastIndex = 0;
      if (!context.test(masked)) continue;
    }
    masked = masked.replace(pattern, hide);
  }
  return masked;
}

/** False where `mask` would certainly change nothing; costs about a nanosecond and a half a character. */
export function mayHoldSecret(text: string): boolean {
  return triggered(text) !== 0;
}

/** The same of UTF-16LE bytes, which then need not be decoded. */
export function mayHoldSecretUtf16(bytes: Uint8Array, start: number, end: number): boolean {
  return isTriggeredUtf16(bytes, start, end);
}

/** The value of a field as it is shown: secrets hidden where it holds free text, unless `reveal`. */
export function maskedValue(field: string, value: string, { reveal }: { readonly reveal: boolean }): string {
  return reveal || !holdsFreeText(field) ? value : mask(value);
}
