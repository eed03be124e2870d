import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCsv } from './csv.ts';
import { type AccountRow, type ParsedAccounts, parseAccounts } from './index.ts';

const parse = (text: string): ParsedAccounts => parseAccounts(Buffer.from(text));
const rowsOf = (text: string): readonly AccountRow[] => parse(text).table!.rows;
const at = (text: string): number => Date.parse(text) * 1000;
const SID = 'S-1-5-21-1-2-3-1104';

describe('a table of accounts', () => {
  it('is read with all its columns', () => {
    expect(
      rowsOf(
        `SID,Name,pwdLastSet,privileged,role\r\n${SID},WAIRUA\\adm,2026-03-04T10:00:00Z,true,dc admin\r\n`,
      ),
    ).toEqual([
      {
        sid: SID,
        name: 'WAIRUA\\adm',
        passwordSet: at('2026-03-04T10:00:00Z'),
        privileged: true,
        role: 'dc admin',
      },
    ]);
    expect(parse(`SID,Name,pwdLastSet\n${SID},adm,2026-03-04\n`).problems).toEqual([]);
  });
  it.each([
    ['2026-03-04T10:00:00Z', '2026-03-04T10:00:00Z'],
    ['2026-03-04 23:00:00+13:00', '2026-03-04T10:00:00Z'],
    ['134170920000000000', '2026-03-04T10:00:00Z'],
    ['20260304100000.0Z', '2026-03-04T10:00:00Z'],
  ])('takes %s for a date', (written, expected) =>
    expect(rowsOf(`sid;pwdLastSet\n${SID};${written}\n`)[0]!.passwordSet).toBe(at(expected)),
  );
  it.each(['3/4/2026 10:00:00 AM', '04.03.2026', 'yesterday', '20261304100000Z'])(
    'does not guess what %s means, and says so by its line',
    written => {
      const { table, problems } = parse(`sid;pwdLastSet\n\n${SID};${written}\n`);
      expect(table!.rows[0]!.passwordSet).toBeNull();
      expect(problems).toEqual([
        {
          line: 3,
          message: expect.stringContaining(`'${written}' is no date that can be read one way only`),
        },
      ]);
    },
  );
  it.each(['0', 'never', '', '9223372036854775807'])('takes %j for no date, without a word', written => {
    const { table, problems } = parse(`sid;pwdLastSet\n${SID};${written}\n`);
    expect(table!.rows[0]!.passwordSet).toBeNull();
    expect(problems).toEqual([]);
  });
  it('reads what PowerShell and spreadsheets write', () => {
    const rows = 'SamAccountName;SID;PasswordLastSet\nadm;S-1-5-21-1-2-3-1;2026-03-04T10:00:00Z\n';
    const expected = rowsOf(rows);
    expect(expected[0]!.name).toBe('adm');
    for (const text of [
      `\ufeff${rows}`,
      `sep=;\r\n${rows}`,
      `#TYPE Microsoft.ActiveDirectory.Management.ADUser\n${rows}`,
      rows.replaceAll(';', '\t'),
      rows.replaceAll(';', ','),
      rows.replace(/[^;\n]+/g, '"$&"'),
    ]) {
      expect(rowsOf(text)).toEqual(expected);
    }
    expect(parseAccounts(Buffer.from(`\ufeff${rows}`, 'utf16le')).table!.rows).toEqual(expected);
    expect(parseAccounts(Buffer.from(`\ufeff${rows}`, 'utf16le').swap16()).table!.rows).toEqual(expected);
    expect(parseAccounts(Buffer.from(rows, 'utf16le')).table!.rows).toEqual(expected);
  });
  it('prefers the account to the name of the person, and puts the domain before it', () =>
    expect(rowsOf('Name,SamAccountName,Domain\nAda Hollis,adm.hollis,WAIRUA\n')[0]!.name).toBe(
      'WAIRUA\\adm.hollis',
    ));
  it('leaves out rows that name nobody, by line', () => {
    const { table, problems } = parse('sid,name,pwdlastset\n,,2026-03-04\nnosid,,\nnosid,adm,\n');
    expect(table!.rows.map(({ sid, name }) => [sid, name])).toEqual([[null, 'adm']]);
    expect(problems.map(({ line }) => line)).toEqual([2, 3, 3, 4]);
  });
  it('is none without a header row that names accounts', () => {
    expect(parse('').table).toBeNull();
    expect(parse('a,b\n1,2\n').table).toBeNull();
    expect(parse('a,b\n1,2\n').problems[0]!.line).toBe(1);
  });
  it('says where it has no dates', () =>
    expect(parse(`sid\n${SID}\n`).problems[0]!.message).toMatch(/no column 'pwdLastSet'/));
});

describe('comma-separated values', () => {
  it('come back as they were written', () => {
    const field = fc.string({
      unit: fc.constantFrom('a', ',', ';', '"', '\n', '\r', ' ', 'é'),
      maxLength: 8,
    });
    const rows = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { maxLength: 6 });
    fc.assert(
      fc.property(rows, written => {
        const text = [
          'h1,h2',
          ...written.map(row => row.map(each => `"${each.replaceAll('"', '""')}"`).join(',')),
        ].join('\r\n');
        const expected = written.filter(row => row.some(each => each.trim() !== ''));
        expect(
          parseCsv(text)
            .slice(1)
            .map(({ fields }) => fields),
        ).toEqual(expected);
      }),
    );
  });
  it('know the line on which each row begins', () =>
    expect(parseCsv('a,b\n"1\n2",x\n3,y\n').map(({ line }) => line)).toEqual([1, 2, 4]));
  it('end with the text where a quote is never closed', () =>
    expect(parseCsv('a,b\n"1,2\n3').map(({ fields }) => fields)).toEqual([['a', 'b'], ['1,2\n3']]));
  it('are read in time that grows with them', () => {
    const start = performance.now();
    for (const text of [
      '"'.repeat(4e5),
      ','.repeat(4e5),
      '"a\n'.repeat(1e5),
      '\n'.repeat(4e5),
      `${'"",'.repeat(1e5)}`,
    ])
      parseCsv(text);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
