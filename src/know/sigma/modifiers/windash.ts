/**
 * `windash`: a dash or slash that begins an option (not after a word character, before one) stands for any
 * of - / – — ―. Kept as one class in the pattern, because listing all combinations grows as 5ⁿ.
 */
import { DASH } from '../plan.ts';
import { joinParts, type Part } from '../strings.ts';
import { asText, each, type Modifier } from './modifier.ts';

const optionDash = /\B[-/]\b/g;

export const windash: Modifier = each(value => {
  const text = asText(value, 'windash');
  const parts = text.pattern.flatMap((part): Part[] => {
    if (typeof part !== 'string') return [part];
    return part.split(optionDash).flatMap((piece, i): Part[] => (i === 0 ? [piece] : [DASH, piece]));
  });
  return { ...text, pattern: joinParts(parts) };
});
