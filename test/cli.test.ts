/**
 * The program as a user meets it: `bin/huntaway.js` as a process of its own, on logs and rules written for the
 * purpose. Needs the build (`npm test` makes it first).
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EvtxEvent, writeEvtx } from '../src/read/sources/evtx/write/index.ts';
import { bin, type Result, requireBuild } from './program.ts';

let scratch = '';
const at = (...path: string[]): string => join(scratch, ...path);

function run(words: readonly string[], input?: Buffer, env: NodeJS.ProcessEnv = {}): Result {
  const child = spawnSync(process.execPath, [bin, ...words], {
    cwd: scratch,
    encoding: 'buffer',
    maxBuffer: 1 << 28,
    ...(input === undefined ? {} : { input }),
    env: { ...process.env, NO_COLOR: '', FORCE_COLOR: '', XDG_CACHE_HOME: at('cache'), ...env },
  });
  return { code: child.status, out: child.stdout.toString('utf8'), err: child.stderr.toString('utf8') };
}

const hunt = (...words: string[]): Result => run(['hunt', ...words]);
const lines = (text: string): string[] => text.split('\n').filter(line => line !== '');
const findings = (text: string): Record<string, never>[] => lines(text).map(line => JSON.parse(line));
const json = (...path: string[]): never => JSON.parse(readFileSync(at(...path), 'utf8')) as never;

const noon = Date.UTC(2026, 2, 1, 12) * 1000;

function processStart(i: number, commandLine: string, host = 'HOST-A'): EvtxEvent {
  return {
    provider: { name: 'Microsoft-Windows-Sysmon', guid: '{5770385F-C22A-43E0-BF4C-06F5698FFBD9}' },
    eventId: 1,
    time: noon + i * 60e6,
    recordId: 1000 + i,
    channel: 'Microsoft-Windows-Sysmon/Operational',
    computer: host,
    data: {
      kind: 'named',
      fields: [
        ['Image', 'C:\\Windows\\System32\\cmd.exe'],
        ['CommandLine', commandLine],
        ['User', 'CORP\\alice'],
      ],
    },
  };
}

const rule = (name: string, id: string, level: string, text: string): string => `title: ${name}
id: ${id}
status: test
level: ${level}
tags: [attack.t1003.003]
author: Somebody
logsource: { product: windows, category: process_creation }
detection:
  selection: { CommandLine|contains: ${text} }
  condition: selection
`;
const ntdsutil = 'a0000000-0000-4000-8000-000000000001';
const vssadmin = 'a0000000-0000-4000-8000-000000000002';

beforeAll(() => {
  requireBuild();
  scratch = mkdtempSync(join(tmpdir(), 'huntaway-cli-'));
  for (const folder of ['logs', 'rules', 'many', 'empty']) mkdirSync(at(folder));
  const quiet = (i: number): EvtxEvent => processStart(i, `ping host${i}`);
  const evil = [
    processStart(10, 'ntdsutil "ac i ntds" ifm'),
    processStart(5, 'vssadmin create shadow /for=C: & ntdsutil', 'HOST-B'),
    processStart(20, 'net use \\\\srv\\c$ /user:corp\\bob Hunter2Secret & vssadmin'),
    processStart(21, 'vssadmin \u001b[31mred\u001b[0m =cmd()'),
  ];
  writeFileSync(
    at('logs', 'a.evtx'),
    writeEvtx([...Array.from({ length: 50 }, (_, i) => quiet(i)), ...evil]),
  );
  writeFileSync(at('logs', 'b.evtx'), writeEvtx([evil[0]!, quiet(3)]));
  writeFileSync(at('rules', 'ntdsutil.yml'), rule('Ntdsutil', ntdsutil, 'high', 'ntdsutil'));
  writeFileSync(at('rules', 'vssadmin.yml'), rule('Vssadmin', vssadmin, 'low', 'vssadmin'));
  for (let i = 0; i < 24; i++) {
    const events = Array.from({ length: 400 }, (_, j) => {
      const place = ((i * 400 + j) * 7919) % 9600;
      return processStart(
        place % 300,
        place % 3 === 0 ? `vssadmin ${place}` : `ntdsutil ${place}`,
        `H${place % 5}`,
      );
    });
    writeFileSync(at('many', `log-${i}.evtx`), writeEvtx(events));
  }
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe('what is found', () => {
  it('is printed as JSON lines in order of time where stdout is no terminal', () => {
    const { code, out } = hunt('logs', '--rules', 'rules');
    expect(code).toBe(0);
    const found = findings(out) as unknown as {
      '@timestamp': string;
      rule: { id: string; author: string };
    }[];
    expect(found.map(finding => finding['@timestamp'].slice(11, 16))).toEqual([
      '12:05',
      '12:05',
      '12:10',
      '12:10',
      '12:20',
      '12:21',
    ]);
    expect(found.map(finding => finding.rule.id).slice(0, 3)).toEqual([ntdsutil, vssadmin, ntdsutil]);
    expect(found[0]!.rule.author).toBe('Somebody');
  });
  it('counts a record that stands in two files twice, and says so', () => {
    const { out, err } = hunt('logs', '--rules', 'rules', '--include', ntdsutil);
    expect(lines(out)).toHaveLength(3);
    expect(err).toMatch(/more than once/);
  });
  it('hides secrets unless --reveal', () => {
    expect(hunt('logs', '--rules', 'rules').out).not.toContain('Hunter2Secret');
    expect(hunt('logs', '--rules', 'rules', '--reveal').out).toContain('Hunter2Secret');
  });
  it.each(['table', 'jsonl', 'csv', 'json', 'timesketch', 'ocsf'])(
    'brings no terminal escape to the output as %s',
    format => {
      const { out } = hunt('logs', '--rules', 'rules', '--format', format, '--color', 'never');
      expect(out).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/);
    },
  );
  it('is valid JSON with --format json', () =>
    expect(JSON.parse(hunt('logs', '--rules', 'rules', '--format', 'json').out)).toHaveLength(6));
  it('is valid JSON with --format json where there is nothing', () =>
    expect(JSON.parse(hunt('logs', '--rules', 'rules', '--format', 'json', '--include', 'none').out)).toEqual(
      [],
    ));
  it('is a row each with --format csv', () =>
    expect(lines(hunt('logs', '--rules', 'rules', '--format', 'csv').out)).toHaveLength(7));
  it('fits 80 columns with --format table', () => {
    const { out } = hunt('logs', '--rules', 'rules', '--format', 'table');
    expect(out).toContain('Ntdsutil');
    expect(Math.max(...lines(out).map(line => [...line].length))).toBeLessThanOrEqual(80);
  });
  it('is the same for any number of workers', () => {
    for (const format of ['jsonl', 'table']) {
      const outputs = ['1', '2', '3'].map(workers =>
        hunt('many', 'logs', '--rules', 'rules', '--format', format, '--workers', workers),
      );
      expect(outputs.map(({ code }) => code)).toEqual([0, 0, 0]);
      expect(outputs[0]!.out.length).toBeGreaterThan(200);
      expect(outputs[1]!.out).toBe(outputs[0]!.out);
      expect(outputs[2]!.out).toBe(outputs[0]!.out);
    }
  });
  it('is only of the time asked for', () => {
    expect(lines(hunt('logs', '--rules', 'rules', '--from', '2026-03-01T12:20:00Z').out)).toHaveLength(2);
    expect(lines(hunt('logs', '--rules', 'rules', '--to', '2026-02-28').out)).toHaveLength(0);
    expect(
      lines(hunt('logs', '--rules', 'rules', '--from', '-1h', '--as-of', '2026-03-01T13:15:00Z').out),
    ).toHaveLength(2);
  });
  it('is only of the rules asked for', () => {
    expect(lines(hunt('logs', '--rules', 'rules', '--level', 'high').out)).toHaveLength(3);
    expect(lines(hunt('logs', '--rules', 'rules', '--exclude', ntdsutil).out)).toHaveLength(3);
    expect(lines(hunt('logs', '--rules', 'rules', '--include', 'attack.t1003*').out)).toHaveLength(6);
    expect(lines(hunt('logs', '--rules', 'rules', '--status', 'stable').out)).toHaveLength(0);
  });
});

describe('where logs come from', () => {
  const count = (result: Result): number => lines(result.out).length;
  it('may be standard input', () => {
    const result = run(['hunt', '-', '--rules', 'rules'], readFileSync(at('logs', 'a.evtx')));
    expect([result.code, count(result)]).toEqual([0, 5]);
    expect(result.out).toContain('"path":"-"');
  });
  it('may be standard input with several workers', () => {
    const result = run(
      ['hunt', '-', 'many', '--rules', 'rules', '--workers', '2'],
      readFileSync(at('logs', 'a.evtx')),
    );
    expect([result.code, count(result)]).toEqual([0, 9605]);
  });
  it('may be packed', () => {
    writeFileSync(at('a.evtx.gz'), gzipSync(readFileSync(at('logs', 'a.evtx'))));
    expect(count(hunt('a.evtx.gz', '--rules', 'rules'))).toBe(5);
  });
  it('may be cut off in its pack: what is there is found, and the rest is said to be missing', () => {
    const packed = gzipSync(readFileSync(at('many', 'log-0.evtx')));
    mkdirSync(at('cut'), { recursive: true });
    writeFileSync(at('cut', 'log.evtx.gz'), packed.subarray(0, Math.floor(packed.length * 0.9)));
    const { code, out, err } = hunt('cut', '--rules', 'rules');
    expect(code).toBe(3);
    expect(err).toContain('the gzip data are cut off; what is there was read');
    expect(lines(out).length).toBeGreaterThan(200);
    expect(lines(out).length).toBeLessThan(400);
    const dumped = run(['dump', 'cut']);
    // Every event of that log matches a rule.
    expect([dumped.code, lines(dumped.out).length]).toEqual([3, lines(out).length]);
    expect(dumped.err).toContain('cut off');
  });
  it('may have any name', () => {
    copyFileSync(at('logs', 'a.evtx'), at('picture.jpg'));
    expect(count(hunt('picture.jpg', '--rules', 'rules'))).toBe(5);
  });
  it('may be a glob', () => expect(count(hunt('logs/*.evtx', '--rules', 'rules'))).toBe(6));
});

describe('standard error', () => {
  it('ends with the ledger in one line', () => {
    const { err } = hunt('logs', '--rules', 'rules');
    expect(lines(err).at(-1)).toMatch(/^2 rules: 2 ran, 2 matched.*; 2 files: 2 read/);
  });
  it('is empty with --quiet, and findings are printed all the same', () => {
    const { out, err } = hunt('logs', '--rules', 'rules', '--quiet');
    expect(err).toBe('');
    expect(lines(out)).toHaveLength(6);
  });
  it('names what is asked for and fits no rule', () => {
    const { err } = hunt('logs', '--rules', 'rules', '--exclude', 'attack.t9999');
    expect(err).toContain('--exclude attack.t9999: no rule has this id or tag');
  });
  it('names a folder of rules that holds none', () =>
    expect(hunt('logs', '--rules', 'empty').err).toMatch(/^huntaway: empty: no rule in it/));
  it('has colours only when asked', () => {
    expect(hunt('logs', '--rules', 'rules', '--color', 'always', '--format', 'table').out).toContain(
      '\u001b[',
    );
    const plain = run(['hunt', 'logs', '--rules', 'rules', '--format', 'table'], undefined, {
      NO_COLOR: '1',
    });
    expect(plain.out + plain.err).not.toContain('\u001b');
  });
});

describe('times without a zone', () => {
  const record = (more: Record<string, string>): string =>
    `${JSON.stringify({ EventTime: '2026-10-06 15:13:20', EventID: 4625, Channel: 'Security', SourceName: 'P', Hostname: 'H', ...more })}\n`;
  const timesOf = (text: string): string[] =>
    lines(text).map(line => JSON.parse(line).Event.System.TimeCreated['#attributes'].SystemTime);
  it('are of the zone that is said', () => {
    const input = Buffer.from(record({}) + record({ '@timestamp': '2026-10-06T02:13:21Z' }));
    expect(timesOf(run(['dump', '-', '--time-zone', 'Pacific/Auckland'], input).out)).toEqual([
      '2026-10-06T02:13:20.000000Z',
      '2026-10-06T02:13:20.000000Z',
    ]);
  });
  it('are UTC where nothing is said, and counted', () => {
    const { out, err } = run(['hunt', '-'], Buffer.from(record({})));
    expect(out).toBe('');
    expect(err).toContain('1 event says no time zone: taken as UTC; if they are local, say whose');
  });
  it('can be of no zone that does not exist', () => {
    const { code, err } = run(['hunt', '-', '--time-zone', 'Auckland'], Buffer.from(''));
    expect([code, err]).toEqual([
      2,
      "huntaway: --time-zone takes an offset such as +12:00, or a name such as Pacific/Auckland, not 'Auckland'\n",
    ]);
  });
});

describe('events without a time', () => {
  const record = (more: Record<string, string>): string =>
    `${JSON.stringify({ EventID: 4688, Channel: 'Security', SourceName: 'Microsoft-Windows-Security-Auditing', Hostname: 'H', CommandLine: 'vssadmin list shadows', ...more })}\n`;
  const timed = record({ '@timestamp': '2026-10-06T02:13:21Z' });
  const hunted = (text: string): Result =>
    run(['hunt', '-', '--rules', 'rules', '--format', 'table'], Buffer.from(text));
  it('are counted, and of no year in the table', () => {
    const { out, err } = hunted(record({}));
    expect(out).toMatch(/^low +1 +H +Vssadmin\n +no time /m);
    expect(err).toContain('1 event says no time: in findings 1970-01-01, and in no correlation');
    expect(out + err.replace('in findings 1970', '')).not.toContain('1970');
  });
  it('do not widen the time of others', () => {
    for (const { out, err } of [hunted(record({}) + timed), hunted(timed + record({}))]) {
      expect(out).toMatch(/^low +2 +H +Vssadmin\n +2026-10-06 02:13:21 /m);
      expect(err).toContain('from 2026-10-06 02:13:21 to 2026-10-06 02:13:21 UTC');
    }
  });
  it('give their channel no time in the ledger', () => {
    run(['hunt', '-', '--rules', 'rules', '--out', 'timeless'], Buffer.from(record({})));
    const { channels } = JSON.parse(readFileSync(at('timeless', 'ledger.json'), 'utf8'));
    expect([channels[0].first, channels[0].last]).toEqual([null, null]);
  });
});

describe('exit codes', () => {
  it('1 where --fail-on is reached', () =>
    expect(hunt('logs', '--rules', 'rules', '--fail-on', 'high').code).toBe(1));
  it('0 where it is not', () =>
    expect(hunt('logs', '--rules', 'rules', '--fail-on', 'critical').code).toBe(0));
  it('3 where something that was named is missing', () => {
    const { code, out, err } = hunt('logs', 'missing.evtx', '--rules', 'rules');
    expect([code, lines(out).length]).toEqual([3, 6]);
    expect(lines(err).filter(line => line.includes('missing.evtx'))).toHaveLength(1);
  });
  it('1 rather than 3', () =>
    expect(hunt('logs', 'missing.evtx', '--rules', 'rules', '--fail-on', 'low').code).toBe(1));
  it('2 where nothing could be read', () => expect(hunt('missing.evtx', '--rules', 'rules').code).toBe(2));
  it('2 for an empty folder, with a line that names it', () => {
    const { code, err } = hunt('empty', '--rules', 'rules');
    expect(code).toBe(2);
    expect(err).toMatch(/empty: /);
  });
  it('3 for a damaged log, of which the rest is read', () => {
    const bytes = readFileSync(at('many', 'log-0.evtx'));
    bytes.write('XXXXXXXX', 4096);
    writeFileSync(at('damaged.evtx'), bytes);
    const { code, out, err } = hunt('damaged.evtx', '--rules', 'rules');
    expect(code).toBe(3);
    expect(lines(out).length).toBeGreaterThan(100);
    expect(err).toContain('damaged.evtx: ');
  });
  it('0 for a file beside the logs that is no log', () => {
    mkdirSync(at('mixed'), { recursive: true });
    copyFileSync(at('logs', 'b.evtx'), at('mixed', 'b.evtx'));
    writeFileSync(at('mixed', 'readme.txt'), 'hello');
    expect(hunt('mixed', '--rules', 'rules').code).toBe(0);
  });
  it('3 for a file that was named and is no log', () =>
    expect(hunt('mixed/b.evtx', 'mixed/readme.txt', '--rules', 'rules').code).toBe(3));
  it('0 where rules are refused, with a line that says where', () => {
    mkdirSync(at('bad-rules'), { recursive: true });
    copyFileSync(at('rules', 'ntdsutil.yml'), at('bad-rules', 'good.yml'));
    writeFileSync(
      at('bad-rules', 'bad.yml'),
      rule('Bad', vssadmin, 'low', 'x').replace('|contains', '|nonsense'),
    );
    const { code, out, err } = hunt('logs', '--rules', 'bad-rules');
    expect([code, lines(out).length]).toEqual([0, 3]);
    const told = lines(err).filter(line => line.includes('bad.yml'));
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/bad\.yml:\d+:\d+: .*nonsense/);
  });
  it('2 where the rules are missing', () => {
    const { code, err } = hunt('logs', '--rules', 'no-such-rules');
    expect(code).toBe(2);
    expect(lines(err).filter(line => line.includes('no-such-rules'))).toHaveLength(1);
  });
  it.each([
    [
      ['hunt', 'logs', '--format', 'xml'],
      "huntaway: --format takes table, jsonl, json, csv, timesketch or ocsf, not 'xml'",
    ],
    [
      ['hunt', 'logs', '--workers', 'many'],
      "huntaway: --workers takes a whole number from 1 to 64, not 'many'",
    ],
    [['hunt'], "huntaway: missing required argument 'path'; see 'huntaway --help'"],
    [
      ['hunt', 'logs', '--level', 'severe'],
      "huntaway: --level takes informational, low, medium, high or critical, not 'severe'",
    ],
    [['dump', 'logs', '--format', 'table'], "huntaway: --format takes windows or ecs, not 'table'"],
  ])('2 with one line for %j', (words, message) => {
    const { code, out, err } = run(words);
    expect([code, out, err]).toEqual([2, '', `${message}\n`]);
  });
  it.skipIf(!existsSync('/dev/full')).each(['hunt', 'dump'])(
    '2 with one line where %s cannot write its output',
    command => {
      const full = openSync('/dev/full', 'w');
      const words = command === 'hunt' ? ['--rules', 'rules', '--quiet'] : ['--quiet'];
      const child = spawnSync(process.execPath, [bin, command, 'logs', ...words], {
        cwd: scratch,
        encoding: 'utf8',
        stdio: ['ignore', full, 'pipe'],
      });
      closeSync(full);
      expect(child.status).toBe(2);
      expect(child.stderr).toMatch(/^huntaway: cannot write to standard output: .*\n$/);
    },
  );
  it.skipIf(!existsSync('/dev/full'))('unchanged where standard error takes nothing', () => {
    const full = openSync('/dev/full', 'w');
    const codes = [['logs'], ['logs', 'missing.evtx'], ['missing.evtx']].map(
      paths =>
        spawnSync(process.execPath, [bin, 'hunt', ...paths, '--rules', 'rules'], {
          cwd: scratch,
          stdio: ['ignore', 'pipe', full],
        }).status,
    );
    closeSync(full);
    expect(codes).toEqual([0, 3, 2]);
  });
  it('0 when the reader of the output goes away', async () => {
    const child = spawn(process.execPath, [bin, 'hunt', 'many', '--rules', 'rules', '--quiet'], {
      cwd: scratch,
    });
    let err = '';
    child.stderr.on('data', part => {
      err += part;
    });
    child.stdout.once('data', () => child.stdout.destroy());
    expect([await ended(child), err]).toEqual([0, '']);
  });
});

/** The exit code of a process once it has ended. */
function ended(child: ChildProcess): Promise<number | null> {
  return new Promise(resolve => child.on('exit', resolve));
}

describe('an interrupted hunt', () => {
  it.skipIf(process.platform === 'win32')(
    'ends within a second with what was found, and says so',
    async () => {
      // Standard input that never ends keeps the hunt waiting after the files.
      const child = spawn(
        process.execPath,
        [bin, 'hunt', 'logs', '-', '--rules', 'rules', '--out', 'interrupted', '--workers', '1'],
        { cwd: scratch },
      );
      child.stdin.write(readFileSync(at('many', 'log-0.evtx')).subarray(0, 1 << 17));
      let out = '';
      child.stdout.on('data', part => {
        out += part;
      });
      await new Promise(resolve => setTimeout(resolve, 1500));
      const asked = Date.now();
      child.kill('SIGINT');
      expect(await ended(child)).toBe(130);
      expect(Date.now() - asked).toBeLessThan(1000);
      expect(lines(out).length).toBeGreaterThan(6);
      expect(out).toContain('"path":"logs/a.evtx"');
      expect(out).toContain('"path":"-"');
      expect(json('interrupted', 'ledger.json')).toMatchObject({
        interrupted: true,
        files: [{ path: '-', unread: { reason: 'interrupted' } }, { path: 'logs/a.evtx' }, {}],
      });
      expect(json('interrupted', 'run.json')).toMatchObject({ exitCode: 130, interrupted: true });
    },
  );
});

describe('--out', () => {
  it('writes findings, ledger and record, for the owner only', () => {
    const { code, out } = hunt('logs', '--rules', 'rules', '--out', 'case', '--operator', 'K. Hound');
    expect(code).toBe(0);
    expect(readdirSync(at('case')).sort()).toEqual([
      'findings.jsonl',
      'intrusions.json',
      'ledger.json',
      'run.json',
      'visibility.json',
    ]);
    expect(readFileSync(at('case', 'findings.jsonl'), 'utf8')).toBe(out);
    expect(json('case', 'run.json')).toMatchObject({ operator: 'K. Hound', exitCode: 0 });
    if (process.platform !== 'win32') expect(statSync(at('case', 'ledger.json')).mode & 0o777).toBe(0o600);
  });
  it('gives the same findings and ledger again, whatever the number of workers', () => {
    hunt('logs', 'many', '--rules', 'rules', '--out', 'again-1', '--workers', '1');
    hunt('logs', 'many', '--rules', 'rules', '--out', 'again-2', '--workers', '3', '--format', 'table');
    for (const name of ['findings.jsonl', 'intrusions.json', 'visibility.json', 'ledger.json']) {
      expect(readFileSync(at('again-2', name)).equals(readFileSync(at('again-1', name)))).toBe(true);
    }
  });
  it('names the hash of each input, as sha256sum has it', () => {
    const { files } = json('case', 'ledger.json') as {
      files: { path: string; sha256: string; events: number }[];
    };
    expect(files.map(({ path, events }) => [path, events])).toEqual([
      ['logs/a.evtx', 54],
      ['logs/b.evtx', 2],
    ]);
    for (const { sha256 } of files) expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  });
  it('names the hash of a member of an archive', () => {
    hunt('a.evtx.gz', 'logs/a.evtx', '--rules', 'rules', '--out', 'packed');
    const { files } = json('packed', 'ledger.json') as { files: { sha256: string }[] };
    expect(files).toHaveLength(2);
    expect(files[0]!.sha256).toBe(files[1]!.sha256);
    const { containers } = json('packed', 'run.json') as { containers: { path: string; sha256: string }[] };
    expect(containers.map(({ path }) => path)).toEqual(['a.evtx.gz']);
  });
  it('has an entry for what could not be read', () => {
    hunt('logs', 'missing.evtx', '--rules', 'rules', '--out', 'partly');
    const { files } = json('partly', 'ledger.json') as {
      files: { path: string; unread?: { reason: string } }[];
    };
    expect(files.find(({ path }) => path === 'missing.evtx')?.unread?.reason).toBe('missing');
  });
  it('refuses to replace what it wrote, unless --force', () => {
    const { code, err } = hunt('logs', '--rules', 'rules', '--out', 'case');
    expect(code).toBe(2);
    expect(lines(err)).toHaveLength(1);
    expect(hunt('logs', '--rules', 'rules', '--out', 'case', '--force').code).toBe(0);
  });
  it('may lie in the folder that is hunted', () => {
    mkdirSync(at('hunted'), { recursive: true });
    copyFileSync(at('logs', 'a.evtx'), at('hunted', 'a.evtx'));
    hunt('hunted', '--rules', 'rules', '--out', 'hunted/out');
    const { code, err } = hunt('hunted', '--rules', 'rules', '--out', 'hunted/out', '--force');
    expect(code).toBe(0);
    expect(err).toContain('left out');
    expect((json('hunted', 'out', 'ledger.json') as { files: unknown[] }).files).toHaveLength(1);
  });
  it('writes a ledger without rules too', () => {
    hunt('logs', '--rules', 'empty', '--out', 'no-rules');
    expect(json('no-rules', 'ledger.json')).toMatchObject({
      version: 1,
      rules: [],
      files: [{ events: 54 }, { events: 2 }],
    });
  });
  it('tells the state of each rule', () => {
    mkdirSync(at('states'), { recursive: true });
    copyFileSync(at('rules', 'ntdsutil.yml'), at('states', 'a-matched.yml'));
    writeFileSync(at('states', 'b-ran.yml'), rule('Ran', vssadmin, 'low', 'nothing-like-this'));
    writeFileSync(
      at('states', 'c-elsewhere.yml'),
      rule('Elsewhere', vssadmin, 'low', 'x').replace(
        'product: windows, category: process_creation',
        'product: windows, service: dns-server',
      ),
    );
    writeFileSync(
      at('states', 'd-unknown.yml'),
      rule('Unknown', vssadmin, 'low', 'x').replace(
        'product: windows, category: process_creation',
        'product: toaster, service: crumbs',
      ),
    );
    writeFileSync(
      at('states', 'e-refused.yml'),
      rule('Refused', vssadmin, 'low', 'x').replace('|contains', '|nonsense'),
    );
    writeFileSync(
      at('states', 'f-old.yml'),
      rule('Old', vssadmin, 'low', 'x').replace('status: test', 'status: deprecated'),
    );
    hunt('logs', '--rules', 'states', '--out', 'states-out');
    const { rules } = json('states-out', 'ledger.json') as { rules: { state: string; reason: string }[] };
    expect(rules.map(({ state, reason }) => `${state} ${reason}`)).toEqual([
      'matched null',
      'ran null',
      'unrouted no-such-log',
      'unrouted no-source',
      'refused unknown-modifier',
      'unrouted excluded: status deprecated',
    ]);
  });
  it('tells which rule file has gone since', () => {
    mkdirSync(at('fading'), { recursive: true });
    for (const name of readdirSync(at('rules'))) copyFileSync(at('rules', name), at('fading', name));
    hunt('logs', '--rules', 'fading');
    rmSync(at('fading', 'vssadmin.yml'));
    expect(hunt('logs', '--rules', 'fading').err).toMatch(/vssadmin\.yml: .*gone/);
  });
});

describe('dump', () => {
  it('prints each event as a line of JSON', () => {
    const { code, out } = run(['dump', 'logs']);
    expect(code).toBe(0);
    const events = lines(out).map(line => JSON.parse(line) as { Event: { System: { Computer: string } } });
    expect(events).toHaveLength(56);
    expect(events[0]!.Event.System.Computer).toBe('HOST-A');
  });
  it('prints ECS', () => {
    const { out } = run(['dump', 'logs/b.evtx', '--format', 'ecs']);
    expect(JSON.parse(lines(out)[0]!)).toMatchObject({ host: { name: 'HOST-A' } });
  });
  it('hides secrets unless --reveal', () => {
    expect(run(['dump', 'logs']).out).not.toContain('Hunter2Secret');
    expect(run(['dump', 'logs', '--reveal']).out).toContain('Hunter2Secret');
  });
  it('prints only the time asked for', () =>
    expect(lines(run(['dump', 'logs', '--from', '2026-03-01T12:40:00Z']).out)).toHaveLength(10));
  it('says what it cannot read', () => {
    const { code, err } = run(['dump', 'logs', 'missing.evtx']);
    expect(code).toBe(3);
    expect(lines(err)).toEqual([expect.stringContaining('missing.evtx: ')]);
  });
});

describe('the program', () => {
  it('prints its version', () => expect(run(['--version']).out).toMatch(/^\d+\.\d+\.\d+\n$/));
  it('prints help with each command', () => {
    const { code, out } = run(['--help']);
    expect(code).toBe(0);
    for (const name of ['hunt', 'collect', 'dump']) expect(out).toMatch(new RegExp(`^ +${name} `, 'm'));
  });
  it.skipIf(process.platform === 'win32')('runs by way of a link, as npm installs it', () => {
    symlinkSync(bin, at('linked'));
    expect(spawnSync(process.execPath, [at('linked'), '--version'], { encoding: 'utf8' }).status).toBe(0);
  });
});
