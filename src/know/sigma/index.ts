/**
 * Sigma: text of rule files → typed rules. Through this door go the types and their few constants, which every
 * room needs; the parser itself (YAML, modifiers, conditions) is loaded when somebody has text to parse, because
 * a hunt whose rules are cached starts 10 ms sooner without it.
 */
import type * as Parser from './parser.ts';

export {
  type Alias,
  type Bound,
  type BoundOp,
  bounds,
  type Correlation,
  type CorrelationCondition,
  type CorrelationType,
  correlationTypes,
  type Occurrence,
} from './correlation.ts';
export type { RuleDocument } from './document.ts';
export type { ParseOptions } from './parse.ts';
export {
  ANY,
  type CidrTest,
  type CompareTest,
  type Comparison,
  DASH,
  type ExistsTest,
  type FieldRefTest,
  type NullTest,
  ONE,
  type Plan,
  type RegexTest,
  type Test,
  type TextPattern,
  type TextTest,
  type TimePartTest,
} from './plan.ts';
export {
  type About,
  type Filter,
  type Level,
  type LogSource,
  levels,
  type Place,
  type Rejection,
  type RejectionReason,
  type Rule,
  type RuleHead,
  rejectionReasons,
  ruleId,
  type Status,
  statuses,
  type Warning,
} from './rule.ts';
export type { YamlTree } from './tree.ts';
export type { Written, WrittenText } from './written.ts';
export type { YamlEntry, YamlMapping, YamlNode, YamlScalar, YamlSequence } from './yaml/nodes.ts';

export type RuleParser = typeof Parser;

/** The parser: `parseRules`, and what goes with it. */
export function loadParser(): Promise<RuleParser> {
  return import('./parser.ts');
}
