/** What we print conforms to the schemas that we publish. */
import { closeSync, openSync, statSync } from 'node:fs';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { huntParts, type TimedEvent } from '../../test/correlating.ts';
import { EventBuilder, testEvent } from '../../test/event.ts';
import { schema } from '../../test/schemas.ts';
import { haveShared, sharedData } from '../../test/shared.ts';
import type { Rule } from '../know/sigma/index.ts';
import { type LazyEvent, ReadContext } from '../read/events/index.ts';
import { sources } from '../read/sources/index.ts';
import { type Ledger, ledgerText } from '../run/hunt/ledger.ts';
import { runText } from '../run/hunt/run-record.ts';
import { ByteWriter, type CorrelationFinding, createFindingWriter } from './index.ts';

function expectValid(validate: ValidateFunction, value: unknown): void {
  if (!validate(value)) expect.fail(`${JSON.stringify(validate.errors)}\n${JSON.stringify(value)}`);
}

const rule: Rule = {
  kind: 'rule',
  id: null,
  sha256: '0'.repeat(64),
  title: 'A rule',
  name: null,
  level: 'medium',
  status: null,
  place: { path: 'a.yml', document: 0, line: 1, column: 1 },
  description: null,
  author: 'An author',
  license: 'DRL 1.1',
  version: '2024/01/02',
  references: ['https://example.org'],
  tags: ['attack.t1003.001', 'attack.credential-access'],
  falsePositives: [],
  logSource: { product: 'windows', category: null, service: null },
  plan: { op: 'true' },
  warnings: [],
};
const plain: Rule = {
  ...rule,
  level: null,
  title: null,
  author: null,
  license: null,
  version: null,
  references: [],
  tags: [],
};

describe('the schema of findings', () => {
  const validate = schema('finding');

  it('takes findings of all kinds', () => {
    const builder = new EventBuilder();
    const events = [
      builder.build({}),
      builder.build({
        fields: { User: 'A\\b', IpAddress: '::1', IpPort: '1', Many: ['a', 'b'], 'Odd name': '' },
      }),
      builder.build({
        channel: 'Microsoft-Windows-Sysmon/Operational',
        eventId: 3,
        fields: {
          Image: 'a\\b.exe',
          ProcessId: '0x10',
          SourceIp: '10.0.0.1',
          DestinationIp: 'x',
          DestinationPort: '443',
        },
      }),
    ];
    const salvaged = testEvent({ host: '', channel: '', provider: '', eventId: -1 });
    salvaged.salvaged = true;
    salvaged.recordId = -1;
    const out = new ByteWriter();
    const writer = createFindingWriter([rule, plain], { reveal: false });
    for (const event of [...events, salvaged]) for (const i of [0, 1]) writer.write(out, event, i, 'a.evtx');
    writer.begin(salvaged, 'a.evtx', true);
    writer.line(out, 0, 1);
    for (const line of out.take().toString().trimEnd().split('\n')) expectValid(validate, JSON.parse(line));
  });

  it('refuses what is none', () => {
    const out = new ByteWriter();
    createFindingWriter([rule], { reveal: false }).write(out, testEvent({}), 0, 'a.evtx');
    const finding = JSON.parse(out.take().toString());
    expect(validate({ ...finding, extra: 1 })).toBe(false);
    expect(validate({ ...finding, '@timestamp': '2024-01-02' })).toBe(false);
    expect(validate({ ...finding, winlog: { ...finding.winlog, record_id: 1 } })).toBe(false);
  });

  it.skipIf(!haveShared)('takes a finding of every kind of real event', () => {
    const reader = sources.find(source => source.name === 'evtx')!.open(new ReadContext());
    const writer = createFindingWriter([rule], { reveal: false });
    const out = new ByteWriter();
    const seen = new Map<number, number>();
    const path = sharedData('dense.evtx');
    const fd = openSync(path, 'r');
    const sink = {
      event(event: LazyEvent): void {
        const times = seen.get(event.kind.id) ?? 0;
        seen.set(event.kind.id, times + 1);
        if (times >= 3) return;
        out.reset();
        writer.write(out, event, 0, path);
        expectValid(validate, JSON.parse(out.take().toString()));
      },
      damaged(): void {},
      unparsed(): void {},
    };
    for (const _ of reader.readFile(fd, 0, statSync(path).size, sink));
    closeSync(fd);
    expect(seen.size).toBeGreaterThan(900);
  });
});

const ledger: Ledger = {
  version: 1,
  rules: [
    {
      id: null,
      title: null,
      path: 'a.yml',
      level: null,
      sigmaStatus: null,
      state: 'refused',
      reason: 'yaml',
      line: 1,
      column: 1,
      matches: 0,
    },
    {
      id: 'x',
      title: 'A',
      path: 'b.yml',
      level: 'high',
      sigmaStatus: 'test',
      state: 'matched',
      reason: null,
      line: 1,
      column: 1,
      matches: 2,
      failed: 1,
    },
  ],
  vanished: ['c.yml'],
  files: [
    {
      path: 'a.zip!/b.evtx',
      type: 'evtx',
      size: 69_632,
      sha256: 'a'.repeat(64),
      events: 2,
      damaged: [{ offset: 4096, length: 65_536, reason: 'chunk magic' }],
      unparsed: [{ offset: 5000, record: null, reason: 'template cycle' }],
      more: { damaged: 1, unparsed: 0, remains: 0 },
      remains: [{ offset: 6000, record: 7, reason: 'overwritten' }],
    },
    {
      path: 'x.bin',
      type: null,
      size: null,
      sha256: null,
      events: 0,
      damaged: [],
      unparsed: [],
      unread: { reason: 'unknown-type', message: 'not a log' },
    },
  ],
  channels: [
    {
      channel: 'Security',
      provider: 'P',
      eventId: null,
      host: 'h',
      events: 2,
      first: '2024-01-02T03:04:05.000006Z',
      last: '2024-01-02T03:04:05.000006Z',
    },
  ],
};

describe('the schema of findings of correlations', () => {
  const validate = schema('finding');
  const rules = [
    'title: A\nname: a\nlogsource: { product: windows }\ndetection:\n  s: { Kind: A }\n  condition: s\n',
    'title: C\nid: 3f0ad7b5-0f70-4c32-9a4e-4d47a5f5d1a3\nlevel: high\ntags: [attack.t1110]\ncorrelation:\n  type: event_count\n  rules: a\n  group-by: [Computer, CommandLine]\n  timespan: 1m\n  condition: { gte: 2 }\n',
  ];
  const on = (at: number, CommandLine: string): TimedEvent => ({ at, fields: { Kind: 'A', CommandLine } });
  const { findings } = huntParts(rules, [[on(0, 'net use /user:x secret'), on(5, 'net use /user:x secret')]]);

  it('takes one as it is written', () => {
    expect(findings).toHaveLength(1);
    expectValid(validate, findings[0]);
  });
  it('refuses one without its events', () => {
    const { correlation: _, ...huntaway } = findings[0]!.huntaway as CorrelationFinding['huntaway'];
    expect(validate({ ...findings[0], huntaway })).toBe(false);
  });
  it('has its secrets masked', () => expect(JSON.stringify(findings)).not.toContain('secret'));
});

describe('the schema of ledgers', () => {
  const validate = schema('ledger');

  it('takes a ledger as it is written', () => {
    expectValid(validate, JSON.parse(ledgerText(ledger)));
    expectValid(validate, JSON.parse(ledgerText({ ...ledger, interrupted: true })));
    expectValid(
      validate,
      JSON.parse(ledgerText({ version: 1, rules: [], vanished: [], files: [], channels: [] })),
    );
  });

  it('refuses a state that nobody knows', () => {
    expect(validate({ ...ledger, rules: [{ ...ledger.rules[0], state: 'lost' }] })).toBe(false);
  });
});

describe('the schema of run records', () => {
  const validate = schema('run');

  it('takes a record as it is written', () => {
    const text = runText({
      circumstances: {
        tool: { name: 'huntaway', version: '0.1.0' },
        node: 'v20.19.0',
        platform: 'linux x64',
        cpu: 'a cpu',
        cores: 2,
        cwd: '/cases/17',
        memory: 8e9,
        peakMemory: () => 2e8,
      },
      started: 0,
      ended: 1500,
      exitCode: 3,
      operator: null,
      asOf: null,
      given: { rules: ['rules'], reveal: false },
      optionFiles: {},
      workers: 1,
      rules: { paths: ['rules'], documents: 2, sha256: null },
      advisories: [{ id: 'a-b', version: '1.0', path: 'advisories/a-b', sha256: 'd'.repeat(64) }],
      ledger,
      containers: [{ path: 'a.zip', sha256: 'b'.repeat(64) }],
      outputs: [{ name: 'findings.jsonl', size: 1, sha256: 'c'.repeat(64) }],
      counts: { events: 2 },
    });
    expectValid(validate, JSON.parse(text));
  });
});
