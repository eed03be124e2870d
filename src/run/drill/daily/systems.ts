/** Machines among themselves: services, tasks of the system, group policy, backups, updates and the restarts they need. */
import { machineVisit, readFiles } from '../acts/network.ts';
import { esent, installer, serviceControl } from '../events/index.ts';
import { Session } from '../session.ts';
import { minute, second } from '../time.ts';
import type { World } from '../world/world.ts';
import { products, services, systemPrograms } from './programs.ts';

/** Servers restart once a month, on a night in the middle of the week, one after the other. Before all else is played. */
export function planRestarts(world: World): void {
  const random = world.random.fork('restarts');
  const { calendar } = world;
  for (
    let dayNumber = random.whole(4, 24);
    dayNumber < calendar.days - 1;
    dayNumber += random.whole(27, 35)
  ) {
    let time = calendar.at(dayNumber, 1 + random.next());
    for (const machine of world.machines) {
      time += random.whole(2, 12) * minute;
      if (!machine.host.logs.collected || random.chance(0.2)) continue;
      machine.restart(time, 'Operating System: Service pack (Planned)');
      machine.write(
        installer.installed(machine.host, time - 5 * minute, random.pick(products), {
          name: 'SYSTEM',
          domain: 'NT AUTHORITY',
          sid: 'S-1-5-18',
          kind: 'system',
          privileged: true,
        }),
        null,
      );
    }
  }
}

export function playSystems(world: World): void {
  const random = world.random.fork('systems');
  const { pace } = world.site;
  for (const dayNumber of world.days()) {
    const anyTime = (): number => world.calendar.at(dayNumber, random.next() * 24);
    for (const machine of world.machines) {
      if (!machine.host.logs.collected) continue;
      for (let i = random.times(2.2 * pace); i > 0; i--) {
        const time = anyTime();
        const service = random.pick(services);
        machine.write(serviceControl.serviceState(machine.host, time, service, 'running'), null);
        const stopped = time + random.whole(3, 60) * minute;
        machine.write(serviceControl.serviceState(machine.host, stopped, service, 'stopped'), null);
      }
      for (let i = random.times(4 * pace); i > 0; i--) {
        const [image, commandLine] = random.pick(systemPrograms);
        const parent = commandLine.startsWith('C:\\Windows\\system32\\svchost') ? 'services' : 'schedule';
        machine.startAsSystem(anyTime(), parent, image, commandLine);
      }
      if (random.chance(0.12 * pace)) {
        const pid = machine.pid(anyTime(), anyTime());
        const path = 'C:\\ProgramData\\Microsoft\\Search\\Data\\Applications\\Windows\\Windows.edb';
        machine.write(esent.engineStarted(machine.host, anyTime(), pid, 'Windows', path), null);
      }
    }
    for (let i = random.times(9 * pace); i > 0; i--) {
      const from = random.pick(world.machines.slice(2));
      const to = random.chance(0.8) ? world.dc() : world.the('file');
      machineVisit(world, from, to, anyTime());
    }
    if (random.chance(Math.min(1, pace * 2))) playNight(world, dayNumber);
  }
}

/** The nightly backup, and the jobs of the task account. */
function playNight(world: World, dayNumber: number): void {
  const { site, calendar } = world;
  const random = world.random.fork(`night ${dayNumber}`);
  const from = world.originOf(world.the('backup'));
  let time = calendar.at(dayNumber, 22.5) + random.whole(0, 90) * second;
  for (const role of ['file', 'dc', 'app', 'historian'] as const) {
    time += random.whole(60, 600) * second;
    readFiles(world, {
      to: world.the(role),
      account: site.backup,
      origin: from,
      time,
      share: role === 'file' ? 'D$' : 'C$',
      files:
        role === 'file'
          ? [`Shares\\${site.share}`, `Shares\\${site.plantShare}`]
          : ['Windows\\System32\\config\\systemprofile'],
    });
  }
  const app = world.the('app');
  const start = calendar.at(dayNumber, 3) + random.whole(0, 20) * second;
  const job = new Session({ machine: app, account: site.tasks, type: 4, time: start });
  job.run(
    start + second,
    'WindowsPowerShell\\v1.0\\powershell.exe'.replace(/^/, 'C:\\Windows\\System32\\'),
    'powershell.exe -NoProfile -File D:\\Jobs\\export-meters.ps1',
    { by: 'task', life: 10 * minute },
  );
  job.close(start + random.whole(60, 500) * second);
}
