/**
 * The bundled drill as a user hunts it: its story is found, whatever the number of workers, the order of paths and the
 * number of copies; what is broken, hostile or approved changes what it should and nothing else.
 */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { huntJudged, type Judged } from './hunted.ts';
import { requireBuild } from './program.ts';
import { schema } from './schemas.ts';
import { scratch } from './scratch.ts';

const drill = fileURLToPath(new URL('../samples/drill', import.meta.url));
const logs = join(drill, 'logs');
const pack = fileURLToPath(new URL('../advisories/volt-typhoon', import.meta.url));
const rules = fileURLToPath(new URL('../samples/rules', import.meta.url));
const asOf = ['--as-of', '2026-11-24T00:00:00Z'];

/** What a judgement says, without where its files lay. */
const said = ({ intrusions, notes }: Judged): unknown => ({
  intrusions: intrusions.map(({ evidence, ...rest }) => ({
    ...rest,
    evidence: evidence.map(({ file, offset, ...one }) => one),
  })),
  notes,
});

describe('the bundled drill', () => {
  beforeAll(requireBuild);

  it('is one intrusion, told on the terminal', () => {
    const { intrusions, out } = huntJudged([logs], asOf);
    expect(intrusions.filter(({ verdict }) => verdict === 'intrusion')).toHaveLength(1);
    expect(out).toMatch(/^STRONG EVIDENCE OF INTRUSION {2}\d{4}-\d\d-\d\d/m);
    for (const words of ['For ', 'Against ', 'Settle ', 'What happened', 'Do first'])
      expect(out).toContain(words);
  });

  it('holds nearly all of the core evidence, and hardly anything else', () => {
    const truth = JSON.parse(readFileSync(join(drill, 'truth.json'), 'utf8'));
    const all = truth.intrusions[0].evidence as {
      host: string;
      channel: string;
      recordId: number;
      core: boolean;
    }[];
    const key = (host: string, channel: string, record: number | null): string =>
      `${host.toLowerCase()} ${channel.toLowerCase()} ${record}`;
    const { intrusions } = huntJudged([logs], asOf);
    const found = intrusions
      .filter(({ verdict }) => verdict === 'intrusion')
      .flatMap(({ evidence }) => evidence)
      .filter(({ recordId }) => recordId !== null)
      .map(({ host, channel, recordId }) => key(host, channel, recordId));
    const real = new Set(all.map(({ host, channel, recordId }) => key(host, channel, recordId)));
    const core = all.filter(each => each.core && each.recordId !== null);
    const missed = core.filter(
      ({ host, channel, recordId }) => !found.includes(key(host, channel, recordId)),
    );
    expect(missed.length / core.length).toBeLessThanOrEqual(0.1);
    expect(found.filter(each => real.has(each)).length / found.length).toBeGreaterThanOrEqual(0.9);
  });

  it('conforms to the schema', () => {
    const { intrusions, suppressed, notes } = huntJudged([logs], asOf);
    const validate = schema('intrusions');
    expect(validate({ version: 1, intrusions, suppressed, notes }), JSON.stringify(validate.errors)).toBe(
      true,
    );
  });

  it('is the same with one, two and three workers', () => {
    const [one, two, three] = ['1', '2', '3'].map(workers =>
      huntJudged([logs], [...asOf, '--workers', workers]),
    );
    expect(two!.intrusions).toEqual(one!.intrusions);
    expect(three!.intrusions).toEqual(one!.intrusions);
  });

  it('is the same where every log was exported twice', () => {
    const folder = scratch();
    cpSync(logs, join(folder, 'first'), { recursive: true });
    cpSync(logs, join(folder, 'second'), { recursive: true });
    expect(said(huntJudged([folder], asOf))).toEqual(said(huntJudged([logs], asOf)));
  });

  it('links evidence by reasons that have words', () => {
    const { intrusions } = huntJudged([logs], asOf);
    const ids = new Set(intrusions.flatMap(({ evidence }) => evidence.map(({ id }) => id)));
    for (const { links } of intrusions) {
      for (const { from, to, reason } of links) {
        expect(ids.has(from) && ids.has(to)).toBe(true);
        expect(reason.length).toBeGreaterThan(10);
      }
    }
  });
});

describe('rules alone', () => {
  it('say in one line how stories come about', () => {
    const folder = scratch({ 'rules/r.yml': readFileSync(join(rules, 'lsass_dump_comsvcs.yml'), 'utf8') });
    const { err, notes, intrusions } = huntJudged([logs], ['--rules', join(folder, 'rules')]);
    expect(intrusions).toEqual([]);
    const said = err.split('\n').filter(line => line.includes('--advisory'));
    expect(said).toEqual([
      'huntaway: rules without an advisory give findings, not stories: name a pack with --advisory, such as --advisory volt-typhoon',
    ]);
    expect(notes).toHaveLength(1);
  });

  it('that have a pack beside them say no such thing', () => {
    const { err } = huntJudged([logs], [...asOf, '--rules', rules, '--advisory', pack]);
    expect(err).not.toContain('--advisory');
  });
});

describe('a broken pack', () => {
  it('is named by file and line, and the rest of it hunts', () => {
    const folder = scratch();
    cpSync(pack, join(folder, 'broken'), { recursive: true });
    const file = join(folder, 'broken', 'behaviours', 'discovery.yml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('stage: discovery', 'stage: tourism'));
    mkdirSync(join(folder, 'rules'));
    // Rules alone replace the pack that ships, so that only the broken one is used.
    const { intrusions, err } = huntJudged(
      [logs],
      [...asOf, '--rules', join(folder, 'rules'), '--advisory', join(folder, 'broken')],
    );
    expect(err).toMatch(/broken\/behaviours\/discovery\.yml:\d+:\d+: .*tourism/);
    expect(intrusions.filter(({ verdict }) => verdict === 'intrusion')).toHaveLength(1);
  });
});

describe('what logs hold', () => {
  const hostile = '\u001b[31m<script>alert(1)</script>=cmd|"/c calc"!A0\u202e';
  const event = (record: number, commandLine: string, image: string): string =>
    JSON.stringify({
      Channel: 'Security',
      EventID: 4688,
      EventRecordID: record,
      EventTime: `2026-11-01T02:0${record}:00Z`,
      Computer: `dc1${hostile}.example.test`,
      SubjectUserName: `eve${hostile}`,
      SubjectDomainName: 'EXAMPLE',
      SubjectLogonId: '0x551686',
      NewProcessId: `0x${record}00`,
      NewProcessName: image,
      CommandLine: commandLine,
    });

  it('is inert on the terminal and in intrusions.json', () => {
    const folder = scratch({
      'logs/a.ndjson': [
        event(
          1,
          `ntdsutil "ac i ntds" ifm "create full C:\\Windows\\Temp\\p${hostile}" q q`,
          'C:\\Windows\\System32\\ntdsutil.exe',
        ),
        event(
          2,
          `7z a -p${hostile} c:\\windows\\temp\\x.7z C:\\Windows\\Temp\\p${hostile}`,
          'C:\\Temp\\7z.exe',
        ),
      ].join('\n'),
    });
    const { out, intrusions } = huntJudged([join(folder, 'logs')]);
    expect(intrusions.length).toBeGreaterThan(0);
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    expect(out).toContain('\\u{1b}');
  });
});

describe('an approval', () => {
  const theft = {
    Channel: 'Security',
    EventID: 4688,
    EventRecordID: 7,
    EventTime: '2026-11-01T02:00:00Z',
    Computer: 'dc2.example.test',
    SubjectUserName: 'svc_backup',
    SubjectDomainName: 'EXAMPLE',
    SubjectLogonId: '0x551686',
    NewProcessId: '0x700',
    NewProcessName: 'C:\\Windows\\System32\\ntdsutil.exe',
    ParentProcessName: 'C:\\Program Files\\Backup\\agent.exe',
    CommandLine: 'ntdsutil "ac i ntds" ifm "create full D:\\ifm\\weekly" q q',
  };
  const site = (path: string, by = 'K. Hollis'): string =>
    [
      'approvals:',
      '  - id: ifm-weekly',
      '    account: EXAMPLE\\svc_backup',
      '    host: dc2.example.test',
      '    parent: C:\\Program Files\\Backup\\agent.exe',
      `    path: ${path}`,
      '    behaviours: [VT-CA-01]',
      ...(by === '' ? [] : [`    by: ${by}`]),
      '    why: media for new domain controllers',
      '    until: 2027-06-30',
      '',
    ].join('\n');
  const hunt = (path: string, by?: string): Judged => {
    const folder = scratch({ 'logs/a.ndjson': JSON.stringify(theft), 'huntaway.yml': site(path, by) });
    return huntJudged([join(folder, 'logs')], [...asOf, '--site', join(folder, 'huntaway.yml')]);
  };

  it('lowers what it names, and lists it', () => {
    const { intrusions, suppressed, out } = hunt('D:\\ifm');
    expect(intrusions).toEqual([]);
    expect(suppressed).toMatchObject([
      { approval: 'ifm-weekly', evidence: { behaviour: 'VT-CA-01', recordId: 7 } },
    ]);
    expect(out).toContain('1 piece of evidence approved by --site');
  });

  it('does not cover output that goes elsewhere', () => {
    const { intrusions, suppressed } = hunt('E:\\elsewhere');
    expect(intrusions.map(({ verdict }) => verdict)).toEqual(['suspected']);
    expect(suppressed).toEqual([]);
  });

  it('counts for nothing where nobody signed it', () => {
    expect(hunt('D:\\ifm', '').intrusions.map(({ verdict }) => verdict)).toEqual(['suspected']);
  });
});
