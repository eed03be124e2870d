/**
 * Logs of devices at the edge. A FortiGate keeps little and forgets at a restart, so that what counts is that it sends; the
 * kinds of events are on unless somebody switched one off. Event ids are FortiGate's message ids, bare and with type and
 * subtype before them, as exporters number events both ways.
 */
import type { LogSetting } from './types.ts';

const FORTIGATE = 'fortigate';
const REFERENCE = 'https://docs.fortinet.com/document/fortigate/7.0.8/cli-reference';
const VPN_EVENT = 101_000_000;
const SYSTEM_EVENT = 100_000_000;
const TUNNELS = [37_138, 39_424, 39_425, 39_947, 39_948];
const CHANGES = [44_544, 44_545, 44_546, 44_547, 44_548];

export const devices: readonly LogSetting[] = [
  {
    id: 'fortigate-vpn-events',
    kind: 'device',
    title: 'FortiGate, events of VPN sessions, both ends of each',
    channel: FORTIGATE,
    eventIds: [...TUNNELS, ...TUNNELS.map(id => VPN_EVENT + id)],
    field: null,
    rhythm: 'rare',
    byDefault: 'on',
    cost: 1,
    configuration:
      'config log eventfilter\n    set event enable\n    set vpn enable\n    set user enable\nend',
    source: `${REFERENCE}/471620`,
  },
  {
    id: 'fortigate-system-events',
    kind: 'device',
    title: "FortiGate, changes of its configuration and administrators' logons",
    channel: FORTIGATE,
    eventIds: [...CHANGES, ...CHANGES.map(id => SYSTEM_EVENT + id)],
    field: null,
    rhythm: 'rare',
    byDefault: 'on',
    cost: 1,
    configuration: 'config log eventfilter\n    set event enable\n    set system enable\nend',
    source: `${REFERENCE}/471620`,
  },
  {
    id: 'fortigate-syslog',
    kind: 'device',
    title: 'FortiGate, logs sent to the server that keeps them',
    channel: FORTIGATE,
    eventIds: [],
    field: null,
    rhythm: 'daily',
    byDefault: 'off',
    // A server has to be there and to keep a year.
    cost: 2,
    configuration:
      'config log syslogd setting\n    set status enable\n    set server "ADDRESS"\n    set mode reliable\nend',
    source:
      'https://docs.fortinet.com/document/fortigate/6.0.0/cli-reference/214695/log-syslogd-override-setting',
  },
];
