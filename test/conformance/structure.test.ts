/** Sections 3, 4 and 7 of the notes on Sigma, cases 13 to 15: structure, conditions, routing. */
import { describe, expect, test } from 'vitest';
import { routesOf } from '../../src/know/logsources/index.ts';
import { EventBuilder } from '../event.ts';
import { matchers } from '../matchers.ts';
import { expectHits, fires, rejection, rule, silent } from './case.ts';

describe('13 conditions', () => {
  const searches = `
    sel_a_x:
      A: 1
    sel_b_x:
      B: 1
    filter-main_one:
      F: 1
    my_filter_two:
      G: 1
    _hidden:
      H: 1`;
  const with_ = (condition: string): string => `${searches}\n    condition: ${condition}`;

  test('1 of *filter* catches names that hold it anywhere', () => {
    fires(with_('sel_a_x and not 1 of *filter*'), [{ A: '1' }]);
    silent(with_('sel_a_x and not 1 of *filter*'), [
      { A: '1', F: '1' },
      { A: '1', G: '1' },
    ]);
  });
  test('all of sel*_x needs every one', () => {
    fires(with_('all of sel*_x'), [{ A: '1', B: '1' }]);
    silent(with_('all of sel*_x'), [{ A: '1' }, { B: '1' }]);
  });
  test('any of is 1 of', () => {
    fires(with_('any of sel_*'), [{ A: '1' }, { B: '1' }]);
    silent(with_('any of sel_*'), [{ F: '1' }]);
  });
  test('them is all but the hidden ones', () => {
    fires(with_('1 of them'), [{ A: '1' }, { G: '1' }]);
    silent(with_('1 of them'), [{ H: '1' }]);
    fires(with_('all of them'), [{ A: '1', B: '1', F: '1', G: '1' }]);
    silent(with_('all of them'), [{ A: '1', B: '1', F: '1' }]);
  });
  test('a pattern that begins with an underscore finds the hidden ones', () => {
    fires(with_('1 of _*'), [{ H: '1' }]);
    silent(with_('sel_a_x or 1 of *hidden*'), [{ H: '1' }]);
  });
  test('a hidden one can be named', () => {
    fires(with_('_hidden'), [{ H: '1' }]);
  });
  test('a name may hold a hyphen', () => {
    fires(with_('filter-main_one'), [{ F: '1' }]);
    fires(with_('1 of filter-*'), [{ F: '1' }]);
  });
  test('a list of conditions is OR', () => {
    fires(`${searches}\n    condition:\n      - sel_a_x\n      - _hidden`, [{ A: '1' }, { H: '1' }]);
    silent(`${searches}\n    condition:\n      - sel_a_x\n      - _hidden`, [{ B: '1' }]);
  });
  test('not 1 of a pattern that no name fits is neutral', () => {
    fires(with_('sel_a_x and not 1 of nothing_*'), [{ A: '1' }]);
    silent(with_('sel_a_x and not 1 of nothing_*'), [{ B: '1' }]);
  });
  test('not binds tighter than and, and tighter than or', () => {
    const condition = with_('sel_a_x or sel_b_x and not _hidden');
    fires(condition, [{ A: '1', H: '1' }, { B: '1' }]);
    silent(condition, [{ B: '1', H: '1' }]);
  });
  test('parentheses come first', () => {
    silent(with_('(sel_a_x or sel_b_x) and not _hidden'), [{ A: '1', H: '1' }]);
  });
  test('keywords of conditions are known in any case', () => {
    fires(with_('sel_a_x AND NOT _hidden'), [{ A: '1' }]);
  });
  test('an undefined name rejects the rule', () => {
    expect(rejection(with_('sel_a_x and missing'))).toMatchObject({ reason: 'unknown-identifier' });
  });
  test('the withdrawn pipe syntax rejects the rule', () => {
    expect(rejection(with_('sel_a_x | count() by B > 5'))).toMatchObject({ reason: 'legacy-aggregation' });
  });
});

describe('structure of a detection', () => {
  test('a map is AND of its items', () => {
    fires('sel:\n  A: 1\n  B: 2', [{ A: '1', B: '2' }]);
    silent('sel:\n  A: 1\n  B: 2', [{ A: '1' }, { A: '1', B: '3' }]);
  });
  test('a list of maps is OR', () => {
    fires('sel:\n  - A: 1\n  - B: 2\n    C: 3', [{ A: '1' }, { B: '2', C: '3' }]);
    silent('sel:\n  - A: 1\n  - B: 2\n    C: 3', [{ B: '2' }, { C: '3' }]);
  });
  test('a list may mix maps and keywords', () => {
    fires('sel:\n  - A: 1\n  - needle', [{ A: '1' }, { B: 'a needle' }]);
    silent('sel:\n  - A: 1\n  - needle', [{ A: '2' }]);
  });
  test('the same field twice under different modifiers is AND', () => {
    fires('sel:\n  C|contains: a\n  C|endswith: z', [{ C: 'a-z' }]);
    silent('sel:\n  C|contains: a\n  C|endswith: z', [{ C: 'a' }, { C: 'z' }]);
  });
});

describe('14 routing', () => {
  const sysmon = { channel: 'Microsoft-Windows-Sysmon/Operational', provider: 'Microsoft-Windows-Sysmon' };
  const process = rule('sel:\n  CommandLine|contains: whoami', {
    logSource: 'product: windows\ncategory: process_creation',
  });
  const service = rule('sel:\n  EventID: 7045', { logSource: 'product: windows\nservice: system' });
  const security = rule('sel:\n  SubjectUserName: bob', { logSource: 'product: windows\nservice: security' });

  test('it is decided by the event, whatever came before it in the file', () => {
    const events = [
      { event: { channel: 'System', eventId: 7045 }, expected: [1] },
      { event: { ...sysmon, eventId: 1, fields: { CommandLine: 'whoami' } }, expected: [0] },
      { event: { channel: 'Security', eventId: 4624, fields: { SubjectUserName: 'Bob' } }, expected: [2] },
      { event: { channel: 'Security', eventId: 7045 }, expected: [] },
      { event: { ...sysmon, eventId: 3, fields: { CommandLine: 'whoami' } }, expected: [] },
    ];
    for (const { of } of matchers) {
      const hits = of([process, service, security]);
      const builder = new EventBuilder();
      for (let round = 0; round < 20; round++) {
        for (const { event, expected } of events) expect(hits(builder.build(event))).toEqual(expected);
      }
    }
  });
  test('channels compare without regard to case', () => {
    expectHits([service], { channel: 'SYSTEM', eventId: 7045 }, [0]);
    expectHits(
      [process],
      { channel: sysmon.channel.toUpperCase(), eventId: 1, fields: { CommandLine: 'whoami' } },
      [0],
    );
  });
  test('a rule without EventID sees every event of its channel', () => {
    const anything = rule("sel:\n  Data|contains: 'needle'", {
      logSource: 'product: windows\nservice: application',
    });
    for (const eventId of [1, 1000, 65_535, -1]) {
      expectHits([anything], { channel: 'Application', eventId, fields: { Data: ['a', 'needle'] } }, [0]);
    }
    expectHits([anything], { channel: 'System', fields: { Data: ['needle'] } }, []);
  });
  test('a keyless rule over every Windows event sees every channel', () => {
    const keyless = rule('sel:\n  - needle');
    expectHits([keyless], { channel: 'Anything At All', fields: { X: 'needle' } }, [0]);
    expectHits([keyless], { ...sysmon, eventId: 1, fields: { X: 'needle' } }, [0]);
  });
  test('registry_add is Sysmon 12 only where a key was made', () => {
    const added = rule("sel:\n  TargetObject|endswith: '\\evil'", {
      logSource: 'product: windows\ncategory: registry_add',
    });
    const fields = { TargetObject: 'HKLM\\evil' };
    expectHits([added], { ...sysmon, eventId: 12, fields: { ...fields, EventType: 'CreateKey' } }, [0]);
    expectHits([added], { ...sysmon, eventId: 12, fields: { ...fields, EventType: 'DeleteKey' } }, []);
    expectHits([added], { ...sysmon, eventId: 13, fields: { ...fields, EventType: 'SetValue' } }, []);
  });
  test('registry_delete is Sysmon 12 where a key or a value was deleted', () => {
    const deleted = rule("sel:\n  TargetObject|endswith: '\\evil'", {
      logSource: 'product: windows\ncategory: registry_delete',
    });
    const fields = { TargetObject: 'HKLM\\evil' };
    for (const [EventType, expected] of [
      ['DeleteKey', [0]],
      ['DeleteValue', [0]],
      ['CreateKey', []],
    ] as const) {
      expectHits([deleted], { ...sysmon, eventId: 12, fields: { ...fields, EventType } }, expected);
    }
  });
  test('a log source without attributes is any event', () => {
    const everywhere = {
      ...rule('sel:\n  A: 1'),
      logSource: { product: null, category: null, service: null },
    };
    expectHits([everywhere], { channel: 'X', fields: { A: '1' } }, [0]);
  });
  test('a rule for another product matches nothing here', () => {
    const linux = rule('sel:\n  CommandLine|contains: whoami', {
      logSource: 'product: linux\ncategory: process_creation',
    });
    expect(routesOf(linux.logSource)).toBeNull();
    expectHits([linux], { ...sysmon, eventId: 1, fields: { CommandLine: 'whoami' } }, []);
  });
});

describe('15 independence', () => {
  const details = Array.from(
    { length: 60 },
    (_, i) => `sel:\n  F|contains:\n    - 'needle${i}'\n    - 'x${i % 7}y'`,
  );
  const rules = details.map(detection => rule(detection));
  const event = { fields: { F: 'a needle3 b x4y needle33', G: '1' } };

  test('a rule matches the same events whatever other rules are loaded', () => {
    const alone = rules.flatMap((one, index) => {
      const hits = matchers[1]!.of([one]);
      return hits(new EventBuilder().build(event)).length > 0 ? [index] : [];
    });
    expect(alone).toContain(3);
    expectHits(rules, event, alone);
    const reversed = [...rules].reverse();
    expectHits(
      reversed,
      event,
      alone.map(index => rules.length - 1 - index).sort((a, b) => a - b),
    );
  });
  test('matches come in the order of the rules, on every run', () => {
    for (const { of } of matchers) {
      const runs = [of(rules), of(rules)].map(hits => hits(new EventBuilder().build(event)));
      expect(runs[0]).toEqual(runs[1]);
      expect(runs[0]).toEqual([...runs[0]!].sort((a, b) => a - b));
    }
  });
});
