/** Whether the plant was reached, as the built program says it of drills: of a crossing, of its quiet twin, of no plant. */
import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { huntJudged, type Judged } from './hunted.ts';
import { bin, requireBuild } from './program.ts';
import { schema } from './schemas.ts';
import { scratch } from './scratch.ts';

beforeAll(requireBuild);

/** Milliseconds; a drill is written, and hunted from end to end, on a machine that may be busy. */
const DRILLED = 180_000;

const plantHosts = /HWDRILL-(?:HIS|PI|HST|HMI|SCA|OPC|ENG|EWS|PRJ)/i;

function drill(kind: string): string {
  const out = join(scratch(), kind);
  const { status, stderr } = spawnSync(process.execPath, [bin, 'drill', kind, '--out', out, '--quiet'], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return out;
}

const hunt = (folder: string): Judged =>
  huntJudged([join(folder, 'logs')], ['--site', join(folder, 'huntaway.yml')]);

const firstLines = ({ out }: Judged): string[] => out.split('\n\n', 1)[0]!.split('\n');

describe('a crossing to the plant', { timeout: DRILLED }, () => {
  it('is evidence, in the second line and in the file, with the control room first', () => {
    const judged = hunt(drill('crossing-ot'));
    expect(judged.reach.state).toBe('evidence');
    const lines = firstLines(judged);
    expect(lines.length).toBeLessThanOrEqual(5);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
    expect(lines[0]).toMatch(/^Strong evidence of intrusion since \d{4}-\d\d-\d\d: \d+ hosts/);
    expect(lines[1]).toMatch(/^Reached OT: evidence/);
    expect(lines.join('\n')).toContain('Do first: Call the control room before anything else');
    const strong = judged.intrusions.find(({ verdict }) => verdict === 'intrusion')!;
    expect(strong.first[0]).toMatch(/^Call the control room before anything else/);
    const { code: _code, err: _err, out: _out, ...written } = judged;
    const validate = schema('intrusions');
    expect(validate(written), JSON.stringify(validate.errors)).toBe(true);
  });

  it('is no evidence in its quiet twin', () => {
    const judged = hunt(drill('crossing-ot-quiet'));
    expect(judged.reach.state).not.toBe('evidence');
    expect(firstLines(judged).join(' ')).toMatch(/Reached OT: (?:could not see|nothing found)/);
  });
});

describe('a drill without logs of the plant', { timeout: DRILLED }, () => {
  it('could not see it, and says whose logs to ask for', () => {
    const folder = drill('security-only');
    for (const name of readdirSync(join(folder, 'logs'))) {
      if (plantHosts.test(name)) rmSync(join(folder, 'logs', name), { recursive: true });
    }
    const { reach, out } = hunt(folder);
    expect(reach.state).toBe('could-not-see');
    expect(reach.said).toMatch(/could not see: 3 of 3 plant hosts have no logs: hwdrill-/);
    expect(reach.first[0]).toContain('Ask the control room to export the logs');
    expect(out).toContain('Not seen: no logs of hwdrill-');
  });

  it('says without a site file that nobody told it where the plant is', () => {
    const { reach } = huntJudged([join(drill('security-only'), 'logs')]);
    expect(reach.said).toBe('Reached OT: could not see: no plant host is known (name them in huntaway.yml)');
  });
});

describe('the bundled drill without the logs of one host', { timeout: DRILLED }, () => {
  const bundled = new URL('../samples/drill/logs', import.meta.url);

  it.each(['HWDRILL-ADC01', 'HWDRILL-FILE01'])('says in its first lines that %s is missing', host => {
    const logs = join(scratch(), 'logs');
    cpSync(bundled, logs, { recursive: true });
    rmSync(join(logs, host), { recursive: true });
    const lines = firstLines(huntJudged([logs]));
    expect(lines.length).toBeLessThanOrEqual(5);
    expect(lines.join(' ')).toMatch(new RegExp(`Not seen: no logs of [^;]*${host.toLowerCase()}`));
  });
});
