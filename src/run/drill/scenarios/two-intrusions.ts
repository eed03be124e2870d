/**
 * Two intrusions that have nothing in common: other accounts, hosts, addresses and days. One stays on the historian, the
 * other takes the directory; the first exposes nobody whom the second uses.
 */
import {
  cleanUp,
  core,
  dumpMemory,
  Hands,
  machinesOf,
  pack,
  survey,
  surveyDomain,
  takeDirectory,
  weak,
} from '../acts/intruder.ts';
import { readFiles } from '../acts/network.ts';
import { portProxySet } from '../acts/theft.ts';
import type { World } from '../world/world.ts';
import { hungProgram, promoteFromMedia, supportBundle, working } from './lookalikes.ts';
import type { Scenario } from './scenario.ts';

const logs = {
  historian: { collected: true, processes: 'lines', shares: 'files' },
  'ot-jump': { collected: true },
  dc: { processes: 'lines' },
  jump: { processes: 'lines' },
} as const;

function atHistorian(world: World): void {
  const { vendor } = world.site;
  const machine = world.the('historian');
  const hands = new Hands(
    world,
    'historian',
    'somebody with the vendor account dumped credentials on the historian and left a port proxy',
    world.calendar.at(world.dayAt(0.25), 2 + world.random.next() * 18),
  );
  const tunnel = hands.enter(vendor.name, world.outside.address());
  const session = hands.desktop({
    origin: tunnel.inner,
    to: machine,
    account: vendor,
    note: weak('VT-LM-04'),
  });
  survey(hands, session, 4);
  const folder = hands.things.folder;
  dumpMemory(hands, session, `${folder}\\${hands.random.whole(10, 99)}.dmp`);
  hands.pause(60, 900);
  pack(hands, session);
  const port = hands.random.whole(40_000, 60_000);
  const netsh = hands.type(
    session,
    'netsh.exe',
    `netsh  interface portproxy add v4tov4 listenport=${port} listenaddress=0.0.0.0 connectport=1433 connectaddress=127.0.0.1`,
    core('VT-C2-01'),
  );
  const rule = { listen: `0.0.0.0/${port}`, connect: '127.0.0.1/1433' };
  portProxySet(session, netsh, hands.time + 100_000, rule, core('VT-C2-02'));
  cleanUp(hands, session, folder);
  hands.closeDesktop(session);
  hands.leave(tunnel);
}

function atDirectory(world: World): void {
  const { dc, jump } = machinesOf(world);
  const { helpdesk, admins } = world.site;
  const admin = admins[0]!.admin!;
  const hands = new Hands(
    world,
    'directory',
    'somebody with the helpdesk account went over the jump host and copied the directory',
    world.calendar.at(world.dayAt(0.7), 2 + world.random.next() * 18),
  );
  const tunnel = hands.enter(helpdesk.account.name, world.outside.address());
  const outer = hands.desktop({
    origin: tunnel.inner,
    to: jump,
    account: helpdesk.account,
    note: weak('VT-LM-04'),
  });
  surveyDomain(hands, outer);
  const session = hands.desktop({ from: outer, to: dc, account: admin, note: core('VT-LM-04') });
  takeDirectory(hands, session);
  pack(hands, session, undefined, true);
  readFiles(world, {
    to: dc,
    account: admin,
    origin: world.originOf(jump),
    time: hands.pause(60, 500),
    share: 'C$',
    files: [{ file: `${hands.things.archive.slice(3)}.001`, note: core('VT-ST-06') }],
    cause: hands.cause,
  });
  hands.pause(300, 900);
  hands.closeDesktop(session);
  hands.closeDesktop(outer);
  hands.leave(tunnel);
}

export const twoIntrusions: Scenario = {
  name: 'two-intrusions',
  twin: 'two-intrusions-quiet',
  kind: 'intrusion',
  state: 'open',
  summary:
    'two intruders who have nothing to do with each other: one on the historian, one after the directory',
  days: 35,
  site: { logs },
  play(world) {
    atHistorian(world);
    atDirectory(world);
  },
};

export const twoIntrusionsQuiet: Scenario = {
  name: 'two-intrusions-quiet',
  twin: 'two-intrusions',
  kind: 'quiet',
  state: 'open',
  summary: 'a hung program dumped on the historian, a support bundle, and a promotion from media',
  days: 35,
  site: { logs, habits: { vendorSessions: true, nightlyArchive: true, scanner: true } },
  play(world) {
    hungProgram(world, world.the('historian'), working(world, 0.3, 'hung'), world.site.admins[1]!);
    supportBundle(world, world.the('historian'), working(world, 0.36, 'bundle'));
    promoteFromMedia(world, 0.7);
  },
};
