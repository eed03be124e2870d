/**
 * The reference evaluator: what a plan means, said as plainly as possible and as slowly as that takes. The
 * indexed matcher must agree with it on every event; where the two differ, this one is right.
 */
import type { Plan, Test } from '../../know/sigma/index.ts';
import { fold } from '../../read/events/index.ts';
import { compares, compileCidr, compileRegex, parseDecimal, refersTo, timePart } from '../values/index.ts';
import { matchText } from './glob.ts';
import type { PlainEvent } from './plain-event.ts';

/** True if one value passes a test that looks at values (`null`, `exists` and `fieldref` do not). */
export function passes(test: Test, value: string): boolean {
  switch (test.kind) {
    case 'text': {
      const text = test.cased ? value : fold(value);
      return test.any.some(pattern => matchText(pattern, text));
    }
    case 'regex':
      return compileRegex(test.source, test.flags).test(value);
    case 'cidr':
      return compileCidr(test.network)(value);
    case 'compare':
      return compares(test.op, parseDecimal(value), test.value);
    case 'timepart':
      return compares(test.op, timePart(value, test.part), test.value);
    case 'null':
    case 'exists':
    case 'fieldref':
      return false;
  }
}

function fieldHolds(field: string, test: Test, event: PlainEvent): boolean {
  const values = event.fields.get(field);
  switch (test.kind) {
    case 'null':
      return values === undefined;
    case 'exists':
      return (values !== undefined) === test.present;
    case 'fieldref': {
      const others = event.fields.get(test.field);
      if (values === undefined || others === undefined) return false;
      return values.some(value => others.some(other => refersTo(test, value, other)));
    }
    default:
      return values?.some(value => passes(test, value)) ?? false;
  }
}

/** True if `plan` holds for `event`, whose fields are read under the names they have there. */
export function holds(plan: Plan, event: PlainEvent): boolean {
  switch (plan.op) {
    case 'true':
      return true;
    case 'false':
      return false;
    case 'and':
      return plan.nodes.every(node => holds(node, event));
    case 'or':
      return plan.nodes.some(node => holds(node, event));
    case 'not':
      return !holds(plan.node, event);
    case 'named':
      return holds(plan.node, event);
    case 'field':
      return fieldHolds(plan.field, plan.test, event);
    case 'keyword':
      return event.values.some(value => passes(plan.test, value));
  }
}
