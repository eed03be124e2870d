/** `gt`, `gte`, `lt`, `lte`: the field as a number. */
import { RuleError } from '../errors.ts';
import type { Comparison } from '../plan.ts';
import { numberOf } from '../values.ts';
import { each, type Modifier, mustBeFirst } from './modifier.ts';

function compare(op: Comparison): Modifier {
  return each((value, item, context) => {
    if (value.kind === 'timepart' && value.op === 'eq') return { ...value, op };
    mustBeFirst(item, op);
    const number = numberOf(value);
    if (number === null) throw new RuleError('value', `'${op}' takes a number`);
    if (value.kind === 'text')
      context.warn(`'${op}' takes a number: the quotes around ${value.raw} were ignored`);
    return { kind: 'compare', op, value: number };
  });
}

export const gt: Modifier = compare('gt');
export const gte: Modifier = compare('gte');
export const lt: Modifier = compare('lt');
export const lte: Modifier = compare('lte');
