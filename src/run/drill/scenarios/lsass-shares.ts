/** Memory of a server's LSA, then other hosts over their admin shares with an account that was in it. */
import { core, dumpMemory, Hands, pack, survey, weak } from '../acts/intruder.ts';
import { openShare, touchFile, visit } from '../acts/network.ts';
import { logons } from '../events/index.ts';
import { second } from '../time.ts';
import { plantFiles } from '../world/words.ts';
import { antivirusReads, hungProgram, shareRound, working } from './lookalikes.ts';
import type { Scenario } from './scenario.ts';

const logs = {
  management: { collected: true, processes: 'lines' },
  file: { shares: 'files' },
  backup: { collected: true, shares: 'files' },
  historian: { collected: true, shares: 'files' },
} as const;

export const lsassShares: Scenario = {
  name: 'lsass-shares',
  twin: 'lsass-shares-quiet',
  kind: 'intrusion',
  state: 'open',
  summary:
    'LSASS dumped on a management server, then admin shares of other hosts with an account that was in it',
  days: 30,
  site: { logs },
  play(world) {
    const person = world.site.admins[1]!;
    const server = world.the('management');
    const { tasks } = world.site;
    const hands = new Hands(
      world,
      'lsass',
      'an intruder dumped credentials on the management server and reached other hosts with them',
      world.calendar.at(world.dayAt(0.5), 1 + world.random.next() * 21),
    );
    const tunnel = hands.enter(person.account.name, world.outside.address());
    const session = hands.desktop({
      origin: tunnel.inner,
      to: server,
      account: person.admin!,
      note: weak('VT-LM-04'),
    });
    survey(hands, session, 4);
    dumpMemory(hands, session, `${hands.things.folder}.dmp`);
    hands.pause(20 * 60, 90 * 60);
    for (const to of [world.the('file'), world.the('backup'), world.the('historian')]) {
      const words = `net  use \\\\${to.host.name}\\c$ /user:${tasks.domain}\\${tasks.name} ${hands.things.password}`;
      const net = hands.type(session, 'net.exe', words, core('VT-LM-05'));
      server.write(
        logons.explicitCredentials(
          server.host,
          hands.time + 200_000,
          server.lsass(hands.time),
          session.subject,
          {
            account: tasks,
            server: to.host.name,
            info: to.host.name,
            processId: net.pid,
            process: net.image,
          },
        ),
        hands.cause,
        weak('VT-LM-05'),
      );
      const reached = visit(world, {
        to,
        account: tasks,
        origin: world.originOf(server),
        time: hands.time + second,
        cause: hands.cause,
        note: core('VT-PE-01'),
      });
      openShare(reached, hands.time + 1.4 * second, 'C$', weak('VT-LM-05'));
      for (const file of hands.random.some(plantFiles, 2)) {
        touchFile(reached, hands.pause(10, 60), {
          share: 'C$',
          file: `Data\\${file}`,
          note: weak('VT-LM-05'),
        });
      }
      reached.close(hands.pause(60, 300));
    }
    pack(hands, session);
    hands.closeDesktop(session);
    hands.leave(tunnel);
  },
};

export const lsassSharesQuiet: Scenario = {
  name: 'lsass-shares-quiet',
  twin: 'lsass-shares',
  kind: 'quiet',
  state: 'open',
  summary: 'a hung program dumped with comsvcs, an antivirus in the LSA, the helpdesk on admin shares',
  days: 30,
  site: { logs, habits: { helpdeskTools: true, scanner: true, nightlyArchive: true } },
  play(world) {
    hungProgram(world, world.the('management'), working(world, 0.4, 'hung'));
    shareRound(world, 0.55);
    for (const machine of [world.the('management'), world.the('dc')]) antivirusReads(world, machine);
  },
};
