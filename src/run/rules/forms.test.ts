/** Which form of a command line a rule holds for, as a hunt asks it. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testEvent } from '../../../test/event.ts';
import { labelOf } from '../../../test/label.ts';
import { schema } from '../../../test/schemas.ts';
import { scratch } from '../../../test/scratch.ts';
import { parseRules } from '../../know/sigma/parser.ts';
import { plainEvent } from '../../match/index.ts';
import { explanationJson, renderExplanation } from '../../tell/index.ts';
import { explainerOf } from './explain.ts';
import { runSetOf } from './run-set.ts';

const sysmon = 'Microsoft-Windows-Sysmon/Operational';
const text = `title: Accounts Listed
id: a0000000-0000-4000-8000-000000000001
name: users
status: test
level: low
logsource: { product: windows, category: process_creation }
detection:
  sel: { CommandLine|contains: 'net user' }
  condition: sel
---
title: Accounts Listed Again
id: a0000000-0000-4000-8000-000000000002
level: medium
correlation:
  type: event_count
  rules: users
  group-by: [Computer]
  timespan: 10m
  condition: { gte: 1 }
`;

/** Explains on an event with this command line; the rule stands in an advisory or not. */
function explained(commandLine: string, isPack: boolean, rule = 'a0000000-0000-4000-8000-000000000001') {
  const folder = scratch({ 'rules/users.yml': text, ...(isPack ? { 'advisory.yml': 'id: x' } : {}) });
  const explainer = explainerOf(runSetOf(parseRules(text, join(folder, 'rules', 'users.yml'))), rule);
  const event = testEvent({ channel: sysmon, eventId: 1, host: 'WS1', fields: { CommandLine: commandLine } });
  const explanation = explainer.explain({
    label: labelOf(sysmon, 1),
    event: plainEvent(event),
    hitValues: explainer.take(event),
  });
  const json = explanationJson(explanation, { reveal: false });
  const validate = schema('rules-explain');
  expect(validate(JSON.parse(json)), JSON.stringify(validate.errors)).toBe(true);
  return {
    json: JSON.parse(json),
    page: renderExplanation(explanation, { width: 120, color: false, reveal: false }),
  };
}

test('what was written comes first', () => {
  const { json, page } = explained('net user', true);
  expect(json.matched).toBe(true);
  expect(json.normal).toBeUndefined();
  expect(page).toContain('✓ matched\n');
});

test('a rule of an advisory matches the normal form, and the page shows it', () => {
  const { json, page } = explained('n^et  "user"', true);
  expect(json).toMatchObject({ matched: true, normal: { asked: true, lines: ['net user'] } });
  expect(page).toMatch(/✓ matched in the normal form only\nNormal +net user\n/);
});

test('of another rule it is said that the normal form would match', () => {
  const { json, page } = explained('n^et  "user"', false);
  expect(json).toMatchObject({ matched: false, normal: { asked: false, lines: ['net user'] } });
  expect(page).toContain('✗ did not match');
  expect(page).toContain('a hunt asks only rules of an advisory for');
});

test('a form that does not help is not spoken of', () => {
  const { json } = explained('w^hoami', true);
  expect(json.matched).toBe(false);
  expect(json.normal).toBeUndefined();
});

test('a correlation is fed by what a hunt would feed it with', () => {
  const correlation = 'a0000000-0000-4000-8000-000000000002';
  const pack = explained('n^et  "user"', true, correlation).json;
  expect(pack).toMatchObject({ fires: true, inputs: [{ matched: true, normal: { asked: true } }] });
  expect(explained('n^et  "user"', false, correlation).json).toMatchObject({ fires: false });
});

test('secrets stay hidden', () => {
  const { json, page } = explained('n^et  "user" jo Summer2026! /add', true);
  expect(`${JSON.stringify(json)}${page}`).not.toContain('Summer2026!');
});
