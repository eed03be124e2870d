/** What a judged hunt writes and says beside its stories, as the built program does it: the page, what people decided, what is new. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bin, type Result, requireBuild } from './program.ts';
import { schema } from './schemas.ts';

const logs = 'samples/drill/logs';
const folder = mkdtempSync(join(tmpdir(), 'huntaway-outputs-'));
const out = join(folder, 'out');
const fewer = join(folder, 'fewer');

function run(...args: string[]): Result {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return { code: status, out: stdout, err: stderr };
}

const hunt = (path: string, to: string, ...more: string[]): Result =>
  run('hunt', path, '--out', to, '--format', 'table', '--quiet', '--as-of', '2026-01-01', ...more);
const text = (name: string, of = out): string => readFileSync(join(of, name), 'utf8');
const json = (name: string, of = out): ReturnType<typeof JSON.parse> => JSON.parse(text(name, of));
const strongest = (of = out): { id: string; summary: string; evidence: { id: string }[] } =>
  json('intrusions.json', of).intrusions[0];

beforeAll(() => {
  requireBuild();
  expect(hunt(logs, out, '--site-timezone', 'Pacific/Auckland').code).toBe(0);
  cpSync(logs, join(folder, 'logs'), { recursive: true });
  rmSync(join(folder, 'logs', 'HWDRILL-ADC01'), { recursive: true });
  expect(hunt(join(folder, 'logs'), fewer).code).toBe(0);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the findings page of a hunt', () => {
  it('tells its stories, with every piece of evidence and the event behind it', () => {
    const page = text('report.html');
    const { id, evidence } = strongest();
    expect(page).toContain(id);
    for (const { id: each } of evidence) expect(page).toContain(`id="e-${each}"`);
    const data = /<script type="application\/json" id="huntaway-data">(.*?)<\/script>/s.exec(page)![1]!;
    const raws = JSON.parse(data).evidence.filter((each: { raw: string | null }) => each.raw !== null);
    expect(raws.length).toBeGreaterThan(evidence.length / 2);
    for (const { raw, record } of raws) expect(JSON.parse(raw).winlog.record_id).toBe(`${record ?? ''}`);
  });

  it('is live, says what could not be seen, and times of the site', () => {
    const page = text('report.html');
    expect(page.match(/<script/g)).toHaveLength(2);
    expect(page).toContain('77 % of what was looked for');
    expect(page).toContain('+13:00');
  });

  it('is readable by its owner alone, as are all files of the hunt', () => {
    for (const name of ['report.html', 'bundle.stix.json', 'navigator.json', 'visibility.json']) {
      expect(statSync(join(out, name)).mode & 0o777, name).toBe(0o600);
    }
  });
});

describe('files for other tools', () => {
  it('hold the evidence of the stories as observations', () => {
    const { objects } = json('bundle.stix.json');
    const observed = objects.filter(({ type }: { type: string }) => type === 'observed-data');
    const pieces = json('intrusions.json').intrusions.flatMap(
      ({ evidence }: { evidence: unknown[] }) => evidence,
    );
    expect(observed).toHaveLength(pieces.length);
  });

  it('lay out techniques that were found', () => {
    const { techniques } = json('navigator.json');
    const found = techniques.filter(({ score }: { score: number }) => score === 100);
    expect(found.map(({ techniqueID }: { techniqueID: string }) => techniqueID)).toContain('T1003.003');
  });

  it('are not written of a hunt by rules alone, which judges nothing', () => {
    const bare = join(folder, 'bare');
    expect(hunt('samples/logs', bare, '--rules', 'samples/rules').code).toBe(0);
    expect(existsSync(join(bare, 'report.html'))).toBe(false);
    expect(json('intrusions.json', bare).intrusions).toEqual([]);
  });
});

describe('what is new since a former hunt', () => {
  const validate = schema('comparison');

  it('is a story that has grown, and behaviours of a host that can be seen now', () => {
    const now = join(folder, 'now');
    const { out: said } = hunt(logs, now, '--compare', fewer);
    const written = json('comparison.json', now);
    expect(validate(written), JSON.stringify(validate.errors)).toBe(true);
    const grown = written.intrusions.find(({ id }: { id: string }) => id === strongest(now).id);
    expect(['grown', 'stronger']).toContain(grown.change);
    expect(grown.fresh.length).toBeGreaterThan(0);
    const adc = written.visibility.find(({ host }: { host: string }) => /adc01/.test(host ?? ''));
    expect(adc.gained).toContain('VT-CA-01');
    expect(said).toContain(`Since ${fewer}`);
  });

  it('is nothing where nothing changed', () => {
    const again = join(folder, 'again');
    hunt(logs, again, '--compare', out);
    const { intrusions, gone, visibility } = json('comparison.json', again);
    expect(new Set(intrusions.map(({ change }: { change: string }) => change))).toEqual(new Set(['same']));
    expect([gone, visibility]).toEqual([[], []]);
  });
});

describe('what people decided', () => {
  it('is told by the next hunt, in the first lines and on the page, and is open again on more evidence', () => {
    const cases = join(folder, 'site-cases.jsonl');
    const { id } = strongest(fewer);
    const by = ['--by', 'A. Ngata', '--reason', 'a restore test', '--cases', cases];
    expect(run('case', 'dismiss', id, '--hunt', fewer, ...by).code).toBe(0);
    const same = join(folder, 'same');
    const told = hunt(join(folder, 'logs'), same, '--cases', cases).out;
    expect(told.split('\n\n', 1)[0]).toContain('dismissed');
    expect(text('report.html', same)).toContain('a restore test');
    const more = join(folder, 'more');
    expect(hunt(logs, more, '--cases', cases).out.split('\n\n', 1)[0]).toContain('open again');
  });

  it('is taken from the hunt that is compared with, where nobody names a file', () => {
    const { id } = strongest();
    expect(
      run('case', 'confirm', id, '--hunt', out, '--by', 'A. Ngata', '--reason', 'owner denies').code,
    ).toBe(0);
    const next = join(folder, 'next');
    expect(hunt(logs, next, '--compare', out).out.split('\n\n', 1)[0]).toContain('confirmed incident');
    const { objects } = json('bundle.stix.json', next);
    expect(objects.some(({ type }: { type: string }) => type === 'incident')).toBe(true);
  });
});
