/** The device at the edge itself: somebody logs on to it from outside, makes an account, and comes in with another. */
import { core, Hands, machinesOf, pack, surveyDomain, weak } from '../acts/intruder.ts';
import { readFiles } from '../acts/network.ts';
import { copiedFromShadow } from '../acts/theft.ts';
import { edgeChange, edgeLogon } from '../acts/vpn.ts';
import { WmiShell } from '../acts/wmi.ts';
import { minute, second } from '../time.ts';
import { promoteFromMedia } from './lookalikes.ts';
import type { Scenario } from './scenario.ts';

const logs = { dc: { processes: 'lines', shares: 'files' } } as const;

export const edgeDevice: Scenario = {
  name: 'edge-device',
  twin: 'edge-device-quiet',
  kind: 'intrusion',
  state: 'open',
  summary: '',
  days: 30,
  site: { logs },
  play(world) {
    const { dc, jump } = machinesOf(world);
    const { edge, tasks } = world.site;
    const hands = new Hands(
      world,
      'edge',
      'somebody took the device at the edge, and with an account that it knew the directory',
      world.calendar.at(world.dayAt(0.45), 1 + world.random.next() * 21),
    );
    const address = world.outside.address();
    const made = world.names.fork('made').pick(['support2', 'fortigate-tech', 'svc_fgt', 'localadm']);
    const common = { address, cause: hands.cause };
    edgeLogon(world, {
      ...common,
      user: edge.admin,
      time: hands.time,
      down: hands.time + 22 * minute,
      note: core('VT-IA-01'),
    });
    edgeChange(world, {
      ...common,
      user: edge.admin,
      time: hands.pause(60, 200),
      action: 'Add',
      path: 'system.admin',
      object: made,
      attributes: 'accprofile[super_admin]vdom[root]password[*]',
      note: core('VT-IA-01'),
    });
    edgeChange(world, {
      ...common,
      user: edge.admin,
      time: hands.pause(60, 200),
      action: 'Edit',
      path: 'user.group',
      object: 'VPN-Users',
      attributes: `member[${tasks.name}]`,
      note: core('VT-IA-01'),
    });
    hands.pause(25 * 60, 40 * 3600);
    const tunnel = hands.enter(tasks.name, world.outside.address());
    const { folder, archive } = hands.things;
    const shell = new WmiShell(world, {
      to: dc,
      account: tasks,
      origin: tunnel.inner,
      time: hands.time,
      cause: hands.cause,
    });
    shell.run(hands.pause(20, 90), 'net group "Domain Admins" /dom', {
      program: 'net.exe',
      note: weak('VT-LM-02'),
    });
    shell.run(hands.pause(20, 90), `echo expose %s% z: > ${folder}.txt`, { note: weak('VT-LM-02') });
    shell.run(hands.pause(20, 90), `diskshadow /s ${folder}.txt`, {
      program: 'diskshadow.exe',
      note: core('VT-CA-02'),
    });
    const copied = shell.run(hands.pause(20, 90), `copy z:\\Windows\\NTDS\\ntds.dit ${folder}\\a.dat`, {
      note: core('VT-CA-02'),
    });
    copiedFromShadow(shell.session, copied, hands.time + 9 * second, `${folder}\\a.dat`, weak('VT-CA-02'));
    shell.run(hands.pause(20, 90), `reg save hklm\\system ${folder}\\b.dat`, {
      program: 'reg.exe',
      note: core('VT-CA-04'),
    });
    shell.close(hands.pause(60, 300));
    const session = hands.desktop({ origin: tunnel.inner, to: jump, account: tasks, note: core('VT-PE-01') });
    surveyDomain(hands, session);
    const away = `\\\\${dc.host.name}\\c$\\${folder.slice(3)}`;
    pack(hands, session, away);
    readFiles(world, {
      to: dc,
      account: tasks,
      origin: world.originOf(jump),
      time: hands.time,
      share: 'C$',
      files: ['a.dat', 'b.dat'].map(file => ({
        file: `${folder.slice(3)}\\${file}`,
        note: core('VT-ST-06'),
      })),
      cause: hands.cause,
    });
    readFiles(world, {
      to: jump,
      account: tasks,
      origin: tunnel.inner,
      time: hands.pause(60, 300),
      share: 'C$',
      files: [{ file: archive.slice(3), note: core('VT-ST-06') }],
      cause: hands.cause,
    });
    hands.pause(120, 600);
    hands.closeDesktop(session);
    hands.leave(tunnel);
  },
};

export const edgeDeviceQuiet: Scenario = {
  name: 'edge-device-quiet',
  twin: 'edge-device',
  kind: 'quiet',
  state: 'open',
  summary: '',
  days: 30,
  site: { logs, habits: { ifmBackup: true, scanner: true, vendorSessions: true } },
  moving: { moves: 0.3, travels: 0.3, phone: 0.15 },
  play(world) {
    const { edge } = world.site;
    const address = world.outside.address();
    const cause = world.recorder.cause(
      'lookalike',
      'the partner who looks after the edge device upgrades it, and adds an account for a new colleague',
      'always the same address, in an announced window; nothing comes in with the new account but its owner, later',
      'VT-IA-01',
    );
    for (const [i, share] of [0.15, 0.4, 0.7].entries()) {
      const time = world.calendar.at(world.dayAt(share), 21.5);
      const common = { user: edge.admin, address, cause };
      edgeLogon(world, { ...common, time, down: time + 50 * minute });
      edgeChange(world, {
        ...common,
        time: time + 9 * minute,
        action: 'Edit',
        path: 'vpn.ssl.settings',
        object: '',
        attributes: 'tls-min-version[tls1-1->tls1-2]',
      });
      if (i === 1) {
        edgeChange(world, {
          ...common,
          time: time + 14 * minute,
          action: 'Add',
          path: 'system.admin',
          object: 'partner-j2',
          attributes: 'accprofile[prof_admin]vdom[root]password[*]',
        });
      }
    }
    promoteFromMedia(world, 0.6);
  },
};
