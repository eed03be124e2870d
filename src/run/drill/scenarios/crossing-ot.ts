/**
 * Towards the plant: from IT over the OT jump host to an operator's screen that logs nothing, drawings and project files,
 * and a port proxy into the historian's database.
 */
import { core, dumpMemory, Hands, machinesOf, pack, survey, weak } from '../acts/intruder.ts';
import { readFiles } from '../acts/network.ts';
import { portProxySet } from '../acts/theft.ts';
import { plantFiles } from '../world/words.ts';
import { hungProgram, supportBundle, working } from './lookalikes.ts';
import type { Scenario } from './scenario.ts';

const logs = {
  'ot-jump': { collected: true, processes: 'lines', shares: 'files' },
  historian: { collected: true },
  hmi: { collected: false },
  file: { shares: 'files' },
} as const;

export const crossingOt: Scenario = {
  name: 'crossing-ot',
  twin: 'crossing-ot-quiet',
  kind: 'intrusion',
  state: 'open',
  summary:
    'from IT to the plant: credentials on the OT jump host, an HMI that logs nothing, drawings, a proxy to 1433',
  days: 30,
  needsSite: true,
  site: { logs, habits: { vendorSessions: true } },
  play(world) {
    const { files, jump } = machinesOf(world);
    const plant = world.the('ot-jump');
    const person = world.site.admins[0]!;
    const admin = person.admin!;
    const hands = new Hands(
      world,
      'crossing',
      'an intruder went from IT over the OT jump host to an HMI and took plant documents',
      world.calendar.at(world.dayAt(0.6), 1 + world.random.next() * 21),
    );
    const tunnel = hands.enter(person.account.name, world.outside.address());
    const outer = hands.desktop({ origin: tunnel.inner, to: jump, account: admin, note: weak('VT-LM-04') });
    survey(hands, outer, 3);
    hands.type(outer, 'reg.exe', 'reg  query hkcu\\software\\simontatham\\putty\\sessions', weak('VT-CA-07'));
    readFiles(world, {
      to: files,
      account: admin,
      origin: world.originOf(jump),
      time: hands.pause(100, 600),
      share: world.site.plantShare,
      files: hands.random.some(plantFiles, 5).map(file => ({ file, note: core('VT-DI-13') })),
      cause: hands.cause,
    });
    hands.pause(250, 900);
    const inner = hands.desktop({
      from: outer,
      to: plant,
      account: admin,
      note: core('VT-LM-04'),
      clientNote: weak('VT-LM-04'),
    });
    dumpMemory(hands, inner, `${hands.things.folder}.dmp`);
    const port = hands.random.pick([50_100, 50_111, 49_900]);
    const netsh = hands.type(
      inner,
      'netsh.exe',
      `netsh  interface portproxy add v4tov4 listenport=${port} listenaddress=0.0.0.0 connectport=1433 connectaddress=${world.the('historian').host.address}`,
      core('VT-C2-01'),
    );
    const rule = { listen: `0.0.0.0/${port}`, connect: `${world.the('historian').host.address}/1433` };
    portProxySet(inner, netsh, hands.time + 90_000, rule, core('VT-C2-02'));
    const screen = hands.desktop({
      from: inner,
      to: world.the('hmi'),
      account: world.site.vendor,
      clientNote: core('VT-LM-04'),
      byAddress: true,
    });
    hands.closeDesktop(screen);
    pack(hands, inner);
    hands.closeDesktop(inner);
    hands.closeDesktop(outer);
    hands.leave(tunnel);
  },
};

export const crossingOtQuiet: Scenario = {
  name: 'crossing-ot-quiet',
  twin: 'crossing-ot',
  kind: 'quiet',
  state: 'open',
  summary:
    'approved vendor sessions to the plant, a hung program dumped, a support bundle, engineers reading drawings',
  days: 30,
  needsSite: true,
  site: { logs, habits: { vendorSessions: true, wmicInventory: true } },
  play(world) {
    const [engineer] = world.site.staff;
    const random = world.random.fork('drawings');
    for (const dayNumber of world.days()) {
      if (!world.calendar.isWorkday(dayNumber) || !random.chance(0.4)) continue;
      readFiles(world, {
        to: world.the('file'),
        account: engineer!.account,
        origin: world.originOf(world.workstationOf(engineer!)),
        time: world.calendar.at(dayNumber, random.about(12, 2)),
        share: world.site.plantShare,
        files: random.some(plantFiles, 3),
      });
    }
    hungProgram(world, world.the('ot-jump'), working(world, 0.5, 'hung'));
    supportBundle(world, world.the('historian'), working(world, 0.7, 'bundle'));
  },
};
