/**
 * One case of conformance: a rule as text, an event as fields, and whether it matches. Every case runs through
 * the plain evaluator and the indexed matcher, with the values once in slots and once as constants of the
 * shape, and often enough that the indexed matcher has left its first, careful steps behind.
 */
import { expect } from 'vitest';
import type { Rejection, Rule } from '../../src/know/sigma/index.ts';
import { parseRules } from '../../src/know/sigma/parser.ts';
import { EventBuilder, type TestEvent, type TestFields } from '../event.ts';
import { matchers } from '../matchers.ts';

/** Times that an event is offered: beyond any number after which a matcher changes its ways. */
const offers = 20;

export type CaseOptions = {
  /** Lines below `logsource:`; every Windows event by default. */
  readonly logSource?: string;
  readonly placeholders?: ReadonlyMap<string, readonly string[]>;
};

/** The text of a rule with this `detection` (lines as they stand below it, any indentation). */
export function ruleText(detection: string, logSource = 'product: windows'): string {
  const indent = (text: string): string =>
    text
      .replace(/^\n+|\s+$/g, '')
      .split('\n')
      .map(line => `  ${line}`)
      .join('\n');
  const condition = /^\s*condition:/m.test(detection) ? '' : '\n  condition: sel';
  return `title: Case\nlogsource:\n${indent(logSource)}\ndetection:\n${indent(dedent(detection))}${condition}\n`;
}

function dedent(text: string): string {
  const lines = text.replace(/^\n+|\s+$/g, '').split('\n');
  const depth = Math.min(
    ...lines.filter(line => line.trim() !== '').map(line => line.length - line.trimStart().length),
  );
  return lines.map(line => line.slice(depth)).join('\n');
}

/** The rule with this detection; fails where it is rejected. */
export function rule(detection: string, { logSource, placeholders }: CaseOptions = {}): Rule {
  const [document] = parseRules(
    ruleText(detection, logSource),
    'case.yml',
    placeholders ? { placeholders } : {},
  );
  expect(document, 'the rule loads').toMatchObject({ kind: 'rule' });
  return document as Rule;
}

/** The rejection of a rule with this detection; fails where it loads. */
export function rejection(detection: string): Rejection {
  const [document] = parseRules(ruleText(detection), 'case.yml');
  expect(document, 'the rule is rejected').toMatchObject({ kind: 'rejection' });
  return document as Rejection;
}

/** Asserts for each event in which way the rules match it: titles, or indices, of those that do. */
export function expectHits(rules: readonly Rule[], event: TestEvent, expected: readonly number[]): void {
  for (const { name, of } of matchers) {
    for (const as of ['slots', 'constants'] as const) {
      const hits = of(rules);
      const built = new EventBuilder().build({ ...event, as });
      for (let offer = 0; offer < offers; offer++) {
        expect(hits(built), `${name}, values in ${as}, offer ${offer}: ${JSON.stringify(event)}`).toEqual(
          expected,
        );
      }
    }
  }
}

/** The detection matches every one of these events (their EventData). */
export function fires(detection: string, events: readonly TestFields[], options: CaseOptions = {}): void {
  const one = rule(detection, options);
  for (const fields of events) expectHits([one], { fields }, [0]);
}

/** The detection matches none of these events. */
export function silent(detection: string, events: readonly TestFields[], options: CaseOptions = {}): void {
  const one = rule(detection, options);
  for (const fields of events) expectHits([one], { fields }, []);
}
