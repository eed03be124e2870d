/** Everything over WMI: a shell by wmiexec on one server, from there wmic to others; nobody ever opens a desktop. */
import { core, Hands, weak } from '../../acts/intruder.ts';
import { copiedByIfm } from '../../acts/theft.ts';
import { WmiShell } from '../../acts/wmi.ts';
import { minute, second } from '../../time.ts';
import { rollOut, shareRound } from '../lookalikes.ts';
import type { Scenario } from '../scenario.ts';

const logs = {
  dc: { processes: 'lines', shares: 'files' },
  management: { collected: true, processes: 'lines', shares: 'files' },
} as const;

export const wmiOnly: Scenario = {
  name: 'wmi-only',
  twin: 'wmi-only-quiet',
  kind: 'intrusion',
  state: 'frozen',
  summary: '',
  days: 30,
  site: { logs },
  play(world) {
    const dc = world.the('dc');
    const person = world.site.admins[0]!;
    const account = person.admin!;
    const hands = new Hands(
      world,
      'wmi',
      'an intruder with an administrator account worked over WMI alone and took the directory',
      world.calendar.at(world.dayAt(0.6), 1 + world.random.next() * 21),
    );
    const { folder, archive, packer, password } = hands.things;
    const tunnel = hands.enter(person.account.name, world.outside.address());
    const to = { account, origin: tunnel.inner, cause: hands.cause };
    const first = new WmiShell(world, { ...to, to: world.the('management'), time: hands.pause(60, 400) });
    for (const [words, program] of [
      ['whoami', 'whoami.exe'],
      ['ipconfig /all', 'ipconfig.exe'],
      ['net group "Domain Admins" /dom', 'net.exe'],
      ['nltest /dclist:', 'nltest.exe'],
      [`wmic /node:${dc.host.name} process list brief`, 'C:\\Windows\\System32\\wbem\\WMIC.exe'],
    ] as const) {
      first.run(hands.pause(10, 90), words, { program, note: weak('VT-LM-02') });
    }
    first.close(hands.pause(60, 600));
    const shell = new WmiShell(world, { ...to, to: dc, time: hands.pause(300, 3000) });
    const words = `ntdsutil "ac i ntds" ifm "create full ${folder}" q q`;
    const tool = shell.run(hands.pause(20, 90), words, {
      program: 'ntdsutil.exe',
      note: core('VT-CA-01'),
      options: { life: minute },
    });
    copiedByIfm(shell.session, tool, hands.time + second, folder, core('VT-CA-03'));
    shell.run(hands.pause(60, 900), `${packer} a -p${password} -v30m ${archive} ${folder}\\*`, {
      program: packer,
      options: { builtAs: '7z.exe' },
      note: core('VT-ST-01'),
    });
    shell.run(hands.pause(30, 200), `copy ${archive}.001 C:\\Windows\\${hands.random.letters(5)}.tmp`, {
      note: weak('VT-ST-06'),
    });
    shell.fetch(
      hands.pause(10, 60),
      `C:\\Windows\\Temp\\${archive.slice(archive.lastIndexOf('\\') + 1)}.001`,
      core('VT-ST-06'),
    );
    shell.run(hands.pause(60, 200), `rd /s /q ${folder}`, { note: weak('VT-DE-02') });
    shell.close(hands.pause(30, 200));
    hands.leave(tunnel);
  },
};

export const wmiOnlyQuiet: Scenario = {
  name: 'wmi-only-quiet',
  twin: 'wmi-only',
  kind: 'quiet',
  state: 'frozen',
  summary: '',
  days: 30,
  site: { logs, habits: { wmicInventory: true, ifmBackup: true, helpdeskTools: true, scanner: true } },
  play(world) {
    rollOut(world, 0.4);
    rollOut(world, 0.75);
    shareRound(world, 0.55);
  },
};
