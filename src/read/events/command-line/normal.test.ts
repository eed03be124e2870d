import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { isPlainLine, MOST_GROWTH, normalCommandLine } from './index.ts';

const b = String.raw;

/** Pieces that rules of undoing begin and end with, so that they meet in every order. */
const fragments = [
  'net',
  'netsh',
  'ntdsutil',
  'NETSH.exe',
  'i',
  'p',
  'a',
  'v',
  'l=1',
  'ac',
  'cr',
  'fu',
  'a',
  'C:',
  'D:',
  'x',
  'UNC',
  'unc\\',
  'PROGRA~1',
  'progra~2',
  'POWERS~1',
  '.EXE',
  '~',
  '1',
  '.',
  '..',
  '\\',
  '\\\\',
  '\\?\\',
  '\\??\\',
  '/',
  '-',
  ':',
  '=',
  ',',
  '&',
  '(',
  ' ',
  '  ',
  '\t',
  '\u00a0',
  '"',
  '""',
  '\\"',
  '^',
  '%',
  '%comspec%',
  '%SystemRoot%',
  '%systemdrive%',
  '%os%',
  '%pathext%',
  '%comspec:~0,1%',
  '%comspec:~-7,3%',
  '%pathext:~,1%',
  'omspec',
  'comspec',
  ':~0,1',
  '\u2013',
  '\u2015',
  '\u201c',
  '\uff02',
  '\uff3c',
  '\uff3e',
  '\uff05',
  '\uff4e',
  '\u200b',
  '\u02e2',
  '\u0000',
  '\uffff',
  '\u{1f600}',
  '\ud800',
] as const;

const line: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.array(fc.constantFrom(...fragments), { maxLength: 24 }).map(parts => parts.join('')),
  },
  {
    weight: 2,
    arbitrary: fc.array(fc.constantFrom(...fragments), { maxLength: 16 }).map(parts => parts.join(' ')),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
);

describe('of any text', () => {
  const runs = { numRuns: 20_000 };
  test('the normal form of a normal form is itself', () => {
    fc.assert(
      fc.property(line, text => {
        const normal = normalCommandLine(text);
        expect(normalCommandLine(normal)).toBe(normal);
      }),
      runs,
    );
  });
  test('the normal form is not longer than it may grow', () => {
    fc.assert(
      fc.property(line, text => {
        expect(normalCommandLine(text).length).toBeLessThanOrEqual(text.length * MOST_GROWTH);
      }),
      runs,
    );
  });
  test('a line that looks plain is its own normal form', () => {
    let seen = 0;
    fc.assert(
      fc.property(line, text => {
        if (!looksPlain(text)) return;
        seen++;
        expect(normalCommandLine(text)).toBe(text);
      }),
      runs,
    );
    expect(seen).toBeGreaterThan(500);
  });
  test('lines of another length written before leave no trace', () => {
    fc.assert(
      fc.property(line, line, (text, other) => {
        const alone = normalCommandLine(text);
        normalCommandLine(other.repeat(50));
        expect(normalCommandLine(text)).toBe(alone);
      }),
    );
  });
});

function looksPlain(text: string, width: 1 | 2 = 2): boolean {
  const bytes = Buffer.from(`\u0001${text}\u0001`, width === 2 ? 'utf16le' : 'utf8');
  return isPlainLine(bytes, width, bytes.length - 2 * width, width);
}

test('time grows with the length of the line and no faster', () => {
  const evil = [
    b`\..`,
    b`aaaa\..`,
    b`a\..\ `,
    '%',
    '%comspec',
    '%comspec%',
    '"',
    b`\"`,
    b`\\?\C:`,
    'netsh i p a v ',
    'ntdsutil c ',
    'a',
    ' ',
    '^',
    'A~1',
  ];
  for (const piece of evil) {
    const many = piece.repeat(Math.ceil(400_000 / piece.length));
    const started = performance.now();
    normalCommandLine(many);
    normalCommandLine(`C:\\${'a'.repeat(200_000)}${many}`);
    expect(performance.now() - started, piece).toBeLessThan(2_000);
  }
});

describe('what is undone', () => {
  it.each([
    // Quotes and carets.
    ['"nt"dsutil', 'ntdsutil'],
    ['net"s"h', 'netsh'],
    ['n""et u^s^er', 'net user'],
    ['who^^ami', 'whoami'],
    [b`"C:\Windows\System32\net.exe"  user`, b`C:\Windows\System32\net.exe user`],
    ['cmd /c "net user"', 'cmd /c net user'],
    [b`wmic process call create "cmd /c \"net user\""`, 'wmic process call create cmd /c net user'],
    [b`a "\\\"net user\\\"" b`, 'a net user b'],
    [b`dir "C:\dir\" /s`, b`dir C:\dir\ /s`],
    [b`-p:\"x y\"`, '-p:x y'],
    ['net "user', 'net user'],
    // Blanks.
    ['  net   user\t/domain ', 'net user /domain'],
    ['net\u00a0user\u3000/domain\r\n', 'net user /domain'],
    ['n\u200bet u\u00adser', 'net user'],
    // Characters.
    ['vssadmin \u2013x \u2014y \u2015z \u2212w', 'vssadmin -x -y -z -w'],
    ['\uff4e\uff45\uff54\uff0e\uff45\uff58\uff45\u3000\uff0f\uff44', 'net.exe /d'],
    ['reg \u02e2ave', 'reg save'],
    ['\u201cnet user\u201d', 'net user'],
    ['\uff02n\uff3eet\uff02', 'net'],
    ['echo \u2018x\u2019', "echo 'x'"],
    // Variables.
    ['%COMSPEC% /c x', b`C:\Windows\System32\cmd.exe /c x`],
    ['%windir%\\x %SystemRoot%/y', b`C:\Windows\x C:\Windows\y`],
    ['%comspec:~0,1%md', 'Cmd'],
    ['%comspec:~-7%', 'cmd.exe'],
    ['%comspec:~-7,-4%', 'cmd'],
    ['%com^spec%', b`C:\Windows\System32\cmd.exe`],
    ['%programfiles(x86)%\\x', b`C:\Program Files (x86)\x`],
    ['%systemdrive%\\PROGRA~1', b`C:\Program Files`],
    // Paths.
    [b`\\?\C:\x \??\D:\y`, b`C:\x D:\y`],
    [b`\\?\UNC\srv\share`, b`\\srv\share`],
    [b`C:\\x\\\y`, b`C:\x\y`],
    [b`C:\a\.\b\..\c`, b`C:\a\c`],
    [b`C:\a\b\..\..\c`, b`C:\c`],
    [b`C:\..\..\c`, b`C:\c`],
    ['C:/Windows/System32/net.exe /s', b`C:\Windows\System32\net.exe /s`],
    [
      b`C:\PROGRA~1\x D:\progra~2\y C:\PROGRA~3`,
      b`C:\Program Files\x D:\Program Files (x86)\y C:\ProgramData`,
    ],
    [b`C:\x\POWERS~1.EXE -c y`, b`C:\x\powershell.exe -c y`],
    ['DISKSH~1 /s x', 'diskshadow.exe /s x'],
    [b`\\\\srv\\share`, b`\\srv\share`],
  ])('%j is %j', (text, normal) => expect(normalCommandLine(text)).toBe(normal));
});

describe('what stays', () => {
  it.each([
    // Another host's share, a device, a shadow copy.
    b`copy \\srv\share\x y`,
    b`\\.\PhysicalDrive0`,
    b`\\.\pipe\x`,
    b`copy \\?\GLOBALROOT\Device\HarddiskVolumeShadowCopy1\Windows\NTDS\ntds.dit x`,
    b`/d:\\srv\share`,
    b`\\srv\..\x`,
    // Not sure to be one name.
    b`type x\..\y`,
    b`C:\Program Files\..\x`,
    b`..\..\x`,
    b`a\..\..\x`,
    // Not the same everywhere.
    b`%TEMP%\x`,
    '%username%',
    b`C:\x\PROGRA~1\y`,
    b`C:\SYSTEM~1`,
    'aPROGRA~1',
    // Signs that are no paths.
    'http://example.test//x',
    'tool /o:/x',
    b`dir C:\x/s`,
    // What only an interpreter could know.
    'set x=net&!x! user',
    '%x:a=b%',
    '%comspec:a=b%',
    '%comspec:~1,2,3%',
    'cmd /c,net',
    'n`et user',
    "echo 'x'",
    'rundll32 comsvcs.dll, #+000024 1 x full',
  ])('%j', text => expect(normalCommandLine(text)).toBe(text));
});

describe('a line is seen to be plain', () => {
  it.each([
    b`C:\Windows\System32\svchost.exe -k netsvcs -p`,
    b`\\srv\share\x /y`,
    'net user',
    '',
    'x%',
    '~x',
    'NEW',
  ])('%j', text => {
    expect(looksPlain(text)).toBe(true);
    expect(looksPlain(text, 1)).toBe(true);
  });
  it.each(['é', 'И'])('%j in UTF-16 only', text => {
    expect(looksPlain(text)).toBe(true);
    expect(looksPlain(text, 1)).toBe(false);
  });
  it.each([
    ' x',
    'x ',
    'x  y',
    '"x"',
    'x^',
    '%os%',
    b`x\\y`,
    b`\.\x`,
    'NETSH i',
    'x ntdsutil',
    'x\ty',
    'C:/x',
    'A~1',
  ])('not %j', text => expect(looksPlain(text)).toBe(false));
});
