/** What WMI logs of its providers. */
import type { EvtxEvent, EvtxValue } from '../../../read/sources/index.ts';
import type { Host } from '../world/site.ts';
import { hex32, marked, threadOf, u32 } from './common.ts';

/** 5857: a WMI provider was started. */
export function wmiProviderStarted(
  host: Host,
  time: number,
  provider: string,
  file: string,
  pid: number,
): EvtxEvent {
  const children: readonly (readonly [string, EvtxValue])[] = [
    ['ProviderName', provider],
    ['Code', hex32(0)],
    ['HostProcess', 'wmiprvse.exe'],
    ['ProcessID', u32(pid)],
    ['ProviderPath', `%systemroot%\\system32\\wbem\\${file}`],
  ];
  return {
    provider: marked('Microsoft-Windows-WMI-Activity', '{1418EF04-B0B4-4623-BF7E-D74AB47BBDAA}'),
    eventId: 5857,
    version: 0,
    level: 0,
    keywords: 0x4000000000000000n,
    time,
    processId: pid,
    threadId: threadOf(time),
    channel: 'Microsoft-Windows-WMI-Activity/Operational',
    computer: host.fqdn,
    userId: 'S-1-5-18',
    data: {
      kind: 'user',
      root: {
        name: 'Operation_StartedOperational',
        attributes: { xmlns: 'http://manifests.microsoft.com/win/2006/windows/WMI' },
        children: children.map(([name, value]) => ({ name, value })),
      },
    },
  };
}
