/** Which facts are one event: what exports do to a record must not make two of it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { behaviours, World } from '../../../test/judging.ts';
import type { Fact } from '../../read/entities/index.ts';
import { EventKeys } from './events.ts';
import { gatherItems } from './gather.ts';
import { makeNames } from './names.ts';

const told = {
  at: '2026-10-08T01:52:13.123456Z',
  host: 'dc1.example.test',
  record: 77,
  commandLine: 'ntdsutil ifm',
  pid: 5,
};

function items(make: (world: World) => void) {
  const world = new World();
  make(world);
  const { hosts, findings } = world.input();
  return gatherItems(findings, makeNames(hosts));
}

describe('one event is', () => {
  test.each([
    ['a copy', {}],
    ['a copy with a time cut to milliseconds', { at: '2026-10-08T01:52:13.123Z' }],
    ['a copy with a time cut to seconds', { at: '2026-10-08T01:52:13Z' }],
    ['a copy of the short name in other case', { host: 'DC1' }],
    ['a copy that lost its number', { record: -1 }],
    ['a copy that lost its number and the end of its time', { record: -1, at: '2026-10-08T01:52:13Z' }],
  ])('%s', (_, change) => {
    const [item, ...more] = items(world => {
      world.find(behaviours.ntds, told);
      world.find(behaviours.ntds, { ...told, ...change, input: 1 });
    });
    expect(more).toEqual([]);
    expect(item!.copies).toHaveLength(1);
    // The copy that says most stands for it.
    expect(item!.fact).toMatchObject({ micros: Date.UTC(2026, 9, 8, 1, 52, 13, 123) * 1000 + 456 });
    expect(item!.fact.place.record).toBe(77);
  });

  test.each([
    ['another number', { record: 78 }],
    ['another second', { at: '2026-10-08T01:52:14.1Z' }],
    ['another log', { channel: 'Microsoft-Windows-Sysmon/Operational' }],
    ['another host', { host: 'dc2.example.test' }],
    ['no number and another process', { record: -1, pid: 6 }],
  ])('not one of %s', (_, change) => {
    const found = items(world => {
      world.find(behaviours.ntds, told);
      world.find(behaviours.ntds, { ...told, ...change, input: 1 });
    });
    expect(found).toHaveLength(2);
  });
});

test('the order in which copies come changes nothing', () => {
  const world = new World();
  const facts: readonly Fact[] = [
    world.fact({ ...told, record: -1 }),
    world.fact({ ...told, record: 80 }),
    world.fact(told),
  ];
  const keysOf = (given: readonly Fact[]) => {
    const keys = new EventKeys(makeNames(['dc1.example.test']));
    keys.learn(given);
    return facts.map(fact => keys.of(fact));
  };
  expect(keysOf([...facts].reverse())).toEqual(keysOf(facts));
});

test('events are the same by number as by text', () => {
  const record = fc.record({
    at: fc.constantFrom('2026-10-08T01:52:13.1Z', '2026-10-08T01:52:13.9Z', '2026-10-08T01:52:14Z'),
    host: fc.constantFrom('dc1.example.test', 'DC1', 'ws6'),
    record: fc.integer({ min: 1, max: 3 }),
  });
  fc.assert(
    fc.property(fc.array(record, { maxLength: 40 }), tolds => {
      const world = new World();
      for (const each of tolds) world.find(behaviours.ntds, { ...told, ...each });
      const { hosts, findings } = world.input();
      const keys = new EventKeys(makeNames(hosts));
      const byText = new Map<string, unknown[]>();
      for (const finding of findings) {
        const key = keys.of(finding.fact);
        byText.set(key, [...(byText.get(key) ?? []), finding]);
      }
      expect(keys.grouped(findings)).toEqual([...byText.values()]);
    }),
  );
});

test('one number in many seconds is no reason to compare each with each', () => {
  const world = new World();
  const second = (at: number): string => new Date(Date.UTC(2026, 9, 8) + at * 1000).toISOString();
  for (let i = 0; i < 100; i++) world.find(behaviours.ntds, { ...told, at: second(i) });
  const { hosts, findings } = world.input();
  expect(new EventKeys(makeNames(hosts)).grouped(findings)).toHaveLength(100);
});
