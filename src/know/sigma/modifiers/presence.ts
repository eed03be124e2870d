/** `exists`: whether the field is there at all; null and empty count as there. */
import { RuleError } from '../errors.ts';
import { each, type Modifier, mustBeFirst, refuse } from './modifier.ts';

const words = new Map([
  ['yes', true],
  ['on', true],
  ['true', true],
  ['no', false],
  ['off', false],
  ['false', false],
]);

export const exists: Modifier = each((value, item) => {
  mustBeFirst(item, 'exists');
  if (item.field === null) refuse("'exists' needs a field");
  if (value.kind === 'boolean') return { kind: 'exists', present: value.value };
  // YAML 1.1 reads these words as booleans, and rules are written with such tools.
  const present = value.kind === 'text' ? words.get(value.raw.toLowerCase()) : undefined;
  if (present === undefined) throw new RuleError('value', "'exists' takes true or false");
  return { kind: 'exists', present };
});
