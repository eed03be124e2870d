/** What every drill must be: the same every time, marked everywhere, invented throughout, and true to its truth. */
import { describe, expect, test } from 'vitest';
import { TestReader } from '../../../test/evtx-collect.ts';
import { schema } from '../../../test/schemas.ts';
import { generateDrill } from './generate.ts';
import { scenarios } from './scenarios/index.ts';
import type { Truth, TruthEvent } from './truth.ts';

const both = ['evtx', 'ndjson'] as const;
const isTruth = schema('drill-truth');

/** Days enough for every kind to play in; the long ones take their time. */
const short = (days: number): number => Math.min(days, 60);

type Line = {
  readonly winlog: { channel: string; computer_name: string; provider_name: string; record_id: number };
};

/** Every record of the logs by file: what names it. */
function recordsOf(drill: ReturnType<typeof generateDrill>): {
  readonly keys: ReadonlySet<string>;
  readonly hosts: ReadonlySet<string>;
  readonly providers: ReadonlySet<string>;
  /** Of Windows, and all. */
  readonly numbered: number;
  readonly count: number;
  /** Every value. */
  readonly texts: readonly string[];
} {
  const keys = new Set<string>();
  const hosts = new Set<string>();
  const providers = new Set<string>();
  const reader = new TestReader();
  const texts: string[] = [];
  let numbered = 0;
  let lines = 0;
  for (const { path, bytes } of drill.files) {
    if (!path.endsWith('.evtx')) texts.push(bytes.toString());
    if (path.endsWith('.evtx')) {
      const { events, damage, unread } = reader.read(bytes);
      expect([damage, unread]).toEqual([[], []]);
      for (const { host, channel, recordId, provider, fields } of events) {
        texts.push(...[...fields.values()].flat());
        keys.add(`${path} ${host} ${channel} ${recordId}`);
        hosts.add(host);
        providers.add(provider);
        numbered++;
      }
    } else if (path.endsWith('.ndjson')) {
      for (const line of bytes.toString().trim().split('\n')) {
        const { winlog } = JSON.parse(line) as Line;
        keys.add(`${path} ${winlog.computer_name} ${winlog.channel} ${winlog.record_id}`);
        hosts.add(winlog.computer_name);
        providers.add(winlog.provider_name);
        numbered++;
      }
    } else lines += bytes.toString().trim().split('\n').length;
  }
  reader.close();
  return { keys, hosts, providers, numbered, count: numbered + lines, texts };
}

function missing(truth: Truth, keys: ReadonlySet<string>): readonly TruthEvent[] {
  return [
    ...truth.intrusions.flatMap(each => each.evidence),
    ...truth.lookalikes.flatMap(each => each.events),
  ].filter(
    ({ file, host, channel, recordId }) =>
      recordId !== null && !keys.has(`${file} ${host} ${channel} ${recordId}`),
  );
}

describe.each(scenarios)('$name', scenario => {
  const options = { scenario, seed: 5, days: short(scenario.days), formats: both };
  const drill = generateDrill(options);
  const { truth } = drill;
  const records = recordsOf(drill);

  test('has a truth that fits its schema', () => {
    isTruth(truth);
    expect(isTruth.errors).toBeNull();
  });
  test('holds every record that its truth names, and as many as it says', () => {
    expect(missing(truth, records.keys)).toEqual([]);
    expect(records.count).toBe(truth.events);
  });
  test('numbers every record of a log once', () => expect(records.keys.size).toBe(records.numbered));
  test('carries the mark in every host and provider', () => {
    const unmarked = [...records.hosts, ...records.providers].filter(name => !name.startsWith('HWDRILL-'));
    expect(unmarked).toEqual([]);
    const edge = drill.files.find(({ path }) => path.endsWith('.log'))!;
    for (const line of edge.bytes.toString().trim().split('\n')) expect(line).toContain('devname="HWDRILL-');
  });
  test('has addresses of documentation and private ranges alone', () => {
    const invented = /^(?:10|127|172\.(?:1[6-9]|2\d|3[01])|192\.0\.2|198\.51\.100|203\.0\.113)\./;
    const addresses = new Set(
      records.texts.join('\n').match(/(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/g) ?? [],
    );
    const versions = /^(?:0\.0\.0\.0|255\.|8\.11\.|4\.18\.|10\.0\.\d{5})/;
    const real = [...addresses].filter(each => !invented.test(each) && !versions.test(each));
    expect(real).toEqual([]);
    expect(new Set(truth.site.hosts.map(({ name }) => name.split('.').at(-1)))).toEqual(
      new Set([truth.site.domain.split('.').at(-1)]),
    );
    expect(truth.site.domain).toMatch(/\.(?:example|test)$/);
  });
  if (scenario.kind === 'quiet') {
    test('has no intrusion, and says why what looks like one is none', () => {
      expect(truth.intrusions).toEqual([]);
      expect(truth.lookalikes.length).toBeGreaterThan(1);
      for (const { why, events } of truth.lookalikes) {
        expect(why).not.toBe('');
        expect(events.length).toBeGreaterThan(0);
      }
    });
  } else {
    test('has core evidence on each host that is in it, or says which hosts', () => {
      expect(truth.intrusions.length).toBeGreaterThan(0);
      for (const { evidence, hosts, accounts, sources } of truth.intrusions) {
        expect(evidence.filter(each => each.core).length).toBeGreaterThan(3);
        expect([hosts.length, accounts.length, sources.length].every(count => count > 0)).toBe(true);
      }
    });
  }
});

describe('a drill', () => {
  const [scenario] = scenarios;
  const options = { scenario: scenario!, seed: 9, days: 20, formats: both };

  test('is the same bytes every time', () => {
    const [a, b] = [generateDrill(options), generateDrill(options)];
    expect(a.truth).toEqual(b.truth);
    expect(a.files.map(({ path }) => path)).toEqual(b.files.map(({ path }) => path));
    expect(a.files.every(({ bytes }, i) => bytes.equals(b.files[i]!.bytes))).toBe(true);
  });
  test('is another for another seed', () =>
    expect(generateDrill({ ...options, seed: 10 }).truth).not.toEqual(generateDrill(options).truth));
  test('is the same course of things under other names', () => {
    const other = generateDrill({ ...options, nameSeed: 77 }).truth;
    const own = generateDrill(options).truth;
    const course = (truth: Truth): unknown =>
      truth.intrusions.map(({ evidence }) =>
        evidence.map(({ time, channel, behaviour, core }) => [time, channel, behaviour, core]),
      );
    expect(other.site.domain).not.toBe(own.site.domain);
    expect(course(other)).toEqual(course(own));
    expect(other.events).toBe(own.events);
  });
  test.each([['evtx'], ['ndjson']] as const)('is %s alone where that is asked for', format => {
    const { files } = generateDrill({ ...options, formats: [format] });
    const endings = new Set(files.map(({ path }) => path.slice(path.lastIndexOf('.'))));
    expect(endings).toEqual(new Set([`.${format}`, '.log']));
  });
});
