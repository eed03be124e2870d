/** A session over the VPN: what the device at the edge says of it, and the inner address that everything then comes from. */
import { fortigate } from '../events/index.ts';
import type { Cause, Note } from '../record.ts';
import type { Origin } from '../session.ts';
import { second } from '../time.ts';
import type { World } from '../world/world.ts';

export type Tunnel = {
  /** What the caller's machine is inside. */
  readonly inner: Origin;
  readonly id: number;
  readonly user: string;
  readonly address: string;
  readonly up: number;
};

export type TunnelOf = {
  /** As the user typed it: a bare name, with domain, or as an address. */
  readonly user: string;
  readonly address: string;
  /** What the caller's machine calls itself. */
  readonly machine: string;
  readonly time: number;
  readonly cause?: Cause | null;
  readonly note?: Note;
};

function say(
  world: World,
  time: number,
  [logid, subtype, level]: readonly [logid: string, subtype: string, level: string],
  fields: fortigate.LineFields,
  cause: Cause | null,
  note?: Note,
): void {
  const { edge, offset } = world.site;
  world.recorder.addLine(
    time,
    fortigate.edgeLine(edge, offset, time, logid, subtype, level, fields),
    cause,
    note,
  );
}

const group = 'VPN-Users';

export function openTunnel(world: World, of: TunnelOf): Tunnel {
  const { user, address, time, cause = null } = of;
  const id = world.random.whole(1e8, 2e9);
  const inner = `${world.site.network}.212.${world.random.whole(20, 240)}`;
  const common: fortigate.LineFields = [
    ['tunnelid', id],
    ['remip', address],
  ];
  say(
    world,
    time - 3 * second,
    ['0101039943', 'vpn', 'information'],
    [
      ['logdesc', 'SSL VPN new connection'],
      ['action', 'ssl-new-con'],
      ['tunneltype', 'ssl'],
      ['tunnelid', 0],
      ['remip', address],
      ['user', 'N/A'],
      ['group', 'N/A'],
      ['dst_host', 'N/A'],
      ['reason', 'N/A'],
      ['msg', 'SSL new connection'],
    ],
    cause,
  );
  say(
    world,
    time,
    ['0101039947', 'vpn', 'information'],
    [
      ['logdesc', 'SSL VPN tunnel up'],
      ['action', 'tunnel-up'],
      ['tunneltype', 'ssl-tunnel'],
      ...common,
      ['tunnelip', inner],
      ['user', user],
      ['group', group],
      ['dst_host', 'N/A'],
      ['reason', 'tunnel established'],
      ['msg', 'SSL tunnel established'],
    ],
    cause,
    of.note,
  );
  cause?.sources.add(address);
  return { inner: { address: inner, name: of.machine }, id, user, address, up: time };
}

export function closeTunnel(world: World, tunnel: Tunnel, time: number, cause: Cause | null = null): void {
  const duration = Math.max(1, Math.round((time - tunnel.up) / second));
  say(
    world,
    time,
    ['0101039948', 'vpn', 'information'],
    [
      ['logdesc', 'SSL VPN tunnel down'],
      ['action', 'tunnel-down'],
      ['tunneltype', 'ssl-tunnel'],
      ['tunnelid', tunnel.id],
      ['remip', tunnel.address],
      ['tunnelip', tunnel.inner.address],
      ['user', tunnel.user],
      ['group', group],
      ['dst_host', 'N/A'],
      ['reason', world.random.pick(['N/A', 'User requested termination of service', 'Connection lost'])],
      ['duration', duration],
      ['sentbyte', duration * world.random.whole(900, 24_000)],
      ['rcvdbyte', duration * world.random.whole(400, 9_000)],
      ['msg', 'SSL tunnel shutdown'],
    ],
    cause,
  );
}

export function failTunnel(world: World, of: TunnelOf): void {
  say(
    world,
    of.time,
    ['0101039426', 'vpn', 'alert'],
    [
      ['logdesc', 'SSL VPN login fail'],
      ['action', 'ssl-login-fail'],
      ['tunneltype', 'ssl-web'],
      ['tunnelid', 0],
      ['remip', of.address],
      ['user', of.user],
      ['group', 'N/A'],
      ['dst_host', 'N/A'],
      ['reason', 'sslvpn_login_permission_denied'],
      ['msg', 'SSL user failed to logged in'],
    ],
    of.cause ?? null,
    of.note,
  );
}

/** An administrator logs on to the device itself; `down` when that ends. */
export function edgeLogon(
  world: World,
  of: {
    readonly user: string;
    readonly address: string;
    readonly time: number;
    readonly down: number;
    readonly cause?: Cause | null;
    readonly note?: Note;
  },
): void {
  const ui = `https(${of.address})`;
  const { edge } = world.site;
  const cause = of.cause ?? null;
  const both = (action: string, status: string, msg: string): fortigate.LineFields => [
    ['sn', String(Math.floor(of.time / second))],
    ['user', of.user],
    ['ui', ui],
    ['method', 'https'],
    ['srcip', of.address],
    ['dstip', of.address.startsWith('10.') ? edge.inside : edge.outside],
    ['action', action],
    ['status', status],
    ['reason', 'none'],
    ['profile', 'super_admin'],
    ['msg', msg],
  ];
  say(
    world,
    of.time,
    ['0100032001', 'system', 'information'],
    [
      ['logdesc', 'Admin login successful'],
      ...both('login', 'success', `Administrator ${of.user} logged in successfully from ${ui}`),
    ],
    cause,
    of.note,
  );
  say(
    world,
    of.down,
    ['0100032003', 'system', 'information'],
    [
      ['logdesc', 'Admin logout successful'],
      ...both('logout', 'success', `Administrator ${of.user} logged out from ${ui}`),
    ],
    cause,
  );
  if (cause !== null && !of.address.startsWith('10.')) cause.sources.add(of.address);
}

/** Something in the device's configuration was added, edited or deleted. */
export function edgeChange(
  world: World,
  of: {
    readonly user: string;
    readonly address: string;
    readonly time: number;
    readonly action: 'Add' | 'Edit' | 'Delete';
    readonly path: string;
    readonly object: string;
    readonly attributes: string;
    readonly cause?: Cause | null;
    readonly note?: Note;
  },
): void {
  say(
    world,
    of.time,
    ['0100044547', 'system', 'information'],
    [
      ['logdesc', 'Object attribute configured'],
      ['user', of.user],
      ['ui', `GUI(${of.address})`],
      ['action', of.action],
      ['cfgtid', world.random.whole(1e6, 9e7)],
      ['cfgpath', of.path],
      ['cfgobj', of.object],
      ['cfgattr', of.attributes],
      ['msg', `${of.action} ${of.path} ${of.object}`],
    ],
    of.cause ?? null,
    of.note,
  );
}
