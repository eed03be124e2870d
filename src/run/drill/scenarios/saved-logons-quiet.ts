/** The twin's doings: new laptops, a password manager for all, an export for another system, a review of names, a hotel. */
import { logOnAtDesk, openShare, touchFile, visit } from '../acts/network.ts';
import { closeRemoteDesktop, openRemoteDesktop } from '../acts/remote-desktop.ts';
import { runTask } from '../acts/scheduled.ts';
import { closeTunnel, openTunnel } from '../acts/vpn.ts';
import { scripts } from '../events/index.ts';
import type { Session } from '../session.ts';
import { minute, second } from '../time.ts';
import type { World } from '../world/world.ts';
import { atServer, working } from './lookalikes.ts';

const chrome = 'AppData\\Local\\Google\\Chrome\\User Data';

/** A department gets new laptops: the helpdesk carries everybody's profile over, browsers and all. */
export function newLaptops(world: World, share: number): void {
  const { helpdesk, staff } = world.site;
  const cause = world.recorder.cause(
    'lookalike',
    'a department gets new laptops, and the helpdesk copies people’s profiles over their admin shares',
    'the helpdesk account from its own workstation in working hours, person after person, whole profiles for the new machines, and nothing leaves the helpdesk',
    'VT-CA-07',
  );
  const machine = world.workstationOf(helpdesk);
  let time = working(world, share, 'laptops');
  const desk = logOnAtDesk(world, machine, helpdesk.account, time - 10 * minute, cause);
  for (const [i, person] of staff.slice(0, 4).entries()) {
    const to = world.workstationOf(person);
    if (to === machine) continue;
    const user = person.account.name;
    time += 12 * minute;
    const words = `cmd  /c dir /s \\\\${to.host.name}\\c$\\Users\\${user} > C:\\Migration\\${i}.txt`;
    desk.run(time, 'cmd.exe', words);
    const source = `\\\\${to.host.name}\\c$\\Users\\${user}`;
    const copy = desk.run(
      time + minute,
      'Robocopy.exe',
      `robocopy  ${source} E:\\Migration\\${i} /E /XJ /B /R:0`,
      {
        life: 6 * minute,
      },
    );
    const of = { to, account: helpdesk.account, origin: world.originOf(machine), time: time + second, cause };
    const read = visit(world, of);
    openShare(read, time + 1.4 * second, 'C$');
    touchFile(read, time + 2 * second, { share: 'C$', file: `Users\\${user}` });
    const files = [
      'Documents\\todo.txt',
      `${chrome}\\Local State`,
      `${chrome}\\Default\\Login Data`,
      `${chrome}\\Default\\Bookmarks`,
      'AppData\\Roaming\\Microsoft\\Protect\\CREDHIST',
      '.ssh\\known_hosts',
    ];
    for (const [n, file] of files.entries()) {
      const at = time + minute + (n + 1) * 3 * second;
      touchFile(read, at, { share: 'C$', file: `Users\\${user}\\${file}` });
      desk.file(at + 100_000, copy, `E:\\Migration\\${i}\\${file}`);
    }
    read.close(time + 9 * minute);
  }
  const seven = 'C:\\Program Files\\7-Zip\\7z.exe';
  const archive = 'E:\\Migration\\done.7z';
  const packed = desk.run(time + 20 * minute, seven, `"${seven}" a ${archive} E:\\Migration\\*`, {
    builtAs: '7z.exe',
  });
  desk.file(time + 20 * minute + second, packed, archive);
  desk.close(time + 60 * minute);
}

/** Everybody's browser gives its passwords to a manager: a script at logon asks each profile what it holds. */
export function managerIntroduced(world: World, share: number): void {
  const cause = world.recorder.cause(
    'lookalike',
    'a password manager is introduced, and a logon script looks for passwords that browsers and Windows keep',
    'the same script from the domain’s scripts on every workstation in one week, under the people themselves',
    'VT-CA-07',
  );
  for (const [i, person] of [...world.site.staff, ...world.site.admins].entries()) {
    const machine = world.workstationOf(person);
    const dayNumber = world.calendar.workday(world.dayAt(share) + (i % 4));
    const time = world.calendar.at(dayNumber, 8 + world.random.fork(`manager ${i}`).next() * 2);
    const session = logOnAtDesk(world, machine, person.account, time, cause);
    const script = `\\\\${world.site.domain}\\SYSVOL\\${world.site.domain}\\scripts\\vault.cmd`;
    const shell = session.run(time + 9 * second, 'cmd.exe', `C:\\Windows\\system32\\cmd.exe /c "${script}"`);
    const home = `C:\\Users\\${person.account.name}`;
    const asked = [
      ['cmdkey.exe', 'cmdkey  /list'],
      ['cmd.exe', `cmd  /c if exist "${home}\\${chrome}\\Default\\Login Data" echo chrome`],
      ['cmd.exe', `cmd  /c dir /b "${home}\\AppData\\Roaming\\Mozilla\\Firefox\\Profiles"`],
      ['reg.exe', 'reg  query hkcu\\software\\simontatham\\putty\\sessions'],
    ] as const;
    for (const [n, [program, words]] of asked.entries()) {
      session.run(time + (10 + n) * second, program, words, { parent: shell });
    }
    const text = `Start-Process "C:\\Program Files\\Vault\\vault.exe" -ArgumentList "--import chrome"`;
    const id = world.random.guid().slice(1, -1).toLowerCase();
    machine.write(
      scripts.scriptBlock(
        machine.host,
        time + 20 * second,
        person.account,
        shell.pid + 400,
        text,
        id,
        script,
      ),
      cause,
    );
    session.close(time + 20 * minute);
  }
}

/** An administrator takes the own settings along to a new workstation. */
export function adminMovesIn(world: World, share: number): void {
  const cause = world.recorder.cause(
    'lookalike',
    'an administrator exports the own PuTTY sessions and keys for a new workstation',
    'the own settings, at the own desk, in working hours',
    'VT-CA-07',
  );
  const person = world.site.admins[1]!;
  const machine = world.workstationOf(person);
  const time = working(world, share, 'settings');
  const session = logOnAtDesk(world, machine, person.account, time - minute, cause);
  const home = `C:\\Users\\${person.account.name}`;
  session.run(time, 'reg.exe', `reg  export HKCU\\Software\\SimonTatham\\PuTTY ${home}\\putty.reg`);
  session.run(time + 40 * second, 'cmd.exe', `cmd  /c copy ${home}\\.ssh\\known_hosts H:\\settings\\`);
  const text = `Compress-Archive -Path ${home}\\putty.reg,${home}\\.ssh -DestinationPath C:\\Users\\Public\\settings.zip`;
  const shell = session.run(
    time + 2 * minute,
    'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
    `powershell  -c "${text}"`,
  );
  session.file(time + 2 * minute + second, shell, 'C:\\Users\\Public\\settings.zip');
  session.close(time + 30 * minute);
}

/** The directory goes to the personnel system as text, every week. */
export function directoryFeed(world: World): void {
  const random = world.random.fork('directory feed');
  const cause = world.recorder.cause(
    'lookalike',
    'the directory is exported as text for the personnel system every week',
    'a scheduled task under the same service account at the same hour, to the same file, fetched by the same host',
    'VT-DI-06',
  );
  const { tasks, backup } = world.site;
  const dc = world.the('dc', 1);
  for (const dayNumber of world.days()) {
    if (world.calendar.weekday(dayNumber) !== 1) continue;
    const time = world.calendar.at(dayNumber, 5) + random.whole(1, 9) * second;
    const file = 'D:\\Feeds\\people.ldf';
    const task = {
      name: '\\Feeds\\People',
      runsAs: tasks,
      command: 'C:\\Windows\\System32\\ldifde.exe',
      arguments: `-f ${file} -d "${world.site.domain
        .split('.')
        .map(each => `DC=${each}`)
        .join(',')}" -p subtree -r "(objectClass=user)" -l cn,mail,telephoneNumber`,
      time,
    };
    const { session, process } = runTask(world, dc, task, { cause });
    session.file(time + second, process, file);
    session.run(time + minute, 'makecab.exe', `makecab  ${file} D:\\Feeds\\people.cab`, { parent: process });
    const origin = world.originOf(world.the('app'));
    const read = visit(world, { to: dc, account: backup, origin, time: time + 10 * minute, cause });
    openShare(read, time + 10 * minute + second, 'D$');
    touchFile(read, time + 10 * minute + 2 * second, { share: 'D$', file: 'Feeds\\people.cab' });
    read.close(time + 11 * minute);
  }
}

/** Names and zones are reviewed before a merger, and the list goes into a file. */
export function zonesReviewed(world: World, share: number): void {
  const cause = world.recorder.cause(
    'lookalike',
    'zones and names are listed for a merger, and the logons of a service account that is to go',
    'a named administrator in working hours from the own desk; the list holds names and stays on the host',
    'VT-DI-05',
  );
  const person = world.site.admins[1]!;
  atServer(
    world,
    { person, to: world.the('dc'), time: working(world, share, 'zones'), cause },
    (session, at) => {
      const account = world.site.scanner.name;
      const asked = [
        ['dnscmd.exe', 'dnscmd  . /enumzones'],
        ['dnscmd.exe', `dnscmd  . /enumrecords ${world.site.domain} @`],
        ['ldifde.exe', 'ldifde  -f C:\\Temp\\ou.ldf -r "(objectClass=organizationalUnit)" -p subtree'],
        ['wevtutil.exe', `wevtutil  qe security /c:50 /rd:true /f:text /q:*[EventData[Data='${account}']]`],
        ['nltest.exe', 'nltest  /domain_trusts'],
      ] as const;
      for (const [i, [program, words]] of asked.entries()) session.run(at + i * 50 * second, program, words);
      return at + 6 * minute;
    },
  );
}

/** An administrator on holiday is called at night, and works from the hotel as from home. */
export function fromHotel(
  world: World,
  address: string,
  time: number,
): { readonly session: Session; leave(end: number): void } {
  const cause = world.recorder.cause(
    'lookalike',
    'an administrator on holiday is called at night and works from a hotel',
    'the same person, machine and way through the jump host as from home; nothing is copied',
    'VT-IA-02',
  );
  const person = world.site.admins[0]!;
  const of = { user: person.account.name, address, machine: person.home.machine, time, cause };
  const tunnel = openTunnel(world, of);
  const to = { account: person.admin!, cause };
  const jump = openRemoteDesktop(world, {
    ...to,
    origin: tunnel.inner,
    to: world.the('jump'),
    time: time + minute,
  });
  const session = openRemoteDesktop(world, {
    ...to,
    from: jump,
    to: world.the('dc'),
    time: time + 3 * minute,
  });
  return {
    session,
    leave(end) {
      closeRemoteDesktop(session, end);
      closeRemoteDesktop(jump, end + minute);
      closeTunnel(world, tunnel, end + 2 * minute, cause);
    },
  };
}
