import { describe, expect, it } from 'vitest';
import { channelName, routeText } from './names.ts';
import { routesOf } from './routing.ts';

const text = (category: string | null, service: string | null): (string | undefined)[] =>
  routesOf({ product: 'windows', category, service })!.map(routeText);

describe('routes in words', () => {
  it('name channels as Windows writes them, and event ids', () =>
    expect(text('process_creation', null)).toEqual([
      'Microsoft-Windows-Sysmon/Operational, event id 1',
      'Security, event id 4688',
    ]));
  it('name a channel alone', () => expect(text(null, 'dns-server')).toEqual(['DNS Server']));
  it('say that nothing is asked', () => expect(text(null, null)).toEqual(['every event of Windows']));
  it('leave a channel that is in no table as it is', () => expect(channelName('x/y')).toBe('x/y'));
});
