/**
 * Can a rule ever fire on a source that lacks some fields? A test of such a field has the one outcome that a
 * missing field gives, every other test may go either way, and the condition is evaluated in three values:
 * constant false means that the rule is blind there. Cost: one walk of the plan per field it can't have.
 */
import type { Plan } from '../sigma/index.ts';
import type { View } from './view.ts';

export type Reachability = {
  readonly reachable: boolean;
  /**
   * Where it is not reachable: the fields of which each alone makes it so; where no field alone does, a
   * smallest set that does together. Sorted. Empty where it is reachable.
   */
  readonly missing: readonly string[];
};

type Outcome = boolean | 'either';

function outcome(plan: Plan, absent: ReadonlySet<string>): Outcome {
  switch (plan.op) {
    case 'true':
      return true;
    case 'false':
      return false;
    case 'keyword':
      return 'either';
    case 'named':
      return outcome(plan.node, absent);
    case 'not': {
      const inner = outcome(plan.node, absent);
      return inner === 'either' ? 'either' : !inner;
    }
    case 'and':
    case 'or': {
      const decides = plan.op === 'or';
      let result: Outcome = !decides;
      for (const node of plan.nodes) {
        const inner = outcome(node, absent);
        if (inner === decides) return decides;
        if (inner === 'either') result = 'either';
      }
      return result;
    }
    case 'field': {
      const { test } = plan;
      const lacks = absent.has(plan.field) || (test.kind === 'fieldref' && absent.has(test.field));
      if (!lacks) return 'either';
      return test.kind === 'null' || (test.kind === 'exists' && !test.present);
    }
  }
}

/** The fields that a plan reads, into `fields`. */
function collectFields(plan: Plan, fields: Set<string>): void {
  if (plan.op === 'field') {
    fields.add(plan.field);
    if (plan.test.kind === 'fieldref') fields.add(plan.test.field);
  } else if (plan.op === 'not' || plan.op === 'named') {
    collectFields(plan.node, fields);
  } else if (plan.op === 'and' || plan.op === 'or') {
    for (const node of plan.nodes) collectFields(node, fields);
  }
}

/** Whether `plan` can hold on events that never have the fields `view.absent`, and which of them it needs. */
export function reachable(plan: Plan, view: Pick<View, 'absent'>): Reachability {
  if (outcome(plan, view.absent) !== false) return { reachable: true, missing: [] };
  const used = new Set<string>();
  collectFields(plan, used);
  const lacking = [...used].filter(field => view.absent.has(field)).sort();
  const alone = lacking.filter(field => outcome(plan, new Set([field])) === false);
  if (alone.length > 0) return { reachable: false, missing: alone };
  const together = new Set(lacking);
  for (const field of lacking) {
    together.delete(field);
    if (outcome(plan, together) !== false) together.add(field);
  }
  return { reachable: false, missing: [...together] };
}
