import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Blindness, RuleActivity } from '../../match/index.ts';
import {
  type ChannelTally,
  emptyFileTally,
  type FileTally,
  type Group,
  MOST_TROUBLES,
  mergeActivity,
  mergeChannels,
  mergeFiles,
  mergeGroups,
} from './tallies.ts';

const group = fc
  .record({
    rule: fc.nat(2),
    host: fc.constantFrom('A', 'B'),
    count: fc.integer({ min: 1, max: 9 }),
    first: fc.nat(5),
    last: fc.integer({ min: 5, max: 9 }),
    input: fc.nat(2),
    offset: fc.nat(3),
  })
  .chain(group =>
    // Of events that say no time.
    fc.constantFrom(group, { ...group, first: Number.POSITIVE_INFINITY, last: Number.NEGATIVE_INFINITY }),
  )
  .map((group): Group => ({ ...group, example: `${group.first}/${group.input}/${group.offset}` }));
const channel = fc.record({
  channel: fc.constantFrom('Security', 'System'),
  provider: fc.constant('P'),
  eventId: fc.nat(1),
  host: fc.constantFrom('A', 'B'),
  events: fc.integer({ min: 1, max: 9 }),
  first: fc.nat(5),
  last: fc.integer({ min: 5, max: 9 }),
});
const file = fc
  .record({
    events: fc.nat(9),
    damaged: fc.uniqueArray(
      fc.record({ offset: fc.nat(50), length: fc.constant(1), reason: fc.constant('x') }),
      {
        selector: damage => damage.offset,
      },
    ),
    streamed: fc.nat(9),
    failure: fc.option(fc.record({ reason: fc.constantFrom('a', 'b'), message: fc.constant('m') })),
  })
  .map(
    (over): FileTally => ({
      ...emptyFileTally(),
      ...over,
      damaged: over.damaged.sort((a, b) => a.offset - b.offset),
    }),
  );
const fieldNames = fc.subarray(['Company', 'Hashes', 'Product']);
const blindness = fc
  .record({ source: fc.constantFrom('Security 4688', 'Security 5156'), common: fieldNames, more: fieldNames })
  .map(({ source, common, more }): Blindness => {
    const every = [...new Set([...common, ...more])].sort();
    return { source, fields: common.length > 0 ? common : every, common, every };
  });
const nothing: RuleActivity = { routable: true, offered: false, able: false, blind: null };
const activity: fc.Arbitrary<RuleActivity> = fc.oneof(
  fc.constant(nothing),
  fc.constant<RuleActivity>({ ...nothing, offered: true }),
  fc.constant<RuleActivity>({ ...nothing, offered: true, able: true }),
  blindness.map((blind): RuleActivity => ({ ...nothing, offered: true, blind })),
);

function blindFor(...common: string[]): RuleActivity {
  const fields = common.sort();
  return {
    ...nothing,
    offered: true,
    blind: { source: 'Security 4688', fields, common: fields, every: fields },
  };
}

const groups = (...parts: Group[][]): unknown => {
  const all = new Map<string, Group>();
  for (const part of parts) mergeGroups(all, part);
  return [...all].sort();
};
const channels = (...parts: ChannelTally[][]): unknown => {
  const all = new Map<string, ChannelTally>();
  for (const part of parts) mergeChannels(all, part);
  return [...all].sort();
};

describe('merging', () => {
  it('of groups does not depend on order', () => {
    fc.assert(
      fc.property(fc.array(group), fc.array(group), (a, b) => {
        expect(groups(a, b)).toEqual(groups(b, a));
        expect(groups([...a, ...b].reverse())).toEqual(groups(a, b));
      }),
    );
  });
  it('of channels does not depend on order', () => {
    fc.assert(
      fc.property(fc.array(channel), fc.array(channel), (a, b) => {
        expect(channels(a, b)).toEqual(channels(b, a));
      }),
    );
  });
  it('of files does not depend on order', () => {
    fc.assert(
      fc.property(file, file, file, (a, b, c) => {
        const key = (tally: FileTally): unknown => ({
          ...tally,
          damaged: tally.damaged.map(damage => damage.offset),
        });
        expect(key(mergeFiles(mergeFiles(a, b), c))).toEqual(key(mergeFiles(a, mergeFiles(c, b))));
      }),
    );
  });
  it('of activity does not depend on order', () => {
    fc.assert(
      fc.property(activity, activity, activity, (a, b, c) => {
        expect(mergeActivity(mergeActivity(a, b), c)).toEqual(mergeActivity(c, mergeActivity(b, a)));
      }),
    );
  });
  it('never calls a rule blind that could see some of its events', () => {
    const sees: RuleActivity = { ...nothing, offered: true, able: true };
    expect(mergeActivity(sees, blindFor('Hashes')).blind).toBeNull();
  });
  it('keeps a rule blind beside a worker that met none of its events', () => {
    const offeredElsewhere: RuleActivity = { ...nothing, offered: true };
    expect(mergeActivity(offeredElsewhere, blindFor('Hashes')).blind?.fields).toEqual(['Hashes']);
  });
  it('names the fields that all events lacked, and only without such a field those that any lacked', () => {
    const a = blindFor('Hashes', 'Product');
    expect(mergeActivity(a, blindFor('Product', 'Company')).blind?.fields).toEqual(['Product']);
    expect(mergeActivity(a, blindFor('Company')).blind?.fields).toEqual(['Company', 'Hashes', 'Product']);
  });
  it('adds up the events that a rule could not be asked of', () => {
    expect(mergeActivity({ ...nothing, failed: 2 }, nothing)).toMatchObject({ failed: 2 });
    expect(mergeActivity({ ...nothing, failed: 2 }, { ...nothing, failed: 1 })).toMatchObject({ failed: 3 });
    expect(mergeActivity(nothing, nothing)).not.toHaveProperty('failed');
  });
  it('of damage keeps the first places and counts the rest', () => {
    const damage = (from: number): FileTally => ({
      ...emptyFileTally(),
      damaged: Array.from({ length: MOST_TROUBLES }, (_, i) => ({
        offset: from + 2 * i,
        length: 1,
        reason: 'x',
      })),
    });
    const merged = mergeFiles(damage(1), damage(0));
    expect(merged.damaged).toHaveLength(MOST_TROUBLES);
    expect(merged.damaged.slice(0, 3).map(({ offset }) => offset)).toEqual([0, 1, 2]);
    expect(merged.damagedMore).toBe(MOST_TROUBLES);
  });
});
