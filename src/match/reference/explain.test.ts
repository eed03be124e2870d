import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { testEvent } from '../../../test/event.ts';
import { arbitraryEvent, arbitraryRule, ruleOf } from '../../../test/generators.ts';
import { ANY, type Plan, type Test } from '../../know/sigma/index.ts';
import { deciding, type Explained, explain, explainPlan } from './explain.ts';
import { holds } from './holds.ts';
import { applyView, plainEvent } from './plain-event.ts';
import { referenceMatch } from './reference-match.ts';

const has = (field: string, ...any: (readonly (string | 0 | 1 | 2)[])[]): Plan => ({
  op: 'field',
  field,
  test: { kind: 'text', any, cased: false },
});
const event = plainEvent(
  testEvent({
    channel: 'Microsoft-Windows-Sysmon/Operational',
    eventId: 1,
    fields: { Image: 'C:\\Tools\\Plink.exe', CommandLine: 'plink.exe -pw x' },
  }),
);
const onField = (field: string, what: Test): Explained =>
  explainPlan({ op: 'field', field, test: what }, event);

/** Every node with the plan it explains. */
function* pairs(node: Explained, plan: Plan): Generator<readonly [Explained, Plan]> {
  yield [node, plan];
  if ((node.op === 'and' || node.op === 'or') && (plan.op === 'and' || plan.op === 'or')) {
    for (const [i, inner] of node.nodes.entries()) yield* pairs(inner, plan.nodes[i]!);
  } else if ((node.op === 'not' || node.op === 'named') && (plan.op === 'not' || plan.op === 'named')) {
    yield* pairs(node.node, plan.node);
  }
}

describe('an explanation', () => {
  test('has the verdict of the reference, on all rules and events', () => {
    fc.assert(
      fc.property(arbitraryRule, arbitraryEvent, (rule, from) => {
        const plain = plainEvent(testEvent(from));
        expect(explain(rule, plain).matched).toBe(referenceMatch(rule, plain));
      }),
      { numRuns: 3000 },
    );
  });
  test('says of every part what the reference says of it', () => {
    fc.assert(
      fc.property(arbitraryRule, arbitraryEvent, (rule, from) => {
        const plain = plainEvent(testEvent(from));
        for (const { condition, view } of explain(rule, plain).routes ?? []) {
          if (condition === null) continue;
          const viewed = view === null ? plain : applyView(plain, view);
          for (const [node, plan] of pairs(condition, rule.plan)) expect(node.held).toBe(holds(plan, viewed));
        }
      }),
      { numRuns: 1000 },
    );
  });
  test('names tests that decide: with their outcomes turned, the verdict turns', () => {
    fc.assert(
      fc.property(arbitraryRule, arbitraryEvent, (rule, from) => {
        const node = explainPlan(rule.plan, plainEvent(testEvent(from)));
        const turned = new Set(deciding(node));
        const withTurned = (each: Explained): boolean => {
          switch (each.op) {
            case 'test':
              return turned.has(each) !== each.held;
            case 'and':
              return each.nodes.every(withTurned);
            case 'or':
              return each.nodes.some(withTurned);
            case 'not':
              return !withTurned(each.node);
            case 'named':
              return withTurned(each.node);
            default:
              return each.held!;
          }
        };
        if (turned.size > 0 && !JSON.stringify(rule.plan).match(/"op":"(true|false)"/)) {
          expect(withTurned(node)).toBe(!node.held);
        }
      }),
      { numRuns: 2000 },
    );
  });
  test('leaves everything open without an event', () => {
    const tree = explainPlan({ op: 'not', node: has('Image', ['x']) }, null);
    expect(tree).toMatchObject({ held: null, node: { held: null, seen: null } });
  });
  test('names the value and the pattern that fit', () => {
    const test: Test = { kind: 'text', any: [['x'], [ANY, '\\plink.exe']], cased: false };
    expect(onField('Image', test)).toMatchObject({ held: true, seen: { value: 0, pattern: 1, near: null } });
  });
  test('says that a text stands elsewhere in the value', () => {
    const test: Test = { kind: 'text', any: [['never'], [ANY, '-pw ']], cased: false };
    expect(onField('CommandLine', test)).toMatchObject({ held: false, seen: { pattern: 1, near: 'place' } });
  });
  test('says that only the case differs', () => {
    const test: Test = { kind: 'text', any: [[ANY, 'PLINK', ANY]], cased: true };
    expect(onField('CommandLine', test)).toMatchObject({ held: false, seen: { pattern: 0, near: 'case' } });
  });
  test('has no values for a field that the event lacks', () => {
    expect(onField('User', { kind: 'null' })).toMatchObject({ held: true, seen: { values: null } });
  });
  test('has both fields of a reference', () => {
    const test: Test = { kind: 'fieldref', field: 'Image', part: 'whole', cased: false };
    expect(onField('CommandLine', test)).toMatchObject({
      held: false,
      seen: { values: ['plink.exe -pw x'], others: ['C:\\Tools\\Plink.exe'] },
    });
  });
  test.each([
    ['channel', 'Security', 1],
    ['event-id', 'Microsoft-Windows-Sysmon/Operational', 3],
  ] as const)('says that the %s is that of other events', (misfit, channel, eventId) => {
    const rule = ruleOf(has('Image', [ANY]), { product: 'windows', category: null, service: null });
    const created = { ...rule, logSource: { product: null, category: 'image_load', service: null } };
    const { matched, routes } = explain(created, plainEvent(testEvent({ channel, eventId })));
    expect([matched, routes?.map(route => route.misfit)]).toEqual([false, [misfit]]);
  });
  test("says that the route's own condition did not hold", () => {
    const logSource = { product: 'windows', category: 'registry_add', service: null };
    const other = testEvent({
      channel: 'Microsoft-Windows-Sysmon/Operational',
      eventId: 12,
      fields: { EventType: 'x' },
    });
    expect(explain(ruleOf({ op: 'true' }, logSource), plainEvent(other)).routes?.[0]).toMatchObject({
      misfit: 'where',
      where: { held: false },
      condition: null,
    });
  });
  test('knows no routes of a log source unknown to this version', () => {
    const logSource = { product: 'linux', category: null, service: 'auditd' };
    expect(explain(ruleOf({ op: 'true' }, logSource), event)).toEqual({ matched: false, routes: null });
  });
});
