/** Why a rule matched or did not, told to people and programs. */
export { explanationJson } from './json.ts';
export { renderExplanation } from './text.ts';
export { treeLines } from './tree.ts';
export type {
  CorrelationExplanation,
  CorrelationOutcome,
  DocumentExplanation,
  EventLabel,
  ExplanationOptions,
  Feed,
  FeedOutcome,
  FilterExplanation,
  FilterOutcome,
  RuleExplanation,
  RuleOutcome,
} from './types.ts';
