/** Hives of a server, packed, the archive called an image, put where everybody's pictures are, and fetched over SMB. */
import { cleanUp, core, Hands, pack, saveHives, survey, weak } from '../../acts/intruder.ts';
import { readFiles } from '../../acts/network.ts';
import { WmiShell } from '../../acts/wmi.ts';
import { fileFromShadow, supportBundle, working } from '../lookalikes.ts';
import type { Scenario } from '../scenario.ts';

const logs = {
  file: { processes: 'lines', shares: 'files' },
  app: { collected: true, processes: 'lines' },
  backup: { collected: true, shares: 'files', processes: 'lines' },
} as const;

export const hiveSmb: Scenario = {
  name: 'hive-smb',
  twin: 'hive-smb-quiet',
  kind: 'intrusion',
  state: 'frozen',
  summary: '',
  days: 30,
  site: { logs },
  play(world) {
    const files = world.the('file');
    const person = world.site.admins[0]!;
    const admin = person.admin!;
    const hands = new Hands(
      world,
      'hives',
      'an intruder saved the hives of the file server, hid the archive as a picture and fetched it over SMB',
      world.calendar.at(world.dayAt(0.5), 1 + world.random.next() * 21),
    );
    const tunnel = hands.enter(person.account.name, world.outside.address());
    const session = hands.desktop({
      origin: tunnel.inner,
      to: files,
      account: admin,
      note: weak('VT-LM-04'),
    });
    survey(hands, session, 3);
    const { folder, archive } = hands.things;
    hands.type(session, 'cmd.exe', `cmd  /c mkdir ${folder}`, weak('VT-ST-03'));
    saveHives(hands, session, folder, ['sam', 'system', 'security']);
    pack(hands, session, folder);
    const picture = `IMG_${hands.random.whole(2000, 9000)}.gif`;
    const local = `D:\\Shares\\${world.site.share}\\Photos\\${picture}`;
    const moved = hands.type(session, 'cmd.exe', `cmd  /c move ${archive} ${local}`, core('VT-ST-05'));
    session.file(hands.time + 200_000, moved, local, weak('VT-ST-05'));
    hands.pause(60, 900);
    readFiles(world, {
      to: files,
      account: admin,
      origin: tunnel.inner,
      time: hands.time,
      share: world.site.share,
      files: [{ file: `Photos\\${picture}`, note: core('VT-ST-06') }],
      cause: hands.cause,
    });
    hands.pause(200, 900);
    cleanUp(hands, session, folder, local);
    hands.closeDesktop(session);
    // With the hash of the local administrator, on a server that was installed from the same image.
    const shell = new WmiShell(world, {
      to: world.the('backup'),
      account: admin,
      origin: tunnel.inner,
      time: hands.pause(900, 5000),
      cause: hands.cause,
    });
    shell.run(hands.pause(10, 60), 'whoami', { program: 'whoami.exe', note: weak('VT-LM-02') });
    shell.run(hands.pause(10, 60), 'dir /s E:\\', { note: weak('VT-LM-02') });
    shell.close(hands.pause(60, 200));
    hands.leave(tunnel);
  },
};

export const hiveSmbQuiet: Scenario = {
  name: 'hive-smb-quiet',
  twin: 'hive-smb',
  kind: 'quiet',
  state: 'frozen',
  summary: '',
  days: 30,
  site: { logs, habits: { hiveBackup: true, nightlyArchive: true, scanner: true, helpdeskTools: true } },
  play(world) {
    fileFromShadow(world, 0.4);
    supportBundle(world, world.the('file'), working(world, 0.6, 'bundle'));
    const [person] = world.site.staff;
    const random = world.random.fork('pictures');
    for (const dayNumber of world.days()) {
      if (!world.calendar.isWorkday(dayNumber) || !random.chance(0.3)) continue;
      readFiles(world, {
        to: world.the('file'),
        account: person!.account,
        origin: world.originOf(world.workstationOf(person!)),
        time: world.calendar.at(dayNumber, random.about(12, 3)),
        share: world.site.share,
        files: Array.from({ length: 4 }, () => ({ file: `Photos\\IMG_${random.whole(2000, 9000)}.gif` })),
      });
    }
  },
};
