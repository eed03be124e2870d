/** What must not matter: the order of the input, and what hosts, accounts, folders and tools are called. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judged } from '../../../test/judged.ts';
import { behaviours, factSource, World } from '../../../test/judging.ts';
import type { Fact } from '../../read/entities/index.ts';
import type { Intrusion } from '../types.ts';

type Cast = {
  readonly [role in
    | 'dc'
    | 'jump'
    | 'firewall'
    | 'domain'
    | 'admin'
    | 'service'
    | 'folder'
    | 'tool'
    | 'archiver']: string;
};

const usual: Cast = {
  dc: 'dc1.example.test',
  jump: 'jump1.example.test',
  firewall: 'fw1',
  domain: 'EXAMPLE',
  admin: 'adm.hollis',
  service: 'svc_backup',
  folder: 'c:\\windows\\temp\\pro',
  tool: 'ntdsutil',
  archiver: '7z',
};

/** A whole intrusion: over the tunnel to a jump host, from there to a domain controller, theft, archive, and back again. */
function wholeStory({ dc, jump, firewall, domain, admin, service, folder, tool, archiver }: Cast): World {
  const { survey, lsass, wmic, ntds, esent, archive, cleaned } = behaviours;
  const world = new World();
  const [short] = jump.split('.');
  for (let i = 0; i < 140; i++) {
    const at = new Date(Date.UTC(2026, 5, 1 + i, 8)).toISOString();
    world.fact({
      at,
      host: dc,
      type: 'logon',
      logonType: 3,
      logonId: 90_000 + i,
      account: `${domain}\\${service}`,
      sourceIp: '10.0.0.7',
      sourceHost: short!,
    });
  }
  world.fact({
    at: '2026-10-08T01:00:00Z',
    host: firewall,
    type: 'tunnel',
    action: 'up',
    account: admin,
    sourceIp: '203.0.113.9',
    target: '10.9.0.5',
  });
  const op = { host: jump, account: `${domain}\\${admin}`, logonId: 0x77 };
  world.fact({ ...op, at: '2026-10-08T01:10:00Z', type: 'logon', logonType: 10, sourceIp: '10.9.0.5' });
  world.find(survey, { ...op, at: '2026-10-08T01:12:00Z', pid: 500, commandLine: 'whoami' });
  world.find(lsass, {
    ...op,
    at: '2026-10-08T01:13:00Z',
    pid: 501,
    commandLine: `x.exe 640 ${folder}\\v.dmp full`,
  });
  world.find(wmic, {
    ...op,
    at: '2026-10-08T01:52:13Z',
    pid: 502,
    commandLine: `wmic /node:${dc} process call create "${tool} \\"create full ${folder}\\""`,
  });
  const there = { host: dc, account: `${domain}\\${admin}`, logonId: 0x551686 };
  world.fact({ ...there, at: '2026-10-08T01:52:14Z', type: 'logon', logonType: 3, sourceIp: '10.0.0.7' });
  world.find(ntds, {
    ...there,
    at: '2026-10-08T01:52:15Z',
    pid: 2772,
    commandLine: `${tool} "create full ${folder}"`,
  });
  world.find(esent, {
    at: '2026-10-08T01:52:27Z',
    host: dc,
    type: 'event',
    channel: 'Application',
    eventId: 325,
    text: `NTDS (2772,D,100) ${folder}\\ntds.dit`,
  });
  world.find(archive, {
    ...there,
    at: '2026-10-08T01:59:00Z',
    pid: 2800,
    commandLine: `${archiver} a -p*** c:\\perflogs\\a.dat ${folder}`,
  });
  world.find(cleaned, {
    ...there,
    at: '2026-10-08T02:09:00Z',
    pid: 2801,
    commandLine: `cmd /c rd /s /q ${folder}`,
  });
  world.fact({
    at: '2026-11-02T03:05:31Z',
    host: jump,
    type: 'logon',
    logonType: 10,
    logonId: 0x888,
    account: `${domain}\\${service}`,
    sourceIp: '198.51.100.23',
  });
  return world;
}

/** All of a judgement that is data. */
const plain = (intrusions: readonly Intrusion[]): unknown =>
  JSON.parse(
    JSON.stringify(intrusions, (key, value) => (key === 'fact' || key === 'place' ? undefined : value)),
  );

test('the whole story is one intrusion that holds all of its evidence', () => {
  const { intrusions } = judged(wholeStory(usual));
  expect(intrusions.map(({ verdict }) => verdict)).toEqual(['intrusion']);
  expect(intrusions[0]!.evidence.map(({ behaviour }) => behaviour?.id)).toEqual([
    'VT-IA-02',
    undefined,
    'VT-DI-07',
    'VT-CA-05',
    'VT-LM-01',
    undefined,
    'VT-CA-01',
    'VT-CA-03',
    'VT-ST-01',
    'VT-DE-02',
    'VT-PE-01',
  ]);
  expect(intrusions[0]!.hosts).toEqual(['fw1', 'jump1.example.test', 'dc1.example.test']);
  expect(intrusions[0]!.accounts).toEqual(['EXAMPLE\\adm.hollis', 'EXAMPLE\\svc_backup']);
});

test('the order of facts and findings changes nothing', () => {
  const world = wholeStory(usual);
  const wanted = plain(judged(world).intrusions);
  const shuffled = <T>(values: readonly T[]): fc.Arbitrary<T[]> =>
    fc.shuffledSubarray([...values], { minLength: values.length, maxLength: values.length });
  fc.assert(
    fc.property(shuffled(world.facts), shuffled(world.findings), (facts, findings) => {
      expect(plain(judged(world, {}, { facts: factSource(facts), findings }).intrusions)).toEqual(wanted);
    }),
    { numRuns: 30 },
  );
});

test('names of hosts, accounts, folders and tools change no verdict', () => {
  const letter = fc.constantFrom(...'bcdfghklmnprstvz');
  const word = fc.array(letter, { minLength: 5, maxLength: 9 }).map(letters => letters.join(''));
  const cast = fc.record<Cast>({
    dc: word.map(name => `${name}.corp.test`),
    jump: word.map(name => `${name}.corp.test`),
    firewall: word,
    domain: word.map(name => name.toUpperCase()),
    admin: word,
    service: word,
    folder: fc.tuple(word, word).map(([a, b]) => `d:\\${a}\\${b}`),
    tool: word,
    archiver: word,
  });
  const summary = (intrusions: readonly Intrusion[]) =>
    intrusions.map(({ verdict, evidence }) => [verdict, evidence.map(({ behaviour }) => behaviour?.id)]);
  const wanted = summary(judged(wholeStory(usual)).intrusions);
  fc.assert(
    fc.property(cast, named => {
      fc.pre(new Set(Object.values(named)).size === 9);
      expect(summary(judged(wholeStory(named)).intrusions)).toEqual(wanted);
    }),
    { numRuns: 50 },
  );
});

/** What a record says, in the notations that people meet: ids also in hexadecimal. */
function saidBy({ host, values }: Fact): string[] {
  const said = Object.values(values).flatMap(value =>
    typeof value === 'number'
      ? [String(value), `0x${value.toString(16)}`]
      : [value.toLowerCase(), ...value.toLowerCase().split(/[\s"]+/)],
  );
  return [host.toLowerCase(), ...said].filter(text => text.length > 3);
}

test('each reason names something of both records that it links', () => {
  for (const { evidence, links } of judged(wholeStory(usual)).intrusions) {
    const byId = new Map(evidence.map(item => [item.id, item]));
    expect(links.length).toBeGreaterThanOrEqual(evidence.length - 1);
    for (const { from, to, reason } of links) {
      for (const id of [from, to]) {
        const { fact } = byId.get(id)!;
        const texts = saidBy(fact);
        expect(
          texts.some(text => reason.toLowerCase().includes(text)),
          `${reason} | ${texts}`,
        ).toBe(true);
      }
    }
  }
});
