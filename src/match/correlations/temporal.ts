/** `temporal` without an expression: how many different rules a window holds; without bounds it must be all. */
import type { Bound } from '../../know/sigma/index.ts';
import { Distinct } from './distinct.ts';
import type { Family } from './window.ts';

export const temporal: Family = ({ rules, condition }, { rule }) => {
  const all: Bound = { op: 'eq', value: rules };
  const bounds = condition.bounds.length === 0 ? [all] : condition.bounds;
  return () => new Distinct(rule, rules, bounds);
};
