import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EventBuilder, type TestEvent } from '../../../../test/event.ts';
import { allFacts, MemoryFile, TestStore } from '../../../../test/facts.ts';
import { eachEvent, filesBelow } from '../../../../test/logs.ts';
import { haveShared, sharedData } from '../../../../test/shared.ts';
import { fixedSizes, type LazyEvent, ValueType } from '../../events/index.ts';
import { factRows } from '../rows/index.ts';
import type { Fact, FactView } from '../types.ts';
import { readFact } from './plain-fact.ts';

const rowsWithFields = factRows.filter(({ channel }) => channel !== '');

/** Names that the readings of a row ask for. */
function namesOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(namesOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    ['names', 'pairs', 'from', 'target', 'subject'].includes(key) ? namesOf(inner) : [],
  );
}

const texts = fc.oneof(
  fc.constantFrom(
    ...[
      '',
      '-',
      'N/A',
      'N/A\0',
      'N/B',
      '0x0',
      '0x3e7',
      '0x3E4',
      '0x3e5',
      '999',
      '0',
      '4294967295',
      '4294967294',
      '18446744073709551615',
    ],
    ...['0x20000000000000', '0x1fffffffffffff', '9007199254740993', '0x', '0xg', '00012', ' 12', '1２'],
    ...['S-1-0-0', 'S-1-5-18', 'S-1-5-21-1-2-3-500', 'user@EXAMPLE.TEST', 'EXAMPLE\\user', 'user', 'HOST$'],
    ...['::ffff:10.0.0.1', '::FFFF:1.2', '::ffff:', '::ffff:c0a8:1', '::1', '10.0.0.1', 'LOCAL', 'local'],
    ...['{0197231E-C424-69E1-C922-000000000800}', '0197231e-c424-69e1-c922-000000000800'],
    ...['{00000000-0000-0000-0000-000000000000}', '{0197231E-C424-69E1-C922-00000000080G}'],
    ...[
      '[0197231E-C424-69E1-C922-000000000800]',
      '0x8010000000000000',
      '0x8020000000000000',
      'Audit Failure',
    ],
    ...[
      'a\0',
      '\0',
      '-\0\0',
      'a'.repeat(9_000),
      `${'b'.repeat(8_191)}😀`,
      `${'c'.repeat(8_190)}😀d`,
      '\ud800',
    ],
    ...['2772,D,100', 'lsass (612,D,0) C:\\a\\ntds.dit', 'tunnel-up'],
  ),
  fc.string({ maxLength: 12 }),
);

/** A value as a binary log may hold it: any type, mostly of the size that fits. */
const raw = fc
  .tuple(
    fc.constantFrom(...Object.values(ValueType).filter(type => type !== ValueType.BinXml)),
    fc.uint8Array({ maxLength: 40 }),
    fc.boolean(),
    fc.boolean(),
  )
  .map(([type, bytes, fits, isArray]) => ({
    type: isArray && type !== 0 ? type | ValueType.Array : type,
    bytes: fits && fixedSizes[type]! > 0 ? Buffer.concat([bytes, Buffer.alloc(16)], fixedSizes[type]) : bytes,
  }));
const sids = fc
  .tuple(fc.constantFrom(0, 1, 2, 5), fc.uint8Array({ minLength: 6, maxLength: 6 }), fc.boolean())
  .map(([count, authority, isZero]) => {
    const bytes = Buffer.alloc(8 + count * 4);
    bytes[0] = 1;
    bytes[1] = count;
    if (!isZero) bytes.set(authority, 2);
    return { type: ValueType.Sid as number, bytes: bytes as Uint8Array };
  });

type Raw = { readonly type: number; readonly bytes: Uint8Array };

/** An event of a row, or of none, with some of its fields. */
const events = fc.constantFrom(...rowsWithFields, ...rowsWithFields.slice(0, 4)).chain(row => {
  const names = [
    ...new Set([...namesOf(Object.values(row.roles)), 'TargetLogonId', 'SubjectLogonId', 'Data']),
  ];
  return fc.record({
    row: fc.constant(row),
    isOther: fc.boolean(),
    as: fc.constantFrom<'slots' | 'constants'>('slots', 'slots', 'slots', 'constants'),
    fields: fc.dictionary(
      fc.constantFrom(...names),
      fc.oneof(texts, fc.array(texts, { maxLength: 3 }), fc.constant(null)),
    ),
    raws: fc.dictionary(fc.nat({ max: 12 }), fc.oneof(raw, sids), { maxKeys: 4 }),
  });
});

/** Puts raw values in the place of some slots. */
function withRaws(event: LazyEvent, raws: Readonly<Record<number, Raw>>): LazyEvent {
  for (const [slot, { type, bytes }] of Object.entries(raws)) {
    if (Number(slot) >= event.shape.slotCount) continue;
    event.offsets[Number(slot)] = event.bytes.length;
    event.sizes[Number(slot)] = bytes.length;
    event.types[Number(slot)] = type;
    event.bytes = Buffer.concat([event.bytes, bytes]);
  }
  return event;
}

describe('facts read fast', () => {
  test('are what the plain reading says, of any event', () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 8 }), generated => {
        const builder = new EventBuilder();
        const store = new TestStore({}, true);
        const plain: Fact[] = [];
        for (const { row, isOther, as, fields, raws } of generated) {
          const event = builder.build({
            channel: isOther ? 'Other' : row.channel,
            eventId: row.eventIds[0] ?? 22,
            provider: row.providers?.[0] ?? 'Provider',
            fields,
            as,
          });
          withRaws(event, raws);
          plain.push(readFact(event, 0));
          store.keep(event);
        }
        expect(allFacts(store.finish())).toEqual(plain);
      }),
      { numRuns: 2000 },
    );
  });

  test('tell values apart that differ in any byte from those of the event before', () => {
    const keywords = (...bytes: number[]): Raw => ({
      type: ValueType.HexInt64,
      bytes: Uint8Array.from([0, 0, 0, 0, 0, 0, ...bytes]),
    });
    const builder = new EventBuilder();
    const store = new TestStore();
    for (const raw of [
      keywords(0x20, 0x80),
      keywords(0x10, 0x80),
      keywords(0x10, 0x80),
      keywords(0x20, 0x80),
    ]) {
      const event = builder.build({
        channel: 'Security',
        eventId: 5145,
        fields: { Keywords: null, AccessMask: '0x1' },
      });
      const ref = event.shape.byName.get('Keywords')!.values[0]!;
      store.keep(withRaws(event, ref.kind === 'slot' ? { [ref.slot]: raw } : {}));
    }
    const actions = allFacts(store.finish()).map(({ values }) => values.action);
    expect(actions).toEqual(['read', 'refused', 'refused', 'read']);
  });

  test.skipIf(!haveShared).each(['dense.evtx', 'evtx-attack-samples', 'sigma/regression_data'])(
    'are what the plain reading says, of %s',
    folder => {
      const store = new TestStore({}, true);
      const plain: Fact[] = [];
      const path = sharedData(folder);
      eachEvent(folder.endsWith('.evtx') ? [path] : filesBelow(path, '.evtx'), event => {
        plain.push(readFact(event, 0));
        store.keep(event);
      });
      expect(allFacts(store.finish())).toEqual(plain);
      expect(plain.length).toBeGreaterThan(500);
    },
  );
});

/** Process starts that differ in their command lines. */
function processStarts(count: number): TestEvent[] {
  return Array.from({ length: count }, (_, i) => ({
    channel: 'Security',
    eventId: 4688,
    fields: {
      SubjectUserName: 'user',
      SubjectDomainName: 'EXAMPLE',
      SubjectLogonId: `0x${(0x10000 + i).toString(16)}`,
      NewProcessName: 'C:\\Windows\\System32\\cmd.exe',
      CommandLine: `cmd.exe /c echo ${i}`,
    },
  }));
}

function kept(store: TestStore, of: readonly TestEvent[]): TestStore {
  const builder = new EventBuilder();
  for (const event of of) store.keep(builder.build(event));
  return store;
}

describe('a store', () => {
  const whole = allFacts(kept(new TestStore(), processStarts(2_000)).finish());

  test('gives the same facts from a file as from memory', () => {
    const file = new MemoryFile();
    const store = kept(new TestStore({ memory: 0, blockBytes: 4_000, file }), processStarts(2_000));
    expect(allFacts(store.finish())).toEqual(whole);
    expect(file.length).toBeGreaterThan(100_000);
    // Each block holds its own texts, and no others.
    expect(file.length).toBeLessThan(600_000);
  });

  test('keeps in memory what the cap allows, and no more', () => {
    const file = new MemoryFile();
    const store = kept(new TestStore({ memory: 50_000, blockBytes: 4_000, file }), processStarts(2_000));
    expect(allFacts(store.finish())).toEqual(whole);
    const full = new MemoryFile();
    kept(new TestStore({ memory: 0, blockBytes: 4_000, file: full }), processStarts(2_000)).finish();
    expect(full.length - file.length).toBeGreaterThan(40_000);
    expect(full.length - file.length).toBeLessThanOrEqual(50_000);
  });

  test('drops and counts what a full disk does not take', () => {
    const file = new MemoryFile(50_000);
    const facts = kept(
      new TestStore({ memory: 10_000, blockBytes: 4_000, file }),
      processStarts(2_000),
    ).finish();
    expect(facts.dropped).toBeGreaterThan(100);
    expect(facts.length + facts.dropped).toBe(2_000);
    expect(allFacts(facts)).toEqual(whole.slice(0, facts.length));
  });

  test('visits only the types asked for', () => {
    const store = kept(new TestStore(), [...processStarts(3), { channel: 'security', eventId: 4608 }]);
    const types: string[] = [];
    store.finish().scan(({ type }) => types.push(type), ['boot']);
    expect(types).toEqual(['boot']);
  });

  test('tells what alike facts have in common, as each of them would', () => {
    const roles = ['account', 'sid', 'logonType', 'sourceIp', 'commandLine'] as const;
    const said = ({ type, host, channel, eventId, text, number }: FactView, view: FactView): string =>
      JSON.stringify([
        type,
        host,
        channel,
        eventId,
        roles.map(role => text.call(view, role) ?? number.call(view, role)),
      ]);
    const logon = fc.record({
      channel: fc.constant('Security'),
      host: fc.constantFrom('DC1', 'WS6'),
      eventId: fc.constantFrom(4624, 4625, 4688, 4672),
      fields: fc.record({
        TargetUserName: fc.constantFrom('jo', 'JO', 'kim', '-'),
        TargetDomainName: fc.constantFrom('EXAMPLE', ''),
        SubjectUserName: fc.constantFrom('jo', 'kim'),
        TargetUserSid: fc.constantFrom('S-1-5-18', 'S-1-5-21-1-2-3-500'),
        IpAddress: fc.constantFrom('10.0.0.1', '10.0.0.2', '-'),
        LogonType: fc.constantFrom('3', '10'),
        CommandLine: fc.constantFrom('a', 'b'),
        TargetLogonId: fc.constantFrom('0x1', '0x2'),
      }),
    });
    fc.assert(
      fc.property(fc.array(logon, { minLength: 200, maxLength: 400 }), events => {
        const facts = kept(new TestStore({ blockBytes: 20_000, memory: 1 << 20 }), events).finish();
        let made = 0;
        const pairs: [string, string][] = [];
        const make = (view: FactView): string => {
          made++;
          return said(view, view);
        };
        facts.scanAlike(roles, make, (view, common) => pairs.push([common, said(view, view)]));
        expect(pairs).toHaveLength(facts.length);
        expect(made).toBeLessThanOrEqual(pairs.length);
        for (const [common, own] of pairs) expect(common).toBe(own);
      }),
      { numRuns: 50 },
    );
  });

  test('makes what alike facts have in common once a block', () => {
    let made = 0;
    const facts = kept(
      new TestStore(),
      processStarts(300).map(each => ({ ...each, host: 'DC1' })),
    ).finish();
    facts.scanAlike(
      ['account'],
      () => made++,
      () => {},
    );
    expect(made).toBe(1);
  });

  test('takes no events that no row speaks of', () => {
    const store = new TestStore();
    const builder = new EventBuilder();
    expect(store.keep(builder.build({ channel: 'Security', eventId: 4663 }))).toBe(false);
    expect(store.keep(builder.build({ channel: 'Application', eventId: 325, provider: 'ESENT' }))).toBe(
      false,
    );
    expect(store.keep(builder.build({ channel: 'System', eventId: 12, provider: 'Other' }))).toBe(false);
  });
});
