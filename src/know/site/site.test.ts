import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { liesIn, matchesGlob } from './glob.ts';
import {
  type Approvable,
  type Approval,
  approvalFor,
  isService,
  isVendor,
  rolesOf,
  type Site,
  zoneOf,
} from './index.ts';

const approval: Approval = {
  id: 'ifm',
  account: 'WAIRUA\\svc_backup',
  host: 'dc2.wairua.test',
  parent: 'C:\\Program Files\\Backup\\*.exe',
  path: 'D:\\ifm',
  command: null,
  behaviours: null,
  schedule: null,
  by: 'K. Hollis',
  why: 'media',
  until: Date.UTC(2027, 0, 1) * 1000,
};
const site: Site = {
  hosts: [
    { name: 'dc*.wairua.test', roles: ['dc'], zone: 'it' },
    { name: 'dc2*', roles: ['file', 'dc'], zone: null },
    { name: 'hmi?', roles: ['hmi'], zone: 'ot' },
  ],
  networks: [
    { cidr: '10.0.0.0/8', zone: 'it', roles: [] },
    { cidr: '10.20.0.0/16', zone: 'ot', roles: ['plc'] },
    { cidr: 'fd00:20::/64', zone: 'dmz', roles: [] },
  ],
  vendorAccounts: ['WAIRUA\\vendor_*'],
  serviceAccounts: ['svc_*'],
  approvals: [approval],
};
const event: Approvable = {
  account: 'wairua\\SVC_BACKUP',
  host: 'dc2.wairua.test',
  parent: 'c:\\program files\\backup\\agent.exe',
  path: 'D:\\IFM\\2026-10-04\\ntds.dit',
  command: 'ntdsutil "ac i ntds" ifm "create full D:\\ifm\\2026-10-04"',
  behaviour: { id: 'VT-CA-01', gravity: 'grave' },
  micros: Date.UTC(2026, 9, 4, 2, 30) * 1000,
  now: Date.UTC(2026, 10, 1) * 1000,
};
const approves = (changes: Partial<Approval>, about: Partial<Approvable> = {}): boolean =>
  approvalFor({ ...site, approvals: [{ ...approval, ...changes }] }, { ...event, ...about }) !== null;

describe('roles and zones', () => {
  it('of a host are those of all entries that fit', () => {
    expect(rolesOf(site, 'DC2.wairua.test')).toEqual(['dc', 'file']);
    expect(rolesOf(site, 'dc1')).toEqual(['dc']);
    expect(rolesOf(site, 'ws1')).toEqual([]);
    expect(zoneOf(site, 'dc2.wairua.test')).toBe('it');
    expect(zoneOf(site, 'HMI3.plant.test')).toBe('ot');
    expect(zoneOf(site, 'ws1')).toBeNull();
  });
  it('of an address are those of the narrowest network', () => {
    expect(zoneOf(site, '10.1.1.1')).toBe('it');
    expect(zoneOf(site, '10.20.1.1')).toBe('ot');
    expect(zoneOf(site, '::ffff:10.20.1.1')).toBe('ot');
    expect(rolesOf(site, '10.20.1.1')).toEqual(['plc']);
    expect(zoneOf(site, 'fd00:20::17')).toBe('dmz');
    expect(zoneOf(site, 'fd00:21::17')).toBeNull();
    expect(zoneOf(site, '192.0.2.1')).toBeNull();
  });
  it('of accounts go by user or by domain and user', () => {
    expect(isVendor(site, 'wairua\\vendor_acme')).toBe(true);
    expect(isVendor(site, 'other\\vendor_acme')).toBe(false);
    expect(isService(site, 'WAIRUA\\svc_backup')).toBe(true);
    expect(isService(site, 'svc_backup@wairua.test')).toBe(true);
    expect(isService(site, 'WAIRUA\\bob')).toBe(false);
  });
});

describe('an approval', () => {
  it('counts where all of it holds', () => expect(approvalFor(site, event)?.id).toBe('ifm'));
  it.each([
    ['another account', { account: 'WAIRUA\\adm' }],
    ['another host', { host: 'dc1.wairua.test' }],
    ['another parent', { parent: 'C:\\Windows\\System32\\cmd.exe' }],
    ['another path', { path: 'C:\\Windows\\Temp\\pro' }],
    ['a path that leads out', { path: 'D:\\ifm\\..\\..\\Windows\\Temp\\pro' }],
    ['a path that only begins alike', { path: 'D:\\ifm2\\x' }],
    ['no account', { account: null }],
    ['no parent', { parent: null }],
    ['no path', { path: null }],
    ['a later time', { micros: Date.UTC(2027, 0, 2) * 1000 }],
  ] as const)('does not cover %s', (_, about) => expect(approves({}, about)).toBe(false));
  it.each([
    ['is over', { until: event.now }],
    ['has nobody behind it', { by: ' ' }],
    ['has no reason', { why: '' }],
    ['is for another behaviour', { behaviours: ['VT-DE-01'] }],
    ['is for another command', { command: '*7z*' }],
    ['says no account', { account: null }],
    ['says no parent', { parent: null }],
    ['says no host', { host: null }],
    ['says no path', { path: null }],
    ['says stars only', { account: '*' }],
    ['says a drive only', { path: 'D:\\*' }],
  ])('does not count for something grave where it %s', (_, changes) => expect(approves(changes)).toBe(false));
  it('counts for less with fewer conditions', () => {
    const strong = { behaviour: { id: 'VT-ST-01', gravity: 'strong' as const } };
    expect(approves({ parent: null, path: null }, strong)).toBe(true);
    expect(approves({ until: null }, strong)).toBe(true);
  });
  it('takes the parent by its command line, too', () => {
    expect(
      approves({ parent: '*agent.exe -job nightly' }, { parentCommand: 'C:\\x\\agent.exe -job nightly' }),
    ).toBe(true);
    expect(approves({ parent: 'agent.exe' })).toBe(true);
  });
  it('keeps to its schedule, in UTC, also over midnight', () => {
    const at = (hour: number, day = 4): { micros: number } => ({
      micros: Date.UTC(2026, 9, day, hour) * 1000,
    });
    const schedule = { days: [0], from: 120, to: 240 };
    expect([1, 2, 3, 4].map(hour => approves({ schedule }, at(hour)))).toEqual([false, true, true, false]);
    expect(approves({ schedule }, at(2, 5))).toBe(false);
    const night = { days: [0], from: 1320, to: 240 };
    expect(approves({ schedule: night }, at(23))).toBe(true);
    expect(approves({ schedule: night }, at(3, 5))).toBe(true);
    expect(approves({ schedule: night }, at(3))).toBe(false);
    expect(approves({ schedule }, { micros: 0 })).toBe(false);
  });
});

describe('globs', () => {
  it('match as the expression that they stand for', () => {
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 10 });
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'A', '\n'), maxLength: 12 });
    fc.assert(
      fc.property(pattern, text, (glob, value) => {
        const expression = new RegExp(`^${glob.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'is');
        expect(matchesGlob(glob, value)).toBe(expression.test(value));
      }),
      { numRuns: 2000 },
    );
  });
  it('take no time over hostile patterns', () => {
    const start = performance.now();
    expect(matchesGlob('*a'.repeat(256), 'a'.repeat(8000))).toBe(true);
    expect(matchesGlob(`${'*a'.repeat(255)}b`, 'a'.repeat(8000))).toBe(false);
    expect(performance.now() - start).toBeLessThan(500);
  });
  it('of a folder hold what lies in it, by whole names', () => {
    expect(liesIn('D:\\Backup\\*', 'd:/backup/x/y.dit')).toBe(true);
    expect(liesIn('D:\\Backup\\*', 'D:\\Backup')).toBe(false);
    expect(liesIn('D:\\Backup', '\\\\?\\D:\\Backup.\\x')).toBe(true);
    expect(liesIn('D:\\Back*\\ifm', 'D:\\Backup\\old\\ifm')).toBe(false);
    expect(liesIn('\\\\nas\\ifm', '\\\\NAS\\ifm\\a')).toBe(true);
  });
});
