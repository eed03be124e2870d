import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { expandAbbreviations } from './abbreviations.ts';
import { normalCommandLine } from './index.ts';

describe('words of netsh and ntdsutil are written out', () => {
  it.each([
    ['netsh i p a v', 'netsh interface portproxy add v4tov4'],
    [
      'netsh I p a v l=8001 listena=10.0.0.1 connectp=80 c=10.0.0.2',
      'netsh interface portproxy add v4tov4 listenport=8001 listenaddress=10.0.0.1 connectport=80 connectaddress=10.0.0.2',
    ],
    ['netsh int portp sh a', 'netsh interface portproxy show all'],
    ['netsh in po res', 'netsh interface portproxy reset'],
    ['NETSH.EXE INTERFACE PORTPROXY ADD V4TOV4', 'NETSH.EXE INTERFACE PORTPROXY ADD V4TOV4'],
    ['netsh adv f a rule name=x', 'netsh advfirewall firewall add rule name=x'],
    ['netsh adv se al st off', 'netsh advfirewall set allprofiles state off'],
    ['netsh f sh conf', 'netsh firewall show config'],
    ['netsh t sta cap=yes tr=x.etl', 'netsh trace start capture=yes tracefile=x.etl'],
    ['netsh -r srv -c int p a v4tov6', 'netsh -r srv -c interface portproxy add v4tov6'],
    ['cmd /c netsh i p a v&net u', 'cmd /c netsh interface portproxy add v&net u'],
    ['ntdsutil ac i ntds i cr fu x q q', 'ntdsutil activate instance ntds ifm create full x quit quit'],
    ['ntdsutil sn l a q', 'ntdsutil snapshot l a quit'],
    ['ntdsutil sn a i ntds cr m x q q', 'ntdsutil snapshot activate instance ntds create mount x quit quit'],
    ['ntdsutil i cr s f x', 'ntdsutil ifm create sysvol full x'],
    [
      'netsh i p a v & ntdsutil ac i ntds',
      'netsh interface portproxy add v4tov4 & ntdsutil activate instance ntds',
    ],
  ])('%s', (short, long) => expect(expandAbbreviations(short)).toBe(long));
});

it('reads quoted commands as the tool does', () =>
  expect(normalCommandLine(String.raw`ntdsutil.exe "ac i ntds" "ifm" "cr fu c:\temp" q q`)).toBe(
    String.raw`ntdsutil.exe activate instance ntds ifm create full c:\temp quit quit`,
  ));

describe('other words stay', () => {
  it.each([
    'net i p a v',
    'netshx i p',
    'xnetsh i p',
    'netsh',
    'netsh xyz',
    'ntdsutil cr fu x',
    'netsh wlanx',
  ])('%s', line => expect(expandAbbreviations(line)).toBe(line));
  it('of an argument', () =>
    expect(expandAbbreviations('ntdsutil po i i cr f q')).toBe('ntdsutil popups i ifm create full q'));
});

test('what is written out has as many words, and is written out', () => {
  const word = fc.constantFrom(
    'netsh',
    'ntdsutil.exe',
    'i',
    'p',
    'a',
    'v',
    'sh',
    'se',
    'l=',
    'ac',
    'cr',
    'f',
    'q',
    'x',
    '&',
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 14 }), words => {
      const long = expandAbbreviations(words.join(' '));
      expect(long.split(' ')).toHaveLength(Math.max(1, words.length));
      expect(expandAbbreviations(long)).toBe(long);
    }),
    { numRuns: 5_000 },
  );
});
