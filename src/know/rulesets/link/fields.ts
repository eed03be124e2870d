/** What a field that a correlation names is called in what it is fed with. */
import type { Correlation, Rule } from '../../sigma/index.ts';

/**
 * The field of the input at `position` that `name` stands for: of a rule any field, of a correlation one of those that it
 * groups by. Null where the name means nothing there: an alias leaves the rule out, or the correlation has no such group.
 */
export function inputField(
  { rules, aliases }: Correlation,
  position: number,
  input: Rule | Correlation,
  name: string,
): string | null {
  const alias = aliases.find(each => each.name === name);
  const names = [rules[position], input.id, input.name];
  const field =
    alias === undefined ? name : (alias.fields.find(([rule]) => names.includes(rule))?.[1] ?? null);
  return input.kind === 'correlation' && field !== null && !input.groupBy.includes(field) ? null : field;
}
