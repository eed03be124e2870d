/** Events of Sysmon about what reaches a host from another: pipes that services open, connections that come in. */
import type { EvtxEvent } from '../../../read/sources/index.ts';
import type { Host } from '../world/site.ts';
import { bool, guid, u16, u32 } from './common.ts';
import { type SysmonProcess, sysmon } from './sysmon.ts';

/** 17: a pipe was made; 18: somebody connected to it, `System` where that came over the network. */
export function pipe(host: Host, time: number, eventId: 17 | 18, of: SysmonProcess, name: string): EvtxEvent {
  return sysmon(
    host,
    time,
    [eventId, 1],
    [
      ['ProcessGuid', guid(of.guid)],
      ['ProcessId', u32(of.pid)],
      ['PipeName', name],
      ['Image', of.image],
      ['User', of.user],
    ],
    [['EventType', eventId === 17 ? 'CreatePipe' : 'ConnectPipe']],
  );
}

/** 3 of a connection that another machine opened. */
export function accepted(
  host: Host,
  time: number,
  of: SysmonProcess,
  from: { readonly address: string; readonly port: number; readonly name: string },
  port: number,
): EvtxEvent {
  return sysmon(
    host,
    time,
    [3, 5],
    [
      ['ProcessGuid', guid(of.guid)],
      ['ProcessId', u32(of.pid)],
      ['Image', of.image],
      ['User', of.user],
      ['Protocol', 'tcp'],
      ['Initiated', bool(false)],
      ['SourceIsIpv6', bool(false)],
      ['SourceIp', from.address],
      ['SourceHostname', from.name],
      ['SourcePort', u16(from.port)],
      ['SourcePortName', '-'],
      ['DestinationIsIpv6', bool(false)],
      ['DestinationIp', host.address],
      ['DestinationHostname', host.fqdn],
      ['DestinationPort', u16(port)],
      ['DestinationPortName', port === 445 ? 'microsoft-ds' : '-'],
    ],
  );
}
