/** What a finding says of its rule: the same bytes for every event, so they are made once. */
import { type About, type Level, levels, type Rule, type RuleHead, ruleId } from '../../know/sigma/index.ts';
import { json } from '../parts/part.ts';
import type { FoundRule } from './finding.ts';

/**
 * `event.severity` by level: the scores that Elastic's own detection rules use for low to critical, and 1 for what
 * is only informational.
 */
export const severities: Readonly<Record<Level, number>> = {
  informational: 1,
  low: 21,
  medium: 47,
  high: 73,
  critical: 99,
};

/** A rule without a level claims nothing. */
export function levelOf(rule: { readonly level: Level | null }): Level {
  return rule.level ?? levels[0];
}

/** Bytes that go between those of the event, in order. */
export type RuleParts = {
  /** The title inside `message`. */
  readonly title: Buffer;
  /** From `"rule"` to the opening of `"event"`. */
  readonly rule: Buffer;
  readonly severity: Buffer;
  /** `"threat"` and `"huntaway"`, without the braces that close them. */
  readonly verdict: Buffer;
};

const techniqueTag = /^attack\.(t\d{4}(?:\.\d{3})?)$/i;

/** ATT&CK technique ids among Sigma tags, in their order. */
export function techniques(tags: readonly string[]): string[] {
  return tags.flatMap(tag => techniqueTag.exec(tag)?.[1]?.toUpperCase() ?? []);
}

/** Who a rule is, without what it does not say. */
export function aboutRule(rule: RuleHead & About): FoundRule {
  const said = {
    reference: rule.references[0],
    author: rule.author,
    license: rule.license,
    version: rule.version,
  };
  const present = Object.entries(said).filter(
    ([, value]) => value !== undefined && value !== null && value !== '',
  );
  return { id: ruleId(rule), name: rule.title ?? ruleId(rule), ...Object.fromEntries(present) };
}

function list(values: readonly string[]): string {
  return `[${values.map(json).join(',')}]`;
}

export function ruleParts(rule: Rule): RuleParts {
  const level = levelOf(rule);
  const about = Object.entries(aboutRule(rule)).map(([name, value]) => `"${name}":${json(value)}`);
  const ids = techniques(rule.tags);
  const threat = ids.length > 0 ? `"threat":{"technique":{"id":${list(ids)}}},` : '';
  const status = rule.status === null ? 'null' : json(rule.status);
  const huntaway = `"kind":"${rule.origin ?? 'rule'}","level":"${level}","status":${status},"tags":${list(rule.tags)}`;
  return {
    title: Buffer.from(json(rule.title ?? ruleId(rule)).slice(1, -1), 'utf8'),
    rule: Buffer.from(`"rule":{${about.join(',')}},"event":{"code":`, 'utf8'),
    severity: Buffer.from(`${severities[level]}},`, 'utf8'),
    verdict: Buffer.from(`${threat}"huntaway":{${huntaway}`, 'utf8'),
  };
}
