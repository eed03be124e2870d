/**
 * `expand`: `%name%` stands for the values that the user gave for `name`, `\%` for a percent sign. A
 * placeholder that nobody resolved refuses the rule: matching it literally would be a silent miss.
 */
import { RuleError } from '../errors.ts';
import { limits } from '../limits.ts';
import type { TextPattern } from '../plan.ts';
import { joinParts, type Part, parseString } from '../strings.ts';
import type { Value } from '../values.ts';
import { asText, each, type Modifier, type ModifierContext } from './modifier.ts';

const placeholder = /\\%|%([\p{L}\p{N}_.-]+)%/gu;

type Choice = readonly TextPattern[];

function valuesFor(name: string, context: ModifierContext): readonly string[] {
  const values = context.placeholders.get(name);
  if (values === undefined || values.length === 0) {
    throw new RuleError('placeholder-unresolved', `no values are given for the placeholder %${name}%`);
  }
  return values;
}

/** Cuts a literal into fixed text (one choice) and placeholders (one choice a value). */
function choicesIn(literal: string, resolve: (name: string) => Choice): Choice[] {
  const choices: Choice[] = [];
  let from = 0;
  for (const match of literal.matchAll(placeholder)) {
    choices.push([[literal.slice(from, match.index)]]);
    choices.push(match[1] === undefined ? [['%']] : resolve(match[1]));
    from = match.index + match[0].length;
  }
  choices.push([[literal.slice(from)]]);
  return choices;
}

/** Every way to take one of each choice, joined. */
function combine(choices: readonly Choice[]): TextPattern[] {
  let combined: Part[][] = [[]];
  for (const choice of choices) {
    if (combined.length * choice.length > limits.alternatives) {
      throw new RuleError('too-large', `placeholders unfold to more than ${limits.alternatives} values`);
    }
    combined = combined.flatMap(start => choice.map(pattern => [...start, ...pattern]));
  }
  return combined.map(joinParts);
}

const escapeRegex = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

export const expand: Modifier = each((value, _item, context): Value => {
  if (value.kind === 'regex') {
    const raw = value.raw.replace(placeholder, (_all, name: string | undefined) =>
      name === undefined ? '%' : `(?:${valuesFor(name, context).map(escapeRegex).join('|')})`,
    );
    return { ...value, raw };
  }
  const text = asText(value, 'expand');
  const choices = text.pattern.flatMap((part): Choice[] =>
    typeof part === 'string'
      ? choicesIn(part, name => valuesFor(name, context).map(parseString))
      : [[[part]]],
  );
  const patterns = combine(choices);
  const values = patterns.map(pattern => ({ ...text, pattern }));
  return values.length === 1 ? values[0]! : { kind: 'any', values };
});
