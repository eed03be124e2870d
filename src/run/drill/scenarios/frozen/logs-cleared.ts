/** Half way through the logs of two hosts are emptied: what other channels, other hosts and the forwarder kept has to do. */
import {
  core,
  dumpMemory,
  Hands,
  machinesOf,
  pack,
  survey,
  surveyDomain,
  takeDirectory,
  weak,
} from '../../acts/intruder.ts';
import { readFiles } from '../../acts/network.ts';
import { otherCleared, securityCleared } from '../../acts/theft.ts';
import { second } from '../../time.ts';
import { goldenImage, supportBundle, working } from '../lookalikes.ts';
import type { Scenario } from '../scenario.ts';

const logs = {
  dc: { processes: 'lines', shares: 'files' },
  jump: { processes: 'lines', sysmon: true },
} as const;

export const logsCleared: Scenario = {
  name: 'logs-cleared',
  twin: 'logs-cleared-quiet',
  kind: 'intrusion',
  state: 'frozen',
  summary: '',
  days: 30,
  site: { logs },
  play(world) {
    const { dc, jump } = machinesOf(world);
    const person = world.site.admins[1]!;
    const admin = person.admin!;
    const hands = new Hands(
      world,
      'cleared',
      'an intruder took the directory and emptied the logs half way',
      world.calendar.at(world.dayAt(0.65), 1 + world.random.next() * 20),
    );
    const tunnel = hands.enter(person.account.name, world.outside.address());
    const outer = hands.desktop({ origin: tunnel.inner, to: jump, account: admin, note: weak('VT-LM-04') });
    survey(hands, outer, 4);
    surveyDomain(hands, outer);
    dumpMemory(hands, outer, `${hands.things.folder}.dmp`);
    const session = hands.desktop({ from: outer, to: dc, account: admin, note: core('VT-LM-04') });
    takeDirectory(hands, session);
    hands.type(session, 'wevtutil.exe', 'wevtutil  cl Security', core('VT-DE-01'));
    securityCleared(session, hands.time + 400_000, core('VT-DE-01'));
    hands.type(session, 'wevtutil.exe', 'wevtutil  cl "Windows PowerShell"', core('VT-DE-01'));
    otherCleared(session, hands.time + 400_000, 'Windows PowerShell', core('VT-DE-01'));
    pack(hands, session);
    readFiles(world, {
      to: dc,
      account: admin,
      origin: world.originOf(jump),
      time: hands.pause(60, 400),
      share: 'C$',
      files: [{ file: hands.things.archive.slice(3), note: core('VT-ST-06') }],
      cause: hands.cause,
    });
    hands.pause(120, 500);
    hands.closeDesktop(session);
    hands.type(outer, 'wevtutil.exe', 'wevtutil  cl Security', core('VT-DE-01'));
    securityCleared(outer, hands.time + 300_000, core('VT-DE-01'));
    hands.time += 2 * second;
    hands.closeDesktop(outer);
    hands.leave(tunnel);
  },
};

export const logsClearedQuiet: Scenario = {
  name: 'logs-cleared-quiet',
  twin: 'logs-cleared',
  kind: 'quiet',
  state: 'frozen',
  summary: '',
  days: 30,
  site: {
    logs: { ...logs, workstation: { collected: true, processes: 'lines' } },
    habits: { ifmBackup: true, scanner: true },
  },
  play(world) {
    for (const [i, share] of [0.3, 0.5, 0.8].entries()) {
      goldenImage(world, world.the('workstation', 3 + i), working(world, share, `image ${i}`));
    }
    supportBundle(world, world.the('app'), working(world, 0.6, 'bundle'));
  },
};
