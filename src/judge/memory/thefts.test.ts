import { describe, expect, it } from 'vitest';
import { factSource, testFact } from '../../../test/fact.ts';
import { testNaming as names } from '../../../test/naming.ts';
import type { Exposure as Exposes } from '../../know/advisories/index.ts';
import type { Fact, FactValues } from '../../read/entities/index.ts';
import { type TheftEvidence, theftsOf } from './index.ts';

const HOUR = 3600e6;
const T0 = Date.UTC(2026, 2, 1) * 1000;

function shown(
  exposes: Exposes | null,
  hours: number,
  host = 'ws7.wairua.test',
  values: FactValues = { account: 'WAIRUA\\adm' },
): TheftEvidence {
  const micros = T0 + hours * HOUR;
  const fact = testFact({ micros, host, values, place: { input: 1, record: 48_212 } });
  return { behaviour: { id: 'VT-CA-05', exposes }, micros, host, fact };
}
const logon = (account: string, logonType: number, hours: number, host = 'WS7.wairua.test'): Fact =>
  testFact({ type: 'logon', micros: T0 + hours * HOUR, host, values: { account, logonType } });
const logons = [
  logon('WAIRUA\\bob', 2, -5),
  logon('WAIRUA\\svc', 5, -4),
  logon('WAIRUA\\net', 3, -3),
  logon('WAIRUA\\late', 10, 2),
  logon('WAIRUA\\else', 2, -5, 'ws8.wairua.test'),
  logon('WAIRUA\\WS7$', 5, -5),
];
const thefts = (...evidence: TheftEvidence[]): ReturnType<typeof theftsOf> =>
  theftsOf(evidence, factSource(logons), names, ['a.evtx', 'logs/Security.evtx']);

describe('a theft', () => {
  it('of a host exposes those who left credentials there before it', () =>
    expect(thefts(shown('host', 0))).toEqual([
      {
        how: 'host',
        scope: 'ws7.wairua.test',
        since: T0,
        accounts: ['adm', 'bob', 'svc'],
        evidence: 'VT-CA-05 on ws7.wairua.test, record 48212 of logs/Security.evtx',
      },
    ]));
  it('of the directory exposes the domain, of hives the machine', () => {
    expect(thefts(shown('domain', 0, 'dc1.wairua.test'))[0]).toMatchObject({
      scope: 'wairua.test',
      accounts: null,
    });
    expect(thefts(shown('local', 0))[0]).toMatchObject({ scope: 'ws7.wairua.test', accounts: null });
  });
  it('of a profile exposes whose it is, and nobody where that is not known', () => {
    expect(thefts(shown('profile', 0))[0]).toMatchObject({ accounts: ['adm'] });
    expect(thefts(shown('profile', 0, 'ws7', {}))).toEqual([]);
  });
  it('that shows in several events is one, and the next day another', () =>
    expect(
      thefts(shown('host', 0.5), shown('host', 0), shown('host', 24)).map(({ since }) => (since - T0) / HOUR),
    ).toEqual([0, 24]));
  it('is none where nothing is exposed, or the time is not known', () =>
    expect(thefts(shown(null, 0), { ...shown('host', 0), micros: 0 })).toEqual([]));
});
