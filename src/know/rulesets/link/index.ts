/** From the documents of a set to what runs: filters laid over rules, references of correlations resolved. */
export { inputField } from './fields.ts';
export { type Input, type LinkedCorrelation, type LinkedRuleSet, linkRules } from './link.ts';
