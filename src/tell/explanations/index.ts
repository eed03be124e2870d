/** Why a rule matched or did not, told to people and programs. */
export { explanationJson } from './json.ts';
export { renderExplanation } from './text.ts';
export type { EventLabel, ExplanationOptions, RuleExplanation } from './types.ts';
