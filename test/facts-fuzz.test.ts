/**
 * Facts of damaged logs: whatever the reader makes of bytes that were broken on purpose, keeping its facts does not throw,
 * does not read past the value, and gives what the plain reading gives. Deterministic: the seed stands in the message.
 * `HUNTAWAY_FUZZ=50` runs fifty times as many cases.
 */
import { afterAll, expect, test } from 'vitest';
import { type Fact, readFact } from '../src/read/entities/index.ts';
import type { LazyEvent } from '../src/read/events/index.ts';
import { type EvtxEvent, type EvtxValue, writeEvtx } from '../src/read/sources/evtx/write/index.ts';
import { TestReader } from './evtx-collect.ts';
import { CHUNK, FILE_HEADER, mutations, Random, structureSpots } from './evtx-mutate.ts';
import { allFacts, TestStore } from './facts.ts';

const CASES = 60 * Math.max(1, Number(process.env['HUNTAWAY_FUZZ'] ?? 1) || 1);

const id = (value: bigint): EvtxValue => ({ type: 'hex64', value });
const sid = (value: string): EvtxValue => ({ type: 'sid', value });
const security = (eventId: number, fields: readonly (readonly [string, EvtxValue])[]): EvtxEvent => ({
  provider: { name: 'Microsoft-Windows-Security-Auditing' },
  eventId,
  time: 1_700_000_000_000_000,
  channel: 'Security',
  computer: 'DC1.example.test',
  keywords: 0x8020_0000_0000_0000n,
  data: { kind: 'named', fields },
});

const events: readonly EvtxEvent[] = [
  security(4688, [
    ['SubjectUserSid', sid('S-1-5-18')],
    ['SubjectUserName', 'DC1$'],
    ['SubjectDomainName', 'EXAMPLE'],
    ['SubjectLogonId', id(0x3e4n)],
    ['NewProcessId', id(0xad4n)],
    ['NewProcessName', 'C:\\Windows\\System32\\ntdsutil.exe'],
    ['ProcessId', id(0x1f4n)],
    ['CommandLine', 'ntdsutil "ac i ntds" ifm "create full c:\\temp"'],
    ['TargetUserSid', sid('S-1-0-0')],
    ['TargetUserName', 'jo'],
    ['TargetDomainName', 'EXAMPLE'],
    ['TargetLogonId', id(0x551686n)],
  ]),
  security(4624, [
    ['TargetUserSid', sid('S-1-5-21-1-2-3-1104')],
    ['TargetUserName', 'jo@EXAMPLE.TEST'],
    ['TargetLogonId', id(0x551686n)],
    ['LogonType', { type: 'uint32', value: 3 }],
    ['IpAddress', '::ffff:172.18.39.5'],
  ]),
  security(5145, [
    ['ShareName', '\\\\*\\ADMIN$'],
    ['AccessMask', { type: 'hex32', value: 0x12019f }],
  ]),
  {
    ...security(1, [
      ['ProcessGuid', { type: 'guid', value: '{0197231E-C424-69E1-C922-000000000800}' }],
      ['ProcessId', { type: 'uint32', value: 2772 }],
      ['Image', 'C:\\a.exe'],
      ['User', 'EXAMPLE\\jo'],
    ]),
    channel: 'Microsoft-Windows-Sysmon/Operational',
  },
  {
    ...security(325, []),
    provider: { name: 'ESENT' },
    channel: 'Application',
    data: { kind: 'unnamed', values: ['NTDS', '2772,D,100', 'C:\\a\\ntds.dit'] },
  },
];

const whole = writeEvtx([...events, ...events, ...events]);
const spots = structureSpots(whole.subarray(FILE_HEADER, FILE_HEADER + CHUNK));

/** Some kinds of damage leave nothing to read. */
let seen = 0;
afterAll(() => expect(seen).toBeGreaterThan(CASES * 20));

test.each(Object.entries(mutations))('%s: facts are what the plain reading says', (name, mutate) => {
  for (let seed = 1; seed <= CASES; seed++) {
    const bytes = Buffer.from(whole);
    mutate(bytes.subarray(FILE_HEADER, FILE_HEADER + CHUNK), new Random(seed * 7919 + name.length), spots);
    const reader = new TestReader();
    const store = new TestStore({}, true);
    const plain: Fact[] = [];
    const sink = {
      event(event: LazyEvent): void {
        plain.push(readFact(event, 0));
        store.keep(event);
      },
      damaged(): void {},
      unparsed(): void {},
    };
    try {
      reader.withFile(bytes, fd => {
        for (const _ of reader.reader.readFile(fd, 0, bytes.length, sink));
      });
      expect(allFacts(store.finish())).toEqual(plain);
    } catch (error) {
      throw new Error(`${name}, seed ${seed}`, { cause: error });
    } finally {
      reader.close();
    }
    seen += plain.length;
  }
});
