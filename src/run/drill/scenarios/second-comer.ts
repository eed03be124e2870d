/**
 * Two intruders in the same months. The first takes the directory, so whoever comes after uses an account that was in it.
 * The second has nothing of it: he was given somebody's password by himself, comes as that person does, from an address of
 * his own, and stays on one server.
 */
import {
  cleanUp,
  core,
  dumpMemory,
  Hands,
  machinesOf,
  pack,
  survey,
  takeDirectory,
  weak,
} from '../acts/intruder.ts';
import { readFiles } from '../acts/network.ts';
import { portProxySet } from '../acts/theft.ts';
import type { World } from '../world/world.ts';
import { hungProgram, promoteFromMedia, supportBundle, ticketedProxy, working } from './lookalikes.ts';
import type { Scenario } from './scenario.ts';

const logs = {
  management: { collected: true, processes: 'lines', shares: 'files' },
  dc: { processes: 'lines', shares: 'files' },
  jump: { processes: 'lines' },
} as const;

function first(world: World): void {
  const { dc, jump } = machinesOf(world);
  const person = world.site.admins[0]!;
  const hands = new Hands(
    world,
    'first',
    'somebody with an administrator’s account copied the directory and carried it off',
    world.calendar.at(world.dayAt(0.25), 1 + world.random.next() * 21),
  );
  const tunnel = hands.enter(person.account.name, world.outside.address());
  const outer = hands.desktop({
    origin: tunnel.inner,
    to: jump,
    account: person.admin!,
    note: weak('VT-LM-04'),
  });
  const session = hands.desktop({ from: outer, to: dc, account: person.admin!, note: weak('VT-LM-04') });
  takeDirectory(hands, session);
  pack(hands, session);
  readFiles(world, {
    to: dc,
    account: person.admin!,
    origin: world.originOf(jump),
    time: hands.pause(60, 500),
    share: 'C$',
    files: [{ file: hands.things.archive.slice(3), note: core('VT-ST-06') }],
    cause: hands.cause,
  });
  hands.pause(300, 900);
  hands.closeDesktop(session);
  hands.closeDesktop(outer);
  hands.leave(tunnel);
}

function second(world: World): void {
  const server = world.the('management');
  const person = world.site.admins[1]!;
  const hands = new Hands(
    world,
    'second',
    'somebody else with another administrator’s password dumped credentials on a server and left a port proxy',
    world.calendar.at(world.dayAt(0.5 + world.random.next() * 0.3), 1 + world.random.next() * 21),
  );
  const tunnel = hands.enter(person.account.name, world.outside.address());
  const session = hands.desktop({
    origin: tunnel.inner,
    to: server,
    account: person.admin!,
    note: weak('VT-LM-04'),
  });
  survey(hands, session, 3);
  const { folder } = hands.things;
  dumpMemory(hands, session, `${folder}\\${hands.random.whole(10, 99)}.dmp`);
  hands.pause(60, 900);
  pack(hands, session);
  const port = hands.random.whole(40_000, 60_000);
  const netsh = hands.type(
    session,
    'netsh.exe',
    `netsh  interface portproxy add v4tov4 listenport=${port} listenaddress=0.0.0.0 connectport=443 connectaddress=127.0.0.1`,
    core('VT-C2-01'),
  );
  const rule = { listen: `0.0.0.0/${port}`, connect: '127.0.0.1/443' };
  portProxySet(session, netsh, hands.time + 100_000, rule, core('VT-C2-02'));
  cleanUp(hands, session, folder);
  hands.closeDesktop(session);
  hands.leave(tunnel);
}

export const secondComer: Scenario = {
  name: 'second-comer',
  twin: 'second-comer-quiet',
  kind: 'intrusion',
  state: 'open',
  summary: 'two intruders: one takes the directory, and months later another comes who has nothing of it',
  days: 75,
  site: { logs, pace: 0.6 },
  play(world) {
    first(world);
    second(world);
  },
};

export const secondComerQuiet: Scenario = {
  name: 'second-comer-quiet',
  twin: 'second-comer',
  kind: 'quiet',
  state: 'open',
  summary: 'a promotion from media, and later a hung program, a bundle and a port proxy of an administrator',
  days: 75,
  site: { logs, pace: 0.6, habits: { ifmBackup: true } },
  moving: { moves: 0.3, travels: 0.3, phone: 0.15 },
  play(world) {
    promoteFromMedia(world, 0.25);
    hungProgram(world, world.the('management'), working(world, 0.6, 'hung'), world.site.admins[1]!);
    supportBundle(world, world.the('management'), working(world, 0.62, 'bundle'));
    ticketedProxy(world, 0.7);
  },
};
