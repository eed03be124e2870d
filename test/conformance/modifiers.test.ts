/** Section 2 of the notes on Sigma, cases 6 to 12: modifiers. */
import { describe, expect, test } from 'vitest';
import { expectHits, fires, rejection, rule, silent } from './case.ts';

describe('6 fieldref', () => {
  test('compares two fields without regard to case', () => {
    fires('sel:\n  A|fieldref: B', [{ A: 'Éclair', B: 'éCLAIR' }]);
    silent('sel:\n  A|fieldref: B', [{ A: 'a', B: 'b' }]);
  });
  test('is false where either field is missing', () => {
    silent('sel:\n  A|fieldref: B', [{ A: 'a' }, { B: 'a' }, {}]);
  });
  test('knows no wildcards', () => {
    silent('sel:\n  A|fieldref: B', [{ A: 'abc', B: 'a*' }]);
    fires('sel:\n  A|fieldref: B', [{ A: 'a*', B: 'a*' }]);
  });
  test('with endswith compares the end', () => {
    fires('sel:\n  A|fieldref|endswith: B', [{ A: 'C:\\x\\CMD.exe', B: 'cmd.EXE' }]);
    silent('sel:\n  A|fieldref|endswith: B', [{ A: 'cmd.exe', B: 'C:\\x\\cmd.exe' }]);
  });
  test('with startswith compares the beginning', () => {
    fires('sel:\n  A|fieldref|startswith: B', [{ A: 'Abcd', B: 'aB' }]);
    silent('sel:\n  A|fieldref|startswith: B', [{ A: 'xab', B: 'ab' }]);
  });
  test('with contains compares any part', () => {
    fires('sel:\n  A|fieldref|contains: B', [{ A: 'xABx', B: 'ab' }]);
    silent('sel:\n  A|fieldref|contains: B', [{ A: 'xAxBx', B: 'ab' }]);
  });
  test('with neq is true where they differ', () => {
    fires('sel:\n  A|fieldref|neq: B', [{ A: 'a', B: 'b' }]);
    silent('sel:\n  A|fieldref|neq: B', [{ A: 'a', B: 'A' }]);
  });
});

describe('7 windash', () => {
  const dashes = ['-', '/', '\u2013', '\u2014', '\u2015'];
  test('the first dash is any of the five', () => {
    fires(
      "sel:\n  C|windash|contains: ' -param-name'",
      dashes.map(dash => ({ C: `x ${dash}param-name y` })),
    );
  });
  test('a dash inside a word stays a dash', () => {
    silent("sel:\n  C|windash|contains: ' -param-name'", [
      { C: 'x -param/name y' },
      { C: 'x -param\u2013name y' },
    ]);
  });
  test('a dash that is not the first character is any of the five', () => {
    fires(
      "sel:\n  C|windash|contains: 'cmd -k'",
      dashes.map(dash => ({ C: `cmd ${dash}k` })),
    );
  });
  test('two dashes are each any of the five', () => {
    fires(
      "sel:\n  C|windash|contains: '-a -b'",
      dashes.flatMap(one => dashes.map(two => ({ C: `x ${one}a ${two}b` }))),
    );
    silent("sel:\n  C|windash|contains: '-a -b'", [{ C: 'x a b' }]);
  });
  test('a slash in the rule stands for a dash too', () => {
    fires(
      "sel:\n  C|windash|contains: ' /c '",
      dashes.map(dash => ({ C: `cmd ${dash}c x` })),
    );
  });
  test('combines with endswith in either order', () => {
    fires(
      "sel:\n  C|endswith|windash: ' -x'",
      dashes.map(dash => ({ C: `cmd ${dash}x` })),
    );
    fires(
      "sel:\n  C|windash|endswith: ' -x'",
      dashes.map(dash => ({ C: `cmd ${dash}x` })),
    );
    silent("sel:\n  C|windash|endswith: ' -x'", [{ C: 'cmd -x y' }]);
  });
  test('under all each item has its own dashes', () => {
    const detection = "sel:\n  C|windash|contains|all:\n    - ' -a'\n    - ' -b'";
    fires(detection, [{ C: 'x /a \u2013b' }, { C: 'x -b -a' }]);
    silent(detection, [{ C: 'x /a' }, { C: 'x -b' }]);
  });
  test('an en dash in the event matches a hyphen in the rule', () => {
    fires("sel:\n  C|windash|contains: ' -enc '", [{ C: 'powershell \u2013enc AAAA' }]);
  });
});

describe('8 cased and regular expressions', () => {
  test('cased matches the same case and no other', () => {
    fires('sel:\n  F|cased: AbC', [{ F: 'AbC' }]);
    silent('sel:\n  F|cased: AbC', [{ F: 'abc' }, { F: 'ABC' }]);
  });
  test('cased combines with contains', () => {
    fires('sel:\n  F|contains|cased: AbC', [{ F: 'xxAbCxx' }]);
    silent('sel:\n  F|contains|cased: AbC', [{ F: 'xxabcxx' }]);
  });
  test('re searches anywhere and minds case', () => {
    fires("sel:\n  F|re: 'b+c'", [{ F: 'abbbcd' }]);
    silent("sel:\n  F|re: 'b+c'", [{ F: 'ABBBCD' }, { F: 'abd' }]);
  });
  test('re|i does not mind case', () => {
    fires("sel:\n  F|re|i: 'B+c'", [{ F: 'aBbBCd' }]);
    fires("sel:\n  F|re|i: 'é'", [{ F: 'É' }]);
  });
  test('re|i|m anchors at lines', () => {
    fires("sel:\n  F|re|i|m: '^second$'", [{ F: 'first\nSECOND\nthird' }]);
    silent("sel:\n  F|re|i: '^second$'", [{ F: 'first\nSECOND\nthird' }]);
  });
  test('re|s lets the dot be a new line', () => {
    fires("sel:\n  F|re|s: 'a.b'", [{ F: 'a\nb' }]);
    silent("sel:\n  F|re: 'a.b'", [{ F: 'a\nb' }]);
  });
  test('four modifiers in a chain', () => {
    fires("sel:\n  F|re|i|m|s: '^A.B$'", [{ F: 'x\na\nb\ny' }]);
    fires("sel:\n  F|windash|contains|all|cased:\n    - ' -A'\n    - 'b'", [{ F: 'x /A b' }]);
    silent("sel:\n  F|windash|contains|all|cased:\n    - ' -A'\n    - 'b'", [{ F: 'x /a b' }]);
  });
  test('the aliases of the flags are known', () => {
    fires("sel:\n  F|re|ignorecase|multiline|dotall: '^A.B$'", [{ F: 'x\na\nb\ny' }]);
  });
  test('a regular expression of 600 characters runs', () => {
    const words = Array.from({ length: 75 }, (_, i) => `word${String(i).padStart(3, '0')}`);
    const source = words.join('|');
    expect(source.length).toBeGreaterThan(590);
    fires(`sel:\n  F|re: '${source}'`, [{ F: 'x word074 y' }]);
    silent(`sel:\n  F|re: '${source}'`, [{ F: 'x word075 y' }]);
  });
  test('nested quantifiers run, in bounded time', () => {
    fires("sel:\n  F|re: '^(a+)+$'", [{ F: 'a'.repeat(40) }]);
    silent("sel:\n  F|re: '^(a+)+$'", [{ F: `${'a'.repeat(5000)}!` }]);
    silent("sel:\n  F|re: '^(\\w+\\s?)*$'", [{ F: `${'word '.repeat(2000)}!` }]);
  });
  test('an inline (?i) is the flag', () => {
    fires("sel:\n  F|re: '(?i)powershell'", [{ F: 'PowerShell' }]);
    silent("sel:\n  F|re: 'power(?i:S)hell'", [{ F: 'POWERshell' }]);
    fires("sel:\n  F|re: 'power(?i:S)hell'", [{ F: 'powerShell' }, { F: 'powershell' }]);
  });
  test('backslashes of a regular expression are its own', () => {
    fires("sel:\n  F|re: 'C:\\\\Users\\\\\\w+\\\\x'", [{ F: 'C:\\Users\\bob\\x' }]);
    silent("sel:\n  F|re: 'C:\\\\Users\\\\\\w+\\\\x'", [{ F: 'C:Usersbobx' }]);
  });
  test('what no linear engine runs is rejected with a reason', () => {
    for (const source of ['(?=a)', '(?<!a)b', '(a)\\1', '(?>a)', 'a++']) {
      expect(rejection(`sel:\n  F|re: '${source}'`)).toMatchObject({ reason: 'regex' });
    }
  });
});

describe('9 cidr and encodings', () => {
  test('cidr holds IPv4 networks', () => {
    fires('sel:\n  Ip|cidr: 10.0.0.0/8', [{ Ip: '10.0.0.0' }, { Ip: '10.255.255.255' }]);
    silent('sel:\n  Ip|cidr: 10.0.0.0/8', [
      { Ip: '11.0.0.0' },
      { Ip: '9.255.255.255' },
      { Ip: '-' },
      { Ip: 'x10.0.0.1' },
      { Ip: ' 10.0.0.1' },
    ]);
  });
  test('cidr cuts inside an octet', () => {
    fires('sel:\n  Ip|cidr: 172.16.0.0/12', [{ Ip: '172.31.255.255' }]);
    silent('sel:\n  Ip|cidr: 172.16.0.0/12', [{ Ip: '172.32.0.0' }]);
  });
  test('cidr holds IPv6 networks, however the address is written', () => {
    fires("sel:\n  Ip|cidr: 'fe80::/10'", [{ Ip: 'fe80::1' }, { Ip: 'FEBF:ffff:0:0:0:0:0:1' }]);
    silent("sel:\n  Ip|cidr: 'fe80::/10'", [{ Ip: 'fec0::1' }, { Ip: '10.0.0.1' }]);
    fires("sel:\n  Ip|cidr: '::1/128'", [{ Ip: '::1' }, { Ip: '0:0:0:0:0:0:0:1' }]);
  });
  test('an IPv4 address mapped into IPv6 is that address', () => {
    fires('sel:\n  Ip|cidr: 10.0.0.0/8', [{ Ip: '::ffff:10.1.2.3' }, { Ip: '::FFFF:0a01:0203' }]);
    silent('sel:\n  Ip|cidr: 10.0.0.0/8', [{ Ip: '::10.1.2.3' }]);
  });
  test('host bits that are set reject the rule', () => {
    expect(rejection('sel:\n  Ip|cidr: 10.0.0.1/8')).toMatchObject({ reason: 'value' });
    expect(rejection("sel:\n  Ip|cidr: 'fe80::1/10'")).toMatchObject({ reason: 'value' });
  });
  test('base64 encodes bytes of UTF-8', () => {
    fires('sel:\n  F|base64|contains: ä', [{ F: `x${Buffer.from('ä').toString('base64').slice(0, 4)}` }]);
    fires('sel:\n  F|base64|contains: foo', [{ F: 'xxZm9vxx' }]);
  });
  test('base64offset finds the value at any of three offsets', () => {
    for (const value of ['ä', 'foobar', 'éàx']) {
      for (const before of ['', 'x', 'xy', 'xyz']) {
        const text = Buffer.from(`${before}${value}after`).toString('base64');
        fires(`sel:\n  F|base64offset|contains: '${value}'`, [{ F: text }]);
      }
    }
    silent("sel:\n  F|base64offset|contains: 'foobar'", [{ F: Buffer.from('fooba').toString('base64') }]);
  });
  test('base64offset is OR even under all', () => {
    fires('sel:\n  F|base64offset|contains|all:\n    - foobar\n    - bazqux', [
      { F: Buffer.from('x foobar yy bazqux z').toString('base64') },
    ]);
    silent('sel:\n  F|base64offset|contains|all:\n    - foobar\n    - bazqux', [
      { F: Buffer.from('x foobar yy').toString('base64') },
    ]);
  });
  test('wide is UTF-16LE of any character', () => {
    const text = Buffer.from('xé powershell', 'utf16le').toString('base64');
    fires('sel:\n  F|wide|base64offset|contains: é power', [{ F: text }]);
    fires('sel:\n  F|utf16le|base64offset|contains: é power', [{ F: text }]);
  });
  test('utf16be is the other way round', () => {
    const bytes = Buffer.from('é power', 'utf16le').swap16();
    fires('sel:\n  F|utf16be|base64offset|contains: é power', [{ F: bytes.toString('base64') }]);
  });
  test('utf16 puts the mark FF FE in front', () => {
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('é', 'utf16le')]);
    fires('sel:\n  F|utf16|base64|contains: é', [
      { F: bytes.toString('base64').slice(0, 4) + bytes.toString('base64').slice(4) },
    ]);
    silent('sel:\n  F|utf16|base64|contains: é', [{ F: Buffer.from('é', 'utf16le').toString('base64') }]);
  });
});

describe('10 keywords', () => {
  test('a keyword is a substring of any value, without regard to case', () => {
    fires('sel:\n  - needle', [{ A: 'x', B: 'a NEEDLE b' }]);
    silent('sel:\n  - needle', [{ A: 'x', B: 'nee dle' }]);
  });
  test('a keyword is not found in names', () => {
    silent('sel:\n  - needle', [{ needle: 'x' }]);
  });
  test('a keyword with a quote and a backslash is found as it stands', () => {
    fires(`sel:\n  - 'say "hi" C:\\temp'`, [{ A: 'x say "hi" C:\\temp y' }]);
    silent(`sel:\n  - 'say "hi" C:\\temp'`, [{ A: 'x say \\"hi\\" C:\\\\temp y' }]);
  });
  test('a list of keywords is OR', () => {
    fires('sel:\n  - one\n  - two', [{ A: 'xx two' }, { A: 'one' }]);
    silent('sel:\n  - one\n  - two', [{ A: 'three' }]);
  });
  test("'|all' is AND, in any values", () => {
    fires("sel:\n  '|all':\n    - one\n    - two", [{ A: 'one two' }, { A: 'one', B: 'two' }]);
    silent("sel:\n  '|all':\n    - one\n    - two", [{ A: 'one' }]);
  });
  test('a keyword of two words is one text', () => {
    fires("sel:\n  - 'two words'", [{ A: 'xtwo wordsx' }]);
    silent("sel:\n  - 'two words'", [{ A: 'two', B: 'words' }, { A: 'words two' }]);
  });
  test('a keyword is found in every value of a field of many', () => {
    fires('sel:\n  - needle', [{ Data: ['a', 'b', 'needle'] }]);
  });
  test('a keyword may hold wildcards', () => {
    fires("sel:\n  - 'ne*le'", [{ A: 'x needle y' }]);
  });
});

describe('11 placeholders', () => {
  test('an unresolved one rejects the rule', () => {
    expect(rejection("sel:\n  User|expand: '%Administrators%'")).toMatchObject({
      reason: 'placeholder-unresolved',
    });
  });
  test('one that has two values is either', () => {
    const placeholders = new Map([['Administrators', ['alice', 'bob']]]);
    fires("sel:\n  User|expand: '%Administrators%'", [{ User: 'Alice' }, { User: 'BOB' }], { placeholders });
    silent("sel:\n  User|expand: '%Administrators%'", [{ User: 'carol' }], { placeholders });
  });
  test('without expand it is text', () => {
    fires("sel:\n  F|contains: '%AppData%'", [{ F: 'x %appdata% y' }]);
    silent("sel:\n  F|contains: '%AppData%'", [{ F: 'x appdata y' }]);
  });
});

describe('12 unknown modifiers', () => {
  test('one rejects the rule, which names it', () => {
    const { reason, message } = rejection('sel:\n  F|contians: a');
    expect(reason).toBe('unknown-modifier');
    expect(message).toContain('contians');
  });
});

describe('times and neq', () => {
  test('a part of the time is compared as written, without zone conversion', () => {
    fires('sel:\n  T|hour: 13', [
      { T: '2026-08-05T13:37:42.123Z' },
      { T: '2026-08-05 13:37:42.123' },
      { T: '2026-08-05T13:37:42+05:00' },
      { T: '8/5/2026 1:37:42 PM' },
    ]);
    silent('sel:\n  T|hour: 13', [{ T: '2026-08-05T12:37:42Z' }, { T: '2026-08-05' }, { T: '13' }]);
  });
  test('minute, day, week, month and year are parts', () => {
    for (const [part, value] of [
      ['minute', 37],
      ['day', 5],
      ['week', 32],
      ['month', 8],
      ['year', 2026],
    ] as const) {
      fires(`sel:\n  T|${part}: ${value}`, [{ T: '2026-08-05T13:37:42Z' }]);
      silent(`sel:\n  T|${part}: ${value}`, [{ T: '2025-02-11T10:11:42Z' }]);
    }
  });
  test('week 53 exists', () => {
    fires('sel:\n  T|week: 53', [{ T: '2026-12-31T00:00:00Z' }]);
  });
  test('neq is true where no value of the list is', () => {
    fires('sel:\n  G: 1\n  F|neq:\n    - a\n    - b', [{ G: '1', F: 'c' }]);
    silent('sel:\n  G: 1\n  F|neq:\n    - a\n    - b', [
      { G: '1', F: 'B' },
      { G: '2', F: 'c' },
    ]);
  });
});

test('a value in a constant and one in a slot compare with each other', () => {
  expectHits([rule('sel:\n  A|fieldref: Channel')], { channel: 'Same', fields: { A: 'same' } }, [0]);
});
