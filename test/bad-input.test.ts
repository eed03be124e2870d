/**
 * A drill whose logs were spoilt the way real ones are, hunted whole: the story stays one, keeps its evidence, begins and
 * ends when it did, and what could not be told for certain is said.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drillLogs, eachRecord, isOn, type Logs, readLogs, type Shipped, shifted } from './distorted.ts';
import { huntJudged, type Judged, type JudgedIntrusion } from './hunted.ts';
import { requireBuild } from './program.ts';
import { scratch } from './scratch.ts';

/** Hosts of the drill that its story touches, its firewall, and one that it does not. */
const DC = 'HWDRILL-AD-1';
const JUMP = 'HWDRILL-ADM-1';
const OTHER = 'HWDRILL-MON-1';
const told = [DC, JUMP, OTHER, 'HWDRILL-AD-2', 'HWDRILL-NAS-1', 'HWDRILL-VPN1'];

const MINUTE = 60_000;
const asOf = ['--as-of', '2026-11-24T00:00:00Z'];

let folder: string;
let evtx: string;
let logs: Logs;
let usual: JudgedIntrusion;

const ofStory = ([name]: readonly [string, unknown]): boolean =>
  told.some(host => name.startsWith(`${host}/`));

beforeAll(() => {
  requireBuild();
  folder = mkdtempSync(join(tmpdir(), 'huntaway-test-'));
  evtx = drillLogs('full-chain', 'evtx', join(folder, 'evtx'));
  logs = new Map([...readLogs(drillLogs('full-chain', 'ndjson', join(folder, 'json')))].filter(ofStory));
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function hunt(spoilt: Logs): Judged {
  const files = [...spoilt].map(([name, lines]) => [`logs/${name}`, `${lines.join('\n')}\n`] as const);
  return huntJudged([join(scratch(Object.fromEntries(files)), 'logs')], asOf);
}

/** What names a record whatever became of its time and its host's domain. */
const recordsOf = (intrusions: readonly JudgedIntrusion[]): string[] =>
  intrusions
    .flatMap(({ evidence }) => evidence)
    .flatMap(({ host, channel, recordId }) =>
      recordId === null ? [] : [`${host.split('.')[0]} ${channel} ${recordId}`],
    )
    .sort();

/** Rule or behaviour and moment of each piece of evidence: what is left where records have no numbers. */
const momentsOf = ({ evidence }: JudgedIntrusion): string[] =>
  evidence.map(({ rule, behaviour, time }) => `${rule ?? behaviour} ${time}`).sort();

function expectSame({ intrusions }: Judged): void {
  expect(intrusions.map(({ verdict }) => verdict)).toEqual(['intrusion']);
  expect(recordsOf(intrusions)).toEqual(recordsOf([usual]));
  expect(intrusions[0]).toMatchObject({ firstSeen: usual.firstSeen, lastSeen: usual.lastSeen });
}

const distance = (a: unknown, b: unknown): number => Math.abs(Date.parse(`${a}`) - Date.parse(`${b}`));

describe('a drill as JSON lines', () => {
  it('is one intrusion over four hosts and a firewall', () => {
    const { intrusions } = hunt(logs);
    expect(intrusions.map(({ verdict }) => verdict)).toEqual(['intrusion']);
    usual = intrusions[0]!;
    expect(usual.hosts).toHaveLength(5);
    expect(usual.evidence.length).toBeGreaterThan(50);
  });
});

describe('a clock', () => {
  it.each([
    [DC, -5],
    [JUMP, 5],
  ])('of %s that is wrong by %d minutes changes no story', (host, minutes) => {
    const { intrusions } = hunt(
      eachRecord(logs, record => (isOn(record, host) ? shifted(record, minutes * MINUTE) : record)),
    );
    expect(intrusions.map(({ verdict }) => verdict)).toEqual(['intrusion']);
    expect(recordsOf(intrusions)).toEqual(expect.arrayContaining(recordsOf([usual])));
    expect(recordsOf(intrusions).length).toBeLessThanOrEqual(recordsOf([usual]).length + 2);
    expect(distance(intrusions[0]!.firstSeen, usual.firstSeen)).toBeLessThanOrEqual(5 * MINUTE);
    expect(distance(intrusions[0]!.lastSeen, usual.lastSeen)).toBeLessThanOrEqual(5 * MINUTE);
  });

  it.each([
    ['seven hours', -7 * 60 * MINUTE],
    ['a year', 365 * 24 * 60 * MINUTE],
  ])('that is wrong by %s loses nothing that rules find on its host, whatever time links', (_, ms) => {
    const { intrusions } = hunt(
      eachRecord(logs, record => (isOn(record, DC) ? shifted(record, ms) : record)),
    );
    expect(intrusions.filter(({ verdict }) => verdict === 'intrusion').length).toBeGreaterThan(0);
    const onHost = recordsOf([usual]).filter(each => each.startsWith(`${DC.toLowerCase()} `));
    expect(onHost.length).toBeGreaterThan(10);
    expect(recordsOf(intrusions)).toEqual(expect.arrayContaining(onHost));
  });

  it('that runs ahead of the hunt is named', () => {
    const { notes } = hunt(
      eachRecord(logs, record => (isOn(record, DC) ? shifted(record, 365 * 24 * 60 * MINUTE) : record)),
    );
    expect(notes.join('\n')).toContain(`Every time of ${DC}.corp.kauri-power.test lies after this hunt`);
  });
});

describe('times', () => {
  const isTheft = ({ winlog }: Shipped): boolean =>
    winlog.event_data?.['CommandLine']?.includes('ntdsutil') === true;
  const times = (record: Shipped, time: string): Shipped =>
    isTheft(record) ? { ...record, '@timestamp': time } : record;

  it.each(['1601-01-01T00:00:00Z', '2099-12-31T23:59:59Z'])('that say %s count as none', time => {
    const judged = hunt(eachRecord(logs, record => times(record, time)));
    expectSame(judged);
    expect(judged.notes.join('\n')).toMatch(/Events of .* say times that cannot be right/);
    const doubtful = judged.intrusions[0]!.evidence.filter(evidence => evidence.time === null);
    expect(doubtful.length).toBeGreaterThan(0);
    for (const { reasons } of doubtful)
      expect(reasons.join()).toContain(
        `${time.slice(0, 10)} ${time.slice(11, 19)} UTC, which cannot be right`,
      );
  });

  it('that are missing cost only what nothing but time linked', () => {
    const { intrusions, notes, err } = hunt(
      eachRecord(logs, record => {
        if (isTheft(record)) delete record['@timestamp'];
        return record;
      }),
    );
    expect(intrusions[0]!.verdict).toBe('intrusion');
    expect(intrusions[0]).toMatchObject({ firstSeen: usual.firstSeen, lastSeen: usual.lastSeen });
    expect(recordsOf(intrusions)).toEqual(recordsOf([usual]));
    expect(notes.join('\n')).toMatch(/pieces? of evidence ha(s|ve) no time/);
    expect(err).toContain('no time');
  });

  it('that are missing everywhere leave intrusions without first and last seen', () => {
    const { intrusions } = hunt(
      eachRecord(logs, record => {
        delete record['@timestamp'];
        delete record.event.created;
        return record;
      }),
    );
    expect(intrusions.some(({ verdict }) => verdict === 'intrusion')).toBe(true);
    const windows = intrusions.filter(({ hosts }) => !hosts.includes('hwdrill-vpn1'));
    expect(windows.map(({ firstSeen, lastSeen }) => [firstSeen, lastSeen])).toEqual(
      windows.map(() => [null, null]),
    );
  });
});

describe('record ids', () => {
  const without = (from: Logs, channel?: string): Logs =>
    eachRecord(from, record => {
      if (channel === undefined || record.winlog.channel === channel) delete record.winlog.record_id;
      return record;
    });

  it.each([undefined, 'Security'])('missing from %s leave the same evidence', channel => {
    const { intrusions } = hunt(without(logs, channel));
    expect(intrusions.map(momentsOf)).toEqual([momentsOf(usual)]);
  });

  it('missing from one of two exports make no second evidence', () => {
    const both = new Map([
      ...[...logs].map(([name, lines]) => [`a/${name}`, lines] as const),
      ...[...without(logs)].map(([name, lines]) => [`b/${name}`, lines] as const),
    ]);
    expect(hunt(both).intrusions.map(momentsOf)).toEqual([momentsOf(usual)]);
  });
});

describe('order', () => {
  /** A fixed shuffle: far neighbours change places. */
  const scattered = <T>(values: readonly T[]): T[] =>
    values
      .map((value, i) => ({ value, at: (i * 7919 + 13) % 10_007 }))
      .sort((a, b) => a.at - b.at)
      .map(({ value }) => value);

  it('of lines and files changes nothing', () => {
    const names = scattered([...logs.keys()]);
    expectSame(
      hunt(new Map(names.map((name, i) => [`${names.length - i}-${name}`, scattered(logs.get(name)!)]))),
    );
  });

  it('and all hosts in one file change nothing', () => {
    const lines = [...logs].flatMap(([name, each]) => (name.endsWith('.log') ? [] : each));
    const firewall = [...logs].filter(([name]) => name.endsWith('.log'));
    expectSame(hunt(new Map([['all.ndjson', scattered(lines)], ...firewall])));
  });
});

describe('a host', () => {
  it('in capitals, and without its domain in one log, is one', () => {
    expectSame(
      hunt(
        eachRecord(logs, record => {
          const { winlog } = record;
          winlog.computer_name = winlog.computer_name.toUpperCase();
          if (winlog.channel === 'Security') winlog.computer_name = winlog.computer_name.split('.')[0]!;
          return record;
        }),
      ),
    );
  });

  it('that is renamed in the middle of the story is still in it, under both names', () => {
    const middle = usual.evidence.find(
      ({ host, time }) => host.startsWith(JUMP.toLowerCase()) && time !== null && time > `${usual.firstSeen}`,
    )!;
    const from = new Date(Date.parse(middle.time!) + 30 * MINUTE).toISOString();
    const { intrusions } = hunt(
      eachRecord(logs, record =>
        isOn(record, JUMP) && record['@timestamp']! > from
          ? JSON.parse(JSON.stringify(record).replaceAll(new RegExp(JUMP, 'gi'), 'HWDRILL-NEW-1'))
          : record,
      ),
    );
    expect(intrusions.map(({ verdict }) => verdict)).toEqual(['intrusion']);
    const names = intrusions[0]!.hosts.map(host => host.split('.')[0]);
    expect(names).toEqual(expect.arrayContaining(['hwdrill-adm-1', 'hwdrill-new-1']));
    const numbers = (found: readonly JudgedIntrusion[]): string[] =>
      recordsOf(found).map(each => each.replace('new-1', 'adm-1'));
    expect(numbers(intrusions)).toEqual(expect.arrayContaining(recordsOf([usual])));
  });
});

describe('exported twice', () => {
  const beside = (out: string): string => out.slice(out.indexOf('Findings that are part of no story'));

  it('with an overlap, it is the same story', () => {
    const parts = [...logs].flatMap(([name, lines]) => [
      [`a/${name}`, lines.slice(0, Math.ceil(lines.length * 0.7))] as const,
      [`b/${name}`, lines.slice(Math.floor(lines.length * 0.3))] as const,
    ]);
    expectSame(hunt(new Map(parts)));
  });

  it('with times cut to seconds, it is the same story but for what hangs on fractions of them', () => {
    const cut = eachRecord(logs, record => ({
      ...record,
      '@timestamp': record['@timestamp']!.replace(/\.\d+Z$/, 'Z'),
    }));
    const both = [...logs, ...cut].map(([name, lines], i) => [`${i}/${name}`, lines] as const);
    const { intrusions } = hunt(new Map(both));
    expect(intrusions.map(({ verdict }) => verdict)).toEqual(['intrusion']);
    const [found, wanted] = [recordsOf(intrusions), recordsOf([usual])];
    expect(new Set(found).size).toBe(found.length);
    expect(wanted).toEqual(expect.arrayContaining(found));
    expect(found.length / wanted.length).toBeGreaterThan(0.9);
  });

  it('as EVTX and as JSON, it is one story, told once', () => {
    const two = scratch(
      Object.fromEntries([...logs].map(([name, lines]) => [`json/${name}`, `${lines.join('\n')}\n`])),
    );
    for (const host of told) cpSync(join(evtx, host), join(two, 'evtx', host), { recursive: true });
    const alone = scratch();
    for (const host of told) cpSync(join(evtx, host), join(alone, host), { recursive: true });
    const [once, twice] = [alone, two].map(path => huntJudged([path], asOf));
    const gist = ({ intrusions }: Judged): unknown =>
      intrusions.map(({ verdict, score, stages, hosts, accounts, sources }) => {
        return { verdict, score, stages, hosts, accounts, sources };
      });
    expect(gist(twice!)).toEqual(gist(once!));
    expect(recordsOf(twice!.intrusions)).toEqual(recordsOf(once!.intrusions));
    // No rule stands below the story for the copies of what is in it.
    const rulesOf = (text: string): number =>
      beside(text)
        .split('\n')
        .filter(line => /^\w+ +\d/.test(line)).length;
    expect(rulesOf(twice!.out)).toBe(rulesOf(once!.out));
  });
});

describe('a broken file', () => {
  it('that ends in the middle of a record costs that record, and is named', () => {
    const cut = new Map(
      [...logs].map(([name, lines]) => [
        name,
        name.startsWith(`${OTHER}/`) ? [...lines.slice(0, -1), lines.at(-1)!.slice(0, 200)] : lines,
      ]),
    );
    const judged = hunt(cut);
    expectSame(judged);
    expect(judged.err).toContain(`${OTHER}/winlogbeat.ndjson`);
    expect(judged.code).toBe(3);
  });
});

describe('a command line of 100 KB', () => {
  it('hides no evidence', () => {
    const longest = { length: 0 };
    const judged = hunt(
      eachRecord(logs, record => {
        const data = record.winlog.event_data;
        if (data?.['CommandLine']?.includes('ntdsutil') !== true) return record;
        data['CommandLine'] += ` ${'A^"% '.repeat(20_000)}`;
        longest.length = Math.max(longest.length, data['CommandLine'].length);
        return record;
      }),
    );
    expect(longest.length).toBeGreaterThan(100_000);
    expectSame(judged);
  });
});
