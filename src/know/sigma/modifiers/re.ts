/** `re` and its flags: the value as a regular expression, raw, searched, with regard to case. */
import { describeValue } from '../values.ts';
import { each, type Modifier, mustBeFirst, refuse } from './modifier.ts';

export const re: Modifier = each((value, item) => {
  mustBeFirst(item, 're');
  if (value.kind === 'text') return { kind: 'regex', raw: value.raw, flags: '' };
  if (value.kind === 'number') return { kind: 'regex', raw: value.text, flags: '' };
  return refuse(`'re' works on text, not on ${describeValue(value)}`);
});

function flag(letter: 'i' | 'm' | 's', name: string): Modifier {
  return each((value, item) => {
    if (value.kind !== 'regex') refuse(`'${name}' must stand after 're'`);
    if (letter === 'i' && item.cased) refuse("'i' contradicts 'cased' before it");
    return value.flags.includes(letter) ? value : { ...value, flags: value.flags + letter };
  });
}

export const ignoreCase: Modifier = flag('i', 'i');
export const multiLine: Modifier = flag('m', 'm');
export const dotAll: Modifier = flag('s', 's');
