/**
 * Why a rule matched an event, or did not: the plain evaluator's walk with every step written down. Nothing is cut
 * short, so that each part of the condition says whether it held; the verdict is `referenceMatch`'s. Cost: all tests
 * of the rule on all values they look at, which for one event is milliseconds.
 */
import { isDeviceChannel, type Route, routesOf, type View, views } from '../../know/logsources/index.ts';
import {
  ANY,
  type Plan,
  type Rule,
  type Test,
  type TextPattern,
  type TextTest,
} from '../../know/sigma/index.ts';
import { fold } from '../../read/events/index.ts';
import { matchText } from './glob.ts';
import { holds, passes } from './holds.ts';
import { applyView, type PlainEvent } from './plain-event.ts';

/** A part of a condition and whether it held; `null` where no event was asked. */
export type Explained =
  | { readonly op: 'and' | 'or'; readonly held: boolean | null; readonly nodes: readonly Explained[] }
  | { readonly op: 'not'; readonly held: boolean | null; readonly node: Explained }
  | { readonly op: 'named'; readonly name: string; readonly held: boolean | null; readonly node: Explained }
  | { readonly op: 'true' | 'false'; readonly held: boolean | null }
  | ExplainedTest;

export type ExplainedTest = {
  readonly op: 'test';
  /** Null for keywords, which look at every value. */
  readonly field: string | null;
  readonly test: Test;
  readonly held: boolean | null;
  /** What the test looked at; null where no event was asked. */
  readonly seen: Seen | null;
};

export type Seen = {
  /** The field's values; null where the event lacks it. For keywords only the value that passed, if any. */
  readonly values: readonly string[] | null;
  /** For `fieldref`: the other field's values. */
  readonly others: readonly string[] | null;
  /** Index of the value that passed, -1 for none. */
  readonly value: number;
  /** For texts: index of the pattern that the value fits, or comes closest to; -1 where none comes close. */
  readonly pattern: number;
  /** For texts that failed: what stands between the closest pattern and a value. */
  readonly near: 'case' | 'place' | null;
};

export type ExplainedRoute = {
  readonly route: Route;
  readonly view: View | null;
  /** Why the event is not of this route; null where it is. */
  readonly misfit: 'channel' | 'event-id' | 'where' | null;
  /** The route's own condition, where it has one and channel and event id fit. */
  readonly where: Explained | null;
  /** The rule's condition, where the event is of this route. */
  readonly condition: Explained | null;
};

export type Explanation = {
  /** The same as `referenceMatch`. */
  readonly matched: boolean;
  /** In the order of the log source; null where this version knows no such log source. */
  readonly routes: readonly ExplainedRoute[] | null;
};

/** Explains `rule` on `event`. Pure. */
export function explain(rule: Rule, event: PlainEvent): Explanation {
  const routes = routesOf(rule.logSource)?.map(route => explainRoute(rule.plan, route, event)) ?? null;
  return { matched: routes?.some(({ condition }) => condition?.held === true) ?? false, routes };
}

function explainRoute(plan: Plan, route: Route, event: PlainEvent): ExplainedRoute {
  const view = views.get(route.view) ?? null;
  const none = { route, view, where: null, condition: null };
  const channel = fold(event.channel);
  const fits = route.channel === null || route.channel === channel;
  if (!fits || (route.ofWindows === true && isDeviceChannel(channel))) return { ...none, misfit: 'channel' };
  if (route.eventIds?.includes(event.eventId) === false) return { ...none, misfit: 'event-id' };
  const viewed = view === null ? event : applyView(event, view);
  const where = route.where === null ? null : explainPlan(route.where, viewed);
  if (where?.held === false) return { ...none, where, misfit: 'where' };
  return { route, view, misfit: null, where, condition: explainPlan(plan, viewed) };
}

/** Every part of `plan` with whether it held for `event`; without one, the same tree unanswered. */
export function explainPlan(plan: Plan, event: PlainEvent | null): Explained {
  switch (plan.op) {
    case 'true':
    case 'false':
      return { op: plan.op, held: event === null ? null : plan.op === 'true' };
    case 'and':
    case 'or': {
      const nodes = plan.nodes.map(node => explainPlan(node, event));
      const held = plan.op === 'and' ? nodes.every(node => node.held) : nodes.some(node => node.held);
      return { op: plan.op, held: event === null ? null : held, nodes };
    }
    case 'not': {
      const node = explainPlan(plan.node, event);
      return { op: 'not', held: node.held === null ? null : !node.held, node };
    }
    case 'named': {
      const node = explainPlan(plan.node, event);
      return { op: 'named', name: plan.name, held: node.held, node };
    }
    case 'field':
    case 'keyword': {
      const field = plan.op === 'field' ? plan.field : null;
      if (event === null) return { op: 'test', field, test: plan.test, held: null, seen: null };
      return { op: 'test', field, test: plan.test, held: holds(plan, event), seen: look(plan, event) };
    }
  }
}

function look(plan: Plan & { op: 'field' | 'keyword' }, event: PlainEvent): Seen {
  const { test } = plan;
  if (plan.op === 'keyword') {
    const value = event.values.findIndex(each => passes(test, each));
    const values = value < 0 ? [] : [event.values[value]!];
    return { values, others: null, value: value < 0 ? -1 : 0, ...closest(test, values) };
  }
  const values = event.fields.get(plan.field) ?? null;
  const others = test.kind === 'fieldref' ? (event.fields.get(test.field) ?? null) : null;
  // For what does not look at one value, the first stands for the field.
  const looksAtOne = test.kind !== 'null' && test.kind !== 'exists' && test.kind !== 'fieldref';
  const value = values === null || !looksAtOne ? -1 : values.findIndex(each => passes(test, each));
  return { values, others, value, ...closest(test, value < 0 ? (values ?? []) : [values![value]!]) };
}

const far = { pattern: -1, near: null } as const;

/** The pattern that any of `values` fits, else the one that comes closest and what it lacks. */
function closest(test: Test, values: readonly string[]): Pick<Seen, 'pattern' | 'near'> {
  if (test.kind !== 'text') return far;
  for (const value of values) {
    const fits = test.any.findIndex(pattern => matchText(pattern, test.cased ? value : fold(value)));
    if (fits >= 0) return { pattern: fits, near: null };
  }
  for (const value of values) {
    const pattern = test.cased ? test.any.findIndex(each => matchText(folded(each), fold(value))) : -1;
    if (pattern >= 0) return { pattern, near: 'case' };
  }
  for (const value of values) {
    const pattern = longestInside(test, value);
    if (pattern >= 0) return { pattern, near: 'place' };
  }
  return far;
}

function folded(pattern: TextPattern): TextPattern {
  return pattern.map(part => (typeof part === 'string' ? fold(part) : part));
}

/** Letters that a text must hold before it is worth saying that they stand in the wrong place. */
const TELLING = 3;

/** Index of the pattern with most literal text of which all stands in `value` in order, anywhere; -1 without one. */
function longestInside(test: TextTest, value: string): number {
  const text = test.cased ? value : fold(value);
  let best = -1;
  let most = TELLING - 1;
  for (const [i, pattern] of test.any.entries()) {
    const length = pattern.reduce<number>(
      (sum, part) => sum + (typeof part === 'string' ? part.length : 0),
      0,
    );
    if (length <= most) continue;
    const rest = pattern.filter(part => part !== ANY);
    const anywhere: TextPattern = [ANY, ...rest.flatMap(part => [part, ANY] as const)];
    if (!matchText(anywhere, text)) continue;
    best = i;
    most = length;
  }
  return best;
}

/**
 * The tests that decided a verdict: for what did not hold, those without which it would have; for what held, those by
 * which it did. In the order of the condition.
 */
export function deciding(node: Explained): ExplainedTest[] {
  switch (node.op) {
    case 'test':
      return [node];
    case 'not':
    case 'named':
      return deciding(node.node);
    case 'and':
    case 'or':
      return node.nodes.filter(({ held }) => held === node.held).flatMap(deciding);
    default:
      return [];
  }
}
