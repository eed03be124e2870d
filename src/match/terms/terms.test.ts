import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { EventBuilder, type TestEvent, type TestFields, testEvent } from '../../../test/event.ts';
import { arbitraryEvent } from '../../../test/generators.ts';
import { parseTerm, type Sought, type Term, termRule } from '../../know/terms/index.ts';
import type { LazyEvent } from '../../read/events/index.ts';
import { createMatcher, type MatcherOptions } from '../index.ts';
import type { Sighting } from '../types.ts';
import { FoldedValues, MOST_SESSIONS, TermMatcher, termTest } from './index.ts';

function term(word: string): Term {
  const parsed = parseTerm(word);
  if ('message' in parsed) throw new Error(`${word}: ${parsed.message}`);
  return parsed;
}

function matcherOf(terms: readonly Sought[], options: MatcherOptions = {}): TermMatcher {
  return new TermMatcher(createMatcher(terms.map(termRule), options), terms);
}

/** What the product finds of one term. */
function sighting(word: string, event: LazyEvent): Sighting | null {
  const matcher = matcherOf([term(word)]);
  return matcher.match(event) === 1 ? matcher.sightings[0]! : null;
}

const holds = (word: string, value: string): boolean =>
  sighting(word, testEvent({ fields: { F: value } })) !== null;

const sha1 = '0123456789abcdef0123456789abcdef01234567';
const exe = 'C:\\Windows\\Temp\\a.exe';

describe('an address', () => {
  test.each<readonly [word: string, value: string, expected: boolean]>([
    ['10.1.2.3', '10.1.2.3', true],
    ['10.1.2.3', '10.1.2.34', false],
    ['10.1.2.3', '110.1.2.3', false],
    ['10.1.2.3', '1.10.1.2.3', false],
    ['10.1.2.3', '10.1.2.3.4', false],
    ['10.1.2.3', '10.1.2.3.example.org', false],
    ['10.1.2.3', 'v10.1.2.3', false],
    ['10.1.2.3', '10.1.2.3b', false],
    ['10.1.2.3', 'it was 10.1.2.3.', true],
    ['10.1.2.3', 'ip:10.1.2.3', true],
    ['10.1.2.3', 'connectaddress=10.1.2.3', true],
    ['10.1.2.3', '10.1.2.3:445', true],
    ['10.1.2.3', '\\\\10.1.2.3\\C$', true],
    ['10.1.2.3', 'http://10.1.2.3/x', true],
    ['10.1.2.3', '10.1.2.1-10.1.2.3', true],
    ['10.1.2.3', '::ffff:10.1.2.3', true],
    ['10.1.2.3', 'type: 5 x;::FFFF:10.1.2.3;', true],
    ['10.1.2.3', '::ffff:a01:203', true],
    ['10.1.2.3', '::ffff:0A01:0203', true],
    ['10.1.2.3', '0:0:0:0:0:ffff:a01:203', true],
    ['10.1.2.3', '::ffff:a01:2031', false],
    ['10.1.2.3', '1::ffff:a01:203', false],
    ['10.1.2.3', '010.001.002.003', true],
    ['10.1.2.3', `020001BD0A010203${'0'.repeat(16)}`, true],
    ['10.1.2.3', '0A010203', false],
    ['10.1.2.3', '64:ff9b::10.1.2.3', true],
    ['10.1.2.3', '10.1.2', false],
    ['10.1.0.0/16', '10.1.255.3', true],
    ['10.1.0.0/16', '10.2.0.1', false],
    ['10.1.0.0/16', '210.1.0.1', false],
    ['10.1.0.0/16', '::ffff:10.1.2.3', true],
    ['10.1.0.0/16', '::ffff:0a01:0203', true],
    ['10.1.2.64/26', '10.1.2.127', true],
    ['10.1.2.64/26', '10.1.2.128', false],
    ['10.1.2.99/26', '10.1.2.65', true],
    ['2001:db8::1', '2001:db8::1', true],
    ['2001:db8::1', '2001:0DB8:0000:0000:0000:0000:0000:0001', true],
    ['2001:db8::1', '[2001:db8::1]:443', true],
    ['2001:db8::1', '2001:db8::1%12', true],
    ['2001:db8::1', 'ip:2001:db8::1', true],
    ['2001:db8::1', 'from 2001:db8::1.', true],
    ['2001:db8::1', '2001:db8::12', false],
    ['2001:db8::1', '2001:db8::1:2', false],
    ['2001:db8::1', '12001:db8::1', false],
    ['2001:db8::1', 'x2001:db8::1', false],
    ['2001:db8::1', `17000000000000000${'20010db8'.slice(1)}${'0'.repeat(23)}1`, false],
    ['2001:db8::1', `170001bd0000000020010DB8${'0'.repeat(23)}100000000`, true],
    ['2001:db8:12::/48', '2001:db8:12:ffff::9', true],
    ['2001:db8:12::/48', '2001:db8:13::9', false],
    ['::1', '::1', true],
    ['::1', '0:0:0:0:0:0:0:1', true],
    ['::1', '::12', false],
    ['::1', '2001:db8::1', false],
  ])('%s in %j: %s', (word, value, expected) => expect(holds(word, value)).toBe(expected));
});

describe('a hash', () => {
  test.each<readonly [value: string, expected: boolean]>([
    [`MD5=00,SHA1=${sha1.toUpperCase()},IMPHASH=1`, true],
    [sha1, true],
    [`0x${sha1}`, true],
    [`${sha1}0`, false],
    [`f${sha1}`, false],
    [sha1.slice(1), false],
  ])('in %j: %s', (value, expected) => expect(holds(sha1, value)).toBe(expected));
});

describe('a path', () => {
  test.each<readonly [word: string, value: string, expected: boolean]>([
    [exe, 'c:\\windows\\TEMP\\A.exe', true],
    [exe, 'C:/Windows/Temp/a.exe', true],
    [exe, 'C:\\\\Windows\\\\Temp\\\\a.exe', true],
    [exe, '\\Device\\HarddiskVolume3\\Windows\\Temp\\a.exe', true],
    [exe, '\\\\?\\C:\\Windows\\Temp\\a.exe', true],
    [exe, '\\??\\C:\\Windows\\Temp\\a.exe', true],
    [exe, '\\\\fs1\\C$\\Windows\\Temp\\a.exe', true],
    [exe, '%SystemRoot%\\Temp\\a.exe', true],
    [exe, '\\SystemRoot\\Temp\\a.exe', true],
    [exe, '"C:\\Windows\\Temp\\a.exe" -x', true],
    [exe, 'cmd /c C:\\Windows\\Temp\\a.exe', true],
    [exe, 'copy C:\\Windows\\Temp\\a.exe.', true],
    [exe, 'C:\\Windows\\Temp\\a.exe:stream', true],
    [exe, 'D:\\Windows\\Temp\\a.exe', false],
    [exe, 'C:\\Windows\\Temp\\a.exe.bak', false],
    [exe, 'C:\\Windows\\Temp\\a.exe2', false],
    [exe, 'C:\\Windows\\Temp\\ba.exe', false],
    [exe, 'C:\\Old\\Windows\\Temp\\a.exe', false],
    [exe, '\\\\fs1\\xc$\\Windows\\Temp\\a.exe', false],
    [exe, '\\Windows\\Temp\\a.exe', false],
    ['C:\\Temp\\pro', 'C:\\Temp\\pro\\x.dit', true],
    ['C:\\Temp\\pro\\', 'C:\\Temp\\pro', true],
    ['C:\\Temp\\pro', 'C:\\Temp\\program', false],
    ['\\Device\\HarddiskVolume1\\Temp\\a.exe', 'C:\\Temp\\a.exe', true],
    ['\\Temp\\a.exe', 'D:\\Temp\\a.exe', true],
    ['\\Temp\\a.exe', 'D:\\x\\Temp\\a.exe', false],
    ['\\\\fs1\\share\\a.zip', '\\\\FS1\\share\\a.zip', true],
    ['\\\\fs1\\share\\a.zip', '\\\\?\\UNC\\fs1\\share\\a.zip', true],
    ['\\\\fs1\\share\\a.zip', 'net use \\\\fs1\\share\\a.zip', true],
    ['\\\\fs1\\share\\a.zip', '\\\\xfs1\\share\\a.zip', false],
    ['\\\\fs1\\share\\a.zip', 'C:\\fs1\\share\\a.zip', false],
    ['a.exe', exe, true],
    ['a.exe', 'a.exe /x', true],
    ['a.exe', 'ba.exe', false],
    ['a.exe', 'a.exe.mui', false],
    ['name:ntds', 'C:\\Windows\\NTDS\\x', true],
    ['name:ntds', 'ntdsutil', false],
  ])('%s in %j: %s', (word, value, expected) => expect(holds(word, value)).toBe(expected));
  it('is found where share and path stand apart', () => {
    const fields = { ShareName: '\\\\*\\C$', RelativeTargetName: 'Windows\\Temp\\a.exe' };
    expect(sighting(exe, testEvent({ fields }))?.fields).toEqual(['RelativeTargetName']);
    expect(sighting(exe, testEvent({ fields: { ...fields, ShareName: '\\\\*\\D$' } }))).toBeNull();
  });
});

describe('an account', () => {
  test.each<readonly [word: string, value: string, expected: boolean]>([
    ['svc', 'SVC', true],
    ['svc', 'svc_backup', false],
    ['svc', 'svc-backup', false],
    ['svc', 'my.svc', false],
    ['svc', 'svc$', false],
    ['svc', 'svc2', false],
    ['svc', 'svcé', false],
    ['svc', 'CORP\\svc', true],
    ['svc', 'svc@corp.example', true],
    ['svc', 'net user svc /domain', true],
    ['svc', 'ask svc.', true],
    ['svc', 'C:\\Users\\svc\\x', true],
    ['CORP\\svc', 'corp\\SVC', true],
    ['CORP\\svc', 'corp\\\\svc', true],
    ['CORP\\svc', 'runas /user:CORP\\svc cmd', true],
    ['CORP\\svc', 'svc@CORP', true],
    ['CORP\\svc', 'svc@corp.example', true],
    ['CORP\\svc', 'svc@xcorp.example', false],
    ['CORP\\svc', 'OTHER\\svc', false],
    ['CORP\\svc', 'ACORP\\svc', false],
    ['CORP\\svc', 'CORP\\svc2', false],
    ['CORP\\svc', '\\\\CORP\\svc', false],
    ['CORP\\svc', 'C:\\CORP\\svc', false],
    ['CORP\\svc', 'net user svc', false],
    ['svc@corp.example', 'CORP\\svc', true],
    ['svc@corp.example', 'svc@corp.example.', true],
    ['svc@corp.example', 'svc@corp.example.org', false],
    ['WS01$', 'CORP\\WS01$', true],
    ['WS01', 'CORP\\WS01$', false],
    ['S-1-5-21-1-2-3-110', 's-1-5-21-1-2-3-110', true],
    ['S-1-5-21-1-2-3-110', '(A;;CC;;;S-1-5-21-1-2-3-110)', true],
    ['S-1-5-21-1-2-3-110', 'S-1-5-21-1-2-3-1105', false],
    ['S-1-5-21-1-2-3-110', 'S-1-5-21-1-2-3-110-5', false],
  ])('%s in %j: %s', (word, value, expected) => expect(holds(word, value)).toBe(expected));

  const logon = (domain: string | null): LazyEvent =>
    testEvent({
      fields: { TargetUserName: 'svc', ...(domain === null ? {} : { TargetDomainName: domain }) },
    });
  it('is found by the field that says its domain', () =>
    expect(sighting('CORP\\svc', logon('CORP'))).toEqual({ fields: ['TargetUserName'], isNameOnly: false }));
  it('is not that of another domain', () => expect(sighting('CORP\\svc', logon('OTHER'))).toBeNull());
  it.each([null, '-', ''])('is told apart where no domain is said (%j)', domain =>
    expect(sighting('CORP\\svc', logon(domain))).toEqual({ fields: ['TargetUserName'], isNameOnly: true }),
  );
  it('is found under its SID once a record says both', () => {
    const matcher = matcherOf([term('CORP\\svc')]);
    const fields = { TargetUserName: 'svc', TargetDomainName: 'CORP', TargetUserSid: 'S-1-5-21-1-2-3-1105' };
    matcher.match(testEvent({ fields }));
    matcher.match(testEvent({ fields }));
    const sid = { kind: 'sid', sid: 's-1-5-21-1-2-3-1105' };
    expect(matcher.learned().names).toEqual([{ term: 0, name: sid, records: 2 }]);
  });
  it('lends its name to no SID of another that stands in the same record', () => {
    const matcher = matcherOf([term('CORP\\svc')]);
    const fields = {
      SubjectUserName: 'svc',
      SubjectDomainName: 'CORP',
      SubjectUserSid: 'S-1-5-18',
      TargetUserName: 'jo',
      TargetDomainName: 'CORP',
      TargetUserSid: 'S-1-5-21-1-2-3-1106',
    };
    expect(matcher.match(testEvent({ fields }))).toBe(1);
    expect(matcher.learned().names).toEqual([]);
  });
});

describe('a logon', () => {
  const hour = 3600e6;
  const address = term('10.1.2.3');
  const at = (micros: number, from: TestEvent): LazyEvent =>
    Object.assign(testEvent({ channel: 'Security', host: 'WS1.example', ...from }), { micros });
  const logon = (fields: TestFields): LazyEvent => at(100 * hour, { eventId: 4624, fields });
  const learnedFrom = (event: LazyEvent, of: Term = address): unknown => {
    const matcher = matcherOf([of]);
    expect(matcher.match(event)).toBe(1);
    return matcher.learned().sessions.map(({ session }) => session.id);
  };
  const sessions = [{ host: 'ws1.example', id: '0x3e7a1', from: 100 * hour }];
  const sought: readonly Sought[] = [
    address,
    { kind: 'logon', of: 0, ofKind: 'address', text: '10.1.2.3', sessions },
  ];
  const hitsOf = (event: LazyEvent): number[] => {
    const matcher = matcherOf(sought);
    const count = matcher.match(event);
    return [...matcher.hits.subarray(0, count)];
  };
  const started = { eventId: 4688, fields: { SubjectLogonId: '0x3E7A1', CommandLine: 'whoami' } };

  it('from an address is learned by its id', () =>
    expect(learnedFrom(logon({ IpAddress: '10.1.2.3', TargetLogonId: '0x3E7A1' }))).toEqual(['0x3e7a1']));
  it('of the system itself is no one’s', () =>
    expect(learnedFrom(logon({ IpAddress: '10.1.2.3', TargetLogonId: '0x3e7' }))).toEqual([]));
  it('that an account asked for is not its own', () => {
    const fields = { SubjectUserName: 'jo', TargetUserName: 'al', TargetLogonId: '0x3e7a1' };
    expect(learnedFrom(logon(fields), term('jo'))).toEqual([]);
    expect(learnedFrom(logon(fields), term('al'))).toEqual(['0x3e7a1']);
  });
  it('gives the other records of its host in the 48 h after it', () => {
    expect(hitsOf(at(101 * hour, started))).toEqual([1]);
    expect(hitsOf(at(147 * hour, started))).toEqual([1]);
  });
  it.each<readonly [what: string, event: LazyEvent]>([
    ['of another host', at(101 * hour, { ...started, host: 'WS2.example' })],
    ['before it', at(99 * hour, started)],
    ['48 h after it', at(148 * hour, started)],
    ['that hold its id as something else', at(101 * hour, { fields: { ProcessId: '0x3e7a1' } })],
  ])('gives no records %s', (_, event) => expect(hitsOf(event)).toEqual([]));
  it('adds nothing to a record that holds the address itself', () =>
    expect(
      hitsOf(at(101 * hour, { ...started, fields: { ...started.fields, CommandLine: 'ping 10.1.2.3' } })),
    ).toEqual([0]));
  it('is learned as often as shows that there are too many, and no oftener', () => {
    const matcher = matcherOf([address]);
    for (let i = 0; i < MOST_SESSIONS + 50; i++) {
      matcher.match(logon({ IpAddress: '10.1.2.3', TargetLogonId: `0x${(0x10000 + i).toString(16)}` }));
    }
    expect(matcher.learned().sessions).toHaveLength(MOST_SESSIONS + 1);
  });
});

describe('hostile words are text', () => {
  test.each<readonly [word: string, value: string, expected: boolean]>([
    ['account:a"b', 'a"b', false],
    ["o'neil", "user o'neil logged on", true],
    ['j%_o', 'jxxo', false],
    ['(a+)+$', '(a+)+$', false],
    ['j.*o', 'jxo', false],
    ['\u001b[31mjo', 'x', false],
  ])('%j in %j: %s', (word, value, expected) => {
    const parsed = parseTerm(word);
    expect('message' in parsed ? false : holds(word, value)).toBe(expected);
  });
});

const words = [
  '10.1.2.3',
  '10.0.0.0/8',
  '::1',
  'fe80::1',
  'cmd',
  'a',
  'CORP\\cmd',
  'a@b.cmd',
  'S-1-16-12288',
  'cmd.exe',
  'C:\\Windows\\System32\\cmd.exe',
  'System32\\cmd.exe',
  '0x1f4',
] as const;

const terms = words.map(word => (word === 'a' ? term('account:aa') : term(word)));

/** Every value of every field, asked one after the other: what is right. */
function scan(event: LazyEvent): (Sighting | null)[] {
  return terms.map(each => termTest(each)(new FoldedValues(event)));
}

describe('generated events', () => {
  it.each<MatcherOptions>([{}, { firstEvents: 0 }])('give what a scan of all values gives (%j)', options => {
    const matcher = matcherOf(terms, options);
    const builder = new EventBuilder();
    let found = 0;
    fc.assert(
      fc.property(arbitraryEvent, from => {
        const event = builder.build(from);
        const count = matcher.match(event);
        const by = terms.map((): Sighting | null => null);
        for (let i = 0; i < count; i++) by[matcher.hits[i]!] = matcher.sightings[i]!;
        found += count;
        expect(by).toEqual(scan(event));
      }),
      { numRuns: 3000 },
    );
    expect(found).toBeGreaterThan(100);
  });
});

/** Of each kind: a word, how logs write it, and what is nearly it. */
const planted: readonly { word: string; written: readonly string[]; near: readonly string[] }[] = [
  {
    word: '198.51.100.7',
    written: ['198.51.100.7', '::ffff:198.51.100.7', '198.051.100.007'],
    near: ['198.51.100.70', '1198.51.100.7', '198.51.100.7.1', '198.51.100'],
  },
  {
    word: '2001:db8::a:7',
    written: ['2001:db8::a:7', '2001:0DB8::A:7'],
    near: ['2001:db8::a:70', '2001:db8::a7'],
  },
  {
    word: 'HARBOUR\\qjo',
    written: ['HARBOUR\\qjo', 'qjo@harbour.example'],
    near: ['HARBOUR\\qjo2', 'XHARBOUR\\qjo', 'qjo_x'],
  },
  { word: 'qsvc', written: ['qsvc', 'X\\QSVC'], near: ['qsvc_backup', 'aqsvc', 'qsvc-1'] },
  {
    word: sha1,
    written: [sha1, `SHA1=${sha1.toUpperCase()}`],
    near: [`${sha1}0`, `a${sha1}`, sha1.slice(1)],
  },
  {
    word: 'C:\\Qx\\b.exe',
    written: ['C:\\Qx\\b.exe', 'c:/qx/B.EXE'],
    near: ['C:\\Qx\\b.exe1', 'D:\\Qx\\b.exe', 'C:\\Qx\\bb.exe'],
  },
];

const around = fc.constantFrom('', ' ', '"', ' and ', '\t', "'", '(', ')', ',', ';', '\n');

function withValue(from: TestEvent, name: string, value: string): LazyEvent {
  return testEvent({ ...from, fields: { ...from.fields, [name]: value } });
}

describe('a term planted in any event', () => {
  it.each(planted)('$word is found, and what is nearly it is not', ({ word, written, near }) => {
    const one = matcherOf([term(word)]);
    fc.assert(
      fc.property(
        arbitraryEvent,
        fc.constantFrom('CommandLine', 'Qa', 'IpAddress'),
        fc.constantFrom(...written),
        fc.constantFrom(...near),
        around,
        around,
        (from, name, is, isNearly, before, after) => {
          const event = withValue(from, name, before + is + after);
          expect(one.match(event)).toBe(1);
          expect(one.sightings[0]!.fields).toContain(name);
          expect(one.match(withValue(from, name, before + isNearly + after))).toBe(0);
        },
      ),
      { numRuns: 300 },
    );
  });
});

it('takes time in proportion to a value that nearly holds a term many times', () => {
  const value = '10.1.2.'.repeat(20_000);
  const started = performance.now();
  expect(holds('10.1.2.3', value)).toBe(false);
  expect(holds('10.1.2.0/24', value)).toBe(false);
  expect(holds('svc', 'svc_'.repeat(50_000))).toBe(false);
  expect(holds('C:\\aa\\bb', '\\aa\\bb'.repeat(30_000))).toBe(false);
  expect(performance.now() - started).toBeLessThan(5000);
});
