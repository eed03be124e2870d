/**
 * Somebody settles on the historian: in once with the vendor's password and the host's own default administrator, a relay
 * under a plausible name, and from then on back through that, with no VPN session to see. Half of the hosts log nothing.
 */
import { core, Hands, survey, weak } from '../acts/intruder.ts';
import { openShare, readFiles, touchFile, visit } from '../acts/network.ts';
import { addService } from '../acts/services.ts';
import { portProxySet } from '../acts/theft.ts';
import { logons, sysmon } from '../events/index.ts';
import type { Machine, Process } from '../machine.ts';
import type { Session } from '../session.ts';
import { hour, minute, second } from '../time.ts';
import type { Account } from '../world/site.ts';
import { plantFiles } from '../world/words.ts';
import type { World } from '../world/world.ts';
import { hungProgram, supportBundle, working } from './lookalikes.ts';
import {
  commissioningProxy,
  integratorWeek,
  loopbackDesktop,
  projectBackup,
  screensWatched,
  toolsUpdated,
} from './plant-relay-quiet.ts';
import type { Scenario } from './scenario.ts';

const logs = {
  'ot-jump': { collected: true, processes: 'lines', sysmon: true, shares: 'files' },
  historian: { collected: true, processes: 'lines', sysmon: true, shares: 'files', objects: true },
  engineering: { collected: true, processes: 'lines', shares: 'files' },
  file: { shares: 'files' },
  hmi: { collected: false },
  app: { collected: false },
  management: { collected: false },
  backup: { collected: false },
  workstation: { collected: false },
} as const;

/** The administrator that a host has of its own. */
export function localAdministrator(machine: Machine): Account {
  const last = Number(machine.host.address.split('.')[3]);
  return {
    name: 'Administrator',
    domain: machine.host.name,
    sid: `${machine.account.sid.slice(0, machine.account.sid.lastIndexOf('-') - 3)}${100 + last}-500`,
    kind: 'admin',
    privileged: true,
  };
}

/** A relay: where it lies, what it is called, and whom it calls. */
type Relay = { readonly path: string; readonly words: string; readonly service: string; readonly to: string };

function relayOf(world: World): Relay {
  const names = world.names.fork('relay');
  const [program, service] = names.pick([
    ['vm3dservice', 'vm3dsvc'],
    ['SMSvcService', 'SMSvc'],
    ['watchdogd', 'WatchdogHelper'],
    ['BrightmetricAgent', 'BrightmetricAgent'],
  ] as const);
  const folder = names.pick([
    'C:\\ProgramData\\VMware',
    'C:\\Users\\Public\\Libraries',
    'C:\\ProgramData\\Intel',
  ]);
  const path = `${folder}\\${program}.exe`;
  const words = `${path} -c ${folder}\\${names.letters(4)}.ini`;
  return { path, words, service, to: world.outside.address() };
}

/** The relay calls out; the answer is not logged. */
function callsOut(
  hands: Hands,
  machine: Machine,
  by: Process,
  relay: Relay,
  time: number,
  first: boolean,
): void {
  const to = { address: relay.to, port: 8443, name: '-' };
  const event = sysmon.connected(machine.host, time, by, to, machine.random.whole(49152, 65300));
  machine.write(event, hands.cause, first ? core('VT-C2-04') : weak('VT-C2-04'));
}

function settle(world: World, hands: Hands, relay: Relay): Process {
  const { vendor } = world.site;
  const [jump, historian] = [world.the('ot-jump'), world.the('historian')];
  const tunnel = hands.enter(vendor.name, world.outside.address());
  const outer = hands.desktop({ origin: tunnel.inner, to: jump, account: vendor, note: weak('VT-LM-04') });
  hands.type(outer, 'ipconfig.exe', 'ipconfig  /all', weak('VT-DI-07'));
  hands.type(outer, 'ARP.EXE', 'arp  -a', weak('VT-DI-07'));
  const session = hands.desktop({
    from: outer,
    to: historian,
    account: localAdministrator(historian),
    package: 'NTLM',
    byAddress: true,
    note: core('VT-LM-04'),
    clientNote: weak('VT-LM-04'),
  });
  survey(hands, session, 3);
  hands.type(session, 'reg.exe', 'reg  query hklm\\software\\realvnc\\vncserver', core('VT-CA-07'));
  hands.type(session, 'reg.exe', 'reg  query hklm\\software\\tightvnc\\server /v Password', core('VT-CA-07'));
  const folder = relay.path.slice(0, relay.path.lastIndexOf('\\'));
  const brought = `cmd  /c copy \\\\tsclient\\C\\Users\\Public\\u.dat ${relay.path}`;
  const copy = hands.type(session, 'cmd.exe', brought, weak('VT-C2-03'));
  session.file(hands.time + 400_000, copy, relay.path, weak('VT-C2-03'));
  const service = { name: relay.service, path: relay.words, start: 'auto start' } as const;
  const made = `sc  create ${relay.service} binPath= "${relay.words}" start= auto`;
  hands.type(session, 'sc.exe', made, core('VT-C2-03'), { folder: `${folder}\\` });
  addService(session, hands.time + 200_000, service, core('VT-C2-03'));
  hands.type(session, 'sc.exe', `sc  start ${relay.service}`, weak('VT-C2-03'));
  const started = historian.startAsSystem(
    hands.time + 300_000,
    'services',
    relay.path,
    relay.words,
    hands.cause,
    core('VT-C2-03'),
  );
  callsOut(hands, historian, started, relay, hands.time + 2 * second, true);
  hands.closeDesktop(session);
  hands.closeDesktop(outer);
  hands.leave(tunnel);
  return started;
}

/** The relay as it runs at this time: after a restart of the host the service starts it anew. */
function running(world: World, hands: Hands, relay: Relay, before: Process, time: number): Process {
  const historian = world.the('historian');
  const services = historian.standing('services', time);
  if (services === historian.standing('services', before.time)) return before;
  const at = services.time + 30 * second;
  const { path, words } = relay;
  return historian.startAsSystem(at, 'services', path, words, hands.cause, core('VT-C2-03'));
}

/** Through the relay: a desktop whose caller seems to be the host itself. */
function back(
  world: World,
  hands: Hands,
  relay: Relay,
  before: Process,
  share: number,
): { readonly session: Session; readonly by: Process } {
  const historian = world.the('historian');
  const { calendar } = world;
  const wanted = calendar.at(world.dayAt(share), 8 + hands.random.next() * 11);
  hands.time = Math.max(hands.time + 3 * hour, wanted);
  const by = running(world, hands, relay, before, hands.time);
  callsOut(hands, historian, by, relay, hands.time - 40 * second, false);
  const session = hands.desktop({
    origin: { address: '127.0.0.1', name: hands.things.machine },
    to: historian,
    account: localAdministrator(historian),
    package: 'NTLM',
    note: core('VT-LM-04'),
  });
  return { session, by };
}

/** Shares are reached with the vendor's name and password. */
function net(world: World, hands: Hands, session: Session, target: Machine, share: string): void {
  const { vendor } = world.site;
  const { machine, cause, subject } = session;
  const who = `${vendor.domain}\\${vendor.name}`;
  const path = `\\\\${target.host.name}\\${share}`;
  const words = `net  use ${path} ${hands.things.password} /user:${who}`;
  hands.type(session, 'net.exe', words, weak('VT-LM-05'));
  const system = machine.standing('system', hands.time);
  machine.write(
    logons.explicitCredentials(machine.host, hands.time + 300_000, machine.lsass(hands.time), subject, {
      account: vendor,
      server: target.host.name,
      info: `cifs/${target.host.name}`,
      processId: system.pid,
      process: '',
    }),
    cause,
    weak('VT-LM-05'),
  );
}

function packPlant(hands: Hands, session: Session, folder: string, archive: string): void {
  const { packer, password } = hands.things;
  const words = `${packer} a -p${password} -v40m ${archive} ${folder}\\*`;
  const packed = hands.type(session, packer, words, core('VT-ST-01'), { builtAs: '7z.exe', life: minute });
  session.file(hands.time + 500_000, packed, `${archive}.001`, weak('VT-ST-01'));
}

function drawings(world: World, hands: Hands, session: Session): void {
  const { vendor, plantShare } = world.site;
  const { folder, archive } = hands.things;
  const files = world.the('file');
  net(world, hands, session, files, plantShare);
  const wanted = hands.random.some(plantFiles, 6);
  const words = `xcopy  \\\\${files.host.name}\\${plantShare} ${folder} /s /i /y`;
  const copy = hands.type(session, 'xcopy.exe', words, core('VT-ST-06'), { life: minute });
  readFiles(world, {
    to: files,
    account: vendor,
    origin: world.originOf(session.machine),
    package: 'NTLM',
    time: hands.time + 500_000,
    share: plantShare,
    files: wanted.map(file => ({ file, note: core('VT-DI-13') })),
    gap: 6,
    cause: hands.cause,
  });
  hands.pause(40, 90);
  session.file(hands.time, copy, `${folder}\\${wanted[0]!.split('\\').at(-1)!}`, weak('VT-ST-03'));
  packPlant(hands, session, folder, archive);
  hands.type(session, 'cmd.exe', `cmd  /c rd /s /q ${folder}`, weak('VT-DE-02'));
}

/** A way on to the operators' screen, which logs nothing. */
function proxyToScreen(world: World, hands: Hands, session: Session, remove: boolean): void {
  const screen = world.the('hmi').host;
  const port = 5900 + hands.world.random.fork('screen port').whole(2, 60);
  const listen = `listenport=${port} listenaddress=0.0.0.0`;
  const words = remove
    ? `netsh  interface portproxy delete v4tov4 ${listen}`
    : `netsh  interface portproxy add v4tov4 ${listen} connectport=5900 connectaddress=${screen.address}`;
  const note = remove ? weak('VT-DE-02') : core('VT-C2-01');
  const netsh = hands.type(session, 'netsh.exe', words, note);
  const rule = { listen: `0.0.0.0/${port}`, connect: `${screen.address}/5900`, remove };
  portProxySet(session, netsh, hands.time + 120_000, rule, remove ? weak('VT-DE-02') : core('VT-C2-02'));
  if (remove) return;
  const helper = session.machine.standing('iphelper', hands.time);
  const at = hands.pause(20, 90);
  session.connect(at, helper, { address: screen.address, port: 5900, name: screen.fqdn }, weak('VT-C2-01'));
}

function projects(world: World, hands: Hands, session: Session): void {
  const { vendor } = world.site;
  const engineering = world.the('engineering');
  const { folder, archive } = hands.things;
  net(world, hands, session, engineering, 'Projects');
  const words = `xcopy  \\\\${engineering.host.name}\\Projects\\*.acd ${folder}2 /s /i /y`;
  hands.type(session, 'xcopy.exe', words, core('VT-ST-06'), { life: minute });
  const origin = world.originOf(session.machine);
  const read = visit(world, {
    to: engineering,
    account: vendor,
    origin,
    package: 'NTLM',
    time: hands.time + 300_000,
    cause: hands.cause,
    note: weak('VT-PE-01'),
  });
  openShare(read, hands.time + 500_000, 'Projects', weak('VT-DI-13'));
  for (const station of hands.random.some(['station-02', 'station-04', 'station-07', 'booster'], 3)) {
    const file = `PLC\\${station}.acd`;
    touchFile(read, hands.pause(2, 9), { share: 'Projects', file, note: core('VT-DI-13') });
  }
  read.close(hands.pause(5, 30));
  packPlant(hands, session, `${folder}2`, `${archive.slice(0, archive.lastIndexOf('.'))}2.7z`);
}

export const plantRelay: Scenario = {
  name: 'plant-relay',
  twin: 'plant-relay-quiet',
  kind: 'intrusion',
  state: 'open',
  summary: '',
  days: 40,
  needsSite: true,
  site: { logs, habits: { vendorSessions: true } },
  play(world) {
    const hands = new Hands(
      world,
      'plant relay',
      'an intruder settled on the historian with a relay and took drawings and projects of the plant',
      world.calendar.at(world.dayAt(0.28), 6 + world.random.next() * 13),
    );
    const relay = relayOf(world);
    hands.cause.sources.add(relay.to);
    const first = back(world, hands, relay, settle(world, hands, relay), 0.45);
    drawings(world, hands, first.session);
    hands.closeDesktop(first.session);
    const next = back(world, hands, relay, first.by, 0.62);
    proxyToScreen(world, hands, next.session, false);
    hands.closeDesktop(next.session);
    const { session: last } = back(world, hands, relay, next.by, 0.8);
    projects(world, hands, last);
    proxyToScreen(world, hands, last, true);
    hands.closeDesktop(last);
  },
};

export const plantRelayQuiet: Scenario = {
  name: 'plant-relay-quiet',
  twin: 'plant-relay',
  kind: 'quiet',
  state: 'open',
  summary: '',
  days: 40,
  needsSite: true,
  site: { logs, habits: { vendorSessions: true } },
  play(world) {
    projectBackup(world);
    screensWatched(world);
    toolsUpdated(world, 0.2);
    integratorWeek(world, 0.35, localAdministrator);
    commissioningProxy(world, 0.5);
    loopbackDesktop(world, 0.7);
    hungProgram(world, world.the('ot-jump'), working(world, 0.6, 'hung'));
    supportBundle(world, world.the('historian'), working(world, 0.8, 'bundle'));
  },
};
