/** The twin's doings, all of them the provider's: a restore test, a second domain controller, a call at night, a handover. */
import { readFiles, visit } from '../../acts/network.ts';
import { Prompt } from '../../acts/powershell.ts';
import { closeRemoteDesktop, openRemoteDesktop } from '../../acts/remote-desktop.ts';
import { copiedByIfm, shadowOf } from '../../acts/theft.ts';
import { closeTunnel, openTunnel } from '../../acts/vpn.ts';
import { accounts, esent } from '../../events/index.ts';
import type { Session } from '../../session.ts';
import { minute, second } from '../../time.ts';
import type { World } from '../../world/world.ts';
import { working } from '../lookalikes.ts';
import { comeIn, goRound, lockText, type Provider } from './small-council-provider.ts';

/** The yearly proof that the backup can be restored: the database is copied out of it and checked, on the backup server. */
export function restoreTested(world: World, provider: Provider, share: number): void {
  const machine = world.the('backup');
  const names = world.names.fork('restore test');
  const folder = `E:\\${names.pick(['RestoreTest', 'Restore', 'Recovery'])}`;
  const cause = world.recorder.cause(
    'lookalike',
    'the provider tests a restore: the directory database out of the backup is copied and checked',
    'the copy comes out of the backup and stays on the backup server; it is checked, not packed, and removed with the test',
    'VT-CA-03',
  );
  const time = working(world, share, 'council restore');
  const come = comeIn(world, provider, { to: machine, time, cause, desk: provider.desks[0]! });
  const { session } = come;
  let at = time + 5 * minute;
  const target = `-recoverytarget:${folder}`;
  session.run(
    at,
    'wbadmin.exe',
    `wbadmin  start recovery -itemtype:file -items:C:\\Windows\\NTDS ${target}`,
    {
      life: 9 * minute,
    },
  );
  at += 10 * minute;
  const [database, copy] = [`${folder}\\NTDS\\ntds.dit`, `${folder}\\check\\ntds.dit`];
  const taken = session.run(at, 'esentutl.exe', `esentutl  /y ${database} /d ${copy}`, { life: 2 * minute });
  session.file(at + 4 * second, taken, copy);
  at += 3 * minute;
  const tool = session.run(at, 'esentutl.exe', `esentutl  /g ${copy}`, { life: 5 * minute });
  const { attached, detached } = esent.directoryEngine;
  machine.write(attached(machine.host, at + 2 * second, tool.pid, copy), cause);
  machine.write(detached(machine.host, at + 70 * second, tool.pid, copy, 1), cause);
  at += 20 * minute;
  session.run(at, 'cmd.exe', `cmd  /c rd /s /q ${folder}`);
  come.leave(at + 2 * minute);
}

/** The only domain controller is old: media are made on it, and the backup server becomes one too. */
export function migration(world: World, provider: Provider, share: number): void {
  const [dc, next] = [world.the('dc'), world.the('backup')];
  const folder = world.names.fork('council media').pick(['C:\\IFM', 'C:\\Install\\ifm', 'C:\\Temp\\media']);
  const cause = world.recorder.cause(
    'lookalike',
    'the provider makes install media on the domain controller and promotes another server from them',
    'the media go to the server that is promoted with them the same evening, and are removed; no password, no other reader',
    'VT-CA-01',
  );
  const time = world.calendar.at(world.dayAt(share), 18.5);
  const come = comeIn(world, provider, { to: dc, time, cause, desk: provider.desks[1]! });
  const { session } = come;
  let at = goRound(session, time + 4 * minute, world.random.fork('before migration'), 3) + minute;
  const words = `ntdsutil  "activate instance ntds" ifm "create sysvol full ${folder}" quit quit`;
  const tool = session.run(at, 'ntdsutil.exe', words, { life: 2 * minute });
  copiedByIfm(session, tool, at + second, folder);
  at += 6 * minute;
  const inner = openRemoteDesktop(world, {
    from: session,
    to: next,
    account: provider.account,
    time: at,
    cause,
  });
  const fetched = `robocopy  \\\\${dc.host.name}\\c$\\${folder.slice(3)} D:\\ifm /E /Z`;
  inner.run(at + minute, 'Robocopy.exe', fetched, { life: 9 * minute });
  readFiles(world, {
    to: dc,
    account: provider.account,
    origin: world.originOf(next),
    time: at + minute + second,
    share: 'C$',
    files: ['Active Directory\\ntds.dit', 'registry\\SYSTEM', 'registry\\SECURITY'].map(
      file => `${folder.slice(3)}\\${file}`,
    ),
    cause,
  });
  const prompt = new Prompt(world, inner, at + 12 * minute);
  const { domain } = world.site;
  prompt.enter(
    at + 13 * minute,
    `Install-ADDSDomainController -DomainName ${domain} -InstallationMediaPath D:\\ifm -InstallDns`,
  );
  closeRemoteDesktop(inner, at + 40 * minute);
  session.run(at + 55 * minute, 'repadmin.exe', 'repadmin  /replsummary');
  session.run(at + 57 * minute, 'cmd.exe', `cmd  /c rd /s /q ${folder}`);
  come.leave(at + 60 * minute);
}

/** A technician is called at night, from home and with a new machine: users cannot log on. */
export function nightCall(world: World, provider: Provider, share: number): void {
  const dc = world.the('dc');
  const cause = world.recorder.cause(
    'lookalike',
    'a technician of the provider is called at night and looks at the domain controller from home',
    'a named technician on call; the database is checked where it lies, a shadow copy is made for the way back, nothing is copied out of it',
    'VT-IA-02',
  );
  const names = world.names.fork('night call');
  const desk = `${provider.desks[0]!.split('-')[0]!}-NB${names.whole(60, 90)}`;
  const time = world.calendar.at(world.dayAt(share), 22.4);
  const address = world.outside.address();
  const come = comeIn(world, provider, { to: dc, time, cause, desk, address });
  const { session } = come;
  let at = goRound(session, time + 3 * minute, world.random.fork('night call'), 4);
  const shadow = session.run(at, 'diskshadow.exe', 'diskshadow  /s C:\\Temp\\before.txt', { life: minute });
  shadowOf(world, session, shadow, at + second);
  at += 3 * minute;
  for (const words of [
    'esentutl  /mh C:\\Windows\\NTDS\\ntds.dit',
    'esentutl  /k P:\\Windows\\NTDS\\ntds.dit',
    'ntdsutil  "activate instance ntds" files info quit quit',
  ]) {
    session.run(at, `${words.split(' ')[0]!}.exe`, words, { life: 2 * minute });
    at += 3 * minute;
  }
  come.leave(at);
}

/** Weeks before the contract is renewed the documentation is made, locked with a password, and fetched later. */
export function handover(world: World, provider: Provider, made: number, fetched: number): void {
  const dc = world.the('dc');
  const names = world.names.fork('handover');
  const folder = `C:\\${names.pick(['Docs', 'Handover', 'Dokumentation'])}`;
  const password = names.letters(14, 'ABCDEFGHKLMNPQRSTabcdefghkmnpqrst23456789');
  const cause = world.recorder.cause(
    'lookalike',
    'the provider documents the domain, locks the package with a password and fetches it weeks later',
    'policies, zones and lists of groups, no credentials; the script belongs to the provider, and the files stay where they were',
    'VT-ST-01',
  );
  const time = working(world, made, 'handover');
  const come = comeIn(world, provider, { to: dc, time, cause, desk: provider.desks[2]! });
  const { session } = come;
  let at = time + 6 * minute;
  for (const [program, words] of [
    ['dnscmd.exe', 'dnscmd  . /enumzones'],
    ['ldifde.exe', `ldifde  -f ${folder}\\ou.txt -r "(objectClass=organizationalUnit)"`],
    ['netsh.exe', `netsh  dhcp server export ${folder}\\dhcp.txt all`],
    ['makecab.exe', `makecab  ${folder}\\domain.xml ${folder}\\domain.cab`],
  ] as const) {
    const tool = session.run(at, program, words, { life: minute });
    if (program === 'makecab.exe') session.file(at + second, tool, `${folder}\\domain.cab`);
    at += 2 * minute;
  }
  const script = 'C:\\Scripts\\Protect-Handover.ps1';
  const prompt = new Prompt(world, session, at, `powershell  -File ${script}`);
  prompt.enter(at + second, `Backup-GPO -All -Path ${folder}\\gpo`, undefined, script);
  const locked = `${folder}\\domain.bin`;
  prompt.enter(at + 20 * second, lockText(`${folder}\\domain.cab`, locked, password), undefined, script);
  session.file(at + 21 * second, prompt.process, locked);
  come.leave(at + 5 * minute);

  const later = Math.max(working(world, fetched, 'handover fetched'), at + 60 * minute);
  const { account, office, desks } = provider;
  const of = { user: account.name, address: office, machine: desks[2]!, time: later, cause };
  const tunnel = openTunnel(world, of);
  readFiles(world, {
    to: dc,
    account,
    origin: tunnel.inner,
    package: 'NTLM',
    time: later + 2 * minute,
    share: 'C$',
    files: [folder.slice(3), locked.slice(3)],
    cause,
  });
  closeTunnel(world, tunnel, later + 30 * minute, cause);
}

function setPasswords(world: World, session: Session, begin: number): number {
  const { admins, helpdesk, staff, tasks, backup } = world.site;
  const dc = session.machine;
  const people = [...staff, helpdesk, ...admins].flatMap(({ account, admin }) =>
    admin === null ? [account] : [account, admin],
  );
  let at = begin;
  for (const account of [...people, tasks, backup]) {
    dc.write(accounts.passwordChanged(dc.host, at, dc.lsass(at), session.subject, account), session.cause);
    at += world.random.whole(1, 5) * second;
  }
  return at;
}

/** A technician has left the provider: every password that he knew is set anew, and the jobs are tried with theirs. */
export function rotation(world: World, provider: Provider, share: number): void {
  const dc = world.the('dc');
  const app = world.the('app');
  const cause = world.recorder.cause(
    'lookalike',
    'a technician has left: the provider sets all passwords anew and tries a service account with its own',
    'announced, from the office of the provider, all accounts in one go; the service account is tried on the server where its jobs run',
    'VT-PE-01',
  );
  const time = world.calendar.at(world.dayAt(share), 18);
  const come = comeIn(world, provider, { to: dc, time, cause, desk: provider.desks[0]! });
  const prompt = new Prompt(world, come.session, time + 5 * minute);
  prompt.enter(
    time + 6 * minute,
    'Import-Csv C:\\Temp\\rotate.csv | ForEach-Object { Set-ADAccountPassword $_.Name -Reset -NewPassword (ConvertTo-SecureString $_.Next -AsPlainText -Force) }',
  );
  const done = setPasswords(world, come.session, time + 6 * minute + second);
  const { tasks } = world.site;
  const origin = come.tunnel.inner;
  const tried = openRemoteDesktop(world, {
    origin,
    to: app,
    account: tasks,
    package: 'NTLM',
    time: done + 5 * minute,
    cause,
  });
  tried.run(done + 7 * minute, 'whoami.exe', 'whoami  /all');
  tried.run(done + 8 * minute, 'schtasks.exe', 'schtasks  /run /tn \\Jobs\\export-meters');
  closeRemoteDesktop(tried, done + 12 * minute);
  const files = visit(world, {
    to: world.the('file'),
    account: tasks,
    origin,
    package: 'NTLM',
    time: done + 13 * minute,
    cause,
  });
  files.close(done + 14 * minute);
  come.leave(done + 16 * minute);
}
