/** What the sites of these kinds also do on ordinary days, in intrusions and in their twins: it has no cause. */
import { RemoteShell } from '../../acts/remoting.ts';
import { taskHistory } from '../../acts/scheduled.ts';
import { Session } from '../../session.ts';
import { minute, second } from '../../time.ts';
import type { Role } from '../../world/site.ts';
import type { World } from '../../world/world.ts';

const windowsTasks = [
  ['\\Microsoft\\Windows\\Servicing\\StartComponentCleanup', 'taskhostw.exe'],
  ['\\Microsoft\\Windows\\Defrag\\ScheduledDefrag', 'defrag.exe'],
  ['\\Microsoft\\Windows\\Time Synchronization\\SynchronizeTime', 'sc.exe'],
  ['\\Microsoft\\Windows\\Server Manager\\ServerManager', 'ServerManagerLauncher.exe'],
  ['\\Microsoft\\Windows\\Application Experience\\Microsoft Compatibility Appraiser', 'CompatTelRunner.exe'],
  ['\\Microsoft\\Windows\\Customer Experience Improvement Program\\Consolidator', 'wsqmcons.exe'],
] as const;

/** The scheduler's own log, where it is on: what Windows does by itself. */
export function usualTasks(world: World, roles: readonly Role[]): void {
  const random = world.random.fork('usual tasks');
  for (const dayNumber of world.days()) {
    for (const machine of roles.map(role => world.the(role))) {
      for (const [name, program] of random.some(windowsTasks, random.whole(1, 3))) {
        const time = world.calendar.at(dayNumber, random.next() * 24);
        const image = `C:\\Windows\\System32\\${program}`;
        const process = machine.startAsSystem(time, 'schedule', image, program);
        const end = time + random.whole(2, 240) * second;
        taskHistory(world, machine, time + 5_000, name, process, end, null);
      }
    }
  }
}

const questions = [
  "Get-Service | Where-Object { $_.Status -ne 'Running' -and $_.StartType -eq 'Automatic' }",
  'Get-Volume | Select-Object DriveLetter,SizeRemaining,Size',
  'Get-HotFix | Sort-Object InstalledOn -Descending | Select-Object -First 3',
  'Get-WinEvent -LogName System -MaxEvents 30 | Where-Object LevelDisplayName -eq Error',
  'Restart-Service -Name Spooler',
  'Test-ComputerSecureChannel',
  'Get-SmbOpenFile | Measure-Object',
];

/** Administrators reach servers with PowerShell, from their own desks. */
export function usualRemoting(world: World, roles: readonly Role[]): void {
  const random = world.random.fork('usual remoting');
  for (const dayNumber of world.days()) {
    if (!world.calendar.isWorkday(dayNumber) || !random.chance(0.6 * world.site.pace)) continue;
    const person = random.pick(world.site.admins);
    const time = world.calendar.at(dayNumber, random.about(13, 2.5));
    const desk = new Session({
      machine: world.workstationOf(person),
      account: person.account,
      type: 2,
      time: time - 3 * minute,
    });
    const shell = new RemoteShell(world, {
      from: desk,
      to: world.the(random.pick(roles)),
      account: person.admin!,
      time,
    });
    let at = time + 4 * second;
    for (const text of random.some(questions, random.whole(1, 3))) {
      at += random.whole(8, 90) * second;
      shell.script(at, text);
    }
    shell.close(at + minute);
    desk.close(at + 5 * minute);
  }
}
