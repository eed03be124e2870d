/**
 * Daily life at the site: logons, services, tickets, people opening files, a backup that copies the directory database
 * every Sunday as it should. Without it every event of the sample would be evidence, and no log is like that.
 */
import type { EvtxEvent } from '../../src/read/sources/evtx/write/index.ts';
import type { Random } from '../../src/run/drill/random.ts';
import {
  directoryCopied,
  installed,
  remoteSession,
  scriptBlock,
  serviceInstalled,
  serviceState,
  wmiProviderStarted,
  wmiSubscription,
} from './others.ts';
import * as security from './security.ts';
import { at, type Host, hosts, people, system } from './site.ts';
import * as sysmon from './sysmon.ts';

const day = 86_400_000_000;
const first = at('2026-10-01 00:00:00');
const days = 34;
const staff = [people.operator, people.engineer, people.planner];
const services = [
  { name: 'wuauserv', shown: 'Windows Update' },
  { name: 'sppsvc', shown: 'Software Protection' },
  { name: 'BITS', shown: 'Background Intelligent Transfer Service' },
  { name: 'W32Time', shown: 'Windows Time' },
] as const;

/** A time on a working day between seven and five. */
function atWork(random: Random): number {
  return first + random.whole(0, days - 1) * day + random.whole(7 * 3600, 17 * 3600) * 1_000_000;
}

function anyTime(random: Random): number {
  return first + random.whole(0, days * 86_400 - 1) * 1_000_000 + random.whole(0, 999_999);
}

/** Network logons with their ends, and Kerberos tickets on a domain controller. */
export function logons(host: Host, count: number, random: Random): EvtxEvent[] {
  const events: EvtxEvent[] = [];
  for (let i = 0; i < count; i++) {
    const who = random.pick(staff);
    const from = random.pick([hosts.engineering, hosts.files, hosts.jump]).address;
    const time = atWork(random);
    const logonId = random.whole(0x100000, 0xffffff);
    if (host === hosts.dc) {
      events.push(security.ticketGranted(host, time - 12_000, who, from));
      if (i % 4 === 0) events.push(security.serviceTicketGranted(host, time - 4_000, who, from, hosts.files));
    }
    events.push(
      security.logon({ host, time, who, logonId, type: 3, from }),
      security.logoff(host, time + random.whole(2, 900) * 1_000_000, who, logonId, 3),
    );
    if (random.next() < 0.05) events.push(security.failedLogon(host, time - 9_000_000, who.account, from));
  }
  return events;
}

/** Processes as Security 4688 shows them; without command lines where the policy does not record them. */
export function processes(host: Host, count: number, commandLines: boolean, random: Random): EvtxEvent[] {
  const programs = [
    ['svchost.exe', 'C:\\Windows\\system32\\svchost.exe -k netsvcs -p -s wuauserv', 'services.exe'],
    ['taskhostw.exe', 'taskhostw.exe', 'svchost.exe'],
    ['conhost.exe', '\\??\\C:\\Windows\\system32\\conhost.exe 0xffffffff -ForceV1', 'cmd.exe'],
    ['gpupdate.exe', 'gpupdate.exe /target:computer', 'svchost.exe'],
    [
      'dllhost.exe',
      'C:\\Windows\\system32\\DllHost.exe /Processid:{3EB3C877-1F16-487C-9050-104DBCD66683}',
      'svchost.exe',
    ],
  ] as const;
  return Array.from({ length: count }, () => {
    const [image, commandLine, parent] = random.pick(programs);
    return security.processCreated({
      host,
      time: anyTime(random),
      subject: 'machine',
      subjectLogonId: 0x3e7,
      pid: random.whole(200, 4000) * 4,
      parentPid: random.whole(100, 400) * 4,
      image: `C:\\Windows\\System32\\${image}`,
      parent: `C:\\Windows\\System32\\${parent}`,
      ...(commandLines ? { commandLine } : {}),
    });
  });
}

/** What Sysmon sees of people at work on a jump host. */
export function sysmonActivity(host: Host, count: number, random: Random): EvtxEvent[] {
  const programs = [
    [
      'C:\\Windows\\System32\\mstsc.exe',
      '"C:\\Windows\\System32\\mstsc.exe" /v:HIST1',
      'C:\\Windows\\explorer.exe',
    ],
    [
      'C:\\Windows\\System32\\notepad.exe',
      '"C:\\Windows\\System32\\NOTEPAD.EXE" D:\\Handover\\shift.txt',
      'C:\\Windows\\explorer.exe',
    ],
    ['C:\\Windows\\System32\\ipconfig.exe', 'ipconfig', 'C:\\Windows\\System32\\cmd.exe'],
    [
      'C:\\Program Files\\Historian\\HistView.exe',
      '"C:\\Program Files\\Historian\\HistView.exe" /trend 14',
      'C:\\Windows\\explorer.exe',
    ],
    [
      'C:\\Windows\\System32\\svchost.exe',
      'C:\\Windows\\system32\\svchost.exe -k NetworkService -p',
      'C:\\Windows\\System32\\services.exe',
    ],
  ] as const;
  return Array.from({ length: count }, () => {
    const [image, commandLine, parent] = random.pick(programs);
    const who = image.endsWith('svchost.exe') ? system : random.pick(staff);
    const process = {
      host,
      time: atWork(random),
      who,
      logonId: who === system ? 0x3e7 : random.whole(0x100000, 0xffffff),
      session: who === system ? 0 : 2,
      pid: random.whole(500, 3000) * 4,
      parentPid: random.whole(200, 900) * 4,
      image,
      commandLine,
      parent,
      parentCommandLine: parent,
    };
    return random.next() < 0.2
      ? sysmon.connected(
          process,
          { address: hosts.historian.address, port: 3389, name: hosts.historian.fqdn },
          random,
        )
      : sysmon.processCreated(process, random);
  });
}

export function shares(host: Host, count: number, random: Random): EvtxEvent[] {
  const filesRead = [
    'Rosters\\October.xlsx',
    'Procedures\\Chlorine handling.pdf',
    'Meters\\route-12.csv',
    'Templates\\permit.docx',
  ];
  const from = hosts.engineering.address;
  return Array.from({ length: count }, (_, i) => {
    const time = atWork(random);
    const who = random.pick(staff);
    const logonId = random.whole(0x100000, 0xffffff);
    const read = security.shareAccess(host, time, who, logonId, 'Operations', random.pick(filesRead), from);
    return i % 3 === 0
      ? [security.shareOpened(host, time - 30_000, who, logonId, 'Operations', from), read]
      : [read];
  }).flat();
}

export function serviceStates(host: Host, count: number, random: Random): EvtxEvent[] {
  return Array.from({ length: count }, () =>
    serviceState(host, anyTime(random), random.pick(services), random.pick(['running', 'stopped'])),
  );
}

export function installations(host: Host, count: number, random: Random): EvtxEvent[] {
  return Array.from({ length: count }, () =>
    installed(
      host,
      anyTime(random),
      random.pick(['Historian Viewer 9.2', 'Site Certificates', 'Meter Reader Sync']),
    ),
  );
}

/** Sunday nights: the backup makes a copy of the directory database where it always does. */
export function directoryBackups(host: Host): EvtxEvent[] {
  return ['2026-10-04', '2026-10-11', '2026-10-18', '2026-10-25', '2026-11-01'].flatMap((date, i) => {
    const path = 'E:\\Backup\\IFM\\Active Directory\\ntds.dit';
    return directoryCopied(
      host,
      at(`${date} 01:00:08`),
      0x2100 + i * 0x40,
      `${date.replaceAll('-', '')}0100`,
      path,
    );
  });
}

export function scripts(host: Host, count: number, random: Random): EvtxEvent[] {
  const texts = [
    'Get-Service -Name Historian* | Where-Object Status -ne Running',
    'Get-ChildItem D:\\Handover -Filter *.txt | Sort-Object LastWriteTime -Descending | Select-Object -First 5',
    'Test-NetConnection HIST1 -Port 3389',
  ];
  return Array.from({ length: count }, () =>
    scriptBlock(
      host,
      atWork(random),
      random.pick(staff),
      random.whole(500, 3000) * 4,
      random.pick(texts),
      `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-a${random.hex(3)}-${random.hex(12)}`,
    ),
  );
}

export function remoteSessions(host: Host, count: number, random: Random): EvtxEvent[] {
  return Array.from({ length: count }, () => {
    const time = atWork(random);
    const who = random.pick(staff);
    const from = hosts.engineering.address;
    return [
      remoteSession(host, time, 21, who, 2, from),
      remoteSession(host, time + 1_800_000_000, 24, who, 2, from),
      remoteSession(host, time + 2_700_000_000, 25, who, 2, from),
      remoteSession(host, time + 3_600_000_000, 24, who, 2, from),
    ];
  }).flat();
}

/** A task and a service that people installed for good reasons. */
export function installedForGood(): EvtxEvent[] {
  const { files, historian } = hosts;
  return [
    security.taskCreated(
      files,
      at('2026-10-05 20:12:40'),
      people.administrator,
      0x3a81f2,
      '\\Site\\Copy meter routes',
      'D:\\Scripts\\routes.cmd',
    ),
    serviceInstalled(
      historian,
      at('2026-10-13 21:40:02'),
      people.administrator,
      'Historian Collector',
      '"C:\\Program Files\\Historian\\Collector.exe" -service',
    ),
  ];
}

/** WMI at work: inventory starts providers, and the subscription that comes with Windows is announced at boot. */
export function wmiInventory(host: Host, count: number, random: Random): EvtxEvent[] {
  return [
    wmiSubscription(host, at('2026-10-01 14:02:11')),
    ...Array.from({ length: count }, () => {
      const [provider, file] = random.pick([
        ['CIMWin32', 'cimwin32.dll'],
        ['MSIProv', 'msiprov.dll'],
        ['WmiPerfClass', 'WmiPerfClass.dll'],
      ] as const);
      return wmiProviderStarted(host, anyTime(random), provider, file);
    }),
  ];
}
