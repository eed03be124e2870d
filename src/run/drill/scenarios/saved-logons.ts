/**
 * Passwords that people let programs keep: a helpdesk account reads browser and PuTTY stores on two workstations; days later
 * the same hands, behind another router, use what was in them, and export the directory as text. Nothing is dumped.
 */
import { core, Hands, machinesOf, surveyDomain, weak } from '../acts/intruder.ts';
import { openShare, readFiles, touchFile, visit } from '../acts/network.ts';
import { scripts } from '../events/index.ts';
import type { Machine, Process } from '../machine.ts';
import type { Session } from '../session.ts';
import { hour, minute, second } from '../time.ts';
import type { World } from '../world/world.ts';
import { nightFromHotel } from './lookalikes.ts';
import {
  adminMovesIn,
  directoryFeed,
  fromHotel,
  managerIntroduced,
  newLaptops,
  zonesReviewed,
} from './saved-logons-quiet.ts';
import type { Scenario } from './scenario.ts';

const logs = {
  dc: { processes: 'lines', shares: 'files' },
  jump: { processes: 'lines', sysmon: true, shares: 'files' },
  workstation: { collected: true, processes: 'lines', shares: 'files', sysmon: true, scripts: true },
  management: { collected: false },
  app: { collected: false },
} as const;

const chrome = 'AppData\\Local\\Google\\Chrome\\User Data';

/** What the helpdesk's own profile on its workstation holds. */
function ownStores(hands: Hands, session: Session, folder: string): void {
  const home = `C:\\Users\\${session.account.name}`;
  const look = (words: string, note = core('VT-CA-07')): Process =>
    hands.type(session, 'cmd.exe', `cmd  /c ${words}`, note);
  hands.type(session, 'cmdkey.exe', 'cmdkey  /list', weak('VT-CA-07'));
  hands.type(
    session,
    'reg.exe',
    'reg  query hkcu\\software\\simontatham\\putty\\sessions /s',
    core('VT-CA-07'),
  );
  look(`type ${home}\\.ssh\\known_hosts`);
  look(`mkdir ${folder}`, weak('VT-ST-03'));
  for (const file of ['Local State', 'Default\\Login Data', 'Default\\History']) {
    const target = `${folder}\\${file.split('\\').at(-1)!}`;
    const copy = look(`copy "${home}\\${chrome}\\${file}" "${target}"`);
    session.file(hands.time + 200_000, copy, target, weak('VT-ST-03'));
  }
}

/** An administrator's profile, on the administrator's workstation, over the network. */
function othersStores(
  world: World,
  hands: Hands,
  session: Session,
  to: Machine,
  user: string,
  folder: string,
): void {
  const there = `\\\\${to.host.name}\\c$\\Users\\${user}`;
  const list = `${hands.things.folder}.tmp`;
  hands.type(session, 'cmd.exe', `cmd  /c dir /S ${there} >> ${list}`, core('VT-DI-12'));
  const share = visit(world, {
    to,
    account: session.account,
    origin: world.originOf(session.machine),
    time: hands.time + 400_000,
    cause: hands.cause,
  });
  openShare(share, hands.time + 700_000, 'C$', weak('VT-LM-05'));
  touchFile(share, hands.time + second, { share: 'C$', file: `Users\\${user}`, note: weak('VT-DI-12') });
  const wanted = [
    `${chrome}\\Local State`,
    `${chrome}\\Default\\Login Data`,
    'AppData\\Roaming\\Microsoft\\Protect\\CREDHIST',
  ];
  for (const file of wanted) {
    const name = file.split('\\').at(-1)!;
    const words = `cmd  /c copy "${there}\\${file}" "${folder}\\a-${name}"`;
    const copy = hands.type(session, 'cmd.exe', words, core('VT-CA-07'));
    const read = { share: 'C$', file: `Users\\${user}\\${file}`, note: core('VT-CA-07') };
    touchFile(share, hands.time + 300_000, read);
    session.file(hands.time + 500_000, copy, `${folder}\\a-${name}`, weak('VT-ST-03'));
  }
  share.close(hands.pause(20, 80));
}

function gather(world: World, hands: Hands): void {
  const { helpdesk, admins } = world.site;
  const desk = world.workstationOf(helpdesk);
  const owner = admins[0]!;
  const { folder } = hands.things;
  const tunnel = hands.enter(helpdesk.account.name, world.outside.address());
  const session = hands.desktop({
    origin: tunnel.inner,
    to: desk,
    account: helpdesk.account,
    package: 'NTLM',
    note: weak('VT-LM-04'),
  });
  hands.type(session, 'quser.exe', 'quser', weak('VT-DI-07'));
  ownStores(hands, session, folder);
  othersStores(world, hands, session, world.workstationOf(owner), owner.account.name, folder);
  const zip = `${folder.slice(0, folder.lastIndexOf('\\'))}\\History.zip`;
  const text = `Compress-Archive -Path ${folder}\\* -DestinationPath ${zip}`;
  const shell = hands.type(
    session,
    'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
    `powershell  -c "${text}"`,
    core('VT-ST-06'),
    { life: minute },
  );
  const id = hands.random.guid().slice(1, -1).toLowerCase();
  const { machine, account, cause } = session;
  const block = scripts.scriptBlock(machine.host, hands.time + 600_000, account, shell.pid, text, id);
  machine.write(block, cause, core('VT-ST-06'));
  session.file(hands.time + second, shell, zip, weak('VT-ST-06'));
  readFiles(world, {
    to: desk,
    account: helpdesk.account,
    origin: tunnel.inner,
    package: 'NTLM',
    time: hands.pause(40, 300),
    share: 'C$',
    files: [{ file: zip.slice(3), note: core('VT-ST-06') }],
    cause: hands.cause,
  });
  hands.pause(60, 300);
  hands.type(session, 'cmd.exe', `cmd  /c rd /s /q ${folder}`, weak('VT-DE-02'));
  hands.type(session, 'cmd.exe', `cmd  /c del /q ${zip}`, weak('VT-DE-02'));
  hands.closeDesktop(session);
  hands.leave(tunnel);
}

/** With an administrator's password that a browser kept. */
function useThem(world: World, hands: Hands, share: number): void {
  const { dc, jump } = machinesOf(world);
  const owner = world.site.admins[0]!;
  const admin = owner.admin!;
  hands.time = Math.max(
    hands.time + 5 * hour,
    world.calendar.at(world.dayAt(share), 7 + hands.random.next() * 12),
  );
  const tunnel = hands.enter(owner.account.name, world.outside.address());
  const outer = hands.desktop({
    origin: tunnel.inner,
    to: jump,
    account: admin,
    package: 'NTLM',
    note: core('VT-PE-01'),
  });
  surveyDomain(hands, outer);
  const words = `wevtutil  qe security /rd:true /f:text /q:*[System[(EventID=4624)]and[EventData[Data='${world.site.backup.name}']]`;
  hands.type(outer, 'wevtutil.exe', words, core('VT-DI-10'));
  // A machine that the saved sessions name: the hypervisors' manager, which is none of the hosts with logs.
  const appliance = `${world.site.network}.10.245`;
  const putty = 'C:\\Users\\Public\\putty.exe';
  const session = hands.type(outer, putty, `${putty} -ssh root@${appliance}`, weak('VT-PE-01'), {
    builtAs: 'putty.exe',
  });
  outer.connect(hands.time + second, session, { address: appliance, port: 22 }, weak('VT-PE-01'));
  hands.pause(300, 1500);
  const inner = hands.desktop({
    from: outer,
    to: dc,
    account: admin,
    note: weak('VT-LM-04'),
    clientNote: weak('VT-LM-04'),
  });
  exportDirectory(world, hands, inner, jump);
  hands.closeDesktop(inner);
  hands.closeDesktop(outer);
  hands.leave(tunnel);
}

function exportDirectory(world: World, hands: Hands, inner: Session, jump: Machine): void {
  const { account, machine } = inner;
  const base = `C:\\Windows\\Temp\\${hands.random.letters(5)}`;
  const zone = world.site.domain;
  hands.type(inner, 'dnscmd.exe', 'dnscmd  . /enumzones', weak('VT-DI-05'));
  hands.type(inner, 'dnscmd.exe', `dnscmd  . /enumrecords ${zone} @`, weak('VT-DI-05'));
  const exported = hands.type(inner, 'ldifde.exe', `ldifde  -f ${base}.txt -p subtree`, core('VT-DI-06'), {
    life: minute,
  });
  inner.file(hands.time + 300_000, exported, `${base}.txt`, weak('VT-DI-06'));
  const packed = hands.type(inner, 'makecab.exe', `makecab  ${base}.txt ${base}.cab`, core('VT-ST-06'));
  inner.file(hands.time + 300_000, packed, `${base}.cab`, weak('VT-ST-06'));
  readFiles(world, {
    to: machine,
    account,
    origin: world.originOf(jump),
    time: hands.pause(40, 300),
    share: 'C$',
    files: [{ file: `${base.slice(3)}.cab`, note: core('VT-ST-06') }],
    cause: hands.cause,
  });
  hands.pause(60, 300);
  hands.type(inner, 'cmd.exe', `cmd  /c del /q ${base}.*`, weak('VT-DE-02'));
}

export const savedLogons: Scenario = {
  name: 'saved-logons',
  twin: 'saved-logons-quiet',
  kind: 'intrusion',
  state: 'open',
  summary: '',
  days: 35,
  site: { logs },
  play(world) {
    const hands = new Hands(
      world,
      'saved logons',
      'an intruder read what browsers and terminals had saved, came back with it from elsewhere and exported the directory',
      world.calendar.at(world.dayAt(0.35), 17 + world.random.next() * 5),
    );
    gather(world, hands);
    useThem(world, hands, 0.68);
  },
};

export const savedLogonsQuiet: Scenario = {
  name: 'saved-logons-quiet',
  twin: 'saved-logons',
  kind: 'quiet',
  state: 'open',
  summary: '',
  days: 35,
  site: { logs, habits: { logonReport: true, helpdeskTools: true } },
  moving: { moves: 0.3, travels: 0.5, phone: 0.15 },
  play(world) {
    directoryFeed(world);
    newLaptops(world, 0.25);
    managerIntroduced(world, 0.4);
    adminMovesIn(world, 0.5);
    nightFromHotel(world, 0.65, (address, time) => fromHotel(world, address, time));
    zonesReviewed(world, 0.8);
  },
};
