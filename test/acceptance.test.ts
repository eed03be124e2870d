/**
 * What the program promises of logs in several formats, as a user meets it: one command hunts a folder that mixes EVTX,
 * Winlogbeat's and flat JSON and event XML, finds what the EVTX would show, correlates across them, explains each finding,
 * and can prove later what was read. Needs the build (`npm test` makes it first).
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CorrelationFinding, Finding } from '../src/tell/index.ts';
import { isCorrelation } from './correlating.ts';
import { mixedFiles, writeMixedLogs } from './mixed.ts';
import { bin, type Result, requireBuild } from './program.ts';

const rules = fileURLToPath(new URL('../samples/rules', import.meta.url));
const evtx = fileURLToPath(new URL('../samples/logs', import.meta.url));

let folder = '';
const at = (...path: string[]): string => join(folder, ...path);

function run(...words: readonly string[]): Promise<Result> {
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '', XDG_CACHE_HOME: at('cache') };
  return new Promise(resolve =>
    execFile(process.execPath, [bin, ...words], { cwd: folder, env, maxBuffer: 1 << 28 }, (error, out, err) =>
      resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    ),
  );
}

/** Runs all, some at a time. */
async function each<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const worker = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await act(item);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
}

const findings = (text: string): Finding[] =>
  text
    .split('\n')
    .filter(each => each !== '')
    .map(each => JSON.parse(each) as Finding);

/** Winlogbeat writes milliseconds. */
const milliseconds = (time: string): string => time.slice(0, 23);

/** What must be the same whatever an event was read from. */
function essence(finding: Finding): unknown {
  const time = milliseconds(finding['@timestamp']);
  if (!isCorrelation(finding)) {
    const { rule, host, winlog } = finding;
    return [rule.id, time, host.name, winlog.channel, winlog.record_id];
  }
  const { group, count, rules: of, events } = finding.huntaway.correlation;
  const behind = events.map(each => [
    each.rule,
    milliseconds(each.time),
    each.host,
    each.channel,
    each.record_id,
  ]);
  return [finding.rule.id, time, group, count, of, behind];
}

/** An event that a finding names, and the rule that it says matched. */
type Matched = {
  readonly rule: string;
  readonly file: string;
  readonly offset: number;
  readonly record: string;
};

function matchedBy(found: readonly Finding[]): Matched[] {
  const all = found.flatMap((finding): Matched[] =>
    isCorrelation(finding)
      ? finding.huntaway.correlation.events.map(({ rule, file, offset, record_id = '' }) => {
          return { rule, file, offset, record: record_id };
        })
      : [
          {
            rule: finding.rule.id,
            file: finding.log.file.path,
            offset: finding.log.offset,
            record: finding.winlog.record_id,
          },
        ],
  );
  return [...new Map(all.map(one => [JSON.stringify(one), one])).values()];
}

type Explained = { readonly matched: boolean; readonly event: { readonly recordId: number } };

async function explained(rule: string, event: string): Promise<Explained> {
  const words = ['rules', 'explain', rule, '--rules', rules, '--event', event, '--format', 'json'];
  const { code, out, err } = await run(...words);
  expect([code, err], event).toEqual([0, '']);
  return JSON.parse(out) as Explained;
}

let mixed: Result;
let found: readonly Finding[] = [];
let alone: readonly Finding[] = [];

beforeAll(async () => {
  requireBuild();
  folder = mkdtempSync(join(tmpdir(), 'huntaway-mixed-'));
  writeMixedLogs(at('logs'));
  mixed = await run('hunt', 'logs', '--rules', rules, '--out', 'case');
  found = findings(mixed.out);
  alone = findings((await run('hunt', evtx, '--rules', rules)).out);
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a folder with EVTX, JSON and XML', () => {
  it('is hunted in one command, and every file is read', () => {
    expect(mixed.code).toBe(0);
    expect(mixed.err).toContain('6 files: 6 read');
    const ledger = JSON.parse(readFileSync(at('case', 'ledger.json'), 'utf8')) as {
      files: { path: string; type: string; damaged: unknown[]; unparsed: unknown[] }[];
    };
    expect(ledger.files.map(({ path, type }) => [path, type])).toEqual([
      [`logs/${mixedFiles.xml[0]}`, 'xml'],
      [`logs/${mixedFiles.evtx}`, 'evtx'],
      [`logs/${mixedFiles.xml[1]}`, 'xml'],
      [`logs/${mixedFiles.zip}!/${mixedFiles.member}`, 'ndjson'],
      [`logs/${mixedFiles.utf16}`, 'xml'],
      [`logs/${mixedFiles.winlogbeat}`, 'ndjson'],
    ]);
    expect(ledger.files.flatMap(({ damaged, unparsed }) => [...damaged, ...unparsed])).toEqual([]);
  });

  it('has the findings that the same logs have as EVTX', () => {
    const sorted = (of: readonly Finding[]): string[] =>
      of.map(finding => JSON.stringify(essence(finding))).sort();
    expect(alone.length).toBeGreaterThan(30);
    expect(sorted(found)).toEqual(sorted(alone));
  });

  it('has findings in each of its files', () => {
    const files = new Set(matchedBy(found).map(({ file }) => file));
    expect(files.size).toBe(6);
  });

  it.each([
    ['Directory Database Copied, Packed And The Log Cleared', [mixedFiles.xml[0], mixedFiles.evtx]],
    ['Logon From Outside After The Directory Was Stolen', [mixedFiles.xml[0], mixedFiles.evtx]],
    ['Burst Of Survey Commands', [mixedFiles.winlogbeat]],
  ])('correlates: %s', (title, files) => {
    const fired = found.filter(({ rule }) => rule.name === title) as CorrelationFinding[];
    expect(fired.length).toBe(1);
    const behind = new Set(fired[0]!.huntaway.correlation.events.map(({ file }) => file));
    expect([...behind].sort()).toEqual(files.map(file => `logs/${file}`).sort());
  });

  it('has the same findings with any number of workers, and the order of the paths makes none', async () => {
    const paths = readdirSync(at('logs')).map(name => `logs/${name}`);
    const orders = [paths, [...paths].reverse(), [...paths.slice(2), ...paths.slice(0, 2)]];
    for (const [i, order] of orders.entries()) {
      const { code, out } = await run('hunt', ...order, '--rules', rules, '--workers', `${i + 1}`);
      expect(code).toBe(0);
      expect(out).toBe(mixed.out);
      const many = await run('hunt', 'logs', '--rules', rules, '--workers', `${i + 1}`);
      expect(many.out).toBe(mixed.out);
    }
  });

  it('has every finding explained as matched, by offset and by record', async () => {
    const matched = matchedBy(found);
    expect(matched.length).toBeGreaterThan(25);
    await each(matched, async ({ rule, file, offset, record }) => {
      const { matched: does, event } = await explained(rule, `${file}#@${offset}`);
      expect([does, `${event.recordId}`]).toEqual([true, record]);
    });
    // Several hosts, or several channels, may have a record of one number.
    const own = [mixedFiles.evtx, ...mixedFiles.xml, `${mixedFiles.zip}!/${mixedFiles.member}`];
    const single = matched.filter(({ file }) => own.includes(file.slice('logs/'.length) as never));
    expect(single.length).toBeGreaterThan(8);
    await each(single, async ({ rule, file, record }) =>
      expect((await explained(rule, `${file}#${record}`)).matched).toBe(true),
    );
  }, 120_000);

  it('has a rule that did not match an event explained as not matched', async () => {
    const matched = matchedBy(found);
    const pairs = new Set(matched.map(({ rule, file, offset }) => `${rule} ${file} ${offset}`));
    const rulesThere = [...new Set(matched.map(({ rule }) => rule))];
    const others = matched.map((one, i) => ({ ...one, rule: rulesThere[(i * 7) % rulesThere.length]! }));
    const apart = others.filter(({ rule, file, offset }) => !pairs.has(`${rule} ${file} ${offset}`));
    expect(apart.length).toBeGreaterThan(15);
    await each(apart.slice(0, 16), async ({ rule, file, offset }) =>
      expect((await explained(rule, `${file}#@${offset}`)).matched).toBe(false),
    );
  }, 120_000);

  it('is proved to be what was read', async () => {
    const { code, out } = await run('verify', 'case', '--format', 'json');
    expect(code).toBe(0);
    const { files } = JSON.parse(out) as { files: { status: string }[] };
    expect(files.length).toBeGreaterThan(7);
    expect(files.filter(({ status }) => status !== 'unchanged')).toEqual([]);
  });
});
