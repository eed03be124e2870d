/**
 * The fictional site of the bundled sample: a water utility, its hosts and people. Names end in `.test` and
 * addresses lie in documentation ranges, so that none of it can be anybody's.
 */
export const domain = 'wairua-water.test';
export const netbios = 'WAIRUA';

export type Host = {
  readonly name: string;
  readonly fqdn: string;
  readonly address: string;
  readonly windowsBuild: string;
};

const host = (name: string, address: string, windowsBuild: string): Host => ({
  name,
  fqdn: `${name}.${domain}`,
  address,
  windowsBuild,
});

type HostName = 'dc' | 'jump' | 'files' | 'historian' | 'engineering' | 'collector';

export const hosts: Readonly<Record<HostName, Host>> = {
  dc: host('DC1', '192.0.2.10', '10.0.20348'),
  jump: host('JUMP1', '192.0.2.20', '10.0.20348'),
  files: host('FS1', '192.0.2.30', '10.0.17763'),
  historian: host('HIST1', '192.0.2.40', '10.0.17763'),
  engineering: host('ENG1', '192.0.2.50', '10.0.19045'),
  collector: host('WEC1', '192.0.2.60', '10.0.20348'),
};

export type Person = { readonly account: string; readonly sid: string };

const domainSid = 'S-1-5-21-1482476501-1645522239-839522115';
const person = (account: string, rid: number): Person => ({ account, sid: `${domainSid}-${rid}` });

type PersonName = 'operator' | 'engineer' | 'planner' | 'administrator' | 'backup';

export const people: Readonly<Record<PersonName, Person>> = {
  /** Whose password was stolen. */
  operator: person('m.tamihana', 1137),
  engineer: person('r.whitcombe', 1142),
  planner: person('a.faleolo', 1151),
  administrator: person('adm.hollis', 1109),
  backup: person('svc_backup', 1120),
};

export const system: Person = { account: 'SYSTEM', sid: 'S-1-5-18' };

/** Where the intruder came from: somebody's home router, then another. */
export const outside = { first: '203.0.113.45', later: '198.51.100.23' } as const;

/** Microseconds since 1970 of a UTC time such as `2026-10-06 02:11:07`. */
export function at(text: string): number {
  return Date.parse(`${text.replace(' ', 'T')}Z`) * 1000;
}
