import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { parseTerm, termRule } from './index.ts';

/** Kind and canonical text, or what is refused. */
function said(word: string): string {
  const term = parseTerm(word);
  return 'message' in term ? 'none' : `${term.kind} ${term.text}`;
}

const md5 = 'D41D8CD98F00B204E9800998ECF8427E';
const sha1 = 'a'.repeat(40);
const sha256 = 'b'.repeat(64);

test.each<readonly [word: string, expected: string]>([
  ['203.0.113.70', 'address 203.0.113.70'],
  [' 203.0.113.70 ', 'address 203.0.113.70'],
  ['203.000.113.070', 'address 203.0.113.70'],
  ['::ffff:203.0.113.70', 'address 203.0.113.70'],
  ['::FFFF:cb00:7146', 'address 203.0.113.70'],
  ['[2001:DB8:0:0:0:0:0:1]', 'address 2001:db8::1'],
  ['2001:0db8::0001', 'address 2001:db8::1'],
  ['fe80::1%12', 'address fe80::1'],
  ['203.0.113.0/24', 'address 203.0.113.0/24'],
  ['::ffff:203.0.113.0/120', 'address 203.0.113.0/24'],
  ['203.0.113.70/32', 'address 203.0.113.70'],
  ['2001:db8::/32', 'address 2001:db8::/32'],
  ['203.0.113.300', 'none'],
  ['203.0.113', 'none'],
  ['0.0.0.0/0', 'none'],
  ['203.0.113.0/33', 'none'],
  ['2001:db8:::1', 'none'],
  ['address:jo', 'none'],
  [md5, `hash ${md5.toLowerCase()}`],
  [`MD5=${md5}`, `hash ${md5.toLowerCase()}`],
  [sha1, `hash ${sha1}`],
  [sha256.toUpperCase(), `hash ${sha256}`],
  ['a'.repeat(33), 'none'],
  ['hash:jo', 'none'],
  ['CORP\\jo', 'account CORP\\jo'],
  ['jo@corp.example', 'account jo@corp.example'],
  ['first.last', 'account first.last'],
  ['svc_backup', 'account svc_backup'],
  ['WS01$', 'account WS01$'],
  ['.\\jo', 'account .\\jo'],
  ['s-1-5-21-1-2-3-1105', 'account S-1-5-21-1-2-3-1105'],
  ['account:10.1.2.3', 'account 10.1.2.3'],
  [`account:${md5}`, `account ${md5}`],
  ['account:a.exe', 'account a.exe'],
  ['account:a\\b\\c', 'none'],
  ['x', 'none'],
  ['CORP\\', 'none'],
  ['C:\\Windows\\Temp\\a.exe', 'path C:\\Windows\\Temp\\a.exe'],
  ['C:/Windows/Temp', 'path C:/Windows/Temp'],
  ['\\\\fs1\\share\\a.zip', 'path \\\\fs1\\share\\a.zip'],
  ['\\Device\\HarddiskVolume3\\Windows\\a.exe', 'path \\Device\\HarddiskVolume3\\Windows\\a.exe'],
  ['\\\\?\\C:\\Temp\\a.exe', 'path \\\\?\\C:\\Temp\\a.exe'],
  ['%SystemRoot%\\Temp\\a.exe', 'path %SystemRoot%\\Temp\\a.exe'],
  ['Temp\\a.exe', 'path Temp\\a.exe'],
  ['a.exe', 'path a.exe'],
  ['name:ntds', 'path ntds'],
  ['path:jo', 'path jo'],
  ['name:a\\b', 'none'],
  ['C:\\', 'none'],
  ['C:\\a\\..\\b.exe', 'none'],
  ['C:\\Temp\\*.exe', 'none'],
  ['\\\\fs1', 'none'],
  ['http://example.org/x', 'none'],
  ['', 'none'],
  ['jo\nhn', 'none'],
  ['x'.repeat(2000), 'none'],
])('%j is %s', (word, expected) => expect(said(word)).toBe(expected));

describe('any word', () => {
  it('is a term or refused with a reason, and its rule looks for literals and nothing else', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 40 }),
          fc.string({ unit: 'binary', maxLength: 20 }),
          fc.string({ unit: fc.constantFrom(...'aC1.:\\/@%*?"$ -'), maxLength: 20 }),
        ),
        word => {
          const term = parseTerm(word);
          if ('message' in term) {
            expect(term.message).not.toBe('');
            return;
          }
          const { plan, title } = termRule(term, 0);
          expect(title).toBe(`touches ${term.text}`);
          if (plan.op !== 'keyword' || plan.test.kind !== 'text') throw new Error('no keyword');
          for (const [before, literal, after] of plan.test.any) {
            expect([before, after]).toEqual([0, 0]);
            expect(typeof literal === 'string' && literal.length > 0).toBe(true);
          }
        },
      ),
      { numRuns: 3000 },
    );
  });
});
