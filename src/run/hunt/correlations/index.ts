/** Correlations over everything that all workers found: what they need of events, and what fires. */
export { type Correlated, correlateParts, SEVERAL_HOSTS } from './findings.ts';
export { type Needs, needsOf } from './needs.ts';
