/** An explanation as one JSON document (`schema/rules-explain.schema.json`). Values are masked unless revealed. */
import { type Route, reachable, routesOf, views } from '../../know/logsources/index.ts';
import type { Correlation, Rule } from '../../know/sigma/index.ts';
import { type Explained, type ExplainedRoute, explainPlan } from '../../match/index.ts';
import { formatMicros } from '../../read/events/index.ts';
import { jsonText } from '../json-text.ts';
import { mask, maskedValue } from '../masking/index.ts';
import { nameOf } from './correlation.ts';
import { conditionWords, groupWords, occurrenceWords, windowWords } from './correlation-words.ts';
import type {
  CorrelationExplanation,
  DocumentExplanation,
  EventLabel,
  ExplainedDocument,
  Feed,
  FeedOutcome,
  FilterExplanation,
  RuleExplanation,
  RuleOutcome,
} from './types.ts';
import { testWords } from './words.ts';

export function explanationJson(
  explanation: DocumentExplanation,
  { reveal }: { readonly reveal: boolean },
): string {
  const show: Show = reveal ? value => value : mask;
  const body =
    'rule' in explanation
      ? ruleJson(explanation, show)
      : 'filter' in explanation
        ? filterJson(explanation, show)
        : correlationJson(explanation, show, reveal);
  return `${jsonText({ version: 1, ...body })}\n`;
}

/** What all documents say of themselves. */
function headJson({ id, title, level, status, place }: ExplainedDocument): object {
  return { id, title, level, status, path: place.path, line: place.line };
}

function eventJson(event: EventLabel): object {
  return {
    path: event.path,
    offset: event.offset,
    recordId: event.recordId < 0 ? null : event.recordId,
    time: formatMicros(event.micros),
    host: event.host,
    channel: event.channel,
    eventId: event.eventId < 0 ? null : event.eventId,
  };
}

function ruleJson(
  { rule, filters = [], feeds = [], isShown = true, on }: RuleExplanation,
  show: Show,
): object {
  const head = {
    rule: { ...headJson(rule), logSource: rule.logSource },
    ...(filters.length === 0 ? {} : { filters: filters.map(headJson) }),
    ...(feeds.length === 0 ? {} : { feeds: feeds.map(headJson), shown: isShown }),
  };
  if (on === null) {
    const routes =
      routesOf(rule.logSource)?.map(route => ({ ...routeJson(route), ...blindness(rule, route) })) ?? null;
    return { ...head, event: null, routes, condition: tree(explainPlan(rule.plan, null), show) };
  }
  return { ...head, event: eventJson(on.event), ...explanationParts(on.explanation, show) };
}

function explanationParts({ matched, routes, normal }: RuleOutcome, show: Show): object {
  return {
    matched,
    ...(normal === undefined ? {} : { normal: { asked: normal.isAsked, lines: normal.lines.map(show) } }),
    routes: routes?.map(route => explainedRoute(route, show)) ?? null,
  };
}

function filterJson({ filter, narrows, on }: FilterExplanation, show: Show): object {
  const head = {
    filter: { ...headJson(filter), logSource: filter.logSource, rules: filter.rules },
    narrows: narrows.map(headJson),
  };
  if (on === null) return { ...head, event: null, condition: tree(explainPlan(filter.plan, null), show) };
  return {
    ...head,
    event: eventJson(on.event),
    outcomes: on.outcomes.map(({ explanation, asked }) => ({
      asked,
      held: explanation.matched,
      routes: explanation.routes?.map(route => explainedRoute(route, show)) ?? null,
    })),
  };
}

function correlationJson(
  { correlation, isShown, inputs, on }: CorrelationExplanation,
  show: Show,
  reveal: boolean,
): object {
  return {
    correlation: {
      ...headJson(correlation),
      ...askedJson(correlation, inputs),
      aliases: correlation.aliases.map(({ name, fields }) => ({ name, fields: Object.fromEntries(fields) })),
      generate: correlation.generate,
      shown: isShown,
    },
    event: on === null ? null : eventJson(on.event),
    ...(on === null ? {} : on.outcome),
    inputs: inputs.map(feed => feedJson(feed, show, reveal)),
  };
}

/** What a correlation asks for, as data and in words. */
function askedJson(correlation: Correlation, inputs: readonly Feed[]): object {
  const { type, timespan, groupBy, condition, rules } = correlation;
  const { bounds, fields, percentile, occurrence } = condition;
  return {
    type,
    timespan: timespan / 1e6,
    groupBy,
    condition: {
      bounds,
      fields,
      percentile,
      expression: occurrence === null ? null : occurrenceWords(occurrence, rules, false),
    },
    words: `${conditionWords(correlation, inputs.map(nameOf))}, ${windowWords(correlation)}, ${groupWords(correlation)}`,
  };
}

function feedJson({ document, isShown, fields, inputs, on }: Feed, show: Show, reveal: boolean): object {
  const values = (outcome: FeedOutcome): object =>
    Object.fromEntries(
      [...outcome.values].map(([name, value]) => [name, maskedValue(name, value, { reveal })]),
    );
  return {
    kind: document.kind,
    ...headJson(document),
    ...(document.kind === 'rule' ? { logSource: document.logSource } : askedJson(document, inputs)),
    shown: isShown,
    fields: Object.fromEntries(fields),
    ...(on === null
      ? {}
      : {
          ...('matched' in on.outcome ? explanationParts(on.outcome, show) : on.outcome),
          values: values(on),
        }),
    inputs: inputs.map(feed => feedJson(feed, show, reveal)),
  };
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
