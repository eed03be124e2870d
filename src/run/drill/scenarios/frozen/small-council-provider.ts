/** Who looks after the small site from outside: one account, one office, a few technicians, and what they do every week. */
import { closeRemoteDesktop, openRemoteDesktop, type RemoteDesktop } from '../../acts/remote-desktop.ts';
import { shadowOf } from '../../acts/theft.ts';
import { closeTunnel, openTunnel, type Tunnel } from '../../acts/vpn.ts';
import type { Machine } from '../../machine.ts';
import type { Random } from '../../random.ts';
import type { Cause, Note } from '../../record.ts';
import { Session } from '../../session.ts';
import { minute, second } from '../../time.ts';
import type { Account } from '../../world/site.ts';
import type { World } from '../../world/world.ts';

export type Provider = {
  /** All technicians use this one. */
  readonly account: Account;
  /** The provider's network, as the edge device sees it. */
  readonly office: string;
  /** What the technicians' machines are called. */
  readonly desks: readonly string[];
};

/** Call once a drill: it draws an address. */
export function providerOf(world: World): Provider {
  const names = world.names.fork('provider');
  const { netbios, domainSid } = world.site;
  const word = names.pick(['itcare', 'netserv', 'bluedesk', 'compucare', 'techhub']);
  return {
    account: {
      name: names.pick([`msp-${word}`, `${word}.admin`, `ext_${word}`]),
      domain: netbios,
      sid: `${domainSid}-${names.whole(3100, 3900)}`,
      kind: 'admin',
      privileged: true,
    },
    office: world.outside.address(),
    desks: [11, 14, 23].map(n => `${word.toUpperCase().slice(0, 8)}-NB${n + names.whole(0, 2)}`),
  };
}

export type ProviderVisit = {
  readonly to: Machine;
  readonly time: number;
  readonly cause: Cause | null;
  readonly desk: string;
  /** The office where absent. */
  readonly address?: string;
  readonly account?: Account;
  readonly note?: Note;
};

/** In over the VPN, and a desktop on a server; the password is checked by NTLM, for the caller's machine is no member. */
export function comeIn(
  world: World,
  provider: Provider,
  of: ProviderVisit,
): { readonly tunnel: Tunnel; readonly session: Session; leave(time: number): void } {
  const { to, time, cause, desk, account = provider.account, address = provider.office } = of;
  const user = provider.account.name;
  const noted = of.note === undefined ? {} : { note: of.note };
  const tunnel = openTunnel(world, { user, address, machine: desk, time, cause, ...noted });
  const desktop: RemoteDesktop = {
    origin: tunnel.inner,
    to,
    account,
    time: time + 2 * minute,
    package: 'NTLM',
    cause,
  };
  const session = openRemoteDesktop(world, { ...desktop, ...noted });
  return {
    tunnel,
    session,
    leave(end) {
      closeRemoteDesktop(session, end);
      closeTunnel(world, tunnel, end + minute, cause);
    },
  };
}

const rounds: readonly (readonly [program: string, commandLine: string])[] = [
  ['dcdiag.exe', 'dcdiag  /q'],
  ['repadmin.exe', 'repadmin  /replsummary'],
  ['systeminfo.exe', 'systeminfo'],
  ['ipconfig.exe', 'ipconfig  /all'],
  ['net.exe', 'net  group "Domain Admins" /domain'],
  ['C:\\Windows\\System32\\wbem\\WMIC.exe', 'wmic  qfe list brief'],
  ['C:\\Windows\\System32\\wbem\\WMIC.exe', 'wmic  path win32_logicaldisk get caption,freespace,size'],
  ['vssadmin.exe', 'vssadmin  list shadows'],
  ['tasklist.exe', 'tasklist  /v'],
  ['wevtutil.exe', 'wevtutil  qe System /c:40 /rd:true /f:text'],
  ['wbadmin.exe', 'wbadmin  get versions'],
];

/** Types a few commands of the weekly round, and says when that was done. */
export function goRound(session: Session, begin: number, random: Random, count: number): number {
  let time = begin;
  for (const [program, words] of random.some(rounds, count)) {
    session.run(time, program, words, { life: minute });
    time += random.whole(20, 300) * second;
  }
  return time;
}

/** Once or twice a week somebody of the provider looks at the servers, by day or in the evening. */
export function weeklyRounds(world: World, provider: Provider): void {
  const random = world.random.fork('provider rounds');
  const cause = world.recorder.cause(
    'lookalike',
    'the provider that looks after the servers comes in over the VPN every week',
    'one account from the address and machines of the provider, straight to the servers, all the time the logs cover; nothing is copied',
    'VT-IA-02',
  );
  for (const dayNumber of world.days()) {
    if (!world.calendar.isWorkday(dayNumber) || !random.chance(0.3)) continue;
    const hours = random.chance(0.5) ? random.about(11, 2) : random.about(19, 1.5);
    const time = world.calendar.at(dayNumber, hours);
    const to = world.the(random.pick(['dc', 'dc', 'file', 'app', 'backup'] as const));
    const visit = comeIn(world, provider, { to, time, cause, desk: random.pick(provider.desks) });
    visit.leave(goRound(visit.session, time + 4 * minute, random, random.whole(2, 5)) + minute);
  }
}

/** A task on the domain controller mirrors SYSVOL out of a shadow copy every Saturday. */
export function sysvolMirror(world: World): void {
  const random = world.random.fork('sysvol mirror');
  const dc = world.the('dc');
  const cause = world.recorder.cause(
    'lookalike',
    'a task mirrors SYSVOL out of a shadow copy every week',
    'same account, script and hour every week, started by the scheduler; SYSVOL alone goes to the backup server',
    'VT-CA-02',
  );
  for (const dayNumber of world.days()) {
    if (world.calendar.weekday(dayNumber) !== 6) continue;
    const time = world.calendar.at(dayNumber, 4.5) + random.whole(1, 9) * second;
    const session = new Session({ machine: dc, account: world.site.tasks, type: 4, time, cause });
    const shell = session.run(
      time + 300_000,
      'cmd.exe',
      'C:\\Windows\\SYSTEM32\\cmd.exe /c "C:\\Scripts\\sysvol.cmd"',
      { by: 'task', life: 10 * minute },
    );
    const run = (at: number, program: string, words: string) =>
      session.run(time + at * second, program, words, { parent: shell, life: 2 * minute });
    const shadow = run(1, 'diskshadow.exe', 'diskshadow  /s C:\\Scripts\\sysvol.dsh');
    shadowOf(world, session, shadow, time + 2 * second);
    const target = `\\\\${world.the('backup').host.name}\\dcsysvol$`;
    run(30, 'Robocopy.exe', `robocopy  P:\\Windows\\SYSVOL ${target} /MIR /B /R:1`);
    run(170, 'diskshadow.exe', 'diskshadow  /s C:\\Scripts\\sysvol-end.dsh');
    session.close(time + 5 * minute);
  }
}

/** What PowerShell is given to lock a file with a password by the means of .NET. */
export function lockText(from: string, to: string, password: string): string {
  return [
    `$k = New-Object Security.Cryptography.Rfc2898DeriveBytes('${password}', [Text.Encoding]::UTF8.GetBytes('${password}0000'), 20000)`,
    '$a = [Security.Cryptography.Aes]::Create(); $a.Key = $k.GetBytes(32); $a.IV = $k.GetBytes(16)',
    `$b = [IO.File]::ReadAllBytes('${from}')`,
    `[IO.File]::WriteAllBytes('${to}', $a.CreateEncryptor().TransformFinalBlock($b, 0, $b.Length))`,
  ].join('; ');
}
