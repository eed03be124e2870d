/**
 * What stands between a rule's YAML and its tests: typed values, which modifiers turn into other values and
 * which become tests only when the last modifier has been applied.
 */
import { fold } from '../../read/events/index.ts';
import { RuleError } from './errors.ts';
import type { Comparison, FieldRefTest, Test, TextPattern, TimePartTest } from './plan.ts';
import { regexTest } from './regex.ts';
import { parseString } from './strings.ts';
import type { YamlScalar } from './yaml/nodes.ts';

export type TextValue = {
  readonly kind: 'text';
  readonly pattern: TextPattern;
  /** As written, before escapes were solved: what `re`, `cidr` and `fieldref` read. */
  readonly raw: string;
  /** True where each character stands for one byte: the value was encoded. */
  readonly bytes: boolean;
};
export type NumberValue = { readonly kind: 'number'; readonly text: string };
export type BooleanValue = { readonly kind: 'boolean'; readonly value: boolean };
export type RegexValue = {
  readonly kind: 'regex';
  /** As written. */
  readonly raw: string;
  readonly flags: string;
};
export type Value =
  | TextValue
  | NumberValue
  | BooleanValue
  | RegexValue
  | { readonly kind: 'null' }
  | { readonly kind: 'cidr'; readonly network: string }
  | { readonly kind: 'exists'; readonly present: boolean }
  | { readonly kind: 'compare'; readonly op: Comparison; readonly value: number }
  | {
      readonly kind: 'fieldref';
      readonly field: string;
      readonly part: FieldRefTest['part'];
    }
  | {
      readonly kind: 'timepart';
      readonly part: TimePartTest['part'];
      readonly op: TimePartTest['op'];
      readonly value: number;
    }
  /** Alternatives of one written value: OR even under `all`. */
  | { readonly kind: 'any'; readonly values: readonly Value[] };

/** A value and where it was written. */
export type PlacedValue = { readonly value: Value; readonly at: number };

export function textValue(raw: string): TextValue {
  return { kind: 'text', pattern: parseString(raw), raw, bytes: false };
}

export function scalarValue(scalar: YamlScalar): Value {
  switch (scalar.type) {
    case 'null':
      return { kind: 'null' };
    case 'boolean':
      return { kind: 'boolean', value: scalar.text.toLowerCase() === 'true' };
    case 'number':
      return { kind: 'number', text: scalar.text };
    default:
      return textValue(scalar.text);
  }
}

/** How a message calls the value. */
export function describeValue(value: Value): string {
  const names: Record<Value['kind'], string> = {
    text: 'text',
    number: 'a number',
    boolean: 'true or false',
    regex: 'a regular expression',
    null: 'null',
    cidr: 'a network',
    exists: 'a test of presence',
    compare: 'a comparison',
    fieldref: 'a field name',
    timepart: 'a part of a time',
    any: 'several alternatives',
  };
  return names[value.kind];
}

/** The number that a value says, else null. Accepts text that is a number through and through. */
export function numberOf(value: Value): number | null {
  const text =
    value.kind === 'number' ? value.text : value.kind === 'text' && !value.bytes ? value.raw : null;
  if (text === null) return null;
  const sign = /^[-+]/.test(text) ? text[0] : '';
  const digits = text.slice(sign!.length);
  if (!/^(?:0x[0-9a-fA-F]+|0o[0-7]+|(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)$/.test(digits))
    return null;
  const number = Number(digits);
  return Number.isFinite(number) ? (sign === '-' ? -number : number) : null;
}

const literal = (text: string): TextPattern => (text === '' ? [] : [text]);

/** The tests of which any must hold for `value`; text literals are folded unless `cased`. */
export function testsOf(value: Value, cased: boolean): Test[] {
  switch (value.kind) {
    case 'text': {
      const any = [cased ? value.pattern : foldPattern(value.pattern)];
      return [{ kind: 'text', any, cased }];
    }
    case 'number':
      return [{ kind: 'text', any: [literal(fold(value.text))], cased: false }];
    case 'boolean':
      return [{ kind: 'text', any: [literal(String(value.value))], cased: false }];
    case 'regex':
      return [regexTest(value.raw, value.flags)];
    case 'fieldref':
      return [{ kind: 'fieldref', field: value.field, part: value.part, cased }];
    case 'timepart':
      if (value.op === 'eq') checkTimePart(value.part, value.value);
      return [value];
    case 'any':
      return value.values.flatMap(each => testsOf(each, cased));
    default:
      return [value];
  }
}

function foldPattern(pattern: TextPattern): TextPattern {
  return pattern.map(part => (typeof part === 'string' ? fold(part) : part));
}

const ranges: Record<TimePartTest['part'], readonly [number, number]> = {
  minute: [0, 59],
  hour: [0, 23],
  day: [1, 31],
  week: [1, 53],
  month: [1, 12],
  year: [1, 9999],
};

function checkTimePart(part: TimePartTest['part'], value: number): void {
  const [low, high] = ranges[part];
  if (value < low || value > high) {
    throw new RuleError('value', `${part} is never ${value}: write a number from ${low} to ${high}`);
  }
}
