/**
 * Channels that Windows has on from the start, and what they hold without any policy. What can go wrong with them is that
 * somebody switched one off, that it is so small that it holds days only, or that nobody fetched it. Switching on is one
 * command that changes nothing where it is on already; it also makes the log larger.
 */
import { powershellClassic } from '../logsources/index.ts';
import type { LogSetting } from './types.ts';

const WEVTUTIL = 'https://learn.microsoft.com/en-us/windows-server/administration/windows-commands/wevtutil';
const MICROSOFT = 'Microsoft-Windows-';
const SESSIONS = `${MICROSOFT}TerminalServices-`;

/** Bytes. Large enough for a year of these channels on most hosts, small beside any disk. */
const SIZE = 104_857_600;

type Row = Pick<LogSetting, 'id' | 'title' | 'channel' | 'eventIds'> & { readonly source?: string };

export const channels: readonly LogSetting[] = rows([
  {
    id: 'channel-local-sessions',
    title: 'Log of remote sessions on this host',
    channel: `${SESSIONS}LocalSessionManager/Operational`,
    eventIds: [21, 22, 23, 24, 25, 39, 40],
  },
  {
    id: 'channel-remote-connections',
    title: 'Log of remote desktop connections to this host',
    channel: `${SESSIONS}RemoteConnectionManager/Operational`,
    eventIds: [261, 1149],
  },
  {
    id: 'channel-remote-desktop-client',
    title: 'Log of remote desktop from this host',
    channel: `${SESSIONS}RDPClient/Operational`,
    eventIds: [1024, 1102],
  },
  {
    id: 'channel-wmi-activity',
    title: 'Log of WMI',
    channel: `${MICROSOFT}WMI-Activity/Operational`,
    eventIds: [5857, 5858, 5859, 5860, 5861],
    source: 'https://learn.microsoft.com/en-us/windows/win32/wmisdk/tracing-wmi-activity',
  },
  {
    id: 'channel-firewall',
    title: 'Log of changes to the firewall of Windows',
    channel: `${MICROSOFT}Windows Firewall With Advanced Security/Firewall`,
    eventIds: [2004, 2005, 2006, 2033, 2052, 2071, 2073, 2097, 2099],
  },
  {
    id: 'channel-powershell-classic',
    title: 'Classic log of PowerShell: starts of its engine',
    channel: powershellClassic,
    eventIds: [400, 403, 600],
  },
]);

function rows(table: readonly Row[]): readonly LogSetting[] {
  return table.map(({ source = WEVTUTIL, ...row }) => ({
    ...row,
    kind: 'channel',
    field: null,
    rhythm: 'rare',
    byDefault: 'on',
    cost: 1,
    command: `wevtutil sl "${row.channel}" /e:true /ms:${SIZE}`,
    source,
  }));
}
