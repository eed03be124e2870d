/**
 * Facts of real recordings: what two logs say of the same process, logon or file is the same once it is a fact. A process
 * that both Security 4688 and Sysmon 1 recorded must have one logon, one account and one id in both.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { type Fact, HostNames, readFact } from '../src/read/entities/index.ts';
import { type LazyEvent, ReadContext } from '../src/read/events/index.ts';
import { ArchiveStore, discover, openInput } from '../src/read/inputs/index.ts';
import { sourceByName, sources } from '../src/read/sources/index.ts';
import { eachEvent } from './logs.ts';
import { haveShared, sharedData } from './shared.ts';

/** Calls `visit` with every event of the zipped recordings. */
async function eachRecorded(visit: (event: LazyEvent, recording: number) => void): Promise<void> {
  const { inputs } = await discover([sharedData('security-datasets')], { sources });
  const store = new ArchiveStore();
  const context = new ReadContext();
  for (const [index, input] of inputs.entries()) {
    const open = openInput(input, { store });
    if (open.kind !== 'stream') continue;
    const sink = { event: (event: LazyEvent) => visit(event, index), damaged: () => {}, unparsed: () => {} };
    for await (const _ of sourceByName(input.type)!.open(context).readStream(open.chunks, sink));
    open.close();
  }
  store.dispose();
}

describe.skipIf(!haveShared)('of the public recordings', () => {
  const facts: { readonly fact: Fact; readonly recording: number }[] = [];
  beforeAll(async () => {
    await eachRecorded((event, recording) => {
      const fact = readFact(event, recording);
      if (fact.type !== 'event') facts.push({ fact, recording });
    });
  }, 60_000);

  /** Pairs of what Security and Sysmon said of one process start: same host, id and image within some seconds. */
  function pairs(): (readonly [security: Fact, sysmon: Fact])[] {
    const starts = facts.filter(({ fact }) => fact.type === 'process-start');
    const bySysmon = new Map<string, Fact[]>();
    const keyOf = ({ fact, recording }: (typeof starts)[number]): string =>
      `${recording} ${fact.host.toLowerCase()} ${fact.values.pid} ${fact.values.image?.toLowerCase()}`;
    for (const start of starts) {
      if (start.fact.channel.toLowerCase() === 'security') continue;
      bySysmon.set(keyOf(start), [...(bySysmon.get(keyOf(start)) ?? []), start.fact]);
    }
    return starts.flatMap(start => {
      if (start.fact.channel.toLowerCase() !== 'security') return [];
      const line = start.fact.values.commandLine;
      const same = bySysmon.get(keyOf(start))?.filter(({ values }) => values.commandLine === line);
      return same?.length === 1 ? [[start.fact, same[0]!] as const] : [];
    });
  }

  test('a process has the same logon in Security 4688 as in Sysmon 1, also where WMI started it', () => {
    const found = pairs();
    const differing = found.filter(([security, sysmon]) => security.values.logonId !== sysmon.values.logonId);
    expect(differing).toEqual([]);
    expect(found.length).toBeGreaterThan(100);
  });

  test('a process has the same account in both, and the same parent but where Sysmon names another', () => {
    const found = pairs();
    for (const [security, sysmon] of found) {
      expect(security.values.account?.toLowerCase()).toBe(sysmon.values.account?.toLowerCase());
    }
    const others = found.filter(
      ([security, sysmon]) => security.values.parentPid !== sysmon.values.parentPid,
    );
    // Once in all these recordings.
    expect(others.length).toBeLessThanOrEqual(1);
  });

  test('a process that WMI started under a person is that of the person', () => {
    const people = facts.filter(
      ({ fact }) =>
        fact.channel.toLowerCase() === 'security' &&
        /\\wmiprvse\.exe$/i.test(fact.values.parentImage ?? '') &&
        (fact.values.logonId ?? 0) > 0x3e7,
    );
    expect(people.length).toBeGreaterThan(0);
    for (const { fact } of people) expect(fact.values.account).not.toMatch(/\$$/);
  });

  test('a share is opened in a logon that the host logged', () => {
    const logons = new Set(
      facts.flatMap(({ fact, recording }) =>
        fact.type === 'logon' ? [`${recording} ${fact.host} ${fact.values.logonId}`] : [],
      ),
    );
    const opened = facts.filter(({ fact }) => fact.type === 'share-access');
    const known = opened.filter(({ fact, recording }) =>
      logons.has(`${recording} ${fact.host} ${fact.values.logonId}`),
    );
    expect(known.length).toBeGreaterThan(20);
  });

  test('addresses are without the prefix of IPv4 in IPv6', () => {
    const sources = facts.flatMap(({ fact }) => fact.values.sourceIp ?? []);
    expect(sources.length).toBeGreaterThan(50);
    expect(sources.filter(source => /^::ffff:/i.test(source) || source === '-')).toEqual([]);
  });

  test('every host has one name', () => {
    const hosts = new HostNames(facts.map(({ fact }) => fact.host));
    for (const { fact } of facts) expect(hosts.known(fact.host.split('.')[0]!)).not.toBeNull();
  });
});

describe.skipIf(!haveShared)('of the database engine', () => {
  test('process and path are read of values without names', () => {
    const path = sharedData('evtx-attack-samples/Credential Access/dc_applog_ntdsutil_dfir_325_326_327.evtx');
    const found: Fact[] = [];
    eachEvent([path], event => found.push(readFact(event, 0)));
    const [created] = found.filter(({ eventId }) => eventId === 325);
    expect(created!.values.pid).toBe(3392);
    expect(created!.values.file).toBe(
      'C:\\Users\\bob\\Desktop\\test\\Folder\\ntds\\Active Directory\\ntds.dit',
    );
    expect(created!.values.text).toContain('ntds.dit');
  });
});
