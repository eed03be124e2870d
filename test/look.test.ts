/** `hunt --look-for` as a person runs it: over the drill, and over records that are written to deceive. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { EventFinding } from '../src/tell/findings/index.ts';
import { bin, type Result, requireBuild } from './program.ts';
import { schema } from './schemas.ts';
import { scratch } from './scratch.ts';

const drill = fileURLToPath(new URL('../samples/drill/logs', import.meta.url));

beforeAll(requireBuild);

function look(paths: readonly string[], ...flags: readonly string[]): Result {
  const run = spawnSync(process.execPath, [bin, 'hunt', ...paths, ...flags], {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

/** Findings of words in the drill. */
function found(...flags: readonly string[]): EventFinding[] {
  const { out, code } = look([drill], ...flags, '--format', 'jsonl');
  expect(code).toBe(0);
  return out.split('\n').flatMap(line => (line === '' ? [] : [JSON.parse(line) as EventFinding]));
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ');

describe('an address', () => {
  it('is found in every record of the drill that holds it, and in no other', () => {
    const lines = readFileSync(join(drill, 'HWDRILL-EDGE1', 'fortigate.log'), 'utf8').split('\n');
    const held = lines.filter(line => /(?<![\d.])203\.0\.113\.70(?![\d.])/.test(line)).length;
    const findings = found('--look-for', '203.0.113.70');
    expect(held).toBeGreaterThan(0);
    expect(findings).toHaveLength(held);
    for (const { rule, huntaway } of findings) {
      expect(rule).toEqual({ id: 'look-for:address:203.0.113.70', name: 'touches 203.0.113.70' });
      expect(huntaway.look).toEqual({ fields: ['remip'] });
    }
  });
  it('is told with hosts, times, silences and what could not be seen', () => {
    const { out } = look([drill], '--look-for', '203.0.113.70', '--format', 'table');
    expect(oneLine(out)).toContain(
      '203.0.113.70 (address): seen 3 times on host HWDRILL-EDGE1 between 2025-10-09 12:17:50 and 2025-10-09 13:25:49 UTC.',
    );
    expect(out).toContain('  2025-10-09 12:17:50  HWDRILL-EDGE1  fortigate 39943  in remip');
    expect(out).toContain('· 1 h 7 min without a record of it');
    expect(oneLine(out)).toContain('What could not be seen');
    expect(oneLine(out)).toContain('names that were resolved to addresses (Sysmon 22): on no host recorded');
  });
  it('that is in no record shows no absence', () => {
    const { out, code } = look([drill], '--look-for', '203.0.113.7', '--format', 'table');
    expect(oneLine(out)).toContain(
      '203.0.113.7 (address): not seen in these logs: 5 hosts, back to 2025-09-30 05:33:34 UTC (30 d 22 h). This does not show absence.',
    );
    expect(code).toBe(0);
  });
  it('of a network is found too', () =>
    expect(found('--look-for', '203.0.113.64/27').length).toBeGreaterThanOrEqual(3));
});

describe('a logon from an address', () => {
  it('brings what was done in it, told apart from what holds the address', () => {
    const findings = found('--look-for', '10.59.212.109');
    const direct = findings.filter(({ rule }) => rule.id === 'look-for:address:10.59.212.109');
    const inLogon = findings.filter(({ rule }) => rule.id === 'look-for:logon:address:10.59.212.109');
    expect(direct.length + inLogon.length).toBe(findings.length);
    for (const each of direct) expect(JSON.stringify(each)).toContain('10.59.212.109');
    for (const each of inLogon) expect(JSON.stringify(each)).not.toContain('"10.59.212.109"');
    const { out } = look([drill], '--look-for', '10.59.212.109', '--format', 'table');
    expect(oneLine(out)).toContain(`seen ${direct.length} times`);
    expect(oneLine(out)).toContain(`in 3 logons of it: ${inLogon.length} more records, within 48 h`);
    expect(inLogon.some(({ message }) => message.includes('quser'))).toBe(true);
  });
});

describe('an account', () => {
  const sid = 'S-1-5-21-1420199420-1914686941-2043068670-1241';
  const ids = (findings: readonly EventFinding[]): string[] =>
    findings.map(
      ({ host, winlog, log }) => `${host.name} ${winlog.channel} ${winlog.record_id} ${log.offset}`,
    );

  it('and its SID are one, and what was inferred is said', () => {
    const byName = found('--look-for', 'HARBOUR\\s.backup');
    const bySid = found('--look-for', sid);
    expect(byName.length).toBeGreaterThan(50);
    expect(ids(bySid)).toEqual(ids(byName));
    const { out } = look([drill], '--look-for', sid, '--format', 'table');
    expect(oneLine(out)).toMatch(/also as HARBOUR\\s\.backup \(inferred: \d+ records say both together\)/);
  });
  it('whose event says no domain is told apart', () => {
    const nameOnly = found('--look-for', 'HARBOUR\\s.backup').filter(each => each.huntaway.look?.name_only);
    expect(new Set(nameOnly.map(({ host }) => host.name))).toContain('HWDRILL-EDGE1');
  });
  it('is found with any number of workers alike', () => {
    const run = (workers: string): string =>
      look([drill], '--look-for', 'HARBOUR\\s.backup', '--format', 'table', '--workers', workers).out;
    expect(run('3')).toBe(run('1'));
  });
  it('is found in the time asked about and 48 h around it, told apart', () => {
    const findings = found('--look-for', 'HARBOUR\\s.backup', '--from', '2025-10-18', '--to', '2025-10-18');
    const times = findings.map(each => each['@timestamp']);
    expect(times.at(0)! >= '2025-10-16').toBe(true);
    expect(times.at(-1)! < '2025-10-21').toBe(true);
    for (const each of findings) {
      const isInside = each['@timestamp'].startsWith('2025-10-18');
      expect(each.huntaway.look?.around).toBe(isInside ? undefined : true);
    }
    expect(new Set(findings.map(each => each.huntaway.look?.around))).toEqual(new Set([undefined, true]));
  });
});

describe('a path', () => {
  it('is found in every notation', () => {
    const path = found('--look-for', 'C:\\Windows\\NTDS\\ntds.dit');
    const device = found('--look-for', '\\Device\\HarddiskVolume2\\windows\\ntds/ntds.dit');
    expect(path.length).toBeGreaterThan(0);
    for (const { message } of path) expect(message.toLowerCase()).toContain('ntds.dit');
    expect(device.length).toBeGreaterThanOrEqual(path.length);
  });
  it('of a drive is not that of another', () =>
    expect(found('--look-for', 'Q:\\Windows\\NTDS\\ntds.dit')).toEqual([]));
});

describe('the folder given with --out', () => {
  it('holds the answer, the findings, the ledger and the terms, as their schemas say', () => {
    const out = join(scratch(), 'out');
    const run = look([drill], '--look-for', 'HARBOUR\\s.backup', '--look-for', '203.0.113.70', '--out', out);
    expect(run.code).toBe(0);
    const read = (name: string): string => readFileSync(join(out, name), 'utf8');
    const check = schema('look');
    const answer = JSON.parse(read('look.json'));
    expect(check(answer), JSON.stringify(check.errors)).toBe(true);
    expect(answer.terms.map((term: { count: number }) => term.count > 0)).toEqual([true, true]);
    const finding = schema('finding');
    for (const line of read('findings.jsonl').trimEnd().split('\n')) {
      expect(finding(JSON.parse(line)), JSON.stringify(finding.errors)).toBe(true);
    }
    expect(JSON.parse(read('ledger.json')).rules).toHaveLength(4);
    const record = JSON.parse(read('run.json'));
    const given = record.options.find(({ name }: { name: string }) => name === 'lookFor');
    expect(given.value).toEqual(['HARBOUR\\s.backup', '203.0.113.70']);
    expect(record.outputs.map(({ name }: { name: string }) => name)).toEqual([
      'findings.jsonl',
      'look.json',
      'ledger.json',
    ]);
  });
});

describe('a word that is no term', () => {
  it.each([
    ['10.1.2.300', 'no IPv4 or IPv6 address'],
    ['http://x.test/', 'a URL is none of these'],
    ['C:\\', 'names too little'],
  ])('%s is refused with the remedy', (word, said) => {
    const { code, err } = look([drill], '--look-for', word);
    expect(code).toBe(2);
    expect(err).toContain(said);
  });
});

describe('records that are written to deceive', () => {
  it('reach the terminal inert, and words with signs of terminals and patterns are text', () => {
    const log = join(scratch(), 'logs.ndjson');
    const record = (command: string): string =>
      JSON.stringify({
        '@timestamp': '2026-01-02T03:04:05.000Z',
        winlog: {
          channel: 'Security',
          event_id: 4688,
          provider_name: 'Microsoft-Windows-Security-Auditing',
          computer_name: 'ws\u001b[2J1',
          record_id: 1,
          event_data: { CommandLine: command },
        },
      });
    writeFileSync(log, `${record('x \u001b]0;owned\u0007 10.9.8.7 \u202e"')}\n${record('jxo j.o')}\n`);
    const { out, err } = look(
      [log],
      '--look-for',
      '10.9.8.7',
      '--look-for',
      'account:j.o',
      '--format',
      'table',
    );
    expect(out).toContain('10.9.8.7 in CommandLine');
    expect(out).toContain('j.o in CommandLine');
    expect(oneLine(out)).toContain('j.o (account): seen once');
    expect(out + err).not.toMatch(/[\u001b\u0007\u202e]/);
    const refused = look([log], '--look-for', 'a\u001b[31m/*x');
    expect(refused.code).toBe(2);
    expect(refused.err).not.toContain('\u001b');
  });
});

describe('hundreds of records', () => {
  it('are shown where they are nearest to what was asked about, and the rest is counted', () => {
    const log = join(scratch(), 'logs.ndjson');
    const start = Date.parse('2026-01-01T00:00:00Z');
    const lines = Array.from({ length: 1440 }, (_, minutes5) =>
      JSON.stringify({
        '@timestamp': new Date(start + minutes5 * 300_000).toISOString(),
        winlog: {
          channel: 'Security',
          event_id: 4625,
          provider_name: 'Microsoft-Windows-Security-Auditing',
          computer_name: 'ws1',
          record_id: minutes5 + 1,
          event_data: { IpAddress: '10.9.8.7' },
        },
      }),
    );
    writeFileSync(log, `${lines.join('\n')}\n`);
    const day = ['--from', '2026-01-03', '--to', '2026-01-03'];
    const { out } = look([log], '--look-for', '10.9.8.7', ...day, '--format', 'table');
    // 288 records a day: one day asked about, two days on both sides.
    expect(oneLine(out)).toContain('seen 288 times, and 1,152 times in the 48 h around, on host ws1');
    const shown = out.split('\n').filter(line => /^[ ~] 2026-01-0\d \d\d:/.test(line));
    expect(shown.filter(line => line.startsWith('~'))).toHaveLength(40);
    expect(shown.filter(line => line.startsWith(' '))).toHaveLength(160);
    expect(shown[19]).toContain('~ 2026-01-02 23:55:00');
    expect(shown[20]).toContain('  2026-01-03 00:00:00');
    expect(shown[179]).toContain('  2026-01-03 23:55:00');
    expect(shown[180]).toContain('~ 2026-01-04 00:00:00');
    expect([...out.matchAll(/… (\d+) records not shown/g)].map(([, count]) => Number(count))).toEqual([
      556, 128, 556,
    ]);
  });
});

describe('without an end', () => {
  it('standard input is looked through once, and a name that it taught is said not to be looked for', () => {
    const event = {
      '@timestamp': '2026-01-02T03:04:05.000Z',
      winlog: {
        channel: 'Security',
        event_id: 4624,
        provider_name: 'Microsoft-Windows-Security-Auditing',
        computer_name: 'ws1',
        record_id: 1,
        event_data: {
          TargetUserName: 'jo',
          TargetDomainName: 'CORP',
          TargetUserSid: 'S-1-5-21-1-2-3-1105',
        },
      },
    };
    const run = spawnSync(
      process.execPath,
      [bin, 'hunt', '-', '--look-for', 'CORP\\jo', '--format', 'table'],
      {
        encoding: 'utf8',
        input: `${JSON.stringify(event)}\n`,
        env: { ...process.env, NO_COLOR: '1' },
      },
    );
    expect(oneLine(run.stdout)).toContain(
      'also as S-1-5-21-1-2-3-1105 (inferred: 1 record says both together; not looked for, because standard input cannot be read again)',
    );
  });
});
