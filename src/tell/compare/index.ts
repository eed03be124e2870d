/** What is new since a former hunt: for a person, and as JSON. */
export { comparisonText } from './json.ts';
export { renderComparison } from './text.ts';
