import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AccountNames, type AccountValues, accountKey, isServiceAccount } from './accounts.ts';
import type { Fact } from './types.ts';

const SID = 'S-1-5-21-1-2-3-1104';
const factOf = (
  account: string | undefined,
  sid: string | undefined,
  type: Fact['type'] = 'logon',
): Fact => ({
  type,
  micros: 1,
  host: 'DC1',
  channel: 'Security',
  provider: '',
  eventId: 4624,
  place: { input: 0, offset: 0, record: 1 },
  values: {
    ...(account === undefined ? {} : { account }),
    ...(sid === undefined ? {} : { sid }),
  },
});
const learned = (...pairs: readonly (readonly [string, string])[]): AccountNames => {
  const names = new AccountNames();
  for (const [account, sid] of pairs) names.learn(factOf(account, sid));
  return names;
};

describe('the key of an account', () => {
  test.each<[AccountValues, string | null]>([
    [{ account: 'example\\Jo' }, 'EXAMPLE\\jo'],
    [{ account: 'Jo@Example.Test' }, 'jo@example.test'],
    [{ account: 'EXAMPLE.TEST\\Jo' }, 'jo@example.test'],
    [{ account: 'Jo', sid: SID }, 'jo'],
    [{ account: '.\\Jo' }, 'jo'],
    [{ sid: SID.toLowerCase() }, SID],
    [{ account: '-' }, null],
    [{ account: 'EXAMPLE\\' }, null],
    [{}, null],
  ])('of %j alone is %j', (values, key) => expect(accountKey(values)).toBe(key));

  test('is that of the name that was learned with the SID', () => {
    const names = learned(['EXAMPLE\\Jo', SID]);
    expect(names.key({ sid: SID })).toBe('EXAMPLE\\jo');
    expect(names.name({ sid: SID })).toBe('EXAMPLE\\Jo');
  });

  test('joins a UPN with the name that one SID had', () => {
    const names = learned(['EXAMPLE\\jo', SID], ['jo.smith@corp.example.test', SID]);
    expect(names.key({ account: 'Jo.Smith@CORP.example.test' })).toBe('EXAMPLE\\jo');
  });

  test('joins a realm with the domain whose SIDs come with both', () => {
    const names = learned(['3B\\jo', SID], ['THREEBEESCO.COM\\mia', 'S-1-5-21-1-2-3-1105']);
    expect(names.key({ account: 'ben@THREEBEESCO.COM' })).toBe('3B\\ben');
  });

  test('joins a realm with the domain whose name it begins with', () => {
    expect(learned(['EXAMPLE\\jo', SID]).key({ account: 'ben@EXAMPLE.TEST' })).toBe('EXAMPLE\\ben');
    expect(learned(['OTHER\\jo', SID]).key({ account: 'ben@EXAMPLE.TEST' })).toBe('ben@example.test');
  });

  test('is the same before and after an account was renamed', () => {
    const names = learned(['EXAMPLE\\jo', SID], ['EXAMPLE\\joanna', SID]);
    const key = names.key({ account: 'EXAMPLE\\jo' });
    expect(names.key({ account: 'EXAMPLE\\joanna' })).toBe(key);
    expect(names.key({ account: 'joanna@EXAMPLE.TEST' })).toBe(key);
  });

  test('of a name that two SIDs had is the name', () => {
    const names = learned(['EXAMPLE\\jo', SID], ['EXAMPLE\\jo', `${SID}9`], ['EXAMPLE\\mia', `${SID}9`]);
    expect(names.key({ account: 'EXAMPLE\\jo' })).toBe('EXAMPLE\\jo');
  });

  test('of a name without domain is that of the only account with it', () => {
    const names = learned(['EXAMPLE\\jo', SID], ['EXAMPLE\\mia', `${SID}1`], ['WS6\\mia', `${SID}2`]);
    expect(names.key({ account: 'JO' })).toBe('EXAMPLE\\jo');
    expect(names.key({ account: 'mia' })).toBe('mia');
  });

  test('of Administrator without domain stays bare, because every domain has one', () => {
    expect(learned(['WS6\\Administrator', 'S-1-5-21-1-2-3-500']).key({ account: 'administrator' })).toBe(
      'administrator',
    );
  });

  test('is not learned of events that may speak of two people', () => {
    const names = new AccountNames();
    names.learn(factOf('EXAMPLE\\jo', SID, 'event'));
    expect(names.key({ sid: SID })).toBe(SID);
  });

  const pairs = fc.array(
    fc.tuple(
      fc.constantFrom(
        'EXAMPLE\\jo',
        'EXAMPLE\\Jo',
        'example.test\\jo',
        'jo@EXAMPLE.TEST',
        'B\\jo',
        'A.B\\jo',
        'jo',
      ),
      fc.constantFrom(SID, 'S-1-5-21-1-2-3-1105', 'S-1-5-21-9-9-9-1104', 'S-1-5-18', 'x'),
    ),
  );
  test('does not depend on the order in which names were learned', () => {
    fc.assert(
      fc.property(pairs, fc.nat(), (seen, turn) => {
        const at = seen.length === 0 ? 0 : turn % seen.length;
        const one = learned(...seen);
        const other = learned(...seen.slice(at).toReversed(), ...seen.slice(0, at), ...seen);
        for (const [account, sid] of seen) {
          for (const values of [{ account }, { sid }, { account, sid }]) {
            expect(other.key(values)).toBe(one.key(values));
            expect(other.name(values)).toBe(one.name(values));
          }
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('a service account', () => {
  test.each<AccountValues>([
    { sid: 'S-1-5-18' },
    { account: 'NT AUTHORITY\\SYSTEM' },
    { account: 'NT-AUTORITÄT\\Lokaler Dienst' },
    { account: 'AUTORITE NT\\Système' },
    { account: 'NT AUTHORITY\\ANONYMOUS LOGON' },
    { account: 'Window Manager\\DWM-2' },
    { account: 'Font Driver Host\\UMFD-0' },
    { account: 'EXAMPLE\\DC1$' },
    { account: 'DC1$@EXAMPLE.TEST' },
    { account: 'IIS APPPOOL\\DefaultAppPool' },
    { sid: 'S-1-5-80-956008885-3418522649' },
  ])('is recognised: %j', values => expect(isServiceAccount(values)).toBe(true));

  test.each<AccountValues>([
    { account: 'EXAMPLE\\jo', sid: SID },
    { account: 'PORTAUTHORITY\\jo' },
    { account: 'EXAMPLE\\$' },
    { account: 'systems' },
    { account: 'EXAMPLE\\averyverylongname$' },
    { sid: 'S-1-5-180' },
    {},
  ])('is not seen in a person: %j', values => expect(isServiceAccount(values)).toBe(false));
});
