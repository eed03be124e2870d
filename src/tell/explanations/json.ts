/** An explanation as one JSON document (`schema/rules-explain.schema.json`). Values are masked unless revealed. */
import { type Route, reachable, routesOf, views } from '../../know/logsources/index.ts';
import type { Rule } from '../../know/sigma/index.ts';
import { type Explained, type ExplainedRoute, explainPlan } from '../../match/index.ts';
import { formatMicros } from '../../read/events/index.ts';
import { jsonText } from '../json-text.ts';
import { mask } from '../masking/index.ts';
import type { RuleExplanation } from './types.ts';
import { testWords } from './words.ts';

export function explanationJson(
  { rule, on }: RuleExplanation,
  { reveal }: { readonly reveal: boolean },
): string {
  const show = reveal ? (value: string) => value : mask;
  const head = {
    version: 1,
    rule: {
      id: rule.id,
      title: rule.title,
      level: rule.level,
      status: rule.status,
      path: rule.place.path,
      line: rule.place.line,
      logSource: rule.logSource,
    },
  };
  if (on === null) {
    const routes =
      routesOf(rule.logSource)?.map(route => ({ ...routeJson(route), ...blindness(rule, route) })) ?? null;
    return `${jsonText({ ...head, event: null, routes, condition: tree(explainPlan(rule.plan, null), show) })}\n`;
  }
  const { event, explanation } = on;
  return `${jsonText({
    ...head,
    event: {
      path: event.path,
      offset: event.offset,
      recordId: event.recordId < 0 ? null : event.recordId,
      time: formatMicros(event.micros),
      host: event.host,
      channel: event.channel,
      eventId: event.eventId < 0 ? null : event.eventId,
    },
    matched: explanation.matched,
    routes: explanation.routes?.map(route => explainedRoute(route, show)) ?? null,
  })}\n`;
}

function routeJson({ channel, eventIds, view }: Route): object {
  return { channel, eventIds, view };
}

/** Fields without which the rule can't fire on the route; none where it can. */
function blindness(rule: Rule, { view: name }: Route): object {
  const view = views.get(name);
  return { needs: view === undefined ? [] : reachable(rule.plan, view).missing };
}

type Show = (value: string) => string;

function explainedRoute({ route, misfit, where, condition }: ExplainedRoute, show: Show): object {
  return {
    ...routeJson(route),
    misfit,
    where: where === null ? null : tree(where, show),
    condition: condition === null ? null : tree(condition, show),
  };
}

function tree(node: Explained, show: Show): object {
  const { op, held } = node;
  switch (node.op) {
    case 'and':
    case 'or':
      return { op, held, nodes: node.nodes.map(child => tree(child, show)) };
    case 'not':
      return { op, held, node: tree(node.node, show) };
    case 'named':
      return { op, held, name: node.name, node: tree(node.node, show) };
    case 'true':
    case 'false':
      return { op, held };
    case 'test': {
      const { field, test, seen } = node;
      const words = `${field ?? 'any value'} ${testWords(test)}`;
      const base = { op, held, field, test: test.kind, words };
      if (seen === null) return base;
      return {
        ...base,
        values: seen.values?.map(show) ?? null,
        ...(test.kind === 'fieldref' ? { others: seen.others?.map(show) ?? null } : {}),
        ...(seen.pattern >= 0 && test.kind === 'text'
          ? { pattern: testWords({ ...test, any: [test.any[seen.pattern]!] }) }
          : {}),
        ...(seen.near === null ? {} : { near: seen.near }),
      };
    }
  }
}
