import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plan } from './plan.ts';
import { simplifyPlan, withoutNames } from './plan-simplify.ts';

/** What a plan says of an event that holds these words, spelled out: literals only. */
function holds(plan: Plan, event: ReadonlyMap<string, string>): boolean {
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
    case 'keyword':
      return [...event.values()].some(value => passes(plan.test, value));
    case 'field':
      return event.has(plan.field) && passes(plan.test, event.get(plan.field)!);
  }
}

function passes(test: (Plan & { op: 'field' })['test'], value: string): boolean {
  if (test.kind !== 'text') throw new Error(test.kind);
  return test.any.some(pattern => pattern.join('') === (test.cased ? value : value.toLowerCase()));
}

const text = fc.record({
  kind: fc.constant('text' as const),
  any: fc.array(fc.constantFrom(['a'], ['b'], ['A']), { minLength: 1, maxLength: 3 }),
  cased: fc.boolean(),
});
const { plan } = fc.letrec<{ plan: Plan }>(tie => ({
  plan: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.record({ op: fc.constant('field' as const), field: fc.constantFrom('F', 'G'), test: text }),
    fc.record({ op: fc.constant('keyword' as const), test: text }),
    fc.constantFrom<Plan>({ op: 'true' }, { op: 'false' }),
    fc.record({ op: fc.constant('not' as const), node: tie('plan') }),
    fc.record({ op: fc.constant('named' as const), name: fc.constantFrom('x', 'y'), node: tie('plan') }),
    fc.record({
      op: fc.constantFrom('and' as const, 'or' as const),
      nodes: fc.array(tie('plan'), { maxLength: 4 }),
    }),
  ),
}));
const value = fc.constantFrom('a', 'b', 'A', 'c');
const event = fc
  .uniqueArray(fc.tuple(fc.constantFrom('F', 'G', 'H'), value), { selector: ([name]) => name })
  .map(pairs => new Map(pairs));

describe('a simplified plan', () => {
  it('means what the plan means', () => {
    fc.assert(
      fc.property(plan, event, (before, seen) => {
        expect(holds(simplifyPlan(before), seen)).toBe(holds(before, seen));
      }),
      {
        numRuns: 2000,
      },
    );
  });
  it('means the same without its marks', () => {
    fc.assert(
      fc.property(plan, event, (before, seen) => {
        expect(holds(withoutNames(before), seen)).toBe(holds(before, seen));
      }),
      {
        numRuns: 2000,
      },
    );
  });
  it('cannot be simplified further', () => {
    fc.assert(
      fc.property(plan, before => {
        const once = simplifyPlan(before);
        // A copy, because a plan that was simplified before is given back as it is.
        expect(simplifyPlan(structuredClone(once))).toEqual(once);
      }),
    );
  });
  it('keeps the marks of identifiers', () => {
    const named: Plan = {
      op: 'named',
      name: 'x',
      node: { op: 'keyword', test: { kind: 'text', any: [['a']], cased: false } },
    };
    expect(simplifyPlan({ op: 'or', nodes: [{ op: 'or', nodes: [named] }] })).toEqual(named);
  });
});
