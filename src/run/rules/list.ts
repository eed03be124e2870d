/** `rules list`: which rules there are, of those a hunt with the same flags would run. */
import { channelName, reachable, routesOf, views } from '../../know/logsources/index.ts';
import { type Rule, type RuleDocument, ruleId } from '../../know/sigma/index.ts';
import {
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
import { type Selection, selectRules } from '../selection.ts';
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
  const { excluded, idle } = selectRules(documents, options.selection);
  const listed = documents.filter((_, i) => excluded[i] === null);
  const rules = listed.map(document => listedRule(document, options.routes));
  try {
    io.stdout.write(Buffer.from(textOf(rules, options, io)));
  } catch (error) {
    if (!(error instanceof BrokenPipe)) throw error;
    return exitCodes.finished;
  }
  const left = documents.length - listed.length;
  const aside = left === 0 ? '' : `, ${left} left out by level, status, id or tag`;
  io.stderr.write(Buffer.from(`huntaway: ${listed.length} rules${aside}\n`));
  for (const flag of ['include', 'exclude'] as const) {
    for (const pattern of idle[flag]) {
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

function listedRule(document: RuleDocument, withRoutes: boolean): ListedRule {
  const { kind, title, level, status, place } = document;
  const rule = document.kind === 'rule' ? document : null;
  return {
    kind,
    id: ruleId(document),
    title,
    level,
    status,
    logSource: rule?.logSource ?? null,
    path: place.path,
    line: place.line,
    refused: document.kind === 'rejection' ? document.message : null,
    ...(withRoutes ? { routes: rule === null ? null : listedRoutes(rule) } : {}),
  };
}

function listedRoutes(rule: Rule): ListedRoute[] | null {
  return (
    routesOf(rule.logSource)?.map(({ channel, eventIds, view: name }) => {
      const view = views.get(name);
      return {
        channel: channel === null ? null : channelName(channel),
        eventIds,
        view: name,
        needs: view === undefined ? [] : reachable(rule.plan, view).missing,
      };
    }) ?? null
  );
}
