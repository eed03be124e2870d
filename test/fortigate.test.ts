/**
 * The log of a FortiGate from the file to the finding: read by content, packed or not, matched by rules about it and by no
 * rule about Windows, and said in ECS. The last part needs the build (`npm test` makes it first).
 */
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, test } from 'vitest';
import type { Rule } from '../src/know/sigma/index.ts';
import { parseRules } from '../src/know/sigma/parser.ts';
import { type Fact, readFact } from '../src/read/entities/index.ts';
import { type LazyEvent, ReadContext } from '../src/read/events/index.ts';
import { fortigate } from '../src/read/sources/syslog/index.ts';
import type { EventFinding } from '../src/tell/index.ts';
import { configured, fortiLine, type Pairs, tunnelUp } from './fortigate-lines.ts';
import { filesBelow } from './logs.ts';
import { matchers } from './matchers.ts';
import { bin, type Result, requireBuild } from './program.ts';
import { schema } from './schemas.ts';
import { scratch } from './scratch.ts';
import { haveShared, sharedData } from './shared.ts';
import { withFile } from './text-collect.ts';

const traffic: Pairs = [
  ['date', '2026-04-17'],
  ['time', '12:00:03'],
  ['devname', 'FGT1'],
  ['tz', '+1200'],
  ['logid', '0000000013'],
  ['type', 'traffic'],
  ['subtype', 'forward'],
  ['srcip', '10.0.0.5'],
  ['srcport', '5555'],
  ['dstip', '198.51.100.1'],
  ['dstport', '8080'],
  ['action', 'accept'],
];

const changes = [
  ['system.admin', 'Add'],
  ['firewall.address', 'Add'],
  ['firewall.policy', 'Add'],
  ['user.local', 'Add'],
  ['vpn.ssl.web.portal', 'Add'],
  ['user.group', 'Edit'],
  ['vpn.ssl.settings', 'Edit'],
] as const;

const log = [tunnelUp, ...changes.map(([path, action]) => configured(path, action, 'x')), traffic]
  .map(pairs => `${fortiLine(pairs, { header: '<189>' })}\r\n`)
  .join('');

const rule = (title: string, logsource: string, detection: string): Rule =>
  parseRules(
    `title: ${title}\nlogsource: {${logsource}}\ndetection:\n  selection: {${detection}}\n  condition: selection\n`,
    `${title}.yml`,
  )[0] as Rule;

const ours = rule('Tunnel', 'product: fortigate, service: event', 'action: tunnel-up, user: hollis');

/** Titles of the rules that match each event, the same by both evaluators. */
function titles(rules: readonly Rule[]): string[][] {
  const [plain, indexed] = matchers.map(({ of }) => {
    const hits = of(rules);
    const found: string[][] = [];
    const sink = {
      event: (event: LazyEvent): void => void found.push(hits(event).map(index => rules[index]!.title!)),
      damaged: (): void => {},
      unparsed: (): void => {},
    };
    const bytes = Buffer.from(log);
    withFile(bytes, fd => {
      for (const _ of fortigate.open(new ReadContext()).readFile(fd, 0, bytes.length, sink));
    });
    return found;
  });
  expect(indexed).toEqual(plain);
  return plain!;
}

describe('rules', () => {
  const nothing = Array.from({ length: changes.length }, () => []);
  it.each([
    ['of its event log', 'product: fortigate, service: event', [['x'], ...nothing.map(() => ['x']), []]],
    ['of its traffic', 'product: FortiGate, service: traffic', [[], ...nothing, ['x']]],
    ['of firewalls', 'category: firewall', [[], ...nothing, ['x']]],
    ['of it', 'product: fortigate', [['x'], ...nothing.map(() => ['x']), ['x']]],
    ['of Windows', 'product: windows', [[], ...nothing, []]],
    ['of a log it lacks', 'product: fortigate, service: mail', [[], ...nothing, []]],
  ])('%s', (_, logsource, expected) =>
    expect(titles([rule('x', logsource, 'devname: FGT1')])).toEqual(expected),
  );
  it('name addresses of traffic as the category of firewalls does', () =>
    expect(titles([rule('x', 'category: firewall', 'dst_port: 8080, src_ip: 10.0.0.5')]).at(-1)).toEqual([
      'x',
    ]));
  it('of ours', () => expect(titles([ours])).toEqual([['Tunnel'], ...nothing, []]));
  it.skipIf(!haveShared)('of SigmaHQ match each the change that it is about', async () => {
    const { readFileSync } = await import('node:fs');
    const paths = filesBelow(sharedData('sigma/rules/network/fortinet/fortigate'), '.yml');
    const rules = paths.flatMap(path => parseRules(readFileSync(path, 'utf8'), path)) as Rule[];
    expect(rules).toHaveLength(7);
    const found = titles(rules);
    expect(found.map(each => each.length)).toEqual([0, 1, 1, 1, 1, 1, 1, 1, 0]);
    expect(new Set(found.flat()).size).toBe(7);
  });
});

test('a tunnel is a fact of who came from where to which address', () => {
  const facts: Fact[] = [];
  const bytes = Buffer.from(log);
  withFile(bytes, fd => {
    const sink = {
      event: (event: LazyEvent): void => void facts.push(readFact(event, 0)),
      damaged: (): void => {},
      unparsed: (): void => {},
    };
    for (const _ of fortigate.open(new ReadContext()).readFile(fd, 0, bytes.length, sink));
  });
  expect(facts[0]).toMatchObject({
    type: 'tunnel',
    host: 'FGT1',
    micros: Date.parse('2026-04-17T00:00:01.123Z') * 1000 + 456,
    values: { account: 'hollis', sourceIp: '203.0.113.80', target: '10.212.134.200', action: 'up' },
  });
});

describe('the program', () => {
  function run(folder: string, ...words: readonly string[]): Promise<Result> {
    requireBuild();
    const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '', XDG_CACHE_HOME: join(folder, 'cache') };
    return new Promise(resolve =>
      execFile(process.execPath, [bin, ...words], { cwd: folder, env }, (error, out, err) =>
        resolve({ code: error === null ? 0 : Number(error.code), out, err }),
      ),
    );
  }

  function prepared(): string {
    const folder = scratch();
    mkdirSync(join(folder, 'logs'));
    mkdirSync(join(folder, 'rules'));
    writeFileSync(join(folder, 'logs', 'fw.log'), log);
    writeFileSync(join(folder, 'logs', 'fw.1.gz'), gzipSync(log));
    writeFileSync(
      join(folder, 'rules', 'tunnel.yml'),
      'title: Tunnel\nlogsource: {product: fortigate, service: event}\ndetection:\n  s: {action: tunnel-up}\n  condition: s\nlevel: low\n',
    );
    return folder;
  }

  test('dumps every line as an event', async () => {
    const { code, out } = await run(prepared(), 'dump', 'logs/fw.log');
    expect(code).toBe(0);
    expect(out.trimEnd().split('\n')).toHaveLength(changes.length + 2);
    const { System, EventData } = JSON.parse(out.slice(0, out.indexOf('\n'))).Event;
    expect([System.Channel, System.Computer, System.EventID]).toEqual(['fortigate', 'FGT1', '39424']);
    expect(EventData).toEqual(Object.fromEntries(tunnelUp));
  });

  /** Hunts this log; what was said, and the ledger's entry of the file. */
  async function huntLog(text: string) {
    const folder = prepared();
    writeFileSync(join(folder, 'fw.log'), text);
    const words = ['hunt', 'fw.log', '--rules', 'rules', '--format', 'jsonl', '--out', 'out'];
    const { code, err } = await run(folder, ...words);
    const ledger = JSON.parse(readFileSync(join(folder, 'out', 'ledger.json'), 'utf8'));
    const validate = schema('ledger');
    expect(validate(ledger), JSON.stringify(validate.errors)).toBe(true);
    return { code, err, file: ledger.files[0] };
  }

  test('passes a few lines of other devices over, and says how many', async () => {
    const other = '<86>Apr 17 12:00:01 relay sshd[811]: session opened for root\n';
    const { code, err, file } = await huntLog(`\n${other}${log}${other}`);
    expect(code).toBe(0);
    expect(err).toContain(
      'huntaway: fw.log: 2 lines are of something else and were passed over; first at offset 1',
    );
    expect(file).toMatchObject({ foreign: { lines: 2, first: 1 }, unparsed: [] });
  });

  test('calls a file damaged that something else wrote most of', async () => {
    const { code, err, file } = await huntLog(`${log}${'-- MARK --\n'.repeat(20)}`);
    expect(code).toBe(3);
    expect(err.replace(/\s+/g, ' ')).toContain('20 of 29 lines of something else');
    expect(file.foreign.lines).toBe(20);
  });

  test('calls a file damaged in which a line of the FortiGate is broken', async () => {
    const { code, file } = await huntLog(`${log}date=2026-04-17 devname="FGT1" devid="FG\n`);
    expect(code).toBe(3);
    expect(file.unparsed).toHaveLength(1);
  });

  test('finds what a rule is about, packed or not, and says who, from where and through what', async () => {
    const { out, err } = await run(prepared(), 'hunt', 'logs', '--rules', 'rules', '--format', 'jsonl');
    const findings = out
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line) as EventFinding);
    expect(findings.map(({ log: { file } }) => file.path)).toEqual(['logs/fw.1.gz', 'logs/fw.log']);
    expect(findings[1]).toMatchObject({
      '@timestamp': '2026-04-17T00:00:01.123456Z',
      message: 'Tunnel on FGT1: 10.212.134.200 · hollis · 203.0.113.80 · tunnel-up',
      event: { code: '39424', provider: 'FortiGate' },
      host: { name: 'FGT1' },
      user: { name: 'hollis' },
      source: { ip: '203.0.113.80' },
      winlog: { channel: 'fortigate' },
    });
    expect(err).toContain('1 ran, 1 matched');
  });
});
