/** What a modifier is, and the steps that most of them share. */
import { RuleError } from '../errors.ts';
import type { FieldRefTest } from '../plan.ts';
import { describeValue, type PlacedValue, type TextValue, textValue, type Value } from '../values.ts';

/** One `field|modifier|…: values` while its modifiers are applied, left to right. */
export type Item = {
  /** null for keywords. */
  readonly field: string | null;
  values: readonly PlacedValue[];
  /** Names of the modifiers already applied. */
  readonly applied: readonly string[];
  all: boolean;
  cased: boolean;
  negated: boolean;
};

export type ModifierContext = {
  /** Values by placeholder name. */
  readonly placeholders: ReadonlyMap<string, readonly string[]>;
  warn(message: string): void;
};

export type Modifier = {
  /** Changes `item`; throws a `RuleError` where the modifier cannot stand there. Specification: "Modifiers". */
  apply(item: Item, context: ModifierContext): void;
};

/** Refuses the item; the caller knows the modifier's place. */
export function refuse(message: string): never {
  throw new RuleError('modifier', message);
}

/** A modifier that changes each value on its own, alternatives included. */
export function each(change: (value: Value, item: Item, context: ModifierContext) => Value): Modifier {
  const deep = (value: Value, item: Item, context: ModifierContext): Value =>
    value.kind === 'any'
      ? { kind: 'any', values: value.values.map(inner => deep(inner, item, context)) }
      : change(value, item, context);
  return {
    apply(item, context) {
      item.values = item.values.map(({ value, at }) => {
        try {
          return { value: deep(value, item, context), at };
        } catch (error) {
          if (error instanceof RuleError && error.at === null && error.reason !== 'modifier') {
            throw new RuleError(error.reason, error.message, at);
          }
          throw error;
        }
      });
    },
  };
}

/** Refuses unless nothing but `all` or `neq` stands before. */
export function mustBeFirst(item: Item, name: string): void {
  const before = item.applied.find(other => other !== 'all' && other !== 'neq');
  if (before !== undefined) refuse(`'${name}' must stand before '${before}'`);
}

/** `value` as text: numbers and booleans as written, null refused. */
export function asText(value: Value, name: string): TextValue {
  if (value.kind === 'text') return value;
  if (value.kind === 'number') return { ...textValue(''), pattern: [value.text], raw: value.text };
  if (value.kind === 'boolean') return textValue(String(value.value));
  return refuse(`'${name}' works on text, not on ${describeValue(value)}`);
}

/** `value` with the part of a field that it shall be compared with. */
export function referencePart(value: Value & { kind: 'fieldref' }, part: FieldRefTest['part']): Value {
  if (value.part !== 'whole' && value.part !== part)
    refuse(`'${part}' contradicts '${value.part}' before it`);
  return { ...value, part };
}
