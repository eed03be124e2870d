/**
 * Collecting as a user meets it: the script that `huntaway collect` prints, and a hunt in what such a script brought
 * back. Needs the build (`npm test` makes it first).
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { type EvtxEvent, writeEvtx } from '../src/read/sources/evtx/write/index.ts';
import type { CollectionEntry } from '../src/run/hunt/collection-entry.ts';
import { makeZip } from './archives.ts';
import { manifestOf, marker, scriptId, textManifestOf } from './collection.ts';
import { bin, type Result } from './program.ts';
import { scratch } from './scratch.ts';

function run(cwd: string, ...words: string[]): Result {
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '', XDG_CACHE_HOME: join(cwd, 'cache') };
  const child = spawnSync(process.execPath, [bin, ...words], { cwd, encoding: 'utf8', env });
  return { code: child.status, out: child.stdout, err: child.stderr };
}

const noon = Date.UTC(2026, 2, 1, 12) * 1000;
const wevtutil = 'C:\\Windows\\System32\\wevtutil.exe';
const folder = `C:\\Temp\\huntaway-DC1-20260301T120000Z-${marker}`;

function processStart(minutes: number, CommandLine: string, computer = 'dc1.wairua-water.test'): EvtxEvent {
  return {
    provider: { name: 'Microsoft-Windows-Sysmon', guid: '{5770385F-C22A-43E0-BF4C-06F5698FFBD9}' },
    eventId: 1,
    time: noon + minutes * 60e6,
    channel: 'Microsoft-Windows-Sysmon/Operational',
    computer,
    data: { kind: 'named', fields: Object.entries({ Image: wevtutil, CommandLine }) },
  };
}

const own = `"${wevtutil}" epl Security ${folder}\\Security.evtx`;
const events = [
  processStart(-600, `${wevtutil} epl Security C:\\Users\\Public\\s.dat`),
  processStart(1, own),
  processStart(2, own.replace('Security', 'System')),
  processStart(3, `${wevtutil} epl Security C:\\Users\\Public\\s.dat`),
  processStart(60, own),
  processStart(1, own, 'JUMP1'),
];
const evtx = writeEvtx(events);
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const log = { channel: 'Microsoft-Windows-Sysmon/Operational', file: 'Sysmon.evtx', sha256: sha256(evtx) };
const json = (over: Record<string, unknown> = {}): string => JSON.stringify(manifestOf([log], over), null, 2);
const rule = `title: Event Log Exported
id: a0000000-0000-4000-8000-000000000001
status: test
level: medium
logsource: { product: windows, category: process_creation }
detection:
  selection: { CommandLine|contains: ' epl ' }
  condition: selection
`;

function collected(files: Readonly<Record<string, string | Uint8Array>>): string {
  return scratch({ 'rules/epl.yml': rule, ...files });
}
const usual = (): string => collected({ 'in/c/Sysmon.evtx': evtx, 'in/c/manifest.json': json() });
const hunt = (cwd: string, ...words: string[]): Result =>
  run(cwd, 'hunt', 'in', '--rules', 'rules', ...words);

type Line = { readonly host: { readonly name: string }; readonly huntaway: { readonly collection?: true } };
const linesOf = ({ out }: Result): Line[] =>
  out
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as Line);
const labels = (result: Result): boolean[] =>
  linesOf(result).map(({ huntaway }) => huntaway.collection === true);

type LedgerFile = {
  readonly files: { readonly path: string; readonly type: string; readonly sha256: string }[];
  readonly collections?: CollectionEntry[];
};
const ledgerOf = (cwd: string): LedgerFile => JSON.parse(readFileSync(join(cwd, 'out/ledger.json'), 'utf8'));
const collectionOf = (cwd: string): CollectionEntry => ledgerOf(cwd).collections![0]!;

function schema(name: string): (value: unknown) => boolean {
  const text = readFileSync(new URL(`../schema/${name}.schema.json`, import.meta.url), 'utf8');
  return new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile(JSON.parse(text));
}

describe('a hunt in a collection', () => {
  it('labels what the collection itself left, and nothing else', () => {
    const result = hunt(usual());
    expect(labels(result)).toEqual([false, false, true, true, false, false]);
    expect(
      linesOf(result)
        .map(({ host }) => host.name)
        .filter((_, i) => labels(result)[i]),
    ).toEqual(['dc1.wairua-water.test', 'dc1.wairua-water.test']);
    expect(result.err).toContain('2 findings are traces of the collection itself');
    expect(result.code).toBe(0);
  });
  it('finds the manifest in an archive too', () => {
    const zip = makeZip([
      { name: 'c/Sysmon.evtx', data: evtx },
      { name: 'c/manifest.json', data: Buffer.from(json()) },
    ]);
    const cwd = collected({ 'in/host1.zip': zip });
    expect(labels(hunt(cwd, '--out', 'out')).filter(Boolean)).toHaveLength(2);
    expect(collectionOf(cwd)).toMatchObject({ manifest: 'in/host1.zip!/c/manifest.json', matched: 1 });
  });
  it('reads the manifest of the other script', () => {
    const cwd = collected({ 'in/c/Sysmon.evtx': evtx, 'in/c/manifest.txt': textManifestOf([log]) });
    hunt(cwd, '--out', 'out');
    expect(collectionOf(cwd)).toMatchObject({ host: 'dc1.wairua-water.test', matched: 1, mismatched: [] });
  });
  it('labels nothing without a manifest, and says nothing of one', () => {
    const cwd = collected({ 'in/c/Sysmon.evtx': evtx });
    const result = hunt(cwd, '--out', 'out');
    expect(labels(result).filter(Boolean)).toEqual([]);
    expect(result.err).not.toMatch(/collection/);
    expect(ledgerOf(cwd).collections).toBeUndefined();
  });
  it('counts them apart in the table, below the others', () => {
    const rows = hunt(usual(), '--format', 'table', '--color', 'never').out.split('\n');
    const last = rows.findLastIndex(row => row.startsWith('medium'));
    expect(rows[last]).toMatch(/^medium +2 +dc1\.wairua\S+ +\(collection\) Event Log Exported/);
    expect(rows.filter(row => row.includes('(collection)'))).toHaveLength(1);
  });
  it('gives the same with any number of workers', () => {
    const cwd = usual();
    expect(hunt(cwd, '--workers', '2').out).toBe(hunt(cwd, '--workers', '1').out);
  });
  it('writes a ledger and findings as their schemas say', () => {
    const cwd = usual();
    const [isLedger, isFinding] = [schema('ledger'), schema('finding')];
    const lines = linesOf(hunt(cwd, '--out', 'out'));
    expect(lines.map(line => isFinding(line))).not.toContain(false);
    expect(isLedger(ledgerOf(cwd))).toBe(true);
    expect(ledgerOf(cwd).files.map(({ path, type }) => [path, type])).toEqual([
      ['in/c/Sysmon.evtx', 'evtx'],
      ['in/c/manifest.json', 'collection-manifest'],
    ]);
    expect(ledgerOf(cwd).files[1]!.sha256).toBe(sha256(Buffer.from(json())));
  });
});

describe('what the manifest says of the files', () => {
  it('is checked: a log that changed is named', () => {
    const cwd = usual();
    writeFileSync(join(cwd, 'in/c/Sysmon.evtx'), writeEvtx(events.slice(1)));
    const { err } = hunt(cwd, '--out', 'out');
    expect(err).toContain('in/c/Sysmon.evtx: differs from the manifest: changed since collection\n');
    expect(collectionOf(cwd)).toMatchObject({ matched: 0, mismatched: ['in/c/Sysmon.evtx'], missing: [] });
  });
  it('is checked: a log that is gone is named', () => {
    const gone = { ...log, file: 'Security.evtx' };
    const manifest = JSON.stringify(manifestOf([log, gone]), null, 2);
    const cwd = collected({ 'in/c/Sysmon.evtx': evtx, 'in/c/manifest.json': manifest });
    const { err } = hunt(cwd, '--out', 'out');
    expect(err).toContain('in/c/manifest.json: names files that are not beside it: Security.evtx\n');
    expect(collectionOf(cwd)).toMatchObject({ matched: 1, missing: ['Security.evtx'] });
  });
  it('is told: a clock that was off by more than a minute', () => {
    const cwd = usual();
    expect(hunt(cwd, '--out', 'out').err).toContain('the clock of dc1.wairua-water.test was off by 75 s');
    expect(collectionOf(cwd)).toMatchObject({
      clockOffset: -75.2501234,
      start: '2026-03-01T12:00:00.123456Z',
      end: '2026-03-01T12:10:00.000000Z',
    });
  });
});

describe('a manifest that nobody should believe', () => {
  const with_ = (over: Record<string, unknown>): Result =>
    hunt(collected({ 'in/c/Sysmon.evtx': evtx, 'in/c/manifest.json': json(over) }));
  it('that speaks of more than a day labels nothing', () => {
    const result = with_({ start: '2026-02-01T00:00:00.0000000Z' });
    expect(labels(result).filter(Boolean)).toEqual([]);
    expect(result.err).toContain('its traces are not labelled');
  });
  it('whose marker fits anything is refused and named', () => {
    const result = with_({ marker: 'e' });
    expect(labels(result)).toHaveLength(6);
    expect(labels(result).filter(Boolean)).toEqual([]);
    expect([result.code, result.err]).toEqual([3, expect.stringContaining('in/c/manifest.json: a manifest')]);
  });
  it('brings no terminal escape to standard error', () => {
    const over = { host: { name: 'DC1', fqdn: 'x\u001b[31m\n' }, start: 'never' };
    expect(with_(over).err).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });
  it('alone is nothing that was read', () => {
    expect(hunt(collected({ 'in/manifest.json': json() })).code).toBe(2);
  });
});

describe('huntaway collect', () => {
  it('prints a script, and another number with each', () => {
    const [a, b] = [run('.', 'collect'), run('.', 'collect')];
    expect([a.code, a.err]).toEqual([0, '']);
    expect(a.out).toMatch(/^# Huntaway: collect the event logs of this host\r\n/);
    const id = /\$scriptId = '([0-9a-f-]{36})'/;
    expect(id.exec(a.out)![1]).not.toBe(id.exec(b.out)![1]);
    expect(a.out).not.toContain(scriptId);
  });
  it('writes it to a new file', () => {
    const cwd = scratch();
    expect(run(cwd, 'collect', '--format', 'cmd', '--output', 'c.cmd')).toEqual({
      code: 0,
      out: '',
      err: '',
    });
    expect(readFileSync(join(cwd, 'c.cmd'), 'ascii')).toMatch(/^@echo off\r\nrem Huntaway/);
    const again = run(cwd, 'collect', '--output', 'c.cmd');
    expect(again).toEqual({
      code: 2,
      out: '',
      err: 'huntaway: --output c.cmd exists; name a file that does not\n',
    });
  });
  it('takes the channels, the time and the folder it is told', () => {
    const words = ['--channel', 'Security', '--channel', 'DNS Server', '--since', '-30d', '--out', 'E:\\'];
    const { out } = run('.', 'collect', ...words);
    expect(out).toContain("$channels = @(\r\n    'Security'\r\n    'DNS Server'\r\n)");
    expect(out).toContain("$query = '*[System[TimeCreated[timediff(@SystemTime)<=2592000000]]]'");
    expect(out).toContain("$parent = 'E:'");
  });
  it.each([
    [['--channel', "x'; evil"], "--channel 'x'; evil' is no name that a channel of Windows has"],
    [['--all', '--channel', 'System'], '--all and --channel exclude each other; give one'],
    [['--out', '%TEMP%'], "--out takes a Windows folder in plain letters such as E:\\logs, not '%TEMP%'"],
    [['--format', 'bash'], "--format takes powershell or cmd, not 'bash'"],
  ])('refuses %j in one line', (words, message) => {
    expect(run('.', 'collect', ...words)).toEqual({ code: 2, out: '', err: `huntaway: ${message}\n` });
  });
});

describe('the schema of manifests', () => {
  const validate = schema('manifest');
  it('takes a manifest as the script writes it', () => expect(validate(manifestOf([log]))).toBe(true));
  it.each([
    ['a short marker', { marker: 'e' }],
    ['another version', { version: 2 }],
    ['a key that nobody knows', { extra: 1 }],
    ['a time without ticks', { start: '2026-03-01T12:00:00Z' }],
  ])('refuses %s', (_, over) => expect(validate(manifestOf([], over))).toBe(false));
});
