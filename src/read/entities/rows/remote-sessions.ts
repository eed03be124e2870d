/** Remote desktop, seen from both sides. `LOCAL` as address is the console. */
import { account, address, constant, logonId, sid, text } from '../readings/index.ts';
import type { FactRow } from './row.ts';
import { SECURITY } from './row.ts';

const SESSIONS = 'Microsoft-Windows-TerminalServices-LocalSessionManager/Operational';
const CONNECTIONS = 'Microsoft-Windows-TerminalServices-RemoteConnectionManager/Operational';
const CLIENT = 'Microsoft-Windows-TerminalServices-RDPClient/Operational';

function session(action: string, ...eventIds: number[]): FactRow {
  return {
    channel: SESSIONS,
    eventIds,
    type: 'remote-session',
    roles: { account: text('User'), sourceIp: address('Address'), action: constant(action) },
  };
}

function windowStation(action: string, eventId: number): FactRow {
  return {
    channel: SECURITY,
    eventIds: [eventId],
    type: 'remote-session',
    roles: {
      account: account('AccountDomain', 'AccountName'),
      logonId: logonId('LogonID'),
      sourceIp: address('ClientAddress'),
      sourceHost: text('ClientName'),
      action: constant(action),
    },
  };
}

export const remoteSessions: readonly FactRow[] = [
  session('connect', 21, 22),
  session('end', 23),
  session('disconnect', 24),
  session('reconnect', 25),
  {
    channel: CONNECTIONS,
    eventIds: [1149],
    type: 'remote-session',
    roles: {
      account: account('Param2', 'Param1'),
      sourceIp: address('Param3'),
      action: constant('connect'),
    },
  },
  windowStation('reconnect', 4778),
  windowStation('disconnect', 4779),
  {
    channel: CLIENT,
    // The server as its user named it, and as an address.
    eventIds: [1024, 1102],
    type: 'remote-session-out',
    roles: { sid: sid('Security_UserID'), target: address('Value') },
  },
];
