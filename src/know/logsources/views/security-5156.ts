/**
 * Security 5156 (the filtering platform permitted a connection) in the names of Sysmon 3. The image is a
 * device path in lower case (`\device\harddiskvolume3\windows\…`), so rules that name a drive letter at its
 * beginning can't match it; those that name its end do.
 */
import type { View } from '../view.ts';

const protocols: ReadonlyMap<string, readonly string[]> = new Map([
  ['6', ['tcp']],
  ['17', ['udp']],
]);

/** Direction, as the code that EVTX holds: outbound was initiated here. */
const initiated: ReadonlyMap<string, readonly string[]> = new Map([
  ['%%14593', ['true']],
  ['%%14592', ['false']],
]);

const isIpv6 = ([address]: readonly (string | undefined)[]): readonly string[] | undefined =>
  address === undefined ? undefined : [String(address.includes(':'))];

export const security5156: View = {
  name: 'security-5156',
  label: 'Security 5156',
  fields: new Map([
    ['Image', { kind: 'rename', from: 'Application' }],
    ['ProcessId', { kind: 'rename', from: 'ProcessID' }],
    [
      'Protocol',
      {
        kind: 'derived',
        from: ['Protocol'],
        derive: ([code]) => (code === undefined ? undefined : (protocols.get(code) ?? [code])),
      },
    ],
    [
      'Initiated',
      {
        kind: 'derived',
        from: ['Direction'],
        derive: ([code]) => (code === undefined ? undefined : (initiated.get(code) ?? [code])),
      },
    ],
    ['SourceIp', { kind: 'rename', from: 'SourceAddress' }],
    ['SourceIsIpv6', { kind: 'derived', from: ['SourceAddress'], derive: isIpv6 }],
    ['DestinationIp', { kind: 'rename', from: 'DestAddress' }],
    ['DestinationIsIpv6', { kind: 'derived', from: ['DestAddress'], derive: isIpv6 }],
    ['DestinationPort', { kind: 'rename', from: 'DestPort' }],
  ]),
  absent: new Set([
    'RuleName',
    'UtcTime',
    'ProcessGuid',
    'User',
    'SourceHostname',
    'SourcePortName',
    'DestinationHostname',
    'DestinationPortName',
  ]),
};
