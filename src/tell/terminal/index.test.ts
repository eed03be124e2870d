import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testEvent } from '../../../test/event.ts';
import {
  exampleText,
  type FindingGroup,
  plain,
  type RuleLabel,
  renderLedgerLine,
  renderSummary,
  renderTable,
  type Summary,
} from './index.ts';
import { displayWidth } from './width.ts';

const rules: readonly RuleLabel[] = [
  { title: 'HackTool - Mimikatz Execution', level: 'critical' },
  {
    title: 'Suspicious Copy From or To Admin Share Or Sysvol Folder With A Very Long Title Indeed',
    level: 'medium',
  },
  { title: 'Local Account Created', level: 'low' },
  { title: null, level: null },
];
const at = (text: string): number => Date.parse(`${text}Z`) * 1000;
const groups: readonly FindingGroup[] = [
  {
    rule: 1,
    host: 'a-file-server-with-a-long-name.corp.example.org',
    count: 1204,
    first: at('2019-03-17T19:09:41'),
    last: at('2020-01-02T00:00:00'),
    example: '"C:\\Windows\\System32\\cmd.exe" /c copy \\\\srv\\c$\\windows\\ntds\\ntds.dit C:\\temp\\x.dit',
  },
  {
    rule: 0,
    host: 'ws1',
    count: 3,
    first: at('2019-03-18T19:09:41'),
    last: at('2019-03-18T19:12:03'),
    example: 'mimikatz.exe privilege::debug',
  },
  {
    rule: 0,
    host: 'ws0',
    count: 1,
    first: at('2019-03-18T19:09:41'),
    last: at('2019-03-18T19:09:41'),
    example: '',
  },
  { rule: 3, host: '', count: 7, first: 0, last: 1, example: '日本語のテキスト'.repeat(20) },
  {
    rule: 2,
    host: 'evil\u001b[2J',
    count: 2,
    first: at('2019-03-18T19:09:41'),
    last: at('2019-03-18T19:09:42'),
    example: 'x\u001b]0;owned\u0007\r\ny\u202e',
  },
];
const table = (width: number, color = false): string => renderTable(groups, rules, { width, color });
const linesOf = (text: string): string[] => text.trimEnd().split('\n');

describe('the table', () => {
  it('has the most severe first, then the oldest, two lines an entry on 80 columns', () => {
    expect(table(80)).toMatchInlineSnapshot(`
      "LEVEL     COUNT  HOST                  RULE
                       FIRST–LAST (UTC)  EXAMPLE
      critical      1  ws0                   HackTool - Mimikatz Execution
                       2019-03-18 19:09:41
      critical      3  ws1                   HackTool - Mimikatz Execution
                       2019-03-18 19:09:41–19:12:03  mimikatz.exe privilege::debug
      medium    1,204  a-file-server-with-…  Suspicious Copy From or To Admin Share O…
                       2019-03-17 – 2020-01-02  "C:\\Windows\\System32\\cmd.exe" /c copy…
      low           2  evil\\u{1b}[2J         Local Account Created
                       2019-03-18 19:09:41–19:09:42  x\\u{1b}]0;owned\\u{7} y\\u{202e}
      info          7                        (untitled rule)
                       1970-01-01 00:00:00  日本語のテキスト日本語のテキスト日本語の…
      "
    `);
  });

  it('has one line an entry on a wide terminal', () => {
    expect(table(170)).toMatchInlineSnapshot(`
      "LEVEL     COUNT  HOST                            FIRST–LAST (UTC)              RULE                                          EXAMPLE
      critical      1  ws0                             2019-03-18 19:09:41           HackTool - Mimikatz Execution
      critical      3  ws1                             2019-03-18 19:09:41–19:12:03  HackTool - Mimikatz Execution                 mimikatz.exe privilege::debug
      medium    1,204  a-file-server-with-a-long-nam…  2019-03-17 – 2020-01-02       Suspicious Copy From or To Admin Share Or S…  "C:\\Windows\\System32\\cmd.exe" /c copy \\\\srv\\…
      low           2  evil\\u{1b}[2J                   2019-03-18 19:09:41–19:09:42  Local Account Created                         x\\u{1b}]0;owned\\u{7} y\\u{202e}
      info          7                                  1970-01-01 00:00:00           (untitled rule)                               日本語のテキスト日本語のテキスト日本語のテキ…
      "
    `);
  });

  it.each([60, 80, 100, 120, 159, 160, 200, 300])('fits %d columns', width => {
    for (const line of linesOf(table(width))) expect(displayWidth(line)).toBeLessThanOrEqual(width);
  });

  it('reads the same with and without colours', () => {
    const colored = table(80, true);
    expect(colored).toContain('\u001b[1;97;41mcritical\u001b[0m');
    expect(colored.replace(/\u001b\[[\d;]*m/g, '')).toBe(table(80));
  });

  it('holds nothing from a log that a terminal obeys', () => {
    expect(table(80)).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
  });

  it('is empty without findings', () => {
    expect(renderTable([], rules, { width: 80, color: false })).toBe('');
  });
});

const ledger = {
  rules: {
    total: 3754,
    ran: 2831,
    matched: 402,
    withoutLog: 900,
    noSource: 0,
    withoutRule: 0,
    blind: 0,
    refused: 23,
    filtered: 0,
    vanished: 0,
  },
  files: { total: 870, read: 868, damaged: 2, unread: 0, unknown: 0 },
};

describe('the ledger line', () => {
  it('says what ran and what did not, in one line', () => {
    expect(renderLedgerLine(ledger)).toBe(
      '3,754 rules: 2,831 ran, 402 matched, 900 without such a log, 23 refused; 870 files: 868 read, 2 damaged',
    );
  });

  it('names further states only where they occur', () => {
    const more = {
      rules: { ...ledger.rules, noSource: 1, withoutRule: 2, blind: 3, filtered: 4, vanished: 5 },
      files: { total: 1, read: 0, damaged: 0, unread: 1, unknown: 6 },
    };
    expect(renderLedgerLine(more)).toMatchInlineSnapshot(
      `"3,754 rules: 2,831 ran, 402 matched, 900 without such a log, 1 for logs of another kind, 3 lacking a field, 2 for rules that are not there (filters), 23 refused (besides 4 left out by choice, 5 gone since the last run); 1 file: 0 read, 1 unread, 6 of another kind"`,
    );
  });
});

const summary: Summary = {
  events: 34998,
  duplicates: 3,
  salvaged: 1,
  traces: 12,
  bytes: 31_199_232,
  seconds: 0.4321,
  span: { first: at('2013-10-23T16:16:38'), last: at('2026-04-20T10:00:40') },
  findings: { critical: 4, high: 0, medium: 1204, low: 2, informational: 7 },
  byRule: [
    { rule: 3, count: 7 },
    { rule: 1, count: 1204 },
    { rule: 0, count: 4 },
  ],
  byHost: [
    { host: 'ws1', count: 10 },
    { host: 'evil\u001b[2J', count: 1207 },
  ],
  troubles: [
    { path: 'logs/bad\u001b[0m.evtx', message: '1 damaged part; first at offset 4096: bad chunk magic' },
  ],
  ledger,
};

describe('the summary', () => {
  it('tells what was read, found and not read, and ends with the ledger', () => {
    expect(renderSummary(summary, rules, { width: 80, color: false })).toMatchInlineSnapshot(`
      "
      34,998 events from 2013-10-23 16:16:38 to 2026-04-20 10:00:40 UTC (31 MB in
        0.43 s, 72 MB/s)
      1,217 findings (3 rules, 2 hosts): 4 critical, 1,204 medium, 2 low,
        7 informational
      Rules
               4  critical  HackTool - Mimikatz Execution
           1,204  medium    Suspicious Copy From or To Admin Share Or Sysvol Folder W…
               7  info      (untitled rule)
      Hosts
           1,207  evil\\u{1b}[2J
              10  ws1
      3 events with findings stand in the input more than once; each is counted.
      1 event salvaged from damaged or unused parts of logs; they may be old.
      12 findings are traces of the collection itself, by its manifest; each is
        counted.
      Not read, or not whole
        logs/bad\\u{1b}[0m.evtx: 1 damaged part; first at offset 4096: bad chunk magic
      3,754 rules: 2,831 ran, 402 matched, 900 without such a log, 23 refused; 870 files: 868 read, 2 damaged
      "
    `);
  });

  it('says so when nothing was found', () => {
    const nothing = { critical: 0, high: 0, medium: 0, low: 0, informational: 0 };
    const text = renderSummary(
      {
        ...summary,
        events: 0,
        duplicates: 0,
        salvaged: 0,
        traces: 0,
        seconds: null,
        span: null,
        findings: nothing,
        byRule: [],
        byHost: [],
        troubles: [],
      },
      rules,
      { width: 80, color: true },
    );
    expect(text).toContain('0 events');
    expect(text).toContain('No findings.');
  });

  it('shows the first twenty files with trouble and how many there are', () => {
    const troubles = Array.from({ length: 25 }, (_, i) => ({ path: `f${i}`, message: 'unreadable' }));
    const text = renderSummary({ ...summary, troubles }, rules, { width: 80, color: false });
    expect(text).toContain('f19: unreadable');
    expect(text).not.toContain('f20');
    expect(text).toContain('and 5 more');
  });
});

describe('plain text', () => {
  it('has one line and no character that a terminal obeys or an eye misses', () => {
    const text = fc.string({ unit: fc.nat(0xffff).map(unit => String.fromCharCode(unit)) });
    fc.assert(
      fc.property(text, value => {
        expect(plain(value)).not.toMatch(/[\0-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/);
        expect(Buffer.from(plain(value)).toString()).toBe(plain(value));
      }),
      { numRuns: 1000 },
    );
  });

  it('lets none of the dangerous characters through, alone in its text', () => {
    for (let unit = 0; unit <= 0xffff; unit++) {
      const shown = plain(String.fromCharCode(unit));
      if (
        /[\0-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff]/.test(shown)
      ) {
        expect.fail(`U+${unit.toString(16)}`);
      }
    }
  });

  it('shows what it takes out', () => {
    expect(plain('\u001b[31mred\u0007\u202e')).toBe('\\u{1b}[31mred\\u{7}\\u{202e}');
    expect(plain('a\r\n\tb')).toBe('a b');
    expect(plain('"C:\\x" é 日 😀')).toBe('"C:\\x" é 日 😀');
  });
});

describe('the example', () => {
  it.each([
    [{ CommandLine: 'whoami', Image: 'C:\\x.exe' }, 'whoami'],
    [{ ServiceName: 'svc', ImagePath: 'cmd /c x' }, 'svc · cmd /c x'],
    [{ Image: 'C:\\x.exe', TargetFilename: 'C:\\y.dmp' }, 'C:\\y.dmp · C:\\x.exe'],
    [{ TargetUserName: 'bob', IpAddress: '10.0.0.5' }, 'bob · 10.0.0.5'],
    [{ CommandLine: '-', Image: 'C:\\x.exe' }, 'C:\\x.exe'],
    [{ Foo: 'a', Bar: 'b' }, 'a · b'],
    [{ Data: ['ntdsutil', '7024,D,100', 'C:\\Temp\\ntds.dit', '0'] }, 'ntdsutil · C:\\Temp\\ntds.dit'],
    [{ Data: ['installed', '0'] }, 'installed'],
    [{}, ''],
  ])('of %j is %j', (fields, example) => {
    expect(exampleText(testEvent({ fields }))).toBe(example);
  });

  it('shows the path of values that stand in one array', () => {
    const event = testEvent({ arrays: { Data: ['NTDS', '7024,D,100', 'C:\\Temp\\ntds.dit'] } });
    expect(exampleText(event)).toBe('NTDS · C:\\Temp\\ntds.dit');
  });

  it('hides secrets, has one line and a bound', () => {
    const event = testEvent({ fields: { CommandLine: `net user a S3cret!\r\n${'x'.repeat(500)}` } });
    const text = exampleText(event);
    expect(text).toHaveLength(160);
    expect(text).toMatch(/^net user a \*\*\* x+…$/);
    expect(exampleText(event, { reveal: true, limit: 18 })).toBe('net user a S3cret…');
  });
});
