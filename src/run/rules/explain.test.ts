import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { huntParts, isCorrelation } from '../../../test/correlating.ts';
import { type TestEvent, testEvent } from '../../../test/event.ts';
import { labelOf } from '../../../test/label.ts';
import { schema } from '../../../test/schemas.ts';
import { parseRules } from '../../know/sigma/parser.ts';
import { plainEvent } from '../../match/index.ts';
import { type DocumentExplanation, explanationJson, renderExplanation } from '../../tell/index.ts';
import { type Asked, type Explainer, explainerOf } from './explain.ts';
import { runSetOf } from './run-set.ts';

const sysmon = 'Microsoft-Windows-Sysmon/Operational';
const id = (n: number): string => `a0000000-0000-4000-8000-00000000000${n}`;
const rule = (n: number, title: string, command: string): string => `title: ${title}
id: ${id(n)}
name: ${command}
status: test
level: low
logsource: { product: windows, category: process_creation }
detection:
  tool: { CommandLine|contains: ${command} }
  condition: tool
`;
const rules = [
  rule(1, 'Accounts Listed', 'whoami'),
  rule(2, 'Archive Packed', 'rar'),
  `title: Many Lists
id: ${id(3)}
name: many
status: test
level: medium
description: Somebody looks round.
correlation:
  type: event_count
  rules: whoami
  group-by: [Computer, who]
  aliases:
    who: { whoami: User }
  timespan: 10m
  condition: { gte: 4, lt: 100 }
`,
  `title: Listed Then Packed
id: ${id(4)}
level: high
correlation:
  type: temporal_ordered
  rules: [many, rar]
  group-by: [Computer]
  timespan: 1d
  generate: true
`,
  `title: Our Own Admins
id: ${id(5)}
logsource: { product: windows, category: process_creation }
filter:
  rules: [whoami]
  own: { User|startswith: 'CORP\\adm' }
  condition: not own
`,
];

function explainer(asked: string, texts: readonly string[] = rules): Explainer {
  return explainerOf(runSetOf(texts.flatMap((text, i) => parseRules(text, `rules/${i}.yml`))), asked);
}

function askedOf(from: TestEvent, { take }: Explainer): Asked {
  const { channel = sysmon, eventId = 1 } = from;
  const event = testEvent({ ...from, channel, eventId });
  return { label: labelOf(channel, eventId), event: plainEvent(event), hitValues: take(event) };
}
const explained = (asked: string, from: TestEvent | null, texts = rules): DocumentExplanation => {
  const own = explainer(asked, texts);
  return own.explain(from === null ? null : askedOf(from, own));
};
const text = (explanation: DocumentExplanation): string =>
  renderExplanation(explanation, { width: 80, color: false, reveal: false });
const validate = schema('rules-explain');
const json = (explanation: DocumentExplanation): Record<string, unknown> => {
  const document = JSON.parse(explanationJson(explanation, { reveal: false }));
  validate(document);
  expect(validate.errors).toBeNull();
  return document;
};
/** From the verdict on. */
const verdict = (explanation: DocumentExplanation): string =>
  text(explanation).replace(/^[\s\S]*?(?=Verdict)/, '');

const listed = (User: string | null, CommandLine = 'whoami /all'): TestEvent => ({
  host: 'HOST-A',
  fields: User === null ? { CommandLine } : { CommandLine, User },
});

describe('a rule that filters narrow', () => {
  it('is explained with them: the verdict is that of a hunt', () => {
    const explanation = explained('Accounts Listed', listed('CORP\\adm.x'));
    expect(verdict(explanation)).toMatchInlineSnapshot(`
      "Verdict    ✗ did not match
      Because    User starts with 'corp\\adm': held

      Condition  ✓ held  ✗ did not hold
        ✗ all of
          ✓ tool:
            ✓ CommandLine contains 'whoami'
                = whoami /all
          ✗ filter Our Own Admins: not own:
            ✓ User starts with 'corp\\adm'
                = CORP\\adm.x
      "
    `);
    expect(json(explanation)).toMatchObject({ matched: false, filters: [{ title: 'Our Own Admins' }] });
    expect(json(explained('Accounts Listed', listed('x')))).toMatchObject({ matched: true });
  });
  it('names them, and the correlations that it feeds', () => {
    expect(text(explained('Accounts Listed', null))).toMatchInlineSnapshot(`
      "Accounts Listed
      low · test · a0000000-0000-4000-8000-000000000001
      rules/0.yml:1

      Log source windows, process_creation
      Reads      Microsoft-Windows-Sysmon/Operational, event id 1
                 Security, event id 4688, through the view security-4688
      Fields     CommandLine, User
      Filters    Our Own Admins (rules/4.yml:1)
      Feeds      Many Lists (rules/2.yml:1)
                 its own findings are not shown: it only feeds correlations

      Condition
        all of
          tool:
            CommandLine contains 'whoami'
          filter Our Own Admins: not own:
            User starts with 'corp\\adm'
      "
    `);
    expect(json(explained('Accounts Listed', null))).toMatchObject({
      feeds: [{ title: 'Many Lists' }],
      shown: false,
    });
    expect(json(explained('Archive Packed', null))).toMatchObject({ shown: true });
    expect(json(explained('Archive Packed', null))).not.toHaveProperty('filters');
    expect(json(explained('Accounts Listed', null, [rules[0]!]))).not.toHaveProperty('shown');
    const idle = rules.map(each =>
      each.replace('status: test\nlevel: medium', 'status: deprecated\nlevel: medium'),
    );
    expect(json(explained('Accounts Listed', null, idle.slice(0, 3)))).toMatchObject({ shown: true });
  });
});

describe('a correlation', () => {
  it('is told in words, with what feeds it and what is shown', () => {
    const explanation = explained('Many Lists', null);
    expect(text(explanation)).toMatchInlineSnapshot(`
      "Many Lists
      medium · test · a0000000-0000-4000-8000-000000000003
      rules/2.yml:1

      Somebody looks round.

      Type       event_count
      Fires on   at least 4 and fewer than 100 events of its rule, within 10 min
      Groups     events of the same Computer, who
      Aliases    who: User in 'Accounts Listed'
      Shown      its findings
                 those of its rules only where another correlation has 'generate'

      Fed by
        1 Accounts Listed
          low · a0000000-0000-4000-8000-000000000001
          windows, process_creation
          its findings are not shown: it only feeds correlations
          rules/0.yml:1
      "
    `);
    expect(json(explanation)).toMatchObject({
      correlation: { type: 'event_count', timespan: 600, groupBy: ['Computer', 'who'], generate: false },
      inputs: [{ title: 'Accounts Listed', shown: false, fields: { Computer: 'Computer', who: 'User' } }],
    });
  });
  it('of a correlation is told through the chain', () => {
    const explanation = explained('Listed Then Packed', null);
    expect(text(explanation)).toMatchInlineSnapshot(`
      "Listed Then Packed
      high · no status · a0000000-0000-4000-8000-000000000004
      rules/3.yml:1

      Type       temporal_ordered
      Fires on   an event of each of its 2 rules, in the order in which they are
                   listed, within 1 d
      Groups     events of the same Computer
      Shown      its findings
                 those of its rules as well ('generate')

      Fed by
        1 Many Lists
          medium · a0000000-0000-4000-8000-000000000003
          event_count: at least 4 and fewer than 100 events of its rule, within 10
            min; events of the same Computer, who
          rules/2.yml:1
          1.1 Accounts Listed
              low · a0000000-0000-4000-8000-000000000001
              windows, process_creation
              its findings are not shown: it only feeds correlations
              rules/0.yml:1
        2 Archive Packed
          low · a0000000-0000-4000-8000-000000000002
          windows, process_creation
          rules/1.yml:1
      "
    `);
    expect(json(explanation)).toMatchObject({
      inputs: [{ kind: 'correlation', inputs: [{}] }, { kind: 'rule' }],
    });
  });
  it('on an event tells what that is to each rule, and the group as it is read', () => {
    const explanation = explained('Many Lists', listed('CORP\\bob'));
    expect(verdict(explanation)).toMatchInlineSnapshot(`
      "Verdict    ✗ this event alone completes nothing
      Because    it is a hit of 'Accounts Listed'
      Fires on   at least 4 and fewer than 100 events of its rule, within 10 min
      Groups     events of the same Computer, who

      1 Accounts Listed
      Group      Computer = HOST-A
                 who = CORP\\bob
      Verdict    ✓ matched
      Because    CommandLine contains 'whoami': held

      Condition  ✓ held  ✗ did not hold
        ✓ all of
          ✓ tool:
            ✓ CommandLine contains 'whoami'
                = whoami /all
          ✓ filter Our Own Admins: not own:
            ✗ User starts with 'corp\\adm'
                = CORP\\bob
      "
    `);
    expect(json(explanation)).toMatchObject({
      fires: false,
      hits: [0],
      ungrouped: [],
      inputs: [{ matched: true, values: { Computer: 'HOST-A', who: 'CORP\\bob' } }],
    });
  });
  it('reads the group through the view of the rule', () =>
    expect(
      json(
        explained('Many Lists', {
          channel: 'Security',
          eventId: 4688,
          fields: { CommandLine: 'whoami', SubjectUserName: 'HOST$', SubjectLogonId: '0x3e7' },
        }),
      ),
    ).toMatchObject({ inputs: [{ values: { who: 'NT AUTHORITY\\SYSTEM' } }] }));
  it('says that a hit joins no group', () => {
    const explanation = explained('Many Lists', listed(null));
    expect(verdict(explanation)).toContain(
      "it is a hit of 'Accounts Listed', which joins no group, because a\n             field of the group is missing",
    );
    expect(verdict(explanation)).toContain('who: the event has none');
    expect(json(explanation)).toMatchObject({ ungrouped: [0] });
  });
  it('says where the event alone completes it, through a chain too', () => {
    const once = rules.map(each => each.replace('gte: 4', 'gte: 1').replace('temporal_ordered', 'temporal'));
    const explanation = explained('Listed Then Packed', listed('x', 'whoami & rar'), once);
    expect(verdict(explanation)).toContain('✓ this event alone completes it');
    expect(json(explanation)).toMatchObject({
      fires: true,
      hits: [0, 1],
      inputs: [{ fires: true }, { matched: true }],
    });
  });
  it('explains what a chain leads to twice once', () => {
    const twice = [
      ...rules,
      rules[3]!.replace(/title.*\nid.*/, 'title: Both').replace('[many, rar]', `[many, ${id(3)}]`),
    ];
    const explanation = explained('Both', listed('x'), twice);
    expect(json(explanation)).toMatchObject({ inputs: [{ inputs: [{}] }, { inputs: [] }] });
    expect(text(explanation)).toContain('explained above');
  });
  it('masks secrets in the values of its group', () => {
    const grouped = rules.map(each => each.replace('[Computer, who]', '[CommandLine, who]'));
    const secret = listed('x', 'whoami & net use \\\\srv\\c$ /user:corp\\bob Hunter2Secret');
    const explanation = explained('Many Lists', secret, grouped);
    expect(text(explanation)).not.toContain('Hunter2Secret');
    expect(JSON.stringify(json(explanation))).not.toContain('Hunter2Secret');
    expect(explanationJson(explanation, { reveal: true })).toContain('Hunter2Secret');
  });
  it.each([
    ['event_count', '{ eq: 3 }', 'exactly 3 events of any of its 2 rules'],
    [
      'value_count',
      '{ field: [A, B], gt: 3 }',
      'more than 3 different values of A and B in events of any of its 2 rules',
    ],
    ['value_sum', '{ field: A, lt: 3 }', 'a sum of A, over events of any of its 2 rules, of less than 3'],
    [
      'value_avg',
      '{ field: A, gte: 3 }',
      'an average of A, over events of any of its 2 rules, of at least 3',
    ],
    [
      'value_median',
      '{ field: A, lte: 3 }',
      'a median of A, over events of any of its 2 rules, of at most 3',
    ],
    [
      'value_percentile',
      '{ field: A, percentile: 95, gt: 3 }',
      'a 95th percentile of A, over events of any of its 2 rules, of more than 3',
    ],
    ['temporal', '{ gte: 1 }', 'events of at least 1 of its 2 rules'],
    ['temporal', "'whoami and not rar'", "events such that 'Accounts Listed' and not 'Archive Packed'"],
    ['temporal_ordered', 'null', 'an event of each of its 2 rules, in the order in which they are listed'],
  ])('of type %s with %s is put as: %s', (type, condition, words) => {
    const document = `title: C\ncorrelation:\n  type: ${type}\n  rules: [whoami, rar]\n  timespan: 5m\n${condition === 'null' ? '' : `  condition: ${condition}\n`}`;
    const explanation = explained('C', null, [...rules, document]);
    expect(json(explanation)).toMatchObject({
      correlation: {
        words: `${words}, within 5 min, all events together, whatever host or account they are of`,
      },
    });
  });
});

describe('whether one event completes a correlation', () => {
  const command = fc.constantFrom('whoami', 'rar', 'whoami & rar', 'x');
  const types = fc.constantFrom(
    ['event_count', '{ gte: 1 }'],
    ['event_count', '{ gte: 2 }'],
    ['value_count', '{ field: User, gte: 1 }'],
    ['value_sum', '{ field: Amount, gt: 5 }'],
    ['temporal', "'whoami and not rar'"],
    ['temporal', '{ eq: 1 }'],
    ['temporal', null],
    ['temporal_ordered', null],
  );
  it('is what a hunt says of the event alone', () => {
    fc.assert(
      fc.property(
        command,
        types,
        types,
        fc.constantFrom('CORP\\adm', 'bob', undefined),
        fc.constantFrom('3', '9', undefined),
        fc.subarray(['User', 'Computer']),
        (CommandLine, [inner, first], [outer, second], User, Amount, group) => {
          const correlation = (name: string, of: string, type: string, condition: string | null): string =>
            `title: ${name}\nname: ${name}\ncorrelation:\n  type: ${type}\n  rules: ${of}\n  group-by: [${group.join(', ')}]\n  timespan: 5m\n${condition === null ? '' : `  condition: ${condition.replaceAll('rar', of.includes('inner') ? 'inner' : 'rar')}\n`}`;
          const texts = [
            ...rules.filter(each => !each.includes('correlation:')),
            correlation('inner', '[whoami, rar]', inner!, first!),
            correlation('outer', '[whoami, inner]', outer!, second!),
          ];
          const fields = Object.fromEntries(
            Object.entries({ CommandLine, User, Amount }).filter(([, value]) => value !== undefined),
          ) as Record<string, string>;
          const event = { channel: sysmon, eventId: 1, host: 'HOST-A', fields };
          const fired = huntParts(texts, [[{ ...event, at: 0 }]])
            .findings.filter(isCorrelation)
            .map(finding => finding.rule.name);
          const alone = json(explained('outer', event, texts)) as { fires: boolean };
          // The inner one feeds the outer, so a hunt hides it.
          expect(alone.fires).toBe(fired.includes('outer'));
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('a filter', () => {
  it('is told with what it narrows', () => {
    const explanation = explained('Our Own Admins', null);
    expect(text(explanation)).toMatchInlineSnapshot(`
      "Our Own Admins
      a0000000-0000-4000-8000-000000000005
      rules/4.yml:1

      Log source windows, process_creation
      Rules      whoami
      Narrows    Accounts Listed (rules/0.yml:1)

      Condition without which none of them fires
        not own:
          User starts with 'corp\\adm'
      "
    `);
    expect(json(explanation)).toMatchObject({
      narrows: [{ title: 'Accounts Listed' }],
      filter: { rules: ['whoami'] },
    });
  });
  it('says of an event whether it keeps it from its rules', () => {
    const explanation = explained('Our Own Admins', listed('CORP\\adm.x'));
    expect(verdict(explanation)).toMatchInlineSnapshot(`
      "Verdict    ✗ did not hold: it keeps the event from the 1 rule that is asked of
                   it

      Condition  ✓ held  ✗ did not hold
        ✗ not own:
          ✓ User starts with 'corp\\adm'
              = CORP\\adm.x
      "
    `);
    expect(json(explanation)).toMatchObject({ outcomes: [{ asked: 1, held: false }] });
    expect(verdict(explained('Our Own Admins', listed('x')))).toContain(
      '✓ held: it leaves the event to the 1 rule that is asked of it',
    );
  });
  it('says that none of its rules is for the event', () => {
    const explanation = explained('Our Own Admins', { channel: 'System', eventId: 7045 });
    expect(verdict(explanation)).toMatchInlineSnapshot(`
      "Verdict    ✗ not asked: no rule that it narrows is for this event
      Event is   System, event id 7045
      "
    `);
    expect(json(explanation)).toMatchObject({ outcomes: [] });
  });
  it('that narrows nothing says so', () =>
    expect(text(explained('Our Own Admins', null, [rules[4]!]))).toContain('Narrows    no rule of this set'));
});

describe('every page', () => {
  it.each(['Accounts Listed', 'Many Lists', 'Listed Then Packed', 'Our Own Admins'])(
    '%s fits eighty columns',
    asked => {
      for (const event of [null, listed('CORP\\bob'), listed(null)]) {
        for (const line of text(explained(asked, event)).split('\n'))
          expect(line.length).toBeLessThanOrEqual(80);
      }
    },
  );
  it('holds nothing that a terminal obeys', () => {
    const hostile = rules.map(each =>
      each.replace(/^title: (.*)$/m, 'title: "$1 \\e[31m"').replace('Computer', '"Comp\\e"'),
    );
    for (const asked of ['many', 'whoami', id(4), id(5)]) {
      for (const event of [null, listed('\u001b[31m')]) {
        expect(text(explained(asked, event, hostile))).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f]/);
      }
    }
  });
});
