import { describe, expect, it } from 'vitest';
import { EventBuilder, testEvent } from '../../../test/event.ts';
import { bareOf, plainRule } from '../../../test/rule.ts';
import type { Rule } from '../../know/sigma/index.ts';
import type { LazyEvent } from '../../read/events/index.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';
import { createFindingWriter, type EventFinding, type FindingFormat, findingFormats } from './index.ts';

const rule: Rule = {
  ...plainRule,
  author: 'A. Author, B. Author',
  references: ['https://example.org/one', 'https://example.org/two'],
  tags: ['attack.persistence', 'attack.t1136.001', 'attack.T1078', 'cve.2020-1'],
};
const bare = bareOf(rule);
const licensed: Rule = { ...rule, title: 'A "quoted"\u001b title', license: 'DRL-1.1', level: 'critical' };
const rules = [rule, bare, licensed];

function lineOf(event: LazyEvent, index = 0, reveal = false, path = 'logs/a.evtx'): string {
  const out = new ByteWriter(1);
  createFindingWriter(rules, { reveal }).write(out, event, index, path);
  return out.take().toString('utf8');
}

const find = (event: LazyEvent, index = 0, reveal = false): EventFinding =>
  JSON.parse(lineOf(event, index, reveal)) as EventFinding;

const sysmon = {
  channel: 'Microsoft-Windows-Sysmon/Operational',
  provider: 'Microsoft-Windows-Sysmon',
  eventId: 1,
  host: 'ws1.corp.example',
  fields: {
    ProcessGuid: '{0197231E-C424-69E1-C922-000000000800}',
    ProcessId: '4711',
    Image: 'C:\\Windows\\System32\\net.exe',
    CommandLine: 'net user bob S3cret! /add',
    CurrentDirectory: 'C:\\',
    User: 'CORP\\alice',
    ParentProcessId: '815',
    ParentImage: 'C:\\Windows\\System32\\cmd.exe',
    ParentCommandLine: '-',
  },
} as const;

const security = (eventId: number, fields: Record<string, string>) =>
  testEvent({ channel: 'Security', provider: 'Microsoft-Windows-Security-Auditing', eventId, fields });

describe('a finding', () => {
  it('is one line in the order of its type', () => {
    const event = testEvent(sysmon);
    event.micros = 1_552_849_781_123_456;
    event.recordId = 9007199254740991;
    event.recordOffset = 4608;
    expect(lineOf(event)).toMatchInlineSnapshot(`
      "{"@timestamp":"2019-03-17T19:09:41.123456Z","message":"Local Account Created on ws1.corp.example: net user bob *** /add","rule":{"id":"5af54681-df95-4c26-854f-2565e13cfab0","name":"Local Account Created","reference":"https://example.org/one","author":"A. Author, B. Author","version":"2024-01-02"},"event":{"code":"1","provider":"Microsoft-Windows-Sysmon","severity":73},"host":{"name":"ws1.corp.example"},"user":{"name":"alice","domain":"CORP"},"process":{"pid":4711,"executable":"C:\\\\Windows\\\\System32\\\\net.exe","name":"net.exe","command_line":"net user bob *** /add","working_directory":"C:\\\\","entity_id":"{0197231E-C424-69E1-C922-000000000800}","parent":{"pid":815,"executable":"C:\\\\Windows\\\\System32\\\\cmd.exe","name":"cmd.exe"}},"winlog":{"channel":"Microsoft-Windows-Sysmon/Operational","record_id":"9007199254740991","event_data":{"ProcessGuid":"{0197231E-C424-69E1-C922-000000000800}","ProcessId":"4711","Image":"C:\\\\Windows\\\\System32\\\\net.exe","CommandLine":"net user bob *** /add","CurrentDirectory":"C:\\\\","User":"CORP\\\\alice","ParentProcessId":"815","ParentImage":"C:\\\\Windows\\\\System32\\\\cmd.exe","ParentCommandLine":"-"}},"log":{"file":{"path":"logs/a.evtx"},"offset":4608},"threat":{"technique":{"id":["T1136.001","T1078"]}},"huntaway":{"kind":"rule","level":"high","status":"test","tags":["attack.persistence","attack.t1136.001","attack.T1078","cve.2020-1"]}}
      "
    `);
  });

  it('says of a rule only what the rule says', () => {
    const finding = find(testEvent(sysmon), 1);
    expect(finding.rule).toEqual({ id: `sha256:${bare.sha256}`, name: `sha256:${bare.sha256}` });
    expect(finding.huntaway).toEqual({ kind: 'rule', level: 'informational', status: null, tags: [] });
    expect(finding.threat).toBeUndefined();
    expect(finding.event.severity).toBe(1);
  });

  it('carries the license of a rule that has one', () => {
    expect(find(testEvent(sysmon), 2).rule.license).toBe('DRL-1.1');
  });

  it('names techniques in upper case', () => {
    expect(find(testEvent(sysmon)).threat).toEqual({ technique: { id: ['T1136.001', 'T1078'] } });
  });

  it('shows secrets only when asked to', () => {
    expect(lineOf(testEvent(sysmon))).not.toContain('S3cret!');
    const shown = find(testEvent(sysmon), 0, true);
    expect(shown.process?.command_line).toBe('net user bob S3cret! /add');
    expect(shown.winlog.event_data['CommandLine']).toBe('net user bob S3cret! /add');
    expect(shown.message).toContain('S3cret!');
  });

  it('is the same in a batch of rules as alone', () => {
    const builder = new EventBuilder();
    const events = [builder.build(sysmon), builder.build({ fields: { Image: 'é\u202e' } })];
    const writer = createFindingWriter(rules, { reveal: false });
    const out = new ByteWriter(1);
    for (const event of events) {
      writer.begin(event, 'logs/a.evtx');
      for (const index of rules.keys()) writer.line(out, index);
    }
    const alone = events.flatMap(event => [...rules.keys()].map(index => lineOf(event, index)));
    expect(out.take().toString('utf8')).toBe(alone.join(''));
  });

  it('marks salvaged records', () => {
    const event = testEvent(sysmon);
    event.salvaged = true;
    expect(find(event).huntaway.salvaged).toBe(true);
  });

  it.each([
    [0, false, {}],
    [1, false, { form: 'normal' }],
    [1, true, { form: 'normal', salvaged: true, collection: true }],
    [0, true, { salvaged: true, collection: true }],
  ])('says of form %i, salvaged and collected %j, %j', (form, marked, said) => {
    const event = testEvent(sysmon);
    event.salvaged = marked;
    const out = new ByteWriter();
    const writer = createFindingWriter(rules, { reveal: false });
    writer.begin(event, 'logs/a.evtx', marked);
    writer.line(out, 0, form);
    const { kind, level, status, tags, ...rest } = JSON.parse(out.take().toString('utf8')).huntaway;
    expect([kind, level, status, tags]).toBeDefined();
    expect(rest).toEqual(said);
  });

  it('leaves nothing in a line that a terminal obeys', () => {
    const event = testEvent({
      ...sysmon,
      host: 'h\u001b[2J',
      fields: { CommandLine: 'a\u009b31m\r\nb\u202e' },
    });
    const line = lineOf(event, 2, false, 'logs/\u001b]0;x\u0007.evtx').trimEnd();
    expect(line).not.toMatch(/[\0-\x1f\x7f-\x9f\u2028-\u202e]/);
    expect((JSON.parse(line) as EventFinding).winlog.event_data['CommandLine']).toBe('a\u009b31m\r\nb\u202e');
  });

  it('lists the values of a repeated field and leaves absent ones out', () => {
    const event = testEvent({
      fields: { Data: ['a', 'b'], One: 'x', None: null },
      arrays: { Many: ['p', 'q'] },
    });
    expect(find(event).winlog.event_data).toEqual({ Data: ['a', 'b'], One: 'x', Many: ['p', 'q'] });
  });
});

describe('what an event says in ECS', () => {
  it('of a started process (4688): the account, the process and its parent', () => {
    const finding = find(
      security(4688, {
        SubjectUserSid: 'S-1-5-21-1-2-3-1001',
        SubjectUserName: 'alice',
        SubjectDomainName: 'CORP',
        NewProcessId: '0x1f4',
        NewProcessName: 'C:\\Windows\\System32\\net.exe',
        ProcessId: '0x10',
        CommandLine: 'net view',
        ParentProcessName: 'C:\\Windows\\System32\\cmd.exe',
      }),
    );
    expect(finding.user).toEqual({ name: 'alice', domain: 'CORP', id: 'S-1-5-21-1-2-3-1001' });
    expect(finding.process).toEqual({
      pid: 500,
      executable: 'C:\\Windows\\System32\\net.exe',
      name: 'net.exe',
      command_line: 'net view',
      parent: { pid: 16, executable: 'C:\\Windows\\System32\\cmd.exe', name: 'cmd.exe' },
    });
  });

  it('of a logon (4624): who, from where', () => {
    const finding = find(
      security(4624, {
        TargetUserSid: 'S-1-0-0',
        TargetUserName: 'bob',
        TargetDomainName: 'CORP',
        WorkstationName: 'KALI',
        IpAddress: '::ffff:10.0.0.5',
        IpPort: '49152',
        ProcessName: '-',
        ProcessId: '0x0',
      }),
    );
    expect(finding.user).toEqual({ name: 'bob', domain: 'CORP', id: 'S-1-0-0' });
    expect(finding.source).toEqual({ ip: '10.0.0.5', port: 49152, domain: 'KALI' });
    expect(finding.process).toEqual({ pid: 0 });
  });

  it.each([
    ['10.0.0.5', { ip: '10.0.0.5' }],
    ['::1', { ip: '::1' }],
    ['fe80::1%12', { ip: 'fe80::1' }],
    ['-', undefined],
    ['', undefined],
    ['LOCAL', undefined],
    ['\\\\KALI', { domain: 'KALI' }],
    ['999.1.1.1', { domain: '999.1.1.1' }],
  ])('of the source address %j', (IpAddress, source) => {
    expect(find(security(4769, { IpAddress, IpPort: '0' })).source).toEqual(source);
  });

  it('of a remote session (21): who and from where', () => {
    const event = testEvent({
      channel: 'Microsoft-Windows-TerminalServices-LocalSessionManager/Operational',
      eventId: 21,
      fields: { User: 'CORP\\bob', SessionID: '2', Address: '10.0.0.5' },
    });
    expect(find(event).user).toEqual({ name: 'bob', domain: 'CORP' });
    expect(find(event).source).toEqual({ ip: '10.0.0.5' });
  });

  it('of an event nobody mapped: what its names tell', () => {
    const event = testEvent({ channel: 'Some/Log', fields: { UserName: 'bob', IpAddress: '10.0.0.5' } });
    expect(find(event).user).toEqual({ name: 'bob' });
    expect(find(event).source).toEqual({ ip: '10.0.0.5' });
  });
});

describe('formats', () => {
  const format = (name: FindingFormat, lines: readonly string[]): string => {
    const formatter = findingFormats[name].create();
    const out = new ByteWriter(1);
    formatter.header(out);
    for (const line of lines) formatter.lines(out, Buffer.from(line));
    formatter.footer(out);
    return out.take().toString('utf8');
  };
  const lines = [lineOf(testEvent(sysmon)) + lineOf(testEvent(sysmon), 1), lineOf(testEvent(sysmon), 2)];

  it('jsonl is the lines', () => {
    expect(format('jsonl', lines)).toBe(lines.join(''));
  });

  it('json is one array, also an empty one', () => {
    const parsed = JSON.parse(format('json', lines)) as EventFinding[];
    expect(parsed.map(finding => JSON.stringify(finding))).toEqual(
      lines
        .join('')
        .trimEnd()
        .split('\n')
        .map(line => JSON.stringify(JSON.parse(line))),
    );
    expect(JSON.parse(format('json', []))).toEqual([]);
  });

  it('csv is a table with a header', () => {
    expect(format('csv', [lineOf(testEvent(sysmon))])).toMatchInlineSnapshot(`
      "﻿time,level,host,rule,message,user,process,command_line,parent_process,parent_command_line,source_ip,destination_ip,channel,event_id,record_id,techniques,event_data,file,offset,rule_id,rule_author,rule_reference,kind,group,count,first,last
      1970-01-01T00:00:00.000000Z,high,ws1.corp.example,Local Account Created,Local Account Created on ws1.corp.example: net user bob *** /add,CORP\\alice,C:\\Windows\\System32\\net.exe,net user bob *** /add,C:\\Windows\\System32\\cmd.exe,,,,Microsoft-Windows-Sysmon/Operational,1,1,T1136.001 T1078,ProcessGuid={0197231E-C424-69E1-C922-000000000800} | ProcessId=4711 | Image=C:\\Windows\\System32\\net.exe | CommandLine=net user bob *** /add | CurrentDirectory=C:\\ | User=CORP\\alice | ParentProcessId=815 | ParentImage=C:\\Windows\\System32\\cmd.exe | ParentCommandLine=-,logs/a.evtx,0,5af54681-df95-4c26-854f-2565e13cfab0,"A. Author, B. Author",https://example.org/one,rule,,,,
      "
    `);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '\uff1d1', '=HYPERLINK("http://x","y")'])(
    'csv makes no formula of %j',
    value => {
      const text = format('csv', [lineOf(testEvent({ ...sysmon, host: value }))]);
      const cell = /^[^,]*,[^,]*,("(?:[^"]|"")*"|[^,]*),/m.exec(text.split('\r\n')[1]!)![1]!;
      expect(cell.replace(/^"/, '')).toMatch(/^'/);
    },
  );

  it('csv keeps a row on one line and quotes as RFC 4180 asks', () => {
    const event = testEvent({ ...sysmon, fields: { CommandLine: 'a,"b"\r\nc\u001b[0m' } });
    const rows = format('csv', [lineOf(event)]).split('\r\n');
    expect(rows).toHaveLength(3);
    expect(rows[1]).toContain('"a,""b"" c\\u{1b}[0m"');
  });
});
