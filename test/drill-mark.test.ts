/**
 * Whoever meets a finding of a drill, in whatever output, must see that it is one: everything that is told of it carries
 * the mark, and what is kept for later hunts keeps none of it. Needs the build (`npm test` makes it first).
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WrittenEvidence } from '../src/tell/intrusions/index.ts';
import { bin, requireBuild } from './program.ts';

const logs = fileURLToPath(new URL('../samples/drill/logs', import.meta.url));
const MARK = /hwdrill-/i;

let folder = '';

beforeAll(() => {
  requireBuild();
  folder = mkdtempSync(join(tmpdir(), 'huntaway-test-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(...words: readonly string[]): string {
  const env = { ...process.env, NO_COLOR: '1' };
  const { stdout, stderr, status } = spawnSync(process.execPath, [bin, ...words], { encoding: 'utf8', env });
  if (status !== 0) throw new Error(`${words[0]} ended with ${status}: ${stderr}`);
  return stdout;
}

/** Findings in a format, one text each. */
const split: Readonly<Record<string, (text: string) => string[]>> = {
  jsonl: text => text.trimEnd().split('\n'),
  timesketch: text => text.trimEnd().split('\n'),
  ocsf: text => text.trimEnd().split('\n'),
  json: text => (JSON.parse(text) as unknown[]).map(each => JSON.stringify(each)),
  csv: text => text.trimEnd().split('\r\n').slice(1),
};

describe('a finding of a drill shows its mark', () => {
  it.each(Object.keys(split))('as %s', format => {
    const findings = split[format]!(run('hunt', logs, '--format', format, '--quiet'));
    expect(findings.length).toBeGreaterThan(50);
    expect(findings.filter(each => !MARK.test(each))).toEqual([]);
  });

  it('as an event', () => {
    const events = run('dump', join(logs, 'HWDRILL-ADC01', 'Security.evtx'))
      .trimEnd()
      .split('\n');
    expect(events.filter(each => !/"Provider":.*HWDRILL-/.test(each))).toEqual([]);
  });
});

describe('of a judged drill', () => {
  let out = '';
  let told = '';
  beforeAll(() => {
    out = join(folder, 'judged');
    told = run('hunt', logs, '--format', 'table', '--out', out, '--quiet');
  });

  it('every piece of evidence, host and account of a story shows it', () => {
    const { intrusions } = JSON.parse(readFileSync(join(out, 'intrusions.json'), 'utf8'));
    expect(intrusions.length).toBeGreaterThan(0);
    for (const { summary, hosts, evidence } of intrusions) {
      expect(summary).toMatch(MARK);
      for (const host of hosts) expect(host).toMatch(MARK);
      for (const { host, file } of evidence as WrittenEvidence[]) {
        expect(host).toMatch(MARK);
        expect(file).toMatch(MARK);
      }
    }
  });

  it('the terminal shows it at the head of each story', () => {
    const heads = told
      .split('\n')
      .flatMap((line, i, all) => (/EVIDENCE OF INTRUSION/.test(line) ? [all.slice(i, i + 3).join(' ')] : []));
    expect(heads.length).toBeGreaterThan(0);
    for (const head of heads) expect(head).toMatch(MARK);
  });

  it('the ledger shows it for every channel', () => {
    const { channels } = JSON.parse(readFileSync(join(out, 'ledger.json'), 'utf8'));
    for (const { host } of channels) expect(host).toMatch(MARK);
  });
});

describe('a memory', () => {
  const hunted = (path: string, file: string): string => {
    run('hunt', path, '--memory', file, '--format', 'table', '--quiet');
    return readFileSync(file, 'utf8');
  };

  it('of a site takes nothing from a drill', () => {
    const file = join(folder, 'site.memory');
    const site = hunted('samples/logs', file);
    expect(hunted(logs, file)).toBe(site);
    expect(site).not.toMatch(MARK);
  });

  it('of a drill says so, and takes nothing from a site', () => {
    const file = join(folder, 'drill.memory');
    const drill = hunted(logs, file);
    expect(JSON.parse(drill).drill).toBe(true);
    expect(hunted('samples/logs', file)).toBe(drill);
  });
});
