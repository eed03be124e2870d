import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type TestEvent, testEvent } from '../../../test/event.ts';
import { arbitraryEvent, arbitraryRule } from '../../../test/generators.ts';
import { labelOf } from '../../../test/label.ts';
import type { Rule } from '../../know/sigma/index.ts';
import { parseRules } from '../../know/sigma/parse.ts';
import { explain, plainEvent } from '../../match/index.ts';
import { explanationJson, type RuleExplanation, renderExplanation } from './index.ts';

const sysmon = 'Microsoft-Windows-Sysmon/Operational';

function ruleWith(detection: string, logSource = 'product: windows, category: process_creation'): Rule {
  const text = `title: Credentials Dumped With A Debugger
id: a0000000-0000-4000-8000-000000000001
status: test
level: high
description: Finds what it finds.
logsource: { ${logSource} }
detection:
${detection}`;
  const [rule] = parseRules(text, 'rules/debugger.yml');
  if (rule?.kind !== 'rule') throw new Error(JSON.stringify(rule));
  return rule;
}

function on(rule: Rule, from: TestEvent): RuleExplanation {
  const { channel = sysmon, eventId = 1 } = from;
  const event = plainEvent(testEvent({ ...from, channel, eventId }));
  return { rule, on: { event: labelOf(channel, eventId), explanation: explain(rule, event) } };
}
/** From the verdict on, at eighty columns without colours. */
const told = (explanation: RuleExplanation): string =>
  renderExplanation(explanation, { width: 80, color: false, reveal: false }).replace(
    /^[\s\S]*?(?=Verdict)/,
    '',
  );

const debuggers = ruleWith(`  tool:
    Image|endswith: ['\\procdump.exe', '\\dumpert.exe', '\\cdb.exe']
  target:
    CommandLine|contains: lsass
  filter_support:
    ParentImage|endswith: '\\support.exe'
  condition: tool and target and not 1 of filter_*
`);
const dump: TestEvent = {
  fields: {
    Image: 'C:\\Tools\\procdump.exe',
    CommandLine: 'procdump.exe -ma lsass.exe out.dmp',
    ParentImage: 'C:\\Windows\\System32\\cmd.exe',
  },
};

describe('an explanation for people', () => {
  it('tells rule, event, verdict and condition of a match', () =>
    expect(
      renderExplanation(on(debuggers, dump), { width: 80, color: false, reveal: false }),
    ).toMatchInlineSnapshot(`
      "Credentials Dumped With A Debugger
      high · test · a0000000-0000-4000-8000-000000000001
      rules/debugger.yml:1

      Event      record 17, offset 4608
                 logs/a.evtx
                 Microsoft-Windows-Sysmon/Operational, event id 1, on HOST-A
                 2026-03-01 12:00:00 UTC
      Verdict    ✓ matched
      Because    Image ends with '\\procdump.exe' (one of 3): held
                 CommandLine contains 'lsass': held

      Condition  ✓ held  ✗ did not hold
        ✓ all of
          ✓ tool:
            ✓ Image ends with '\\procdump.exe' (one of 3)
                = C:\\Tools\\procdump.exe
          ✓ target:
            ✓ CommandLine contains 'lsass'
                = procdump.exe -ma lsass.exe out.dmp
          ✓ not filter_support:
            ✗ ParentImage ends with '\\support.exe'
                = C:\\Windows\\System32\\cmd.exe
      "
    `));
  it('tells of a near miss what is missing and where the text stands instead', () =>
    expect(
      told(
        on(debuggers, {
          fields: { Image: 'C:\\procdump.exe.bak', CommandLine: 'x', ParentImage: 'C:\\support.exe' },
        }),
      ),
    ).toMatchInlineSnapshot(`
      "Verdict    ✗ did not match
      Because    Image ends with '\\procdump.exe', '\\dumpert.exe' or '\\cdb.exe': did
                   not hold
                 CommandLine contains 'lsass': did not hold
                 ParentImage ends with '\\support.exe': held

      Condition  ✓ held  ✗ did not hold
        ✗ all of
          ✗ tool:
            ✗ Image ends with '\\procdump.exe', '\\dumpert.exe' or '\\cdb.exe'
                = C:\\procdump.exe.bak
                the text is in the value, but not at that place
          ✗ target:
            ✗ CommandLine contains 'lsass'
                = x
          ✗ not filter_support:
            ✓ ParentImage ends with '\\support.exe'
                = C:\\support.exe
      "
    `));
  it('tells of an event that the rule is not asked about what both are', () =>
    expect(told(on(debuggers, { channel: 'System', eventId: 7045 }))).toMatchInlineSnapshot(`
      "Verdict    ✗ not asked: the rule is for other events
      It is for  Microsoft-Windows-Sysmon/Operational, event id 1
                 Security, event id 4688, through the view security-4688
      Event is   System, event id 7045
      "
    `));
  it('tells the condition of the log source where that is why', () =>
    expect(
      told(
        on(
          ruleWith('  a: { TargetObject: x }\n  condition: a\n', 'product: windows, category: registry_add'),
          {
            eventId: 12,
            fields: { EventType: 'DeleteKey' },
          },
        ),
      ),
    ).toMatchInlineSnapshot(`
      "Verdict    ✗ not asked: the rule is for other events
      It is for  Microsoft-Windows-Sysmon/Operational, event id 12, where EventType is
                   'createkey'
                 Security, event id 4657, where OperationType is '%%1904', through the
                   view security-4657
      Event is   Microsoft-Windows-Sysmon/Operational, event id 12

      Condition of the log source
        ✗ EventType is 'createkey'
            = DeleteKey
      "
    `));
  it('tells of another source what it is read through, under which names, and what it never has', () => {
    const rule = ruleWith(`  a:
    Image|endswith: '\\cmd.exe'
    User: 'NT AUTHORITY\\SYSTEM'
  b:
    OriginalFileName: Cmd.Exe
  condition: a and b
`);
    expect(
      told(
        on(rule, {
          channel: 'Security',
          eventId: 4688,
          fields: {
            NewProcessName: 'C:\\Windows\\cmd.exe',
            SubjectLogonId: '0x3e7',
            SubjectUserName: 'HOST$',
          },
        }),
      ),
    ).toMatchInlineSnapshot(`
      "Verdict    ✗ did not match, read through the view security-4688
      Because    OriginalFileName is 'cmd.exe': did not hold
                 Security 4688 never has OriginalFileName: the rule is blind there

      Condition  ✓ held  ✗ did not hold
        ✗ all of
          ✓ a: all of
            ✓ Image ends with '\\cmd.exe'
                NewProcessName = C:\\Windows\\cmd.exe
            ✓ User is 'nt authority\\system'
                from TargetLogonId, SubjectLogonId = NT AUTHORITY\\SYSTEM
          ✗ b:
            ✗ OriginalFileName is 'cmd.exe'
                Security 4688 never has OriginalFileName
      "
    `);
  });
  it('tells tests of every kind in words', () => {
    const rule = ruleWith(
      `  a:
    A: null
    B|exists: true
    C|re|i: 'x+y'
    D|cidr: 10.0.0.0/8
    E|fieldref: F
    G|gte: 5
    H|startswith: ['one', 'two']
    I|contains|cased: Abc
    J: ''
    K: 'a*b?c'
    L|exists: false
    M: '*'
    N|hour: 5
  words: ['evil', 'bad']
  condition: a and words
`,
      'product: windows, service: sysmon',
    );
    const fields = {
      A: '1',
      C: 'xxy',
      D: '10.1.2.3',
      E: 'same',
      F: 'other',
      G: '4',
      I: 'abc',
      J: '',
      K: 'axbyc',
      N: '2026-01-01 05:00:00',
    };
    expect(told(on(rule, { fields }))).toMatchInlineSnapshot(`
      "Verdict    ✗ did not match
      Because    A is missing: did not hold
                 B exists: did not hold
                 E is the same as F: did not hold
                 G is at least 5: did not hold
                 H starts with 'one' or 'two': did not hold
                 and 3 more, see below

      Condition  ✓ held  ✗ did not hold
        ✗ all of
          ✗ a: all of
            ✗ A is missing
                = 1
            ✗ B exists
                the event has no B
            ✓ C matches /x+y/i
                = xxy
            ✓ D is an address in 10.0.0.0/8
                = 10.1.2.3
            ✗ E is the same as F
                = same
                F = other
            ✗ G is at least 5
                = 4
            ✗ H starts with 'one' or 'two'
                the event has no H
            ✗ I contains 'Abc' (case counts)
                = abc
                only upper and lower case differ
            ✓ J is empty
                = (empty)
            ✓ K is like 'a*b?c'
                = axbyc
            ✓ L does not exist
                the event has no L
            ✗ M has any value
                the event has no M
              … and 1 more
          ✗ words:
            ✗ any value contains 'evil' or 'bad'
                no value of the event does
      "
    `);
  });
  it('shows several values of a field, and of a long one the part that matters', () => {
    const rule = ruleWith(
      '  a: { Data|contains: needle }\n  condition: a\n',
      'product: windows, service: sysmon',
    );
    const long = `${'hay '.repeat(100)}needle${' hay'.repeat(100)}`;
    expect(told(on(rule, { fields: { Data: ['first', long] } }))).toMatchInlineSnapshot(`
      "Verdict    ✓ matched
      Because    Data contains 'needle': held

      Condition  ✓ held  ✗ did not hold
        ✓ a:
          ✓ Data contains 'needle'
              = …hay hay hay hay hay hay hay hay hay hay hay hay hay needle hay hay ha
                y hay hay hay hay hay hay hay hay hay hay hay hay hay hay hay hay hay 
                hay hay hay hay hay hay hay hay hay hay hay hay hay hay hay hay hay h…
              and 1 more value
      "
    `);
    expect(told(on(rule, { fields: { Data: ['1', '2', '3', '4', '5'] } }))).toContain('and 2 more values');
  });
  it('counts what is too much to show, what held first', () => {
    const searches = Array.from({ length: 30 }, (_, i) => `  s${i}: { F${i}: x }\n`).join('');
    const rule = ruleWith(`${searches}  condition: 1 of s*\n`, 'product: windows, service: sysmon');
    const text = told(on(rule, { fields: { F29: 'x' } }));
    expect(text).toContain('✓ s29:');
    expect(text).toContain('… and 18 more');
    const all = ruleWith(`${searches}  condition: all of s*\n`, 'product: windows, service: sysmon');
    const fields = Object.fromEntries(Array.from({ length: 29 }, (_, i) => [`F${i}`, 'x']));
    expect(told(on(all, { fields }))).toContain('✗ s29:');
  });
  it('tells what a rule means, where it looks and which source lacks what', () =>
    expect(
      renderExplanation(
        {
          rule: ruleWith(`  tool:
    - Image|endswith: '\\procdump.exe'
    - OriginalFileName: procdump
  parent:
    ParentCommandLine|contains: [one, two, three, four, five]
  filter: { User|startswith: 'CORP\\' }
  condition: tool and parent and not filter
`),
          on: null,
        },
        { width: 80, color: false, reveal: false },
      ),
    ).toMatchInlineSnapshot(`
      "Credentials Dumped With A Debugger
      high · test · a0000000-0000-4000-8000-000000000001
      rules/debugger.yml:1

      Finds what it finds.

      Log source windows, process_creation
      Reads      Microsoft-Windows-Sysmon/Operational, event id 1
                 Security, event id 4688, through the view security-4688
      Fields     Image, OriginalFileName, ParentCommandLine, User
      Lacking    Security 4688 never has OriginalFileName, ParentCommandLine: the rule
                   is blind there, because it needs ParentCommandLine

      Condition
        all of
          tool: any of
            Image ends with '\\procdump.exe'
            OriginalFileName is 'procdump'
          parent:
            ParentCommandLine contains 'one', 'two', 'three', 'four' or 1 more
          not filter:
            User starts with 'corp\\'
      "
    `));
  it('says of a rule for logs that are not read that it is never asked', () => {
    const rule = ruleWith('  a: { x: 1 }\n  condition: a\n', 'product: linux, service: auditd');
    expect(renderExplanation({ rule, on: null }, { width: 80, color: false, reveal: false })).toContain(
      'never asked',
    );
    expect(told(on(rule, dump))).toContain('not asked: no logs that this version reads');
  });
  it('hides secrets unless asked to reveal them', () => {
    const rule = ruleWith('  a: { CommandLine|contains: net }\n  condition: a\n');
    const secret = on(rule, { fields: { CommandLine: 'net use \\\\srv\\c$ /user:corp\\bob Hunter2Secret' } });
    expect(told(secret)).not.toContain('Hunter2Secret');
    expect(renderExplanation(secret, { width: 80, color: false, reveal: true })).toContain('Hunter2Secret');
    expect(explanationJson(secret, { reveal: false })).not.toContain('Hunter2Secret');
    expect(explanationJson(secret, { reveal: true })).toContain('Hunter2Secret');
  });
  it('has colours only where asked, and says the same with them', () => {
    const coloured = renderExplanation(on(debuggers, dump), { width: 80, color: true, reveal: false });
    const plain = renderExplanation(on(debuggers, dump), { width: 80, color: false, reveal: false });
    expect(coloured).not.toBe(plain);
    expect(coloured.replace(/\x1b\[[\d;]*m/g, '')).toBe(plain);
  });
});

describe('explanations of any rule on any event', () => {
  const schema = readFileSync(new URL('../../../schema/rules-explain.schema.json', import.meta.url), 'utf8');
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(JSON.parse(schema));

  it('hold nothing that a terminal obeys, and conform to the schema', () => {
    fc.assert(
      fc.property(arbitraryRule, arbitraryEvent, fc.boolean(), (rule, from, meaning) => {
        const explanation = meaning ? { rule, on: null } : on(rule, from);
        const text = renderExplanation(explanation, { width: 80, color: false, reveal: false });
        expect(text).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e]/);
        validate(JSON.parse(explanationJson(explanation, { reveal: false })));
        expect(validate.errors).toBeNull();
      }),
      { numRuns: 1000 },
    );
  });
});
