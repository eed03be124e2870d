/** The whole chain with Sysmon on the hosts concerned: in over the VPN, credentials, directory, archive, fetch, return. */
import {
  cleanUp,
  core,
  dumpMemory,
  Hands,
  machinesOf,
  pack,
  saveHives,
  survey,
  surveyDomain,
  weak,
} from '../acts/intruder.ts';
import { readFiles } from '../acts/network.ts';
import { copiedByIfm, portProxySet } from '../acts/theft.ts';
import { wmicCreate } from '../acts/wmi.ts';
import { hour, minute, second } from '../time.ts';
import { plantFiles } from '../world/words.ts';
import type { World } from '../world/world.ts';
import { networkTrace, promoteFromMedia, supportBundle, working } from './lookalikes.ts';
import type { Scenario } from './scenario.ts';

const logged = { collected: true, processes: 'lines', sysmon: true, scripts: true } as const;
const logs = {
  dc: { ...logged, objects: true },
  jump: logged,
  file: { ...logged, shares: 'files' },
} as const;

export const fullChain: Scenario = {
  name: 'full-chain',
  twin: 'full-chain-quiet',
  kind: 'intrusion',
  state: 'open',
  summary:
    'VPN with a stolen password, LSASS and hives, NTDS over wmic, archive, port proxy, return weeks later',
  days: 30,
  site: { logs },
  play(world) {
    const hands = new Hands(
      world,
      'full chain',
      'an intruder came over the VPN, took credentials and the directory, packed them and came back with them',
      world.calendar.at(world.dayAt(0.35), 3 + world.random.next() * 14),
    );
    steal(world, hands);
    comeBack(world, hands);
  },
};

/** First visit: the jump host, its memory, and from there the domain controller. */
function steal(world: World, hands: Hands): void {
  const { dc, jump } = machinesOf(world);
  const victim = world.site.admins[0]!;
  const admin = victim.admin!;
  const { things } = hands;
  const address = world.outside.address();
  const tunnel = hands.enter(victim.account.name, address);
  const session = hands.desktop({ origin: tunnel.inner, to: jump, account: admin, note: weak('VT-LM-04') });
  survey(hands, session, 5);
  surveyDomain(hands, session);
  hands.script(
    session,
    `Get-EventLog security -instanceid 4624 -after (Get-Date).AddDays(-40) | Where-Object { $_.Message -match '${world.site.backup.name}' } | Select-Object -Property * | Out-File ${things.folder}.dat`,
    core('VT-DI-10'),
  );
  dumpMemory(hands, session, `${things.folder}.dmp`);
  saveHives(hands, session, things.folder.slice(0, things.folder.lastIndexOf('\\')), ['sam', 'system']);
  hands.pause(5 * 60, 40 * 60);
  const command = `cmd.exe /c mkdir ${things.folder} & ntdsutil "ac i ntds" ifm "create full ${things.folder}" q q`;
  // The other administrator's password was in the memory of the jump host.
  const stolen = { account: world.site.admins[1]!.admin!, password: `${things.password}1` };
  const remote = wmicCreate(world, {
    ...stolen,
    from: session,
    to: dc,
    time: hands.pause(10, 60),
    command,
    note: core('VT-LM-01'),
    remoteNote: core('VT-CA-01'),
  });
  const tool = remote.session.run(
    remote.time + second,
    'ntdsutil.exe',
    command.slice(command.indexOf('ntdsutil')),
    {
      parent: remote.process,
      note: core('VT-CA-01'),
      life: minute,
    },
  );
  copiedByIfm(remote.session, tool, remote.time + 2 * second, things.folder, core('VT-CA-03'));
  hands.pause(8 * 60, 60 * 60);
  const packed = wmicCreate(world, {
    ...stolen,
    from: session,
    to: dc,
    time: hands.time,
    command: `cmd.exe /c ${things.packer} a -p${things.password} -v100m ${things.archive} ${things.folder}`,
    note: core('VT-LM-01'),
    remoteNote: core('VT-ST-01'),
  });
  packed.session.run(
    packed.time + 300_000,
    things.packer,
    `${things.packer} a -p${things.password} -v100m ${things.archive} ${things.folder}`,
    { parent: packed.process, builtAs: '7z.exe', note: core('VT-ST-01'), life: minute },
  );
  hands.pause(60, 600);
  fetch(world, hands, dc);
  const proxy = `${hands.random.whole(9000, 9999)}`;
  const netsh = hands.type(
    session,
    'netsh.exe',
    `netsh  interface portproxy add v4tov4 listenaddress=0.0.0.0 listenport=${proxy} connectaddress=${dc.host.address} connectport=8443 protocol=tcp`,
    core('VT-C2-01'),
  );
  const rule = { listen: `0.0.0.0/${proxy}`, connect: `${dc.host.address}/8443` };
  portProxySet(session, netsh, hands.time + 150_000, rule, core('VT-C2-02'));
  cleanUp(hands, session, `${things.folder}.dmp`);
  hands.closeDesktop(session);
  hands.leave(tunnel);
}

/** The archive is taken over the admin share. */
function fetch(world: World, hands: Hands, dc: ReturnType<typeof machinesOf>['dc']): void {
  const { archive } = hands.things;
  readFiles(world, {
    to: dc,
    account: world.site.admins[0]!.admin!,
    origin: world.originOf(world.the('jump')),
    time: hands.time,
    share: 'C$',
    files: ['001', '002'].map(part => ({ file: `${archive.slice(3)}.${part}`, note: core('VT-ST-06') })),
    cause: hands.cause,
  });
  hands.pause(120, 500);
}

/** Later, from another router, with a service account that was in the copied database. */
function comeBack(world: World, hands: Hands): void {
  const { files, jump } = machinesOf(world);
  const { backup, plantShare } = world.site;
  hands.time = Math.min(hands.time + hands.random.whole(9, 15) * 24 * hour, world.calendar.end - 8 * hour);
  const tunnel = hands.enter(backup.name, world.outside.address());
  const session = hands.desktop({ origin: tunnel.inner, to: jump, account: backup, note: core('VT-PE-01') });
  survey(hands, session, 3);
  readFiles(world, {
    to: files,
    account: backup,
    origin: world.originOf(jump),
    time: hands.pause(30, 300),
    share: plantShare,
    files: hands.random.some(plantFiles, 4).map(file => ({ file, note: weak('VT-DI-13') })),
    cause: hands.cause,
  });
  hands.pause(200, 900);
  pack(hands, session, `\\\\${files.host.name}\\${plantShare}\\SCADA`);
  hands.closeDesktop(session);
  hands.leave(tunnel);
}

export const fullChainQuiet: Scenario = {
  name: 'full-chain-quiet',
  twin: 'full-chain',
  kind: 'quiet',
  state: 'open',
  summary:
    'weekly install-from-media, a promotion from media, archives with passwords, a support bundle, a scanner',
  days: 30,
  site: {
    logs,
    habits: {
      ifmBackup: true,
      nightlyArchive: true,
      wmicInventory: true,
      scanner: true,
      logonReport: true,
      helpdeskTools: true,
    },
  },
  play(world) {
    promoteFromMedia(world, 0.5);
    supportBundle(world, world.the('jump'), working(world, 0.62, 'bundle'));
    networkTrace(world, world.the('dc'), working(world, 0.7, 'trace'));
  },
};
