import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { EventBuilder, type TestEvent, type TestFields } from '../../test/event.ts';
import { arbitraryEvent, arbitraryRule, ruleOf } from '../../test/generators.ts';
import { ANY, type Plan, type Rule } from '../know/sigma/index.ts';
import { type LazyEvent, normalCommandLine, ValueType } from '../read/events/index.ts';
import { createMatcher, type EventMatcher } from './index.ts';
import { plainEvent, referenceMatch } from './reference/index.ts';

const processes = { product: 'windows', category: 'process_creation', service: null };
const services = { product: 'windows', category: null, service: 'system' };

const has = (field: string, value: string): Plan => ({
  op: 'field',
  field,
  test: { kind: 'text', any: [[ANY, value, ANY]], cased: false },
});
const rule = (plan: Plan): Rule => ruleOf(plan, processes);
const sysmon = (fields: TestFields): TestEvent => ({
  channel: 'Microsoft-Windows-Sysmon/Operational',
  eventId: 1,
  fields,
});

type Hit = readonly [rule: number, form: number];

function hitsOf(matcher: EventMatcher, event: LazyEvent): Hit[] {
  const count = matcher.match(event);
  return Array.from({ length: count }, (_, i): Hit => [matcher.hits[i]!, matcher.forms[i]!]);
}

/** Hits of rules of which all those in `normal` may ask for the normal form, by an event with this command line. */
function hits(rules: readonly Rule[], normal: readonly number[], line: string): Hit[] {
  const matcher = createMatcher(rules, { normal: Uint8Array.from(normal) });
  return hitsOf(matcher, new EventBuilder().build(sysmon({ Image: 'x.exe', CommandLine: line })));
}

const netUser = rule(has('CommandLine', 'net user'));

describe('a rule that may ask for the normal form', () => {
  it('holds for it, and says that only it does', () =>
    expect(hits([netUser], [1], 'n^et  "user"')).toEqual([[0, 1]]));
  it('holds for what was written', () => expect(hits([netUser], [1], 'net user')).toEqual([[0, 0]]));
  it('says nothing of the normal form where both hold', () =>
    expect(hits([netUser], [1], '"x" net user')).toEqual([[0, 0]]));
  it('holds for a parent too', () => {
    const matcher = createMatcher([rule(has('ParentCommandLine', 'net user'))], { normal: Uint8Array.of(1) });
    const event = new EventBuilder().build(sysmon({ ParentCommandLine: 'n""et user', CommandLine: 'x' }));
    expect(hitsOf(matcher, event)).toEqual([[0, 1]]);
  });
  it('holds for the command of a service', () => {
    const matcher = createMatcher([ruleOf(has('ImagePath', 'cmd.exe /c'), services)], {
      normal: Uint8Array.of(1),
    });
    const event = new EventBuilder().build({
      channel: 'System',
      eventId: 7045,
      fields: { ImagePath: '%COMSPEC% /C x' },
    });
    expect(hitsOf(matcher, event)).toEqual([[0, 1]]);
  });
  it('holds where a filter excludes only what was written', () => {
    const plan: Plan = {
      op: 'and',
      nodes: [has('Image', 'x'), { op: 'not', node: has('CommandLine', '^') }],
    };
    expect(hits([rule(plan)], [1], 'n^et')).toEqual([[0, 1]]);
    expect(hits([rule(plan)], [0], 'n^et')).toEqual([]);
  });
});

describe('a rule that may not', () => {
  it('sees only what was written', () => expect(hits([netUser], [0], 'n^et user')).toEqual([]));
  it('sees only that beside others that may', () => {
    const rules = [netUser, rule(has('CommandLine', '^')), netUser];
    expect(hits(rules, [0, 0, 1], 'n^et user')).toEqual([
      [1, 0],
      [2, 1],
    ]);
  });
});

it('leaves the event as it was', () => {
  const event = new EventBuilder().build(sysmon({ CommandLine: 'n^et user' }));
  const before = plainEvent(event);
  hitsOf(createMatcher([netUser], { normal: Uint8Array.of(1) }), event);
  expect(plainEvent(event)).toEqual(before);
});

it.each([ValueType.Utf8, ValueType.AnsiString])('reads text of type %i', type => {
  const event = new EventBuilder().build(sysmon({ CommandLine: 'x', Image: 'y' }));
  const slot = event.shape.fields.findIndex(({ name }) => name === 'CommandLine') - 3;
  const bytes = Buffer.from('n^et user\0', 'latin1');
  event.offsets[slot] = event.bytes.length;
  event.sizes[slot] = bytes.length;
  event.types[slot] = type;
  event.bytes = Buffer.concat([event.bytes, bytes]);
  expect(hitsOf(createMatcher([netUser], { normal: Uint8Array.of(1) }), event)).toEqual([[0, 1]]);
});

it('takes an event with a hundred times more hits than there was room for', () => {
  const rules = Array.from({ length: 500 }, () => netUser);
  expect(
    hits(
      rules,
      rules.map((_, i) => i % 2),
      'n^et user',
    ),
  ).toHaveLength(250);
});

describe('what rules saw', () => {
  const blind = rule({ op: 'and', nodes: [has('CommandLine', 'x'), has('NoSuchField', 'y')] });
  it('is what they saw of events as written', () => {
    const rules = [rule(has('Image', 'x')), blind, netUser];
    const event = new EventBuilder().build(sysmon({ CommandLine: '"x"' }));
    const plain = createMatcher(rules);
    const both = createMatcher(rules, { normal: Uint8Array.of(0, 1, 1) });
    hitsOf(plain, event);
    hitsOf(both, event);
    expect(both.activity()).toEqual(plain.activity());
    expect(both.activity()[1]!.blind?.fields).toEqual(['NoSuchField']);
  });
});

/** The event as it would be with command lines in their normal form. */
function normalized(from: TestEvent): TestEvent {
  if (from.as === 'constants') return from;
  const fields = Object.entries(from.fields ?? {}).map(([name, value]): [string, TestFields[string]] => {
    if (name !== 'CommandLine') return [name, value];
    const texts = Array.isArray(value) ? (value as readonly string[]) : [value];
    const trimmed = typeof texts[0] === 'string' ? texts[0].replace(/\0+$/, '') : null;
    return [name, texts.length === 1 && trimmed !== null ? [normalCommandLine(trimmed)] : value];
  });
  return { ...from, fields: Object.fromEntries(fields) };
}

/** The plan with most of its fields asking for the command line. */
function aboutLines(plan: Plan): Plan {
  switch (plan.op) {
    case 'field':
      return plan.field.length < 5 ? { ...plan, field: 'CommandLine' } : plan;
    case 'and':
    case 'or':
      return { ...plan, nodes: plan.nodes.map(aboutLines) };
    case 'not':
    case 'named':
      return { ...plan, node: aboutLines(plan.node) };
    default:
      return plan;
  }
}

const pieces = ['a', 'b', 'ab', 'cmd', '.exe', 'whoami', ' ', '  ', '"', '^', '\\', '–', '1', '-'] as const;
const line = fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map(parts => parts.join(''));
const eventWithLine = fc
  .tuple(arbitraryEvent, line, fc.constantFrom('Security', 'Microsoft-Windows-Sysmon/Operational'))
  .map(
    ([event, text, channel]): TestEvent => ({
      ...event,
      channel,
      eventId: channel === 'Security' ? 4688 : 1,
      fields: { ...event.fields, CommandLine: text },
    }),
  );

describe('the matcher agrees with the plain evaluator on the event and on the event in its normal form', () => {
  test.each([
    ['any rules and events', arbitraryRule, arbitraryEvent, 0],
    [
      'rules and events of command lines',
      fc.oneof(
        arbitraryRule.map(each => ruleOf(aboutLines(each.plan), processes)),
        line.filter(text => text !== '').map(text => rule(has('CommandLine', text))),
      ),
      eventWithLine,
      20,
    ],
  ])(
    'for %s',
    (_, anyRule, anyEvent, atLeast) => {
      let onlyNormal = 0;
      const rules = fc.array(fc.tuple(anyRule, fc.boolean()), { minLength: 1, maxLength: 12 });
      const events = fc.array(anyEvent, { minLength: 1, maxLength: 8 });
      fc.assert(
        fc.property(rules, events, fc.constantFrom(1, 10), (chosen, froms, rounds) => {
          const some = chosen.map(([one]) => one);
          const matcher = createMatcher(some, {
            normal: Uint8Array.from(chosen, ([, may]) => (may ? 1 : 0)),
          });
          const builder = new EventBuilder();
          const built = froms.map(from => [builder.build(from), builder.build(normalized(from))] as const);
          for (let round = 0; round < rounds; round++) {
            for (const [event, other] of built) {
              const [written, normal] = [plainEvent(event), plainEvent(other)];
              const expected = chosen.flatMap(([one, may], index): Hit[] => {
                if (referenceMatch(one, written)) return [[index, 0]];
                return may && referenceMatch(one, normal) ? [[index, 1]] : [];
              });
              onlyNormal += expected.filter(([, form]) => form === 1).length;
              expect(hitsOf(matcher, event)).toEqual(expected);
            }
          }
        }),
        { numRuns: 1_000 },
      );
      expect(onlyNormal).toBeGreaterThanOrEqual(atLeast);
    },
    120_000,
  );
});
