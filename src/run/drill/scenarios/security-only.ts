/** No Sysmon anywhere and no command lines on some hosts: what Security, Application and the edge device show has to do. */
import {
  cleanUp,
  core,
  Hands,
  machinesOf,
  pack,
  survey,
  surveyDomain,
  takeDirectory,
  weak,
} from '../acts/intruder.ts';
import { readFiles } from '../acts/network.ts';
import { WmiShell } from '../acts/wmi.ts';
import { minute } from '../time.ts';
import { hungProgram, promoteFromMedia, restoreTest, systemStateBackup, working } from './lookalikes.ts';
import type { Scenario } from './scenario.ts';

const blind = { sysmon: false, scripts: false, processes: 'names', collected: true } as const;
const logs = {
  dc: { ...blind, processes: 'lines' },
  file: blind,
  jump: blind,
  backup: blind,
  app: blind,
  management: { ...blind, shares: 'files' },
  historian: blind,
  'ot-jump': blind,
  engineering: blind,
  workstation: { sysmon: false, scripts: false, processes: 'names' },
} as const;

export const securityOnly: Scenario = {
  name: 'security-only',
  twin: 'security-only-quiet',
  kind: 'intrusion',
  state: 'open',
  summary:
    'Security 4688 alone, without command lines on most hosts: wmiexec, RDP to the DC, NTDS, archive fetched',
  days: 30,
  site: { logs },
  play(world) {
    const { dc } = machinesOf(world);
    const { helpdesk, admins } = world.site;
    const admin = admins[1]!.admin!;
    const hands = new Hands(
      world,
      'security only',
      'an intruder came over the VPN as helpdesk, took an administrator and copied the directory',
      world.calendar.at(world.dayAt(0.55), 1 + world.random.next() * 20),
    );
    const tunnel = hands.enter(helpdesk.account.name, world.outside.address());
    const shell = new WmiShell(world, {
      to: world.the('management'),
      account: helpdesk.account,
      origin: tunnel.inner,
      time: hands.pause(60, 300),
      cause: hands.cause,
    });
    for (const [words, program] of [
      ['whoami', 'whoami.exe'],
      ['quser', 'quser.exe'],
      ['net localgroup administrators', 'net.exe'],
      ['tasklist /v', 'tasklist.exe'],
    ] as const) {
      shell.run(hands.pause(15, 80), words, { program, note: weak('VT-LM-02') });
    }
    shell.close(hands.pause(60, 300));
    hands.pause(10 * 60, 90 * 60);
    const session = hands.desktop({ origin: tunnel.inner, to: dc, account: admin, note: core('VT-LM-04') });
    survey(hands, session, 4);
    surveyDomain(hands, session);
    takeDirectory(hands, session);
    hands.pause(60, 400);
    pack(hands, session);
    const { archive, folder } = hands.things;
    readFiles(world, {
      to: dc,
      account: admin,
      origin: tunnel.inner,
      time: hands.pause(60, 500),
      share: 'C$',
      files: [{ file: archive.slice(3), note: core('VT-ST-06') }],
      cause: hands.cause,
    });
    hands.pause(200, 900);
    cleanUp(hands, session, folder, archive);
    hands.closeDesktop(session);
    hands.time += minute;
    hands.leave(tunnel);
  },
};

export const securityOnlyQuiet: Scenario = {
  name: 'security-only-quiet',
  twin: 'security-only',
  kind: 'quiet',
  state: 'open',
  summary:
    'backups with ntdsutil, wbadmin and saved hives, a restore test, a hung program, without command lines',
  days: 30,
  site: { logs, habits: { ifmBackup: true, hiveBackup: true, scanner: true, helpdeskTools: true } },
  play(world) {
    systemStateBackup(world);
    restoreTest(world, 0.4);
    promoteFromMedia(world, 0.6);
    hungProgram(world, world.the('app'), working(world, 0.8, 'hung'));
  },
};
