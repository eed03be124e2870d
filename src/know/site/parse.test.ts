import fc from 'fast-check';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { schema } from '../../../test/schemas.ts';
import { type ParsedSite, parseSite, type Site } from './index.ts';

const text = `# What we know of our site
hosts:
  - name: dc*.wairua-water.test
    roles: [dc]
    zone: it
  - {name: HMI?, roles: hmi, zone: ot}
networks:
  - {cidr: 10.20.0.0/16, zone: ot, roles: [plc]}
  - {cidr: 'fd00:20::/64', zone: dmz}
vendor-accounts: ['WAIRUA\\vendor_*']
service-accounts: svc_*
approvals:
  - id: ifm-weekly
    account: WAIRUA\\svc_backup
    host: dc2.wairua-water.test
    parent: C:\\Program Files\\Backup\\agent.exe
    path: D:\\Backup\\ifm
    command: '*ntdsutil*ifm*'
    behaviours: [vt-ca-01]
    schedule: {days: [Sunday, mon], from: '22:00', to: '04:00'}
    by: K. Hollis
    why: media for new domain controllers
    until: 2027-06-30
`;

async function problemsOf(yaml: string): Promise<string[]> {
  const { problems } = await parseSite(yaml, 'site.yml');
  return problems.map(
    ({ severity, message, place }) => `${severity} ${place.line}:${place.column} ${message}`,
  );
}
const siteOf = async (yaml: string): Promise<Site> => (await parseSite(yaml, 'site.yml')).site!;

describe('a site file', () => {
  it('is read into types', async () => {
    const { site, problems } = await parseSite(text, 'site.yml');
    expect(problems).toEqual([]);
    expect(site).toEqual({
      hosts: [
        { name: 'dc*.wairua-water.test', roles: ['dc'], zone: 'it' },
        { name: 'hmi?', roles: ['hmi'], zone: 'ot' },
      ],
      networks: [
        { cidr: '10.20.0.0/16', zone: 'ot', roles: ['plc'] },
        { cidr: 'fd00:20::/64', zone: 'dmz', roles: [] },
      ],
      vendorAccounts: ['WAIRUA\\vendor_*'],
      serviceAccounts: ['svc_*'],
      approvals: [
        {
          id: 'ifm-weekly',
          account: 'WAIRUA\\svc_backup',
          host: 'dc2.wairua-water.test',
          parent: 'C:\\Program Files\\Backup\\agent.exe',
          path: 'D:\\Backup\\ifm',
          command: '*ntdsutil*ifm*',
          behaviours: ['VT-CA-01'],
          schedule: { days: [0, 1], from: 1320, to: 240 },
          by: 'K. Hollis',
          why: 'media for new domain controllers',
          until: Date.UTC(2027, 6, 1) * 1000,
        },
      ],
    });
  });
  it('conforms to the schema that we publish', () => {
    const validate = schema('site');
    expect(validate(load(text))).toBe(true);
    expect(validate({ hosts: [{ nmae: 'x' }] })).toBe(false);
    expect(validate({ approvals: [{ id: 'x', account: 'a' }] })).toBe(false);
  });
  it('is named with the nearest key where one is unknown', async () => {
    expect(await problemsOf('hosts:\n  - name: a\n    rolse: [dc]\n')).toEqual([
      "warning 3:5 host 1 has a key 'rolse' that is not known: did you mean 'roles'?",
    ]);
    expect(await problemsOf('aprovals: []\n')).toEqual([
      "warning 1:1 the site file has a key 'aprovals' that is not known: did you mean 'approvals'?",
    ]);
  });
  it('says of a mistyped role which one it may be, and takes it', async () => {
    expect(await problemsOf('hosts:\n  - {name: a, roles: [histrian]}\n')).toEqual([
      "warning 2:23 the role 'histrian' is taken as it is; did you mean 'historian'?",
    ]);
    expect(await problemsOf('hosts:\n  - {name: a, roles: [scada, dc, mail]}\n')).toEqual([]);
  });
  it('leaves out what is wrong and goes on', async () => {
    const yaml =
      'networks:\n  - {cidr: 10.0.0.0/33, zone: ot}\n  - {cidr: 10.1.0.0/16, zone: outer}\n  - {cidr: 10.2.0.0/16, zone: ot}\n';
    expect((await siteOf(yaml)).networks.map(({ cidr }) => cidr)).toEqual(['10.2.0.0/16']);
    expect(await problemsOf(yaml)).toHaveLength(2);
  });
  it('approves nothing without who and why', async () => {
    const yaml =
      'approvals:\n  - {id: a, account: x, by: me, until: 2027-01-01}\n  - {id: b, account: x, why: so, until: 2027-01-01}\n';
    expect((await siteOf(yaml)).approvals).toEqual([]);
    expect(await problemsOf(yaml)).toEqual([
      "error 2:5 approval 1 has no 'why'",
      "error 3:5 approval 2 has no 'by'",
    ]);
  });
  it('warns of an approval without an end', async () =>
    expect(await problemsOf('approvals:\n  - {id: a, account: x, by: me, why: so}\n')).toEqual([
      expect.stringMatching(/^warning 2:5 the approval has no 'until'/),
    ]));
  it('refuses an approval of everything, also one of stars', async () => {
    expect((await siteOf('approvals:\n  - {id: a, by: me, why: so}\n')).approvals).toEqual([]);
    expect(
      (await siteOf("approvals:\n  - {id: a, account: '*', path: 'C:\\*', by: me, why: so}\n")).approvals,
    ).toEqual([]);
  });
  it.each([
    ['until: never', /'until' is 'never': write a day/],
    ['schedule: {from: 25:00}', /'from' is '25:00'/],
    ['schedule: {days: [someday]}', /'someday' is no day of the week/],
    ['schedule: {form: "01:00"}', /'form' that is not known: did you mean 'from'/],
  ])('says what is wrong with %s', async (line, message) => {
    const problems = await problemsOf(
      `approvals:\n  - id: a\n    account: x\n    by: me\n    why: so\n    ${line}\n`,
    );
    expect(problems.join('\n')).toMatch(message);
  });
  it('has ids that differ', async () => {
    const yaml =
      'approvals:\n  - {id: a, account: x, by: b, why: c, until: 2027-01-01}\n  - {id: a, account: y, by: b, why: c, until: 2027-01-01}\n';
    expect((await siteOf(yaml)).approvals).toHaveLength(1);
  });
  it.each([['- a\n'], [''], ['hosts: [\n'], ['\0']])('is none where it is %j', async yaml => {
    expect((await parseSite(yaml, 'site.yml')).site).toBeNull();
    expect(await problemsOf(yaml)).toHaveLength(1);
  });
  it('never throws, whatever stands in it', { timeout: 60_000 }, async () => {
    const keys = fc.constantFrom(
      'hosts',
      'networks',
      'approvals',
      'name',
      'cidr',
      'zone',
      'id',
      'schedule',
      'until',
      'days',
      'x',
    );
    const tree = fc.letrec(tie => ({
      node: fc.oneof(
        { maxDepth: 4 },
        fc.string(),
        fc.constant(null),
        fc.integer(),
        fc.array(tie('node'), { maxLength: 4 }),
        fc.dictionary(keys, tie('node'), { maxKeys: 5 }),
      ),
    })).node;
    await fc.assert(
      fc.asyncProperty(tree, async value => {
        const parsed: ParsedSite = await parseSite(JSON.stringify(value), 'site.yml');
        expect(parsed.site === null).toBe(
          value === null || typeof value !== 'object' || Array.isArray(value),
        );
      }),
    );
  });
});
