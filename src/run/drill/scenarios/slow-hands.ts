/** One or two commands on a day, in office hours, over three weeks and many logons: no burst, no long session. */
import { core, Hands, machinesOf, weak } from '../acts/intruder.ts';
import { readFiles } from '../acts/network.ts';
import { copiedFromShadow } from '../acts/theft.ts';
import type { Process } from '../machine.ts';
import type { Session } from '../session.ts';
import { day, hour, second } from '../time.ts';
import { fileFromShadow, oddHabits, promoteFromMedia } from './lookalikes.ts';
import type { Scenario } from './scenario.ts';

const logs = {
  dc: { processes: 'lines', shares: 'files', sysmon: true },
  jump: { processes: 'lines' },
} as const;

export const slowHands: Scenario = {
  name: 'slow-hands',
  twin: 'slow-hands-quiet',
  kind: 'intrusion',
  state: 'open',
  summary: '',
  days: 45,
  site: { logs },
  play(world) {
    const { dc, jump } = machinesOf(world);
    const person = world.site.admins[0]!;
    const admin = person.admin!;
    const address = world.outside.address();
    const hands = new Hands(
      world,
      'slow',
      'an intruder did one or two things on a day for three weeks, and took the directory piece by piece',
      world.calendar.at(world.dayAt(0.3), 9.5),
    );
    const { folder } = hands.things;
    const steps: readonly ((session: Session) => Process | undefined)[] = [
      session => hands.type(session, 'nltest.exe', 'nltest  /domain_trusts', weak('VT-DI-04')),
      session =>
        hands.type(
          session,
          'wevtutil.exe',
          'wevtutil  qe security /c:50 /q:*[System[(EventID=4624)]]',
          core('VT-DI-10'),
        ),
      session => {
        const shadow = hands.type(
          session,
          'vssadmin.exe',
          'vssadmin  create shadow /for=C:',
          core('VT-CA-02'),
        );
        const from = '\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy1\\Windows';
        const shell = hands.type(
          session,
          'cmd.exe',
          `cmd  /c copy ${from}\\NTDS\\ntds.dit ${folder}\\p.bin`,
          core('VT-CA-02'),
        );
        copiedFromShadow(session, shell, hands.time + 11 * second, `${folder}\\p.bin`, weak('VT-CA-02'));
        return shadow;
      },
      session => hands.type(session, 'reg.exe', `reg  save hklm\\system ${folder}\\q.bin`, core('VT-CA-04')),
      session =>
        hands.type(session, 'makecab.exe', `makecab  ${folder}\\p.bin ${folder}\\p.cab`, core('VT-ST-06')),
    ];
    const toDc = new Set([2, 3, 4]);
    for (const [i, step] of steps.entries()) {
      const tunnel = hands.enter(person.account.name, address);
      const outer = hands.desktop({ origin: tunnel.inner, to: jump, account: admin, note: weak('VT-LM-04') });
      const inner = toDc.has(i)
        ? hands.desktop({ from: outer, to: dc, account: admin, note: weak('VT-LM-04') })
        : null;
      step(inner ?? outer);
      if (inner !== null) hands.closeDesktop(inner);
      if (i === steps.length - 1) {
        readFiles(world, {
          to: dc,
          account: admin,
          origin: world.originOf(jump),
          time: hands.pause(60, 300),
          share: 'C$',
          files: ['p.cab', 'q.bin'].map(file => ({
            file: `${folder.slice(3)}\\${file}`,
            note: core('VT-ST-06'),
          })),
          cause: hands.cause,
        });
        hands.pause(200, 500);
      }
      hands.closeDesktop(outer);
      hands.leave(tunnel);
      const next = world.calendar.workday(world.calendar.dayOf(hands.time) + hands.random.whole(2, 5));
      hands.time = Math.min(
        world.calendar.at(next, 9 + hands.random.next() * 7),
        world.calendar.end - day + hour,
      );
    }
  },
};

export const slowHandsQuiet: Scenario = {
  name: 'slow-hands-quiet',
  twin: 'slow-hands',
  kind: 'quiet',
  state: 'open',
  summary: '',
  days: 45,
  site: { logs, habits: { logonReport: true, hiveBackup: true, ifmBackup: true } },
  play(world) {
    oddHabits(world);
    fileFromShadow(world, 0.35);
    fileFromShadow(world, 0.7);
    promoteFromMedia(world, 0.55);
  },
};
