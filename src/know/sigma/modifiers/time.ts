/** `minute` … `year`: a part of the time that the field holds, as written. */
import { RuleError } from '../errors.ts';
import type { TimePartTest } from '../plan.ts';
import { numberOf } from '../values.ts';
import { each, type Modifier, mustBeFirst } from './modifier.ts';

export function timePart(part: TimePartTest['part']): Modifier {
  return each((value, item) => {
    mustBeFirst(item, part);
    const number = numberOf(value);
    if (number === null || !Number.isInteger(number))
      throw new RuleError('value', `'${part}' takes a whole number`);
    return { kind: 'timepart', part, op: 'eq', value: number };
  });
}
