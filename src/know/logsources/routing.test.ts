import { describe, expect, test } from 'vitest';
import { fold } from '../../read/events/index.ts';
import type { LogSource } from '../sigma/index.ts';
import { windowsCategories } from './categories.ts';
import { routesOf } from './routing.ts';
import { views } from './views/index.ts';

const source = (product: string | null, category: string | null, service: string | null): LogSource => ({
  product,
  category,
  service,
});

/** Routes in short: `channel/ids/view`. */
const short = (logSource: LogSource): string[] | null =>
  routesOf(logSource)?.map(
    route =>
      `${route.channel ?? '*'} ${route.eventIds?.join(',') ?? '*'} ${route.view}${route.where ? ' where' : ''}`,
  ) ?? null;

const sysmon = 'microsoft-windows-sysmon/operational';

describe('where events are found', () => {
  test('process_creation is Sysmon 1 and Security 4688 through its view', () => {
    const expected = [`${sysmon} 1 native`, 'security 4688 security-4688'];
    expect(short(source('windows', 'process_creation', null))).toEqual(expected);
    expect(short(source(null, 'process_creation', null))).toEqual(expected);
    expect(short(source('Windows', 'Process_Creation', null))).toEqual(expected);
  });
  test('a service narrows a category', () => {
    expect(short(source('windows', 'process_creation', 'sysmon'))).toEqual([`${sysmon} 1 native`]);
    expect(short(source('windows', 'process_creation', 'security'))).toEqual(['security 4688 security-4688']);
  });
  test('a category and a service that exclude each other are no log source', () => {
    expect(routesOf(source('windows', 'process_creation', 'system'))).toBeNull();
  });
  test('a service is every event of its channels', () => {
    expect(short(source('windows', null, 'security'))).toEqual(['security * native']);
    expect(short(source('windows', null, 'powershell'))).toEqual([
      'microsoft-windows-powershell/operational * native',
      'powershellcore/operational * native',
    ]);
    expect(short(source(null, null, 'windefend'))).toEqual([
      'microsoft-windows-windows defender/operational * native',
    ]);
  });
  test('both names of a service are known', () => {
    for (const [one, other] of [
      ['ldap', 'ldap_debug'],
      ['servicebus-client', 'microsoft-servicebus-client'],
    ] as const) {
      expect(short(source('windows', null, one))).toEqual(short(source('windows', null, other)));
    }
  });
  test('product windows alone is every event of Windows, and nothing at all is every event', () => {
    expect(short(source('windows', null, null))).toEqual(['* * native']);
    expect(routesOf(source('windows', null, null))![0]!.ofWindows).toBe(true);
    expect(short(source(null, null, null))).toEqual(['* * native']);
    expect(routesOf(source(null, null, null))![0]!.ofWindows).toBeUndefined();
  });
  test('a device is one channel, and its logs are told by a field', () => {
    expect(short(source('FortiGate', null, null))).toEqual(['fortigate * native']);
    expect(short(source('fortigate', null, 'Event'))).toEqual(['fortigate * native where']);
    expect(short(source('fortigate', 'firewall', null))).toEqual(['fortigate * fortigate-traffic where']);
    expect(short(source('fortigate', 'firewall', 'traffic'))).toEqual([
      'fortigate * fortigate-traffic where',
    ]);
    expect(short(source(null, 'firewall', null))).toEqual(['fortigate * fortigate-traffic where']);
  });
  test('what a device lacks, and a service that could be of anybody, is no log source', () => {
    expect(routesOf(source('fortigate', 'firewall', 'event'))).toBeNull();
    expect(routesOf(source('fortigate', null, 'security'))).toBeNull();
    expect(routesOf(source('fortigate', 'process_creation', null))).toBeNull();
    expect(routesOf(source(null, null, 'event'))).toBeNull();
    expect(routesOf(source('fortios', null, 'event'))).toBeNull();
  });
  test('both spellings of the clipboard category are known', () => {
    expect(short(source('windows', 'clipboard_capture', null))).toEqual([`${sysmon} 24 native`]);
    expect(short(source('windows', 'clipboard_change', null))).toEqual([`${sysmon} 24 native`]);
  });
  test('file_delete is Sysmon 23 and 26', () => {
    expect(short(source('windows', 'file_delete', null))).toEqual([`${sysmon} 23,26 native`]);
  });
  test('PowerShell categories are in both channels', () => {
    expect(short(source('windows', 'ps_script', null))).toEqual([
      'microsoft-windows-powershell/operational 4104 native',
      'powershellcore/operational 4104 native',
    ]);
  });
  test('antivirus needs no product', () => {
    expect(short(source(null, 'antivirus', null))).toEqual(short(source('windows', 'antivirus', null)));
    expect(routesOf(source(null, 'antivirus', null))).not.toBeNull();
  });
  test.each([
    ['linux', 'process_creation', null],
    ['macos', 'process_creation', null],
    ['aws', null, 'cloudtrail'],
    [null, 'webserver', null],
    [null, 'dns', null],
    ['windows', 'file_access', null],
    ['windows', 'file_rename', null],
    ['windows', 'no_such_category', null],
    ['windows', null, 'no-such-service'],
    ['opencanary', 'application', null],
  ])('product %s, category %s, service %s is not known here', (product, category, service) => {
    expect(routesOf(source(product, category, service))).toBeNull();
  });
});

test('every view that a category names exists', () => {
  const names = [...windowsCategories.values()].flat().map(one => one.view);
  expect(names.filter(name => name !== 'native' && !views.has(name))).toEqual([]);
});

test('channels of routes are folded', () => {
  for (const category of windowsCategories.keys()) {
    for (const { channel } of routesOf(source('windows', category, null)) ?? [])
      expect(channel).toBe(fold(channel!));
  }
});
