/** Sections 8 and 9 of the notes on Sigma, case 16 and the other second views. */
import { describe, expect, test } from 'vitest';
import { reachable, views } from '../../src/know/logsources/index.ts';
import type { TestFields } from '../event.ts';
import { sharedRules } from '../logs.ts';
import { haveShared } from '../shared.ts';
import { expectHits, rule } from './case.ts';

const process = { logSource: 'product: windows\ncategory: process_creation' };

/** A 4688 of current Windows: bob runs cmd with High integrity. */
const base: TestFields = {
  SubjectUserSid: 'S-1-5-21-1-2-3-1001',
  SubjectUserName: 'bob',
  SubjectDomainName: 'CORP',
  SubjectLogonId: '0x3f0a1',
  NewProcessId: '0x1a4',
  NewProcessName: 'C:\\Windows\\System32\\cmd.exe',
  TokenElevationType: '%%1936',
  ProcessId: '0x2C8',
  CommandLine: 'cmd.exe /c whoami',
  TargetUserSid: 'S-1-0-0',
  TargetUserName: '-',
  TargetDomainName: '-',
  TargetLogonId: '0x0',
  ParentProcessName: 'C:\\Windows\\explorer.exe',
  MandatoryLabel: 'S-1-16-12288',
};

function expect4688(detection: string, fields: TestFields, matches: boolean): void {
  const event = { channel: 'Security', eventId: 4688, fields };
  expectHits([rule(detection, process)], event, matches ? [0] : []);
}

const without = (...names: string[]): TestFields =>
  Object.fromEntries(Object.entries(base).filter(([name]) => !names.includes(name)));

describe('16 Security 4688 as process_creation', () => {
  test('image, parent image and command line read by their Sysmon names', () => {
    expect4688(
      "sel:\n  Image|endswith: '\\cmd.exe'\n  ParentImage|endswith: '\\explorer.exe'\n  CommandLine|contains: whoami",
      base,
      true,
    );
    expect4688("sel:\n  Image|endswith: '\\explorer.exe'", base, false);
  });
  test('process ids are decimal, and the parent is what 4688 calls ProcessId', () => {
    expect4688('sel:\n  ProcessId: 420\n  ParentProcessId: 712', base, true);
    expect4688("sel:\n  ProcessId: '0x2C8'", base, false);
  });
  test('the logon id is unpadded and in lower case', () => {
    expect4688("sel:\n  LogonId|cased: '0x3f0a1'", { ...base, SubjectLogonId: '0x000000000003F0A1' }, true);
  });
  test('the user is domain and name of the subject', () => {
    expect4688("sel:\n  User: 'CORP\\bob'", base, true);
  });
  test('a process started over WMI belongs to the target, not to the host', () => {
    const fields = {
      ...base,
      SubjectUserName: 'HOST$',
      SubjectLogonId: '0x3e4',
      TargetLogonId: '0x9c1f2',
      TargetUserName: 'alice',
      TargetDomainName: 'CORP',
    };
    expect4688("sel:\n  User: 'CORP\\alice'\n  LogonId: '0x9c1f2'", fields, true);
    expect4688('sel:\n  User|contains: HOST', fields, false);
    expect4688('sel:\n  User|contains: AUTHORI', fields, false);
  });
  test('a service logon is named as Sysmon names it', () => {
    for (const [id, name] of [
      ['0x3e7', 'NT AUTHORITY\\SYSTEM'],
      ['0x3E4', 'NT AUTHORITY\\NETWORK SERVICE'],
      ['0x00000000000003e5', 'NT AUTHORITY\\LOCAL SERVICE'],
    ] as const) {
      const fields = { ...base, SubjectUserName: 'HOST$', SubjectLogonId: id };
      expect4688(`sel:\n  User: '${name}'`, fields, true);
      expect4688('sel:\n  User|contains:\n    - AUTHORI\n    - AUTORI', fields, true);
    }
  });
  test('integrity is found by name and by SID', () => {
    for (const [sid, name] of [
      ['S-1-16-4096', 'Low'],
      ['S-1-16-8192', 'Medium'],
      ['S-1-16-12288', 'High'],
      ['S-1-16-16384', 'System'],
    ] as const) {
      expect4688(`sel:\n  IntegrityLevel: ${name}`, { ...base, MandatoryLabel: sid }, true);
      expect4688(`sel:\n  IntegrityLevel: ${sid}`, { ...base, MandatoryLabel: sid }, true);
    }
    expect4688('sel:\n  IntegrityLevel: System', base, false);
  });
  test('a missing parent is a missing field', () => {
    const fields = without('ParentProcessName');
    expect4688("sel:\n  ParentImage|endswith: '\\explorer.exe'", fields, false);
    expect4688('sel:\n  ParentImage: null', fields, true);
    expect4688(
      'sel:\n  Image|endswith: cmd.exe\nno:\n  ParentImage|endswith: x\ncondition: sel and not no',
      fields,
      true,
    );
  });
  test('a missing command line is a missing field', () => {
    const fields = without('CommandLine');
    expect4688('sel:\n  CommandLine|contains: whoami', fields, false);
    expect4688(
      'sel:\n  Image|endswith: cmd.exe\nno:\n  CommandLine|contains: x\ncondition: sel and not no',
      fields,
      true,
    );
  });
  test('what 4688 never has is missing even where the event has a field of that name', () => {
    expect4688('sel:\n  ParentCommandLine|contains: x', { ...base, ParentCommandLine: 'x' }, false);
    expect4688('sel:\n  OriginalFileName: null', base, true);
  });
  test('its own names stay readable', () => {
    expect4688(
      "sel:\n  NewProcessName|endswith: cmd.exe\n  SubjectUserName: bob\n  TokenElevationType: '%%1936'",
      base,
      true,
    );
    const security = rule("sel:\n  EventID: 4688\n  ProcessId: '0x2c8'", {
      logSource: 'product: windows\nservice: security',
    });
    expectHits([security], { channel: 'Security', eventId: 4688, fields: base }, [0]);
  });
  test('older events without target and label read by the subject', () => {
    const fields = without(
      'TargetUserSid',
      'TargetUserName',
      'TargetDomainName',
      'TargetLogonId',
      'MandatoryLabel',
      'ParentProcessName',
    );
    expect4688("sel:\n  User: 'CORP\\bob'\n  LogonId: '0x3f0a1'", fields, true);
    expect4688('sel:\n  IntegrityLevel: null', fields, true);
  });
  test('with service security it is 4688 alone, with service sysmon Sysmon alone', () => {
    const sysmon = {
      channel: 'Microsoft-Windows-Sysmon/Operational',
      eventId: 1,
      fields: { CommandLine: 'whoami' },
    };
    const security = { channel: 'Security', eventId: 4688, fields: base };
    for (const [service, bySysmon, bySecurity] of [
      ['security', [], [0]],
      ['sysmon', [0], []],
    ] as const) {
      const one = rule('sel:\n  CommandLine|contains: whoami', {
        logSource: `product: windows\ncategory: process_creation\nservice: ${service}`,
      });
      expectHits([one], sysmon, bySysmon);
      expectHits([one], security, bySecurity);
    }
  });
});

describe('Security 5156 as network_connection', () => {
  const event = {
    channel: 'Security',
    eventId: 5156,
    fields: {
      ProcessID: '4711',
      Application: '\\device\\harddiskvolume3\\windows\\system32\\rundll32.exe',
      Direction: '%%14593',
      SourceAddress: '10.0.0.5',
      SourcePort: '50000',
      DestAddress: '203.0.113.7',
      DestPort: '443',
      Protocol: '6',
    },
  };
  const network = { logSource: 'product: windows\ncategory: network_connection' };

  test('addresses, ports, protocol, direction and process read by their Sysmon names', () => {
    const detection = `
      sel:
        Image|endswith: '\\rundll32.exe'
        ProcessId: 4711
        Protocol: tcp
        Initiated: 'true'
        SourceIp: 10.0.0.5
        SourcePort: 50000
        DestinationIp|cidr: 203.0.113.0/24
        DestinationPort: 443`;
    expectHits([rule(detection, network)], event, [0]);
  });
  test('an inbound connection was not initiated here', () => {
    const inbound = { ...event, fields: { ...event.fields, Direction: '%%14592', Protocol: '17' } };
    expectHits([rule("sel:\n  Initiated: 'false'\n  Protocol: udp", network)], inbound, [0]);
    expectHits([rule("sel:\n  Initiated: 'true'", network)], inbound, []);
  });
});

describe('Security 4657 as registry events', () => {
  const fields = {
    ObjectName: '\\REGISTRY\\MACHINE\\SYSTEM\\ControlSet001\\Control\\Lsa',
    ObjectValueName: 'RunAsPPL',
    OperationType: '%%1905',
    NewValueType: '%%1876',
    NewValue: '4',
    ProcessId: '0x1a4',
    ProcessName: 'C:\\Windows\\regedit.exe',
  };
  const event = { channel: 'Security', eventId: 4657, fields };
  const set = { logSource: 'product: windows\ncategory: registry_set' };

  test('key and value name make the object, in the current control set', () => {
    expectHits(
      [rule("sel:\n  TargetObject: 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa\\RunAsPPL'", set)],
      event,
      [0],
    );
  });
  test('users are HKU', () => {
    const user = {
      ...event,
      fields: { ...fields, ObjectName: '\\REGISTRY\\USER\\S-1-5-21-1\\Software\\Run' },
    };
    expectHits([rule("sel:\n  TargetObject: 'HKU\\S-1-5-21-1\\Software\\Run\\RunAsPPL'", set)], user, [0]);
  });
  test('a DWORD is written as Sysmon writes it', () => {
    expectHits([rule("sel:\n  Details: 'DWORD (0x00000004)'", set)], event, [0]);
  });
  test('a text stays as it is', () => {
    const text = { ...event, fields: { ...fields, NewValueType: '%%1873', NewValue: '4' } };
    expectHits([rule('sel:\n  Details: 4', set)], text, [0]);
  });
  test('image and process id read by their Sysmon names', () => {
    expectHits([rule("sel:\n  Image|endswith: '\\regedit.exe'\n  ProcessId: 420", set)], event, [0]);
  });
  test('created, changed and deleted values go to the categories that are about them', () => {
    for (const [operation, expected] of [
      ['%%1904', [0, 1, 3]],
      ['%%1905', [0, 3]],
      ['%%1906', [2, 3]],
    ] as const) {
      const rules = ['registry_set', 'registry_add', 'registry_delete', 'registry_event'].map(category =>
        rule('sel:\n  TargetObject|endswith: RunAsPPL', {
          logSource: `product: windows\ncategory: ${category}`,
        }),
      );
      expectHits(rules, { ...event, fields: { ...fields, OperationType: operation } }, expected);
    }
  });
});

test('a Defender detection is an antivirus event, also without product', () => {
  const one = rule("sel:\n  Signature|contains: Mimikatz\n  Filename|endswith: '\\m.exe'", {
    logSource: 'category: antivirus',
  });
  const event = {
    channel: 'Microsoft-Windows-Windows Defender/Operational',
    eventId: 1116,
    fields: { ThreatName: 'HackTool:Win32/Mimikatz', Path: 'file:_C:\\m.exe' },
  };
  expectHits([one], event, [0]);
  expectHits([one], { ...event, eventId: 1150 }, []);
});

describe.skipIf(!haveShared)('rules that Security 4688 can never satisfy', () => {
  const { absent } = views.get('security-4688')!;
  const plans = haveShared
    ? sharedRules()
        .filter(one => one.logSource.category === 'process_creation' && one.logSource.product === 'windows')
        .map(one => one.plan)
    : [];
  const blind = (...more: string[]): number =>
    plans.filter(plan => !reachable(plan, { absent: new Set([...absent, ...more]) }).reachable).length;

  test('104 where it is recorded in full', () => {
    expect(blind()).toBe(104);
  });
  test('320 without the name of the parent', () => {
    expect(blind('ParentImage')).toBe(320);
  });
  test('1,058 without the command line', () => {
    expect(blind('CommandLine')).toBe(1058);
  });
});
