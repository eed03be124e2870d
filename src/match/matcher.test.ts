import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EventBuilder, type TestEvent } from '../../test/event.ts';
import { arbitraryEvent, arbitraryRule } from '../../test/generators.ts';
import { ANY, type LogSource, type Plan, type Rule } from '../know/sigma/index.ts';
import { type LazyEvent, ReadContext, ValueType } from '../read/events/index.ts';
import { type Blindness, createMatcher, type EventMatcher, type MatcherOptions } from './index.ts';

const source = (logSource: Partial<LogSource>): LogSource => ({
  product: null,
  category: null,
  service: null,
  ...logSource,
});

function rule(logSource: Partial<LogSource>, plan: Plan): Rule {
  return {
    kind: 'rule',
    id: null,
    sha256: '',
    title: null,
    name: null,
    level: null,
    status: null,
    place: { path: 'r.yml', document: 0, line: 1, column: 1 },
    description: null,
    author: null,
    license: null,
    version: null,
    references: [],
    tags: [],
    falsePositives: [],
    logSource: source(logSource),
    plan,
    warnings: [],
  };
}

const is = (field: string, ...values: string[]): Plan => ({
  op: 'field',
  field,
  test: { kind: 'text', any: values.map(value => [value]), cased: false },
});
const has = (field: string, value: string): Plan => ({
  op: 'field',
  field,
  test: { kind: 'text', any: [[ANY, value, ANY]], cased: false },
});
const and = (...nodes: Plan[]): Plan => ({ op: 'and', nodes });
const not = (node: Plan): Plan => ({ op: 'not', node });

const everywhere = { product: 'windows' };
const sysmon = 'Microsoft-Windows-Sysmon/Operational';

/** Ways of working that must not be seen in what is found: prefilter at once, in between, never. */
const ways: readonly MatcherOptions[] = [
  { firstEvents: 0 },
  { firstEvents: 2 },
  { firstEvents: Number.POSITIVE_INFINITY },
];

function hitsOf(matcher: EventMatcher, event: LazyEvent): number[] {
  const count = matcher.match(event);
  return [...matcher.hits.subarray(0, count)];
}

/** The rules that match each event, the same in all ways of working. */
function match(rules: readonly Rule[], events: readonly TestEvent[]): number[][] {
  const results = ways.map(way => {
    const matcher = createMatcher(rules, way);
    const builder = new EventBuilder();
    return events.map(event => hitsOf(matcher, builder.build(event)));
  });
  expect(results[0]).toEqual(results[2]);
  expect(results[1]).toEqual(results[2]);
  return results[0]!;
}

describe('what is found does not depend', () => {
  const rules = fc.array(arbitraryRule, { minLength: 1, maxLength: 8 });
  const events = fc.array(arbitraryEvent, { minLength: 1, maxLength: 6 });
  test('on whether and when a prefilter is built', () => {
    fc.assert(
      fc.property(rules, events, (someRules, someEvents) => {
        match(someRules, [...someEvents, ...someEvents, ...someEvents]);
      }),
      { numRuns: 500 },
    );
  });
  test('on the order of events', () => {
    fc.assert(
      fc.property(rules, events, (someRules, someEvents) => {
        const builder = new EventBuilder();
        const built = someEvents.map(event => builder.build(event));
        const [one, other] = [
          createMatcher(someRules, { firstEvents: 1 }),
          createMatcher(someRules, { firstEvents: 1 }),
        ];
        const forward = built.map(event => hitsOf(one, event));
        const backward = built.toReversed().map(event => hitsOf(other, event));
        expect(backward.toReversed()).toEqual(forward);
        expect(other.activity()).toEqual(one.activity());
      }),
      { numRuns: 500 },
    );
  });
  test('on the other rules', () => {
    fc.assert(
      fc.property(rules, events, (someRules, someEvents) => {
        const together = match(someRules, someEvents);
        for (const [index, each] of someRules.entries()) {
          expect(match([each], someEvents).map(hits => hits.length > 0)).toEqual(
            together.map(hits => hits.includes(index)),
          );
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('hits', () => {
  test('come in the order of the rules, each once, however many ways lead to it', () => {
    const rules = Array.from({ length: 200 }, (_, i) =>
      rule(
        i % 2 === 0 ? everywhere : { product: 'windows', service: 'security' },
        has('A', i % 3 === 0 ? 'needle' : 'need'),
      ),
    );
    const [hits] = match(rules, [{ channel: 'Security', fields: { A: 'a needle' } }]);
    expect(hits).toEqual(rules.map((_, i) => i));
  });
  test('are none for a log source that this version does not know', () => {
    const matcher = createMatcher([rule({ product: 'linux' }, has('A', 'x'))]);
    const event = new EventBuilder().build({ fields: { A: 'x' } });
    expect(hitsOf(matcher, event)).toEqual([]);
    expect(matcher.activity()).toEqual([{ routable: false, offered: false, able: false, blind: null }]);
  });
  test('are the same for a value in a slot and a constant of the shape', () => {
    const rules = [rule(everywhere, has('A', 'needle')), rule(everywhere, not(has('A', 'needle')))];
    for (const as of ['slots', 'constants'] as const) {
      expect(
        match(rules, [
          { as, fields: { A: 'Needle' } },
          { as, fields: { A: 'hay' } },
          { as, fields: {} },
        ]),
      ).toEqual([[0], [1], [1]]);
    }
  });
  test('are the same for kinds that differ in host or provider alone', () => {
    const rules = [
      rule(everywhere, and(is('Provider_Name', 'p'), has('A', 'x'))),
      rule(everywhere, and(is('Computer', 'h1'), has('A', 'x'))),
    ];
    const event = (provider: string, host: string): TestEvent => ({ provider, host, fields: { A: 'x' } });
    expect(match(rules, [event('P', 'h1'), event('Q', 'h1'), event('p', 'h2'), event('Q', 'h2')])).toEqual([
      [0, 1],
      [1],
      [0],
      [],
    ]);
  });
});

describe('keywords', () => {
  const keyword = (text: string): Plan => ({
    op: 'keyword',
    test: { kind: 'text', any: [[ANY, text, ANY]], cased: false },
  });
  test('are looked for in text, in lists, in joined and in constant values', () => {
    const rules = [rule(everywhere, keyword('mimikatz'))];
    expect(
      match(rules, [
        { fields: { A: 'x', B: 'run MimiKatz.exe' } },
        { fields: { A: 'x' }, arrays: { B: ['a', 'MIMIKATZ', 'b'] } },
        { as: 'constants', fields: { A: 'mimikatz' } },
        { provider: 'mimikatz', fields: { A: 'x' } },
        { fields: { A: 'mimi', B: 'katz' } },
      ]),
    ).toEqual([[0], [0], [0], [0], []]);
  });
});

describe('an event whose header does not read as its kind says', () => {
  /** An event whose EventID slot holds `text`, of the kind that the number in it makes. */
  function eventWithId(builder: EventBuilder, text: string, id: number): LazyEvent {
    const event = builder.build({
      channel: 'Security',
      eventId: 0,
      system: { EventID: text },
      fields: { A: 'x' },
    });
    const { shape, channel, provider, host } = event.kind;
    event.kind = builder.context.kind(shape, channel, provider, id, host);
    return event;
  }
  test('is judged by the text that it has', () => {
    const rules = [
      rule({ product: 'windows', service: 'security' }, is('EventID', '4624')),
      rule({ product: 'windows', service: 'security' }, not(is('EventID', '4624'))),
    ];
    for (const way of ways) {
      const builder = new EventBuilder();
      const matcher = createMatcher(rules, way);
      expect(hitsOf(matcher, eventWithId(builder, '4624', 4624))).toEqual([0]);
      expect(hitsOf(matcher, eventWithId(builder, '04624', 4624))).toEqual([1]);
      expect(hitsOf(matcher, eventWithId(builder, ' 4624', 4624))).toEqual([1]);
      expect(hitsOf(matcher, eventWithId(builder, '4624', 4624))).toEqual([0]);
    }
  });
});

describe('hostile rules and events', () => {
  test('an expression that nobody can run, which the parser lets none through, ends the run', () => {
    const bad: Plan = { op: 'field', field: 'A', test: { kind: 'regex', source: '(', flags: '' } };
    expect(() => match([rule(everywhere, bad)], [{ fields: { A: 'x(' } }])).toThrow(/unclosed group/);
  });
  test('a value of a million characters full of literals is scanned in well under a second', () => {
    const rules = ['ab', 'ba', 'aba', 'bab', 'abab', 'b'].map(text => rule(everywhere, has('A', text)));
    const event = new EventBuilder().build({ fields: { A: 'ab'.repeat(500_000) } });
    const matcher = createMatcher(rules, { firstEvents: 0 });
    const start = performance.now();
    expect(hitsOf(matcher, event)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(performance.now() - start).toBeLessThan(1000);
  });
  test('a slot whose type changes from event to event is read as what it is', () => {
    const rules = [
      rule(everywhere, is('A', '7')),
      rule(everywhere, has('A', 'x')),
      rule(everywhere, { op: 'field', field: 'A', test: { kind: 'null' } }),
    ];
    for (const way of ways) {
      const matcher = createMatcher(rules, way);
      const builder = new EventBuilder();
      const event = builder.build({ fields: { A: '7' } });
      const slot = event.shape.slotCount - 1;
      for (let i = 0; i < 4; i++) {
        event.types[slot] = ValueType.String;
        event.bytes.write('7', event.offsets[slot]!, 'utf16le');
        expect(hitsOf(matcher, event)).toEqual([0]);
        event.types[slot] = ValueType.UInt16;
        event.bytes.writeUInt16LE(7, event.offsets[slot]!);
        expect(hitsOf(matcher, event)).toEqual([0]);
        event.types[slot] = ValueType.Null;
        expect(hitsOf(matcher, event)).toEqual([2]);
        event.types[slot] = ValueType.HexInt32;
        expect(hitsOf(matcher, event)).toEqual([]);
      }
    }
  });
  test('events of another context do not meet what was prepared for the first', () => {
    const matcher = createMatcher([rule(everywhere, has('A', 'needle'))]);
    const one = new EventBuilder(new ReadContext()).build({ fields: { A: 'needle' } });
    const other = new EventBuilder(new ReadContext()).build({ fields: { B: 'x', A: 'needle' } });
    expect([hitsOf(matcher, one), hitsOf(matcher, other), hitsOf(matcher, one)]).toEqual([[0], [0], [0]]);
  });
});

describe('activity', () => {
  const creation = { product: 'windows', category: 'process_creation' };
  const run = (rules: readonly Rule[], ...events: TestEvent[]): ReturnType<EventMatcher['activity']> => {
    const matcher = createMatcher(rules);
    const builder = new EventBuilder();
    for (const event of events) matcher.match(builder.build(event));
    return matcher.activity();
  };
  const event4688: TestEvent = {
    channel: 'Security',
    eventId: 4688,
    fields: { NewProcessName: 'C:\\a.exe', CommandLine: 'a' },
  };
  const event1: TestEvent = {
    channel: sysmon,
    eventId: 1,
    fields: { Image: 'C:\\a.exe', OriginalFileName: 'a.exe', CommandLine: 'a' },
  };

  const blindFor4688 = (field: string): Blindness => ({
    source: 'Security 4688',
    fields: [field],
    common: [field],
    every: [field],
  });

  test('a rule whose log source was not met was not offered anything', () => {
    expect(run([rule(creation, has('Image', 'x'))], { channel: 'System', eventId: 1 })).toEqual([
      { routable: true, offered: false, able: false, blind: null },
    ]);
  });
  test('a rule about a field that Security 4688 never has is blind there', () => {
    expect(run([rule(creation, has('OriginalFileName', 'x'))], event4688)).toEqual([
      { routable: true, offered: true, able: false, blind: blindFor4688('OriginalFileName') },
    ]);
  });
  test('one kind on which it can fire is enough', () => {
    expect(run([rule(creation, has('OriginalFileName', 'x'))], event4688, event1)).toEqual([
      { routable: true, offered: true, able: true, blind: null },
    ]);
  });
  test('a field that only an exclusion names makes nobody blind', () => {
    expect(
      run([rule(creation, and(has('Image', 'x'), not(has('OriginalFileName', 'x'))))], event4688)[0]!.blind,
    ).toBe(null);
  });
  test('a shape without the command line makes rules about it blind', () => {
    const [activity] = run([rule(creation, has('CommandLine', 'x'))], {
      channel: 'Security',
      eventId: 4688,
      fields: { NewProcessName: 'C:\\a.exe' },
    });
    expect(activity!.blind).toEqual(blindFor4688('CommandLine'));
  });
  test('another event id of its channel is no blindness', () => {
    const rules = [
      rule(
        { product: 'windows', service: 'security' },
        and(is('EventID', '4720'), has('TargetUserName', 'x')),
      ),
    ];
    expect(run(rules, event4688)).toEqual([{ routable: true, offered: true, able: false, blind: null }]);
  });
});
