/**
 * What has only to be fetched: logs that every Windows writes, which many collections leave behind. The events of such a
 * row are those that the log holds whatever is set. The traces of a copied directory (ESENT, in Application) are the best
 * of them: no policy is needed, and hardly anybody forwards them. Fetching says nothing on how long a log reaches back:
 * a larger log and a central store do (`keep-…`).
 */
import { powershell, security, sysmon } from '../logsources/index.ts';
import { channels } from './channels.ts';
import type { LogSetting } from './types.ts';

const WEVTUTIL = 'https://learn.microsoft.com/en-us/windows-server/administration/windows-commands/wevtutil';
const EVENT_LOG =
  'Computer Configuration > Policies > Administrative Templates > Windows Components > Event Log Service';
const ESENT = [216, 325, 326, 327];
const [windowsPowershell, powershellCore] = powershell as readonly [string, string];

type Log = Pick<LogSetting, 'id' | 'channel' | 'title' | 'eventIds'> & Partial<Pick<LogSetting, 'byDefault'>>;

const logs: readonly Log[] = [
  {
    id: 'application',
    channel: 'Application',
    title: 'the Application log: traces of a copied directory (ESENT) need no policy',
    eventIds: ESENT,
  },
  {
    id: 'system',
    channel: 'System',
    title: 'the System log: services installed and changed (7036, 7040, 7045), logs cleared (104)',
    eventIds: [104, 7036, 7040, 7045],
  },
  {
    id: 'security',
    channel: security,
    title: 'the Security log: that it was cleared (1102) is written whatever the policy',
    eventIds: [1102],
  },
  { id: 'powershell', channel: windowsPowershell, title: 'the log of PowerShell', eventIds: [] },
  {
    id: 'powershell-core',
    channel: powershellCore,
    title: 'the log of PowerShell 7',
    eventIds: [],
    byDefault: 'off',
  },
  { id: 'sysmon', channel: sysmon, title: 'the log of Sysmon', eventIds: [], byDefault: 'off' },
];

/** Bytes: for controllers and servers; the Security log fills fastest by far. */
const SIZES: Readonly<Record<string, number>> = { security: 4_294_967_296, sysmon: 1_073_741_824 };
const SIZE = 268_435_456;

/** Logs whose size a template of group policy sets. */
const CLASSIC: ReadonlySet<string> = new Set(['application', 'system', 'security']);

export const collecting: readonly LogSetting[] = [
  ...logs.map(fetched),
  ...channels.map(({ id, channel, title, eventIds }) =>
    fetched({ id: id.replace('channel-', ''), channel, title: `the ${lowered(title)}`, eventIds }),
  ),
  ...logs.map(kept),
];

function fetched({ id, channel, title, eventIds, byDefault = 'on' }: Log): LogSetting {
  const file = channel.replaceAll(/[/ ]/g, '-');
  return {
    id: `collect-${id}`,
    kind: 'collect',
    title: `Fetch ${title}`,
    channel,
    eventIds,
    field: null,
    rhythm: 'rare',
    byDefault,
    cost: 1,
    command: `wevtutil epl "${channel}" "%TEMP%\\%COMPUTERNAME%-${file}.evtx"`,
    source: WEVTUTIL,
  };
}

/** A larger log on the host itself: no substitute for a central store, but done in a minute. */
function kept({ id, channel, title, eventIds, byDefault = 'on' }: Log): LogSetting {
  const bytes = SIZES[id] ?? SIZE;
  return {
    id: `keep-${id}`,
    kind: 'channel',
    title: `Keep longer ${title}`,
    channel,
    eventIds,
    field: null,
    rhythm: 'rare',
    byDefault,
    cost: 2,
    command: `wevtutil sl "${channel}" /ms:${bytes}`,
    ...(CLASSIC.has(id)
      ? {
          groupPolicy: `${EVENT_LOG} > ${channel} > Specify the maximum log file size (KB): ${bytes / 1024}`,
        }
      : {}),
    source: WEVTUTIL,
  };
}

function lowered(title: string): string {
  return title.slice(0, 1).toLowerCase() + title.slice(1);
}
