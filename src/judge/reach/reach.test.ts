/** The OT line in each of its states, by the site file and by what logs show. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evidence, intrusion } from '../../../test/intrusions.ts';
import { advisory, factSource, type Told, World } from '../../../test/judging.ts';
import type { Site, Zone } from '../../know/site/index.ts';
import type { Evidence, Intrusion } from '../types.ts';
import type { Cell, Visibility } from '../visibility/index.ts';
import { inferRoles, stateReach } from './index.ts';
import type { LogKind, Reach, ReachInput } from './types.ts';

type Named = readonly [name: string, roles: readonly string[], zone: Zone | null];

function site(...hosts: Named[]): Site {
  return {
    hosts: hosts.map(([name, roles, zone]) => ({ name, roles, zone })),
    networks: [{ cidr: '10.70.0.0/16', zone: 'ot', roles: [] }],
    vendorAccounts: [],
    serviceAccounts: [],
    approvals: [],
  };
}

const plant = site(['hmi1', ['hmi'], 'ot'], ['his1', ['historian'], 'dmz'], ['fs1', ['file'], 'it']);
const security = (...hosts: string[]): LogKind[] =>
  hosts.map(host => ({ host, channel: 'Security', eventId: 4624 }));

function reach(over: Partial<ReachInput> = {}): Reach {
  const kinds = over.kinds ?? security('HMI1.example.test', 'HIS1.example.test', 'FS1.example.test');
  return stateReach({
    advisories: [advisory],
    intrusions: [],
    facts: factSource([]),
    hosts: kinds.map(({ host }) => host),
    kinds,
    site: plant,
    roles: new Map(),
    visibility: null,
    ...over,
  });
}

/** One piece of evidence of an event. */
function piece(told: Told, over: Partial<Evidence> = {}): Evidence {
  const fact = new World().fact(told);
  return evidence({ host: fact.host.toLowerCase(), micros: fact.micros, fact, ...over });
}

const at = '2026-10-08T01:52:13Z';
const told = (...pieces: Evidence[]): Intrusion => intrusion({ evidence: pieces });

describe('evidence', () => {
  it('on a host of the plant says where and since when', () => {
    const found = reach({ intrusions: [told(piece({ at, host: 'hmi1.example.test' }))] });
    expect(found.state).toBe('evidence');
    expect(found.said).toBe('Reached OT: evidence: on hmi1 since 2026-10-08');
    expect(found.evidence).toMatchObject([
      { intrusion: 'i1', evidence: { host: 'hmi1.example.test' }, host: 'hmi1.example.test' },
    ]);
    expect(found.reasons[0]).toMatch(/^2026-10-08 01:52:13 on hmi1\.example\.test by WAIRUA\\adm\.hollis: /);
    expect(found.first[0]).toMatch(/^Call the control room before anything else: hmi1\.example\.test is on/);
  });

  it.each<[string, Told, string]>([
    [
      'a session to it',
      { at, host: 'jump1', type: 'remote-session-out', target: 'HMI1' },
      'sessions to hmi1',
    ],
    [
      'credentials given to it',
      { at, host: 'jump1', type: 'explicit-credentials', target: 'TERMSRV/hmi1.example.test' },
      'sessions to hmi1',
    ],
    [
      'a process started there',
      { at, host: 'jump1', commandLine: 'wmic /node:"HIS1" process call create calc' },
      'sessions to his1',
    ],
    [
      'a session to an address of its network',
      { at, host: 'jump1', type: 'remote-session-out', target: '10.70.3.4' },
      'sessions to 10.70.3.4',
    ],
    [
      'a port proxy to it',
      {
        at,
        host: 'jump1',
        commandLine: 'netsh interface portproxy add v4tov4 listenport=9 connectport=1433 connectaddress=his1',
      },
      'a relay to his1',
    ],
    [
      'a port proxy to a port of controllers',
      {
        at,
        host: 'jump1',
        commandLine:
          'netsh interface portproxy add v4tov4 listenport=9 connectaddress=10.1.1.1 connectport=502',
      },
      'a relay to port 502 (Modbus)',
    ],
    [
      'a port proxy in the registry',
      {
        at,
        host: 'jump1',
        type: 'event',
        file: 'HKLM\\System\\CurrentControlSet\\Services\\PortProxy\\v4tov4\\tcp\\0.0.0.0/9',
        text: '10.70.0.9/20000',
      },
      'a relay to 10.70.0.9',
    ],
    [
      'a project read',
      { at, host: 'fs1', type: 'share-access', share: '\\\\*\\SCADA', file: 'PLC\\station-04.acd' },
      'project files read',
    ],
  ])('of the way to the plant: %s', (_, event, words) => {
    const found = reach({ intrusions: [told(piece(event))] });
    expect(found.said).toBe(`Reached OT: evidence of the way there: ${words} since 2026-10-08`);
  });

  it('is known by the address of a machine that asked for a ticket', () => {
    const world = new World();
    world.fact({ at, type: 'ticket', account: 'EXAMPLE\\HMI1$', sourceIp: '10.9.9.9' });
    world.fact({ at, type: 'ticket', account: 'EXAMPLE\\FS1$', sourceIp: '10.9.9.8' });
    world.fact({ at, type: 'ticket', account: 'EXAMPLE\\HIS1$', sourceIp: '10.9.9.8' });
    const out = (target: string): Intrusion =>
      told(piece({ at, host: 'jump1', type: 'remote-session-out', target }));
    const facts = factSource(world.facts);
    expect(reach({ facts, intrusions: [out('10.9.9.9')] }).said).toContain('sessions to hmi1');
    // Two machines had that address: it is nobody's.
    expect(reach({ facts, intrusions: [out('10.9.9.8')] }).state).toBe('nothing-found');
  });

  it('is no evidence where it is elsewhere, or a relay to another port', () => {
    const elsewhere = [
      piece({ at, host: 'fs1', type: 'share-access', file: 'Rosters\\October.xlsx' }),
      piece({ at, host: 'jump1', type: 'remote-session-out', target: 'FS1' }),
      piece({
        at,
        host: 'jump1',
        commandLine:
          'netsh interface portproxy add v4tov4 listenport=9 connectaddress=10.1.1.1 connectport=22',
      }),
    ];
    expect(reach({ intrusions: [told(...elsewhere)] }).state).toBe('nothing-found');
  });

  it('of leads alone is none, and is named', () => {
    const lead = intrusion({ verdict: 'lead', evidence: [piece({ at, host: 'his1.example.test' })] });
    const found = reach({ intrusions: [lead] });
    expect(found.said).toBe(
      'Reached OT: nothing found but weak evidence (his1), would have shown, on 2 plant hosts',
    );
    expect(found.evidence).toEqual([]);
    expect(found.reasons[0]).toMatch(/^1 piece of weak evidence bears on the plant \(his1\)/);
  });

  it('is said although other hosts could not be seen', () => {
    const found = reach({
      kinds: security('his1', 'fs1'),
      intrusions: [told(piece({ at, host: 'his1' }))],
    });
    expect(found.state).toBe('evidence');
    expect(found.reasons.join(' ')).toContain('No logs of hmi1');
  });
});

describe('nothing found', () => {
  it('is said where every host of the plant would have shown it', () => {
    const found = reach();
    expect(found.said).toBe('Reached OT: nothing found, would have shown, on 2 plant hosts');
    expect(found.first).toEqual([]);
    expect(found.hosts).toEqual([
      {
        host: 'his1.example.test',
        roles: ['historian'],
        because: 'the site file says so: zone dmz, role historian',
        isInferred: false,
        isLogged: true,
      },
      {
        host: 'hmi1.example.test',
        roles: ['hmi'],
        because: 'the site file says so: zone ot, role hmi',
        isInferred: false,
        isLogged: true,
      },
    ]);
  });

  it('is said of inferred hosts as what it is', () => {
    const world = new World();
    world.fact({ at, host: 'PC12', image: 'C:\\Program Files (x86)\\Wonderware\\InTouch\\view.exe' });
    const facts = factSource(world.facts);
    const kinds = security('PC12');
    const found = reach({ site: null, kinds, facts, roles: inferRoles(kinds, facts, ['PC12']) });
    expect(found.said).toBe(
      'Reached OT: nothing found, would have shown, on 1 plant host that the logs give away',
    );
    expect(found.hosts).toMatchObject([{ host: 'pc12', roles: ['hmi'], isInferred: true, isLogged: true }]);
    expect(found.reasons.join(' ')).toContain(
      "pc12 counts as the plant's because it runs Wonderware InTouch",
    );
    expect(found.reasons.join(' ')).toContain('other hosts of it may be missing');
  });
});

describe('could not see', () => {
  it('is said where no host of the plant is known', () => {
    expect(reach({ site: null }).said).toBe(
      'Reached OT: could not see: no plant host is known (name them in huntaway.yml)',
    );
  });

  it('is said where one of them has no logs', () => {
    const found = reach({ kinds: security('his1', 'fs1') });
    expect(found.said).toBe('Reached OT: could not see: 1 of 2 plant hosts has no logs: hmi1');
    expect(found.hosts.map(({ host, isLogged }) => [host, isLogged])).toEqual([
      ['his1', true],
      ['hmi1', false],
    ]);
    expect(found.first[0]).toContain("export the logs of hmi1 by the plant's own procedure");
  });

  it('counts a host that other logs speak of and a pattern of the site file fits', () => {
    const world = new World();
    world.fact({ at, type: 'ticket', target: 'HMI7$' });
    world.fact({ at, type: 'explicit-credentials', target: 'TERMSRV/hmi7.example.test' });
    world.fact({ at, type: 'logon', sourceHost: 'DESKTOP-1' });
    const found = reach({
      site: site(['hmi*', ['hmi'], 'ot']),
      kinds: security('HMI1.example.test'),
      facts: factSource(world.facts),
    });
    expect(found.hosts.map(({ host }) => host)).toEqual(['hmi1.example.test', 'hmi7']);
    expect(found.state).toBe('could-not-see');
  });

  it('is said where the jump host before the plant has no logs', () => {
    const named = site(['hmi1', ['hmi'], 'ot'], ['otj1', ['jump'], 'dmz'], ['jump1', ['jump'], 'it']);
    expect(reach({ site: named }).said).toBe('Reached OT: could not see: no logs of jump host otj1');
  });

  it('is said where its log tells nothing of people', () => {
    const kinds = [...security('his1'), { host: 'hmi1', channel: 'System', eventId: 6005 }];
    expect(reach({ kinds }).said).toBe('Reached OT: could not see: hmi1 holds no log that tells who came');
  });
});

describe('with visibility', () => {
  const whole = { from: 100, to: 130 };
  const cell = (host: string, over: Partial<Cell> = {}): Cell => ({
    behaviour: 'VT-LM-01',
    host,
    sight: 'would-have-shown',
    period: whole,
    isPartial: false,
    blinds: [],
    ...over,
  });
  const seen = (...cells: Cell[]): Visibility => ({
    span: whole,
    hosts: [],
    cells,
    blinds: [],
    fixes: [],
    counts: { found: 0, 'would-have-shown': 0, 'could-not-see': 0 },
    said: [],
  });
  const kinds = security('his1', 'hmi1');

  it('nothing found holds where somebody who came would have shown', () => {
    expect(reach({ kinds, visibility: seen(cell('his1'), cell('hmi1')) }).state).toBe('nothing-found');
  });

  it('a tenth of the days may be missing, and no more', () => {
    const until = (to: number): Cell => cell('hmi1', { period: { from: 100, to } });
    expect(reach({ kinds, visibility: seen(cell('his1'), until(127)) }).state).toBe('nothing-found');
    expect(reach({ kinds, visibility: seen(cell('his1'), until(126)) }).said).toBe(
      'Reached OT: could not see: hmi1 could not have shown it on 4 of 30 days',
    );
  });

  it('days are counted once, however many behaviours would have shown', () => {
    const half = { period: { from: 100, to: 115 } };
    const visibility = seen(
      cell('his1'),
      cell('hmi1', half),
      cell('hmi1', { ...half, behaviour: 'VT-LM-02' }),
    );
    expect(reach({ kinds, visibility }).said).toContain('on 15 of 30 days');
  });

  it('what shows no arrival does not count', () => {
    const visibility = seen(
      cell('his1'),
      cell('hmi1', { sight: 'could-not-see' }),
      cell('hmi1', { behaviour: 'VT-CA-03' }),
    );
    expect(reach({ kinds, visibility }).said).toBe(
      'Reached OT: could not see: hmi1 holds nothing that would have shown who came',
    );
  });
});

it('holds up whatever hosts and values are called', () => {
  const text = fc.string({ unit: 'binary', maxLength: 40 });
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), text, (hosts, value) => {
      const world = new World();
      for (const host of hosts) {
        world.fact({ at, host, image: `C:\\DeltaV\\${value}`, target: value, sourceHost: value });
        world.fact({ at, host, type: 'explicit-credentials', target: value, sourceIp: value });
      }
      const facts = factSource(world.facts);
      const pieces = world.facts.map(fact => evidence({ host: fact.host, fact }));
      const kinds = security(...hosts);
      const found = reach({
        kinds,
        facts,
        roles: inferRoles(kinds, facts, hosts),
        intrusions: [told(...pieces)],
      });
      // One line for people has no lines in it once it is printed; here it must only be bounded.
      expect(found.said.length).toBeLessThan(1000);
      expect(found.reasons.length).toBeLessThan(60);
    }),
    { numRuns: 50 },
  );
});
