/** Rules as text for tests that look at what the parser makes of them. */
import type { Plan, Rejection, Rule, RuleDocument } from '../src/know/sigma/index.ts';
import { type ParseOptions, parseRules } from '../src/know/sigma/parse.ts';

/** A rule whose lines below `detection:` are these. */
export function ruleText(detection: string): string {
  const lines = detection.replace(/^\n/, '').replace(/\s+$/, '').split('\n');
  return `title: Test\nlogsource:\n  product: windows\ndetection:\n${lines.map(line => `  ${line}\n`).join('')}`;
}

/** The only document of `text`. */
export function documentOf(text: string, options?: ParseOptions): RuleDocument {
  const documents = parseRules(text, 'rule.yml', options);
  if (documents.length !== 1) throw new Error(`${documents.length} documents`);
  return documents[0]!;
}

/** The rule with this detection; throws if it is refused. */
export function ruleOf(detection: string, options?: ParseOptions): Rule {
  const document = documentOf(ruleText(detection), options);
  if (document.kind !== 'rule') throw new Error(`${document.kind}: ${(document as Rejection).message}`);
  return document;
}

/** The refusal of a rule with this detection; throws if it loads. */
export function rejectionOf(detection: string, options?: ParseOptions): Rejection {
  const document = documentOf(ruleText(detection), options);
  if (document.kind !== 'rejection') throw new Error(`not refused: ${JSON.stringify(document)}`);
  return document;
}

/** The plan of one `key: value` under one identifier, without its mark. */
export function planOf(item: string, options?: ParseOptions): Plan {
  const { plan } = ruleOf(`sel:\n  ${item}\ncondition: sel`, options);
  return plan.op === 'named' ? plan.node : plan;
}

/** The refusal of one `key: value`. */
export function refusalOf(item: string, options?: ParseOptions): Rejection {
  return rejectionOf(`sel:\n  ${item}\ncondition: sel`, options);
}
