/** Remote desktop: what the host says of sessions, the client of where it goes, and Security of sessions taken up again. */
import type { EvtxEvent } from '../../../read/sources/index.ts';
import type { Account, Host } from '../world/site.ts';
import { type Fields, hex64, marked, type Subject, security, threadOf, u32 } from './common.ts';

/** A message of one of the services that keep remote sessions; their payloads are UserData. */
function terminalServices(
  host: Host,
  time: number,
  [service, guid, userId]: readonly [service: string, guid: string, userId: string],
  eventId: number,
  fields: Fields,
): EvtxEvent {
  const name = `Microsoft-Windows-TerminalServices-${service}`;
  return {
    provider: marked(name, guid),
    eventId,
    version: 0,
    level: 4,
    task: 0,
    keywords: 0x1000000000000000n,
    time,
    processId: 1020,
    threadId: threadOf(time),
    channel: `${name}/Operational`,
    computer: host.fqdn,
    userId,
    data: {
      kind: 'user',
      root: {
        name: 'EventXML',
        attributes: { xmlns: 'Event_NS' },
        children: fields.map(([name, value]) => ({ name, value })),
      },
    },
  };
}

const sessions = ['LocalSessionManager', '{5D896912-022D-40AA-A3A8-4FA5515C76D7}', 'S-1-5-18'] as const;
const connections = [
  'RemoteConnectionManager',
  '{C76BAA63-AE81-421C-B425-340B4B24157F}',
  'S-1-5-20',
] as const;

/**
 * A remote desktop session began (21), its shell started (22), it ended (23), was left (24) or taken up again (25), with
 * the address it came from.
 */
export function remoteSession(
  host: Host,
  time: number,
  eventId: 21 | 22 | 23 | 24 | 25,
  who: Account,
  session: number,
  from: string,
): EvtxEvent {
  return terminalServices(host, time, sessions, eventId, [
    ['User', `${who.domain}\\${who.name}`],
    ['SessionID', u32(session)],
    ...(eventId === 23 ? [] : ([['Address', from]] as const)),
  ]);
}

/** 1149: a remote desktop client was authenticated. */
export function remoteAuthenticated(host: Host, time: number, who: Account, from: string): EvtxEvent {
  return terminalServices(host, time, connections, 1149, [
    ['Param1', who.name],
    ['Param2', who.domain],
    ['Param3', from],
  ]);
}

/** What a remote desktop client says where it runs: 1024 with the name that was typed, 1102 with the address. */
export function remoteClient(
  host: Host,
  time: number,
  eventId: 1024 | 1102,
  who: Account,
  pid: number,
  server: string,
): EvtxEvent {
  return {
    provider: marked(
      'Microsoft-Windows-TerminalServices-ClientActiveXCore',
      '{28AA95BB-D444-4719-A36F-40462168127E}',
    ),
    eventId,
    version: 0,
    level: 4,
    task: eventId === 1024 ? 101 : 104,
    opcode: 10,
    keywords: 0x4000000000000000n,
    time,
    processId: pid,
    threadId: threadOf(time),
    channel: 'Microsoft-Windows-TerminalServices-RDPClient/Operational',
    computer: host.fqdn,
    userId: who.sid,
    data: {
      kind: 'named',
      fields: [
        ['Name', eventId === 1024 ? 'Server Name' : 'Address'],
        ['Value', server],
        ['CustomLevel', 'Info'],
      ],
    },
  };
}

/** 4779: a session was left; 4778: it was taken up again. */
export function sessionSwitched(
  host: Host,
  time: number,
  lsass: number,
  eventId: 4778 | 4779,
  of: Subject,
  client: { readonly name: string; readonly address: string },
): EvtxEvent {
  return security(
    host,
    time,
    [eventId, 0, 12551],
    [
      ['AccountName', of.account.name],
      ['AccountDomain', of.account.domain],
      ['LogonID', hex64(of.logonId)],
      ['SessionName', 'RDP-Tcp#0'],
      ['ClientName', client.name],
      ['ClientAddress', client.address],
    ],
    { processId: lsass },
  );
}
