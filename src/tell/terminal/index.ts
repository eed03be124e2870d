/** What a person sees on a terminal. */
export { exampleText } from './example.ts';
export { renderLedgerLine } from './ledger-line.ts';
export { plain } from './plain.ts';
export { renderRest } from './rest.ts';
export { duration, second } from './spans.ts';
export { counted, grouped, type Style, shortLevel, style } from './style.ts';
export { renderSummary } from './summary.ts';
export { renderTable } from './table.ts';
export type { FileTrouble, FindingGroup, LedgerCounts, RuleLabel, Summary, TableOptions } from './types.ts';
export { cell, clip, displayWidth, wrap } from './width.ts';
