/** A foothold behind a port proxy, searches for the logons of chosen people, and then logons that come from the foothold. */
import { core, dumpMemory, Hands, machinesOf, pack, survey, weak } from '../acts/intruder.ts';
import { openRemoteDesktop } from '../acts/remote-desktop.ts';
import { portProxySet } from '../acts/theft.ts';
import { day, second } from '../time.ts';
import { networkTrace, ticketedProxy, working } from './lookalikes.ts';
import type { Scenario } from './scenario.ts';

const logs = {
  management: { collected: true, processes: 'lines', scripts: true, sysmon: true },
  dc: { processes: 'lines', scripts: true },
} as const;

export const proxySearches: Scenario = {
  name: 'proxy-searches',
  twin: 'proxy-searches-quiet',
  kind: 'intrusion',
  state: 'open',
  summary: '',
  days: 35,
  site: { logs },
  play(world) {
    const { jump } = machinesOf(world);
    const server = world.the('management');
    const person = world.site.admins[1]!;
    const admin = person.admin!;
    const wanted = world.site.tasks;
    const hands = new Hands(
      world,
      'proxy',
      'an intruder held a server behind a port proxy, searched for the logons of an account and used it',
      world.calendar.at(world.dayAt(0.35), 1 + world.random.next() * 21),
    );
    const tunnel = hands.enter(person.account.name, world.outside.address());
    const session = hands.desktop({
      origin: tunnel.inner,
      to: server,
      account: admin,
      note: weak('VT-LM-04'),
    });
    survey(hands, session, 3);
    hands.type(session, 'curl.exe', 'curl  www.ip-api.com', weak('VT-DI-09'));
    hands.type(session, 'reg.exe', 'reg  query hklm\\software\\OpenSSH\\Agent', weak('VT-CA-07'));
    hands.type(session, 'reg.exe', 'reg  query hklm\\software\\realvnc\\vncserver', weak('VT-CA-07'));
    const port = hands.random.whole(9000, 9999);
    const netsh = hands.type(
      session,
      'netsh.exe',
      `netsh  interface portproxy add v4tov4 listenaddress=0.0.0.0 listenport=${port} connectaddress=${jump.host.address} connectport=3389 protocol=tcp`,
      core('VT-C2-01'),
    );
    const rule = { listen: `0.0.0.0/${port}`, connect: `${jump.host.address}/3389` };
    portProxySet(session, netsh, hands.time + 80_000, rule, core('VT-C2-02'));
    hands.type(
      session,
      'wevtutil.exe',
      `wevtutil  qe security /rd:true /f:text /q:*[System[(EventID=4624)]] /c:400`,
      core('VT-DI-10'),
    );
    hands.script(
      session,
      `Get-EventLog security -instanceid 4624 | Where-Object {$_.Message -match '${wanted.name}'} | Select-Object -Property * | Out-File C:\\Users\\Public\\Documents\\user.dat`,
      core('VT-DI-10'),
    );
    dumpMemory(hands, session, `${hands.things.folder}.dmp`);
    pack(hands, session, hands.things.folder);
    hands.closeDesktop(session);
    hands.leave(tunnel);
    // Days later, over the proxy: the jump host sees the foothold's address.
    for (let i = 0; i < 2; i++) {
      hands.time = Math.min(hands.time + hands.random.whole(3, 6) * day, world.calendar.end - day);
      const inner = openRemoteDesktop(world, {
        origin: world.originOf(server),
        to: jump,
        account: wanted,
        time: hands.time,
        cause: hands.cause,
        note: core('VT-PE-01'),
      });
      hands.time += 30 * second;
      survey(hands, inner, 2);
      hands.closeDesktop(inner);
    }
  },
};

export const proxySearchesQuiet: Scenario = {
  name: 'proxy-searches-quiet',
  twin: 'proxy-searches',
  kind: 'quiet',
  state: 'open',
  summary: '',
  days: 35,
  site: {
    logs: { ...logs, workstation: { collected: true, processes: 'lines' } },
    habits: { wslProxy: true, logonReport: true, helpdeskTools: true },
  },
  play(world) {
    ticketedProxy(world, 0.4);
    networkTrace(world, world.the('management'), working(world, 0.5, 'trace'));
    networkTrace(world, world.the('jump'), working(world, 0.7, 'trace 2'));
  },
};
