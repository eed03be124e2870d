/**
 * What correlations need of the events of their base rules: for each rule the fields to keep, and for each correlation
 * and rule which of them are its group and which its value. Names are resolved here, aliases and all.
 */
import { inputField } from '../../../know/rulesets/index.ts';
import type { Correlation } from '../../../know/sigma/index.ts';
import type { HitValueRequest } from '../../../match/index.ts';
import type { Selected } from '../../selection.ts';

/** Where the group and the value of a correlation's hits are; -1 where a name means nothing in what it is fed with. */
export type Columns = {
  /** Index among the fields kept of the rule, or among `group-by` of the correlation that it is fed with. */
  readonly group: readonly number[];
  readonly value: readonly number[];
};

export type Needs = {
  readonly requests: readonly HitValueRequest[];
  /** By correlation, then by position in its `rules`. */
  readonly columns: readonly (readonly Columns[])[];
};

export function needsOf({ rules, reported, correlations }: Selected): Needs {
  /** By rule: its fields and their columns. */
  const fields = new Map<number, Map<string, number>>();
  const columnOf = (input: number, field: string | null): number => {
    if (field === null) return -1;
    if (input >= rules.length) return (reported[input] as Correlation).groupBy.indexOf(field);
    const own = fields.get(input)!;
    const column = own.get(field) ?? own.size;
    own.set(field, column);
    return column;
  };
  const columns = correlations.map(({ correlation, inputs }) =>
    inputs.map((input, position): Columns => {
      if (input < rules.length && !fields.has(input)) fields.set(input, new Map());
      const find = (name: string): number =>
        columnOf(input, inputField(correlation, position, reported[input]!, name));
      return { group: correlation.groupBy.map(find), value: correlation.condition.fields.map(find) };
    }),
  );
  return { requests: [...fields].map(([rule, names]) => ({ rule, fields: [...names.keys()] })), columns };
}
