/** Rules in lists. */
export { rulesCsv, rulesJson, rulesJsonl } from './formats.ts';
export { renderRuleTable } from './table.ts';
export type { ListedCorrelation, ListedRoute, ListedRule } from './types.ts';
