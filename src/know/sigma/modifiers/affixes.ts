/** `contains`, `startswith`, `endswith`: wildcards at the sides that lack one. */
import { openEnds } from '../strings.ts';
import { asText, each, type Modifier, referencePart } from './modifier.ts';

function affix(name: 'contains' | 'startswith' | 'endswith'): Modifier {
  const start = name !== 'startswith';
  const end = name !== 'endswith';
  return each((value, _item, context) => {
    if (value.kind === 'fieldref') return referencePart(value, name);
    if (value.kind === 'regex') {
      // A regular expression searches: `.*` at its sides, which the specification asks for, changes nothing.
      if (name !== 'contains') {
        context.warn(
          `'${name}' changes nothing on a regular expression, which is searched: anchor it with ^ or $`,
        );
      }
      return value;
    }
    const text = asText(value, name);
    return { ...text, pattern: openEnds(text.pattern, start, end) };
  });
}

export const contains: Modifier = affix('contains');
export const startswith: Modifier = affix('startswith');
export const endswith: Modifier = affix('endswith');
