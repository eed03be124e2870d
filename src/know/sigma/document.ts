/** What one YAML document of a rule file turned out to be. */
import type { Correlation } from './correlation.ts';
import type { Filter, Rejection, Rule } from './rule.ts';

export type RuleDocument = Rule | Correlation | Filter | Rejection;
