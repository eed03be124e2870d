/**
 * The organisation of a drill: its domain, hosts with roles, people and accounts, networks, the device at its edge, and
 * what is logged where. Everything that has a name gets it from `names`, everything that decides how the site works from
 * `random`, so that the same site can be called otherwise and still do the same.
 *
 * Hosts are called by names that carry the mark (`HWDRILL-DC1`), everywhere, as a real host is called the same
 * everywhere; seven characters of a NetBIOS name are left for the rest.
 */
import { DRILL_MARK } from '../../../read/events/index.ts';
import type { Random } from '../random.ts';
import { businesses, givenNames, homeMachinePrefixes, shareWords, surnames } from './words.ts';

export type Zone = 'it' | 'dmz' | 'ot';

export type Role =
  | 'dc'
  | 'file'
  | 'jump'
  | 'backup'
  | 'app'
  | 'management'
  | 'historian'
  | 'ot-jump'
  | 'hmi'
  | 'engineering'
  | 'workstation';

export type LogFormat = 'evtx' | 'ndjson';

/** What a host's logs hold. */
export type LogPlan = {
  /** False: nobody collects this host's logs. */
  readonly collected: boolean;
  readonly format: LogFormat;
  /** Security 4688: none, with program names alone, or with command lines. */
  readonly processes: 'none' | 'names' | 'lines';
  readonly sysmon: boolean;
  readonly scripts: boolean;
  /** Security 5140, and 5145 with every file. */
  readonly shares: 'none' | 'opened' | 'files';
  /** Auditing of access to single objects (4656, 4663). */
  readonly objects: boolean;
  /** Only these channels, where not all are collected. */
  readonly channels?: readonly string[];
};

export type Host = {
  /** `HWDRILL-DC1`. */
  readonly name: string;
  readonly fqdn: string;
  readonly address: string;
  readonly role: Role;
  readonly zone: Zone;
  /** `10.0.20348`. */
  readonly build: string;
  readonly logs: LogPlan;
};

export type AccountKind = 'staff' | 'admin' | 'helpdesk' | 'service' | 'vendor' | 'machine' | 'system';

export type Account = {
  readonly name: string;
  readonly domain: string;
  readonly sid: string;
  readonly kind: AccountKind;
  /** Gets 4672 when it logs on to a server. */
  readonly privileged: boolean;
};

export type Person = {
  readonly account: Account;
  /** The account for administration, where the person has one. */
  readonly admin: Account | null;
  readonly workstation: Host;
  /** Address of the connection at home, and the name of the machine there. */
  readonly home: { readonly address: string; readonly machine: string };
  /** Works over the VPN now and then. */
  readonly remote: boolean;
};

export type Edge = {
  readonly name: string;
  readonly serial: string;
  readonly inside: string;
  readonly outside: string;
  /** How its `eventtime` counts; it depends on the firmware. */
  readonly unit: 's' | 'ms' | 'us' | 'ns';
  /** True: lines come with a syslog priority in front. */
  readonly priority: boolean;
  readonly admin: string;
};

/** What is usual at the site and looks like an intruder's doing. */
export type Habits = {
  /** A scheduled task copies the directory database by install-from-media every week. */
  readonly ifmBackup: boolean;
  /** A nightly archive with a password. */
  readonly nightlyArchive: boolean;
  /** A weekly inventory with wmic from the management server. */
  readonly wmicInventory: boolean;
  /** A vulnerability scanner runs every Tuesday night. */
  readonly scanner: boolean;
  /** Somebody keeps a port proxy into a Linux guest. */
  readonly wslProxy: boolean;
  /** A script searches the Security log for logons every week. */
  readonly logonReport: boolean;
  /** A recovery script saves the hives of a server every month. */
  readonly hiveBackup: boolean;
  /** Helpdesk reaches into workstations with built-in tools. */
  readonly helpdeskTools: boolean;
  /** A vendor works on the plant's servers through the OT jump host. */
  readonly vendorSessions: boolean;
};

export type Site = {
  readonly domain: string;
  readonly netbios: string;
  readonly domainSid: string;
  readonly offset: number;
  readonly hosts: readonly Host[];
  readonly staff: readonly Person[];
  readonly admins: readonly Person[];
  readonly helpdesk: Person;
  readonly backup: Account;
  readonly scanner: Account;
  readonly inventory: Account;
  readonly tasks: Account;
  readonly vendor: Account;
  readonly edge: Edge;
  readonly share: string;
  readonly plantShare: string;
  /** First two numbers of all inside addresses. */
  readonly network: string;
  readonly habits: Habits;
  /** How busy it is: 1 = everything that happens; less in a drill of many months. */
  readonly pace: number;
};

export const systemAccount: Account = {
  name: 'SYSTEM',
  domain: 'NT AUTHORITY',
  sid: 'S-1-5-18',
  kind: 'system',
  privileged: true,
};

/** Documentation ranges: where everybody outside comes from. */
const outsideNetworks = ['192.0.2', '198.51.100', '203.0.113'] as const;

/** Addresses outside, each given once. */
export class Outside {
  readonly #random: Random;
  readonly #given = new Set<string>();

  constructor(random: Random) {
    this.#random = random;
  }

  address(): string {
    for (;;) {
      const address = `${this.#random.pick(outsideNetworks)}.${this.#random.whole(2, 253)}`;
      if (this.#given.has(address)) continue;
      this.#given.add(address);
      return address;
    }
  }
}

export function homeMachine(random: Random): string {
  return random.pick(homeMachinePrefixes) + random.letters(7, 'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789');
}

const roleWords: Readonly<Record<Role, readonly string[]>> = {
  dc: ['DC', 'ADC', 'AD'],
  file: ['FS', 'FILE', 'NAS'],
  jump: ['JMP', 'RDS', 'ADM'],
  backup: ['BKP', 'BAK', 'VBR'],
  app: ['APP', 'WEB', 'SQL'],
  management: ['MGT', 'MON', 'OPS'],
  historian: ['HIS', 'PI', 'HST'],
  'ot-jump': ['OTJ', 'PJMP', 'CTL'],
  hmi: ['HMI', 'SCA', 'OPC'],
  engineering: ['ENG', 'EWS', 'PRJ'],
  workstation: ['WS', 'PC', 'CL'],
};

const roles: readonly (readonly [role: Role, zone: Zone, network: number])[] = [
  ['dc', 'it', 10],
  ['dc', 'it', 10],
  ['file', 'it', 10],
  ['jump', 'it', 10],
  ['backup', 'it', 10],
  ['app', 'it', 10],
  ['management', 'it', 10],
  ['historian', 'dmz', 60],
  ['ot-jump', 'dmz', 60],
  ['hmi', 'ot', 70],
  ['engineering', 'ot', 70],
  ['workstation', 'it', 20],
  ['workstation', 'it', 20],
  ['workstation', 'it', 20],
  ['workstation', 'it', 20],
  ['workstation', 'it', 20],
  ['workstation', 'it', 20],
];

/** How a scenario wants the logs of a role; what it leaves out is drawn. */
export type LogWishes = Partial<Record<Role, Partial<LogPlan>>>;

export type SiteWishes = {
  readonly habits?: Partial<Habits>;
  readonly logs?: LogWishes;
  readonly pace?: number;
  /** Workstations beyond those that every site has. */
  readonly moreDesks?: number;
  /** How many people there are; ten where absent, at most 24. */
  readonly people?: number;
  /** How many domain controllers; two where absent. */
  readonly controllers?: 1 | 2;
  readonly formats: readonly LogFormat[];
};

function logPlan(role: Role, random: Random, formats: readonly LogFormat[]): LogPlan {
  const server = role !== 'workstation' && role !== 'engineering' && role !== 'hmi';
  const sysmon = random.chance(role === 'dc' || role === 'jump' ? 0.4 : 0.25);
  const lines = random.chance(0.75);
  const format = random.chance(0.25) ? 'ndjson' : 'evtx';
  const files = random.chance(0.5);
  const scripts = random.chance(0.6);
  const objects = random.chance(0.3);
  const kept = random.chance(role === 'workstation' ? 0.5 : 0.85);
  return {
    collected: role === 'dc' || role === 'file' || role === 'jump' || kept,
    format: formats.includes(format) ? format : formats[0]!,
    processes: lines ? 'lines' : 'names',
    sysmon,
    scripts,
    shares: server ? (role === 'file' || role === 'dc' || files ? 'files' : 'opened') : 'opened',
    objects: role === 'dc' && objects,
  };
}

function userNames(random: Random): (given: string, surname: string) => string {
  return random.pick([
    (given, surname) => `${given}.${surname}`,
    (given, surname) => `${given[0]!}${surname}`,
    (given, surname) => `${given[0]!}.${surname}`,
    (given, surname) => `${surname}${given[0]!}`,
  ]);
}

/** The site that these streams give. */
export function makeSite(random: Random, names: Random, outside: Outside, wishes: SiteWishes): Site {
  const business = names.pick(businesses);
  const domain = `${names.pick(['', 'corp.', 'ad.'])}${business}.${names.pick(['example', 'test'])}`;
  const netbios = business.split('-')[0]!.toUpperCase();
  const domainSid = `S-1-5-21-${names.whole(1e9, 2 ** 31)}-${names.whole(1e9, 2 ** 31)}-${names.whole(1e9, 2 ** 31)}`;
  const network = `10.${names.whole(1, 250)}`;
  const hosts = makeHosts(random, names, domain, network, wishes);
  let rid = names.whole(1104, 1180);
  const account = (name: string, kind: AccountKind): Account => {
    rid += names.whole(1, 9);
    const privileged = kind === 'admin' || kind === 'service' || kind === 'helpdesk';
    return { name, domain: netbios, sid: `${domainSid}-${rid}`, kind, privileged };
  };
  const userName = userNames(names);
  const adminName = names.pick<(name: string) => string>([
    name => `adm.${name}`,
    name => `${name}-adm`,
    name => `a-${name}`,
  ]);
  const service = names.pick<(name: string) => string>([
    name => `svc_${name}`,
    name => `svc-${name}`,
    name => `s.${name}`,
  ]);
  const given = names.some(givenNames, wishes.people ?? 10);
  const family = names.some(surnames, wishes.people ?? 10);
  const workstations = hosts.filter(({ role }) => role === 'workstation');
  const people = given.map((first, i): Person => {
    const name = userName(first, family[i]!);
    const isAdmin = i < 2;
    return {
      account: account(name, i === 2 ? 'helpdesk' : 'staff'),
      admin: isAdmin ? account(adminName(name), 'admin') : null,
      workstation: workstations[i % workstations.length]!,
      home: { address: outside.address(), machine: homeMachine(names) },
      remote: i < 2 || random.chance(0.55),
    };
  });
  const habit = (probability: number): boolean => random.chance(probability);
  return {
    domain,
    netbios,
    domainSid,
    offset: random.pick([-8, -5, 0, 1, 2, 8, 10, 12]),
    hosts,
    admins: people.slice(0, 2),
    helpdesk: people[2]!,
    staff: people.slice(3),
    backup: account(service('backup'), 'service'),
    scanner: account(service(names.pick(['vulnscan', 'scan', 'nessus'])), 'service'),
    inventory: account(service(names.pick(['inventory', 'assets', 'cmdb'])), 'service'),
    tasks: account(service(names.pick(['tasks', 'jobs', 'sched'])), 'service'),
    vendor: account(names.pick(['v-scada', 'ext.plant', 'vendor-ot', 'sup.controls']), 'vendor'),
    edge: {
      name: `${DRILL_MARK}${names.pick(['FGT1', 'FW01', 'EDGE1', 'VPN1'])}`,
      serial: `FGT${names.letters(2, 'ABCDEF')}${names.letters(10, '0123456789')}`,
      inside: `${network}.10.1`,
      outside: outside.address(),
      unit: random.pick(['s', 'ms', 'us', 'ns']),
      priority: random.chance(0.5),
      admin: names.pick(['fwadmin', 'netops', 'secadmin']),
    },
    share: names.pick(shareWords.slice(0, -1)),
    plantShare: names.pick(['Engineering', 'Plant', 'SCADA', 'Technical']),
    network,
    habits: {
      ifmBackup: habit(0.35),
      nightlyArchive: habit(0.4),
      wmicInventory: habit(0.5),
      scanner: habit(0.6),
      wslProxy: habit(0.35),
      logonReport: habit(0.3),
      hiveBackup: habit(0.25),
      helpdeskTools: habit(0.8),
      vendorSessions: habit(0.6),
      ...wishes.habits,
    },
    pace: wishes.pace ?? 1,
  };
}

function makeHosts(
  random: Random,
  names: Random,
  domain: string,
  network: string,
  wishes: SiteWishes,
): readonly Host[] {
  const words = new Map<Role, string>();
  const counts = new Map<Role, number>();
  const first = names.whole(11, 40);
  const pattern = names.pick<(word: string, n: number) => string>([
    (word, n) => `${word}${n}`,
    (word, n) => `${word}0${n}`,
    (word, n) => `${word}-${n}`,
  ]);
  const desks = Array.from({ length: wishes.moreDesks ?? 0 }, () => ['workstation', 'it', 20] as const);
  const kept = wishes.controllers === 1 ? roles.slice(1) : roles;
  return [...kept, ...desks].map(([role, zone, third], i): Host => {
    const word = words.get(role) ?? names.pick(roleWords[role]);
    words.set(role, word);
    const n = (counts.get(role) ?? 0) + 1;
    counts.set(role, n);
    const name = `${DRILL_MARK}${pattern(word, n)}`;
    const client = role === 'workstation' || role === 'engineering';
    return {
      name,
      fqdn: `${name}.${domain}`,
      address: `${network}.${third}.${first + i}`,
      role,
      zone,
      build: random.pick(client ? ['10.0.19045', '10.0.22631'] : ['10.0.17763', '10.0.20348']),
      logs: { ...logPlan(role, random, wishes.formats), ...wishes.logs?.[role] },
    };
  });
}
