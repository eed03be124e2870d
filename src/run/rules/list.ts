/** `rules list`: which rules there are, of those a hunt with the same flags would run. */
import { channelName, reachable, routesOf, views } from '../../know/logsources/index.ts';
import { type Rule, ruleId } from '../../know/sigma/index.ts';
import {
  type ListedCorrelation,
  type ListedRoute,
  type ListedRule,
  plain,
  renderRuleTable,
  rulesCsv,
  rulesJson,
  rulesJsonl,
} from '../../tell/index.ts';
import { exitCodes } from '../exit-code.ts';
import { BrokenPipe, type Io } from '../io.ts';
import { type Selected, type Selection, selectRules } from '../selection.ts';
import { loadRules, type RuleInputs } from './load.ts';

export type ListFormat = 'table' | 'jsonl' | 'json' | 'csv';

export type ListOptions = RuleInputs & {
  readonly selection: Selection;
  readonly format: ListFormat;
  /** Show where events come from. */
  readonly routes: boolean;
};

/** Returns the exit code. */
export async function listRules(options: ListOptions, io: Io): Promise<number> {
  const { documents } = await loadRules(options);
  const selected = selectRules(documents, options.selection);
  const rules = selected.documents.flatMap((_, i) =>
    selected.excluded[i] === null ? [listedRule(selected, i, options.routes)] : [],
  );
  try {
    io.stdout.write(Buffer.from(textOf(rules, options, io)));
  } catch (error) {
    if (!(error instanceof BrokenPipe)) throw error;
    return exitCodes.finished;
  }
  const left = documents.length - rules.length;
  const aside = left === 0 ? '' : `, ${left} left out by level, status, id or tag`;
  io.stderr.write(Buffer.from(`huntaway: ${rules.length} rules${aside}\n`));
  for (const flag of ['include', 'exclude'] as const) {
    for (const pattern of selected.idle[flag]) {
      io.stderr.write(Buffer.from(`huntaway: --${flag} ${plain(pattern)}: no rule has this id or tag\n`));
    }
  }
  return exitCodes.finished;
}

function textOf(rules: readonly ListedRule[], { format, routes }: ListOptions, { stdout }: Io): string {
  switch (format) {
    case 'table':
      return renderRuleTable(rules, { width: stdout.columns, color: stdout.color });
    case 'jsonl':
      return rulesJsonl(rules);
    case 'json':
      return rulesJson(rules);
    case 'csv':
      return rulesCsv(rules, routes);
  }
}

/** The document at `index` as it runs: with its filters, and as a refusal where its references lead nowhere. */
function listedRule(selected: Selected, index: number, withRoutes: boolean): ListedRule {
  const document = selected.documents[index]!;
  const { kind, title, level, status, place } = document;
  const reported = selected.indexOf[index]!;
  return {
    kind,
    id: ruleId(document),
    title,
    level,
    status,
    logSource: document.kind === 'rule' || document.kind === 'filter' ? document.logSource : null,
    path: place.path,
    line: place.line,
    refused: document.kind === 'rejection' ? document.message : null,
    ...(document.kind === 'correlation' ? { correlation: listedCorrelation(selected, reported) } : {}),
    ...(document.kind === 'filter' ? { narrows: selected.narrowed.get(index) ?? 0 } : {}),
    ...(selected.hidden[reported] === 1 ? { hidden: true } : {}),
    ...(withRoutes && document.kind !== 'filter' ? { routes: routesTo(selected, reported) } : {}),
  };
}

function listedCorrelation(selected: Selected, reported: number): ListedCorrelation {
  const { correlation, inputs } = selected.correlations[reported - selected.rules.length]!;
  return {
    type: correlation.type,
    timespan: correlation.timespan / 1e6,
    groupBy: correlation.groupBy,
    inputs: inputs.map(input => {
      const source = selected.reported[input]!;
      return { kind: source.kind, id: ruleId(source), title: source.title };
    }),
    generate: correlation.generate,
  };
}

/** The routes of a rule, or each once of all rules that feed a correlation; null where there are none. */
function routesTo(selected: Selected, reported: number): ListedRoute[] | null {
  const routes = new Map<string, ListedRoute>();
  for (const rule of baseRules(selected, reported)) {
    for (const route of listedRoutes(rule)) routes.set(JSON.stringify(route), route);
  }
  return routes.size === 0 ? null : [...routes.values()];
}

/** The rules behind something that runs, through chains; nothing for what does not run. */
function baseRules(selected: Selected, reported: number, seen: Set<number> = new Set()): Set<Rule> {
  const rules = new Set<Rule>();
  if (reported < 0 || seen.has(reported)) return rules;
  seen.add(reported);
  if (reported < selected.rules.length) return rules.add(selected.rules[reported]!);
  for (const input of selected.correlations[reported - selected.rules.length]!.inputs) {
    for (const rule of baseRules(selected, input, seen)) rules.add(rule);
  }
  return rules;
}

function listedRoutes(rule: Rule): ListedRoute[] {
  return (routesOf(rule.logSource) ?? []).map(({ channel, eventIds, view: name }) => {
    const view = views.get(name);
    return {
      channel: channel === null ? null : channelName(channel),
      eventIds,
      view: name,
      needs: view === undefined ? [] : reachable(rule.plan, view).missing,
    };
  });
}
