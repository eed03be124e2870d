import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factSource, testFact } from '../../../test/fact.ts';
import { testNaming as names } from '../../../test/naming.ts';
import { schema } from '../../../test/schemas.ts';
import type { Fact, FactValues } from '../../read/entities/index.ts';
import { daysIn, daysText } from '../days.ts';
import {
  type AccountRow,
  boundMemory,
  domainOf,
  type Exposure,
  Exposures,
  emptyMemory,
  expireMemory,
  expose,
  forgetAccount,
  learnPasswordChanges,
  learnPeriods,
  type Memory,
  mergeMemories,
  parseMemory,
  type SeenUse,
  type Theft,
  writeMemory,
} from './index.ts';

const DAY = 86_400e6;
const T0 = Date.UTC(2026, 2, 1) * 1000;
const ntds: Theft = {
  how: 'domain',
  scope: 'wairua.test',
  since: T0,
  accounts: null,
  evidence: 'VT-CA-01 on dc1.wairua.test',
};
const lsass: Theft = {
  how: 'host',
  scope: 'ws7.wairua.test',
  since: T0,
  accounts: ['adm', 'bob'],
  evidence: 'VT-CA-05 on ws7',
};

const exposures = (memory: Memory, rows: AccountRow[] = []): Exposures =>
  new Exposures(memory, { rows }, names);
const by = (found: readonly Exposure[]): string[] => found.map(each => each.by);
const row = (name: string, passwordSet: number | null): AccountRow => ({
  name,
  passwordSet,
  sid: null,
  privileged: false,
  role: null,
});
const changed = (memory: Memory, account: string, micros: number): Memory => ({
  ...memory,
  passwords: [{ account, micros }],
});

describe('an account', () => {
  const domain = expose(emptyMemory(), ntds);
  const host = expose(emptyMemory(), lsass);

  it('is exposed from the theft on, for years', () => {
    expect(by(exposures(domain).of('anybody', T0 + 700 * DAY))).toEqual(['password']);
    expect(exposures(domain).of('anybody', T0 - 1)).toEqual([]);
    expect(by(exposures(host).of('adm', T0 + DAY))).toEqual(['password']);
    expect(exposures(host).of('carol', T0 + DAY)).toEqual([]);
  });
  it('of a machine is not of the domain', () =>
    expect(exposures(domain).of('ws7.wairua.test\\administrator', T0 + DAY)).toEqual([]));
  it('of one machine is exposed by a theft of its hives, and no other is', () => {
    const hives = exposures(expose(emptyMemory(), { ...lsass, how: 'local', accounts: null }));
    expect(by(hives.of('ws7.wairua.test\\administrator', T0 + DAY))).toEqual(['password']);
    expect(hives.of('ws8.wairua.test\\administrator', T0 + DAY)).toEqual([]);
    expect(hives.of('administrator', T0 + DAY)).toEqual([]);
  });
  it('is exposed until its own next password change', () => {
    const memory = changed(host, 'adm', T0 + 10 * DAY);
    expect(exposures(memory).of('adm', T0 + 11 * DAY)).toEqual([]);
    expect(by(exposures(memory).of('adm', T0 + 9 * DAY))).toEqual(['password']);
    expect(by(exposures(memory).of('bob', T0 + 11 * DAY))).toEqual(['password']);
  });
  it('is not helped by a change before the theft', () =>
    expect(by(exposures(changed(host, 'adm', T0 - DAY)).of('adm', T0 + DAY))).toEqual(['password']));
  it('takes the date of a directory export', () => {
    expect(exposures(host, [row('WAIRUA\\adm', T0 + DAY)]).of('adm', T0 + 2 * DAY)).toEqual([]);
    expect(by(exposures(host, [row('WAIRUA\\adm', null)]).of('adm', T0 + 2 * DAY))).toEqual(['password']);
  });
  it('of the domain stays exposed by tickets until krbtgt was reset twice', () => {
    const reset = (...days: number[]): Memory => ({
      ...changed(domain, 'adm', T0 + DAY),
      krbtgt: days.map(day => ({ domain: 'wairua.test', micros: T0 + day * DAY })),
    });
    const at = T0 + 30 * DAY;
    expect(by(exposures(reset()).of('adm', at))).toEqual(['tickets']);
    expect(by(exposures(reset(2)).of('adm', at))).toEqual(['tickets']);
    expect(exposures(reset(2)).of('adm', at)[0]!.reason).toMatch(/krbtgt was reset only once/);
    expect(exposures(reset(2, 3)).of('adm', at)).toEqual([]);
    expect(by(exposures(reset(2, 40)).of('adm', at))).toEqual(['tickets']);
    expect(by(exposures(reset(-3, -2)).of('adm', at))).toEqual(['tickets']);
    expect(by(exposures(reset(2, 3)).of('bob', at))).toEqual(['password']);
  });
  it('says why it is exposed', () =>
    expect(exposures(domain).of('adm', T0 + DAY)[0]!.reason).toBe(
      'all accounts of wairua.test were taken on 2026-03-01 (VT-CA-01 on dc1.wairua.test); no password change of it is known',
    ));
  it('tells all thefts, the earliest first', () => {
    const memory = expose(expose(domain, { ...ntds, since: T0 + 300 * DAY }), { ...lsass, since: T0 + DAY });
    expect(
      exposures(memory)
        .of('adm', T0 + 400 * DAY)
        .map(each => each.exposed.since),
    ).toEqual([T0, T0 + DAY, T0 + 300 * DAY]);
  });
  it('lies in the domain that the name of a host says', () => {
    expect(domainOf('DC1.Wairua.test')).toBe('wairua.test');
    expect(domainOf('dc1')).toBe('');
    expect(domainOf('10.0.0.1')).toBe('');
  });
});

function logon(day: number, sourceIp: string, values: FactValues = {}, host = 'DC1.wairua.test'): Fact {
  return testFact({
    type: 'logon',
    eventId: 4624,
    host,
    micros: T0 + day * DAY,
    values: { account: 'WAIRUA\\adm', logonType: 10, sourceIp, ...values },
  });
}

/** A memory that knows one use of an account on one day. */
function used(day: number, account = 'adm', over: Partial<SeenUse> = {}): Memory {
  const first = T0 + day * DAY;
  const use: SeenUse = {
    account,
    source: '10.1.2.0/24',
    network: '',
    way: 'remote',
    host: 'dc1.wairua.test',
    first,
    last: first,
    ...over,
  };
  const days = daysText([Math.floor(first / DAY)]);
  return tidied({ ...emptyMemory(), uses: [use], days: [{ account, kind: 'remote inside', days }] });
}

const tidied = (memory: Memory): Memory => mergeMemories(memory, emptyMemory());

describe('days as text', () => {
  it('are the same after writing and reading', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 3_999 })),
        fc.integer({ min: 0, max: 90_000 }),
        (days, from) => {
          const sorted = days.map(day => day + from).sort((a, b) => a - b);
          const text = daysText(sorted);
          expect(text.length).toBeLessThanOrEqual(1024);
          expect(daysIn(text)).toEqual(sorted);
        },
      ),
    );
  });
  it('reach back eleven years, whatever comes', () => {
    expect(daysIn(daysText([3, 20_000, 20_001]))).toEqual([20_000, 20_001]);
  });
  it.each(['x', '1', '1:', '1:0', '01:00', '1:0g', '-1:00', `1:${'00'.repeat(501)}`])('%j are none', text =>
    expect(daysIn(text)).toBeNull(),
  );
});

describe('learning', () => {
  it('takes the latest password change of each, and every reset of krbtgt', () => {
    const change = (day: number, account: string, values: FactValues = {}): Fact =>
      testFact({
        type: 'password-change',
        eventId: 4724,
        host: 'DC1.wairua.test',
        micros: T0 + day * DAY,
        values: { account, ...values },
      });
    const facts = [
      change(5, 'WAIRUA\\adm'),
      change(2, 'WAIRUA\\adm'),
      change(9, 'WAIRUA\\adm', { action: 'refused' }),
      change(3, 'WAIRUA\\krbtgt'),
      change(4, 'WAIRUA\\krbtgt'),
    ];
    const memory = learnPasswordChanges(emptyMemory(), factSource(facts), names);
    expect(memory.passwords).toEqual([{ account: 'adm', micros: T0 + 5 * DAY }]);
    expect(memory.krbtgt).toEqual([3, 4].map(day => ({ domain: 'wairua.test', micros: T0 + day * DAY })));
  });
  it('takes no password change of a drill', () => {
    const drill = testFact({
      type: 'password-change',
      host: 'HWDRILL-DC1.wairua.test',
      values: { account: 'adm' },
    });
    expect(learnPasswordChanges(emptyMemory(), factSource([drill]), names).passwords).toEqual([]);
    expect(learnPeriods(emptyMemory(), factSource([drill]), names).periods).toEqual([]);
  });
  it('takes periods by host; a quiet night is no gap, a quiet week is', () => {
    const facts = [0, 1, 2, 9, 10].map(day => logon(day, '10.1.2.3'));
    const memory = learnPeriods(emptyMemory(), factSource(facts), names);
    expect(memory.periods).toEqual([
      { host: 'dc1.wairua.test', from: T0, to: T0 + 2 * DAY },
      { host: 'dc1.wairua.test', from: T0 + 9 * DAY, to: T0 + 10 * DAY },
    ]);
    expect(learnPeriods(memory, factSource(facts), names)).toEqual(memory);
  });
  it('of a theft in a drill is none, but in a memory of one', () => {
    const drilled = { ...ntds, evidence: 'VT-CA-01 on HWDRILL-DC1' };
    expect(expose(emptyMemory(), drilled)).toEqual(emptyMemory());
    expect(expose({ ...emptyMemory(), drill: true }, drilled).exposed).toHaveLength(1);
  });
});

const full: Memory = {
  ...mergeMemories(mergeMemories(expose(expose(emptyMemory(), ntds), lsass), used(1)), used(200, 'bob')),
  krbtgt: [{ domain: 'wairua.test', micros: T0 + DAY }],
  passwords: [{ account: 'adm', micros: T0 + DAY }],
  periods: [{ host: 'dc1.wairua.test', from: T0, to: T0 + 100 * DAY }],
};

describe('a memory', () => {
  it('is the same after writing and reading, and conforms to its schema', () => {
    const text = writeMemory(full);
    expect(parseMemory(text)).toEqual({ kind: 'memory', memory: full });
    const validate = schema('memory');
    expect(validate(JSON.parse(text))).toBe(true);
    expect(validate(JSON.parse(writeMemory(emptyMemory())))).toBe(true);
    expect(validate({ ...JSON.parse(text), uses: [{}] })).toBe(false);
  });
  it('is written the same whatever order it was learnt in', () => {
    const turned = Object.fromEntries(
      Object.entries(full).map(([key, value]) => [key, Array.isArray(value) ? [...value].reverse() : value]),
    );
    expect(writeMemory(turned as Memory)).toBe(writeMemory(full));
  });
  it('keeps nothing that could not be read again', () => {
    const long = used(1, 'a'.repeat(2000));
    const late = expose(long, { ...ntds, since: 1e19, evidence: 'x'.repeat(5000) });
    expect(parseMemory(writeMemory(expose(late, { ...ntds, evidence: 'x'.repeat(5000) })))).toMatchObject({
      kind: 'memory',
      memory: { uses: [], exposed: [{ since: T0 }] },
    });
  });
  it('merged with itself is itself', () => expect(mergeMemories(full, full)).toEqual(full));
  it('merged knows what both knew, whichever comes first', () => {
    const other = expose(used(300), {
      ...lsass,
      accounts: ['carol'],
    });
    const merged = mergeMemories(full, other);
    expect(merged).toEqual(mergeMemories(other, full));
    expect(merged.exposed).toHaveLength(4);
    expect(merged.uses.find(({ account }) => account === 'adm')).toMatchObject({
      first: T0 + DAY,
      last: T0 + 300 * DAY,
    });
    expect(daysIn(merged.days.find(({ account }) => account === 'adm')!.days)).toHaveLength(2);
  });
  it('of a drill and of a site are not merged', () => {
    expect(mergeMemories(full, { ...used(3), drill: true })).toEqual(full);
  });
  it('forgets an account under any of its names, and nobody else', () => {
    for (const name of ['bob', 'WAIRUA\\Bob', 'bob@wairua.test']) {
      const left = forgetAccount(full, name);
      expect(writeMemory(left)).not.toContain('"bob"');
      expect(left.exposed).toHaveLength(2);
      expect(left.uses).toHaveLength(1);
    }
    expect(forgetAccount(full, '*')).toEqual(full);
    const local = { ...full, passwords: [...full.passwords, { account: 'ws7\\bob', micros: T0 }] };
    expect(forgetAccount(local, 'WS7\\bob').uses).toHaveLength(2);
  });
  it('expires what ended before a day', () => {
    const left = expireMemory(full, T0 + 50 * DAY);
    expect(left.exposed).toEqual([]);
    expect(left.uses.map(({ account }) => account)).toEqual(['bob']);
    expect(left.days.map(({ account }) => account)).toEqual(['bob']);
    expect(left.periods).toEqual([{ host: 'dc1.wairua.test', from: T0 + 50 * DAY, to: T0 + 100 * DAY }]);
    expect(expireMemory(full, 0)).toEqual(full);
  });
  it('has bounds, drops the oldest, and says so', () => {
    const uses = Array.from({ length: 60_003 }, (_, i) => ({
      account: `u${i}`,
      source: 'here',
      network: '',
      way: 'interactive',
      host: 'h',
      first: i,
      last: i,
    }));
    const { memory, notes } = boundMemory({ ...emptyMemory(), uses });
    expect(memory.uses).toHaveLength(60_000);
    expect(memory.uses.some(({ account }) => account === 'u2')).toBe(false);
    expect(notes).toEqual(['The memory holds 60000 uses of accounts at most: the 3 oldest were left out.']);
    expect(boundMemory(full)).toEqual({ memory: full, notes: [] });
  });
});

describe('the text of a memory', () => {
  const fault = (text: string): string => {
    const parsed = parseMemory(text);
    return parsed.kind === 'fault' ? parsed.message : 'none';
  };
  it.each([
    ['', 'it is damaged, or no memory'],
    ['[]', 'it is no memory'],
    ['{"version":"1"}', 'it is no memory'],
    ['{"version":3}', 'it was written by a newer version of Huntaway'],
    ['{"version":0}', 'its version 0 is not known'],
    ['{"version":1}', "its 'exposed' is no list"],
    ['{"version":1,"exposed":[7]}', "entry 1 of 'exposed' is no object"],
    [
      '{"version":1,"exposed":[{"how":"theft"}]}',
      "entry 1 of 'exposed': 'how' is none of domain, host, local, profile",
    ],
    [
      '{"version":1,"exposed":[],"uses":[{"account":7}]}',
      "entry 1 of 'uses': 'account' is no text, or longer than 1024 characters",
    ],
  ])('%j is refused: %s', (text, message) => expect(fault(text)).toBe(message));
  it('is refused cut off or with any number that is none', () => {
    const text = writeMemory(full);
    for (let i = 0; i < text.length - 2; i += 7) expect(fault(text.slice(0, i))).not.toBe('none');
    expect(fault(text.replace(/"since":\d+/, '"since":-1'))).toMatch(/'since' is no whole number/);
    expect(fault(text.replace(/"since":\d+/, '"since":1e300'))).toMatch(/'since' is no whole number/);
  });
  it('is refused with days that are none', () => {
    expect(fault(writeMemory(full).replace(/"days":"\d+:/, '"days":"x:'))).toMatch(/'days' are no days/);
    expect(fault(writeMemory(full).replace('"drill":false', '"drill":0'))).toMatch(/'drill' is neither/);
  });
  it('of the first version is read: its ways have other names, and it holds no days', () => {
    const former = {
      version: 1,
      exposed: [],
      uses: [
        { account: 'adm', source: 'local', type: 'logon 2', host: 'ws1', first: T0, last: T0, count: 4 },
        { account: 'adm', source: '10.1.2.0/24', type: 'tunnel', host: 'fw', first: T0, last: T0, count: 4 },
      ],
      krbtgt: [],
      passwords: [],
      periods: [],
    };
    const parsed = parseMemory(JSON.stringify(former));
    expect(parsed).toMatchObject({
      kind: 'memory',
      memory: {
        version: 2,
        drill: false,
        days: [],
        uses: [
          { source: '10.1.2.0/24', way: 'vpn', network: '' },
          { source: 'here', way: 'interactive', network: '' },
        ],
      },
    });
  });
  it('never throws', () => {
    fc.assert(
      fc.property(fc.json(), text => {
        expect(parseMemory(text).kind).toBe('fault');
      }),
    );
  });
});
