import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scratch } from '../../../test/scratch.ts';
import { type LoadedIndicators, loadIndicators } from './rules.ts';

const day = 86_400e6;
const now = Date.UTC(2026, 10, 24) * 1000;

const id = (n: number): string => `indicator--00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const indicator = (n: number, over: Record<string, unknown> = {}): Record<string, unknown> => ({
  type: 'indicator',
  spec_version: '2.1',
  id: id(n),
  created: '2026-11-01T00:00:00.000Z',
  modified: '2026-11-02T00:00:00.000Z',
  name: `Indicator ${n}`,
  pattern: "[ipv4-addr:value = '192.0.2.1']",
  pattern_type: 'stix',
  valid_from: '2026-11-01T00:00:00Z',
  ...over,
});
const load = (...objects: readonly Record<string, unknown>[]): Promise<LoadedIndicators> =>
  loadText(JSON.stringify({ type: 'bundle', id: 'bundle--x', objects }, null, '\t'));
const loadText = (text: string): Promise<LoadedIndicators> =>
  loadIndicators(`${scratch({ 'indicators.json': text })}/indicators.json`, now);
const messages = ({ problems }: LoadedIndicators): string[] => problems.map(({ message }) => message);

describe('an indicator of a bundle', () => {
  it('is typed, with its place', async () => {
    const { indicators, problems } = await load(
      { type: 'identity', id: 'identity--1', name: 'An agency' },
      indicator(1, {
        created_by_ref: 'identity--1',
        confidence: 80,
        valid_until: '2027-11-01T00:00:00Z',
        labels: ['VT-C2-05'],
        kill_chain_phases: [{ kill_chain_name: 'mitre-attack', phase_name: 'command-and-control' }],
        external_references: [{ source_name: 'x', url: 'https://example.org/a' }, { source_name: 'y' }],
        object_marking_refs: ['marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb'],
        x_huntaway_use: 'hunt',
      }),
    );
    expect(problems).toEqual([]);
    expect(indicators[0]?.indicator).toMatchObject({
      id: id(1),
      author: 'An agency',
      confidence: 80,
      tlp: 'green',
      use: 'hunt',
      labels: ['VT-C2-05'],
      references: ['https://example.org/a'],
      validFrom: Date.UTC(2026, 10, 1) * 1000,
      validUntil: Date.UTC(2027, 10, 1) * 1000,
      place: { line: 10, column: 3 },
    });
    expect(indicators[0]?.rule).toMatchObject({
      kind: 'rule',
      origin: 'indicator',
      id: id(1),
      title: 'Indicator 1',
      author: 'An agency',
      level: 'high',
      tags: ['attack.command-and-control', 'tlp.green'],
    });
  });
  it('claims no more than low once it has expired', async () => {
    const until = new Date((now - day) / 1000).toISOString();
    const { indicators } = await load(indicator(1, { confidence: 90, valid_until: until }));
    expect(indicators[0]?.rule.level).toBe('low');
  });
  it('has the strictest of its markings', async () => {
    const { indicators } = await load(
      indicator(1, {
        object_marking_refs: [
          'marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9',
          'marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003',
        ],
      }),
    );
    expect(indicators[0]?.indicator.tlp).toBe('amber+strict');
  });
  it('may be marked by a definition that travels with it', async () => {
    const { indicators } = await load(
      { type: 'marking-definition', id: 'marking-definition--1', name: 'TLP:AMBER' },
      indicator(1, { object_marking_refs: ['marking-definition--1'] }),
    );
    expect(indicators[0]?.indicator.tlp).toBe('amber');
  });
  it('may say its use in an extension', async () => {
    const extensions = {
      'extension-definition--1': { extension_type: 'property-extension', x_huntaway_use: 'context' },
    };
    const { indicators } = await load(indicator(1, { extensions }));
    expect(indicators[0]?.indicator.use).toBe('context');
  });
  it('counts in its latest version', async () => {
    const { indicators } = await load(
      indicator(1, { name: 'new', modified: '2026-11-03T00:00:00Z' }),
      indicator(1, { name: 'old' }),
    );
    expect(indicators.map(({ rule }) => rule.title)).toEqual(['new']);
  });
  it('is gone once it was revoked', async () =>
    expect(await load(indicator(1, { revoked: true }))).toEqual({ indicators: [], problems: [] }));
});

describe('what is wrong with an indicator costs that one', () => {
  const wrong: readonly (readonly [over: Record<string, unknown>, message: string])[] = [
    [{ id: 'indicator--1' }, "the id 'indicator--1' must be indicator-- and a UUID"],
    [{ valid_from: undefined }, "the indicator has no 'valid_from'"],
    [{ valid_until: '2026-10-01T00:00:00Z' }, "'valid_until' must lie after 'valid_from'"],
    [{ valid_from: '1 November' }, "'valid_from' must be a moment in UTC, such as 2026-11-24T00:00:00Z"],
    [{ pattern_type: 'yara' }, "a pattern of the type 'yara' is not read: write it as a rule, or as STIX"],
    [
      { x_huntaway_use: 'block' },
      "'x_huntaway_use' is 'block': it must be hunt-and-block, hunt, historic-search, context",
    ],
    [
      { pattern: "[mutex:name = 'x']" },
      `${id(1)}: no log that is read shows mutex:name (character 2 of its pattern)`,
    ],
    [
      { pattern: '[' },
      `${id(1)}: expected is the type of an object, such as ipv4-addr, before ':' (character 2 of its pattern)`,
    ],
  ];
  for (const [over, message] of wrong) {
    it(message, async () => {
      const loaded = await load(indicator(1, over), indicator(2));
      expect(messages(loaded)).toContain(message);
      expect(loaded.indicators.map(({ rule }) => rule.id)).toEqual([id(2)]);
    });
  }
  it('but for a confidence out of range, which is left out', async () => {
    const loaded = await load(indicator(1, { confidence: 101 }));
    expect(messages(loaded)).toEqual(["'confidence' must be a whole number from 0 to 100"]);
    expect(loaded.indicators[0]?.indicator.confidence).toBeNull();
  });
});

describe('a file', () => {
  it('that is no JSON is one problem with its place', async () => {
    const { problems } = await loadText('{"type": "bundle",\n "objects": [}');
    expect(problems).toMatchObject([{ severity: 'error', place: { line: 2 } }]);
  });
  it('that is no bundle says so', async () =>
    expect(messages(await loadText('{"type": "report"}'))).toEqual([
      "this is no STIX bundle: its 'type' must be bundle",
      "the bundle has no list 'objects'",
    ]));
  it('that is not there is one problem', async () =>
    expect(messages(await loadIndicators('/nowhere/indicators.json', now))).toEqual([
      'there is no such file',
    ]));
  it('of anything at all never makes it throw', async () => {
    const text = JSON.stringify({
      type: 'bundle',
      objects: [indicator(1), { type: 'identity', id: 'x', name: 1 }],
    });
    await fc.assert(
      fc.asyncProperty(
        fc.nat(text.length),
        fc.nat(20),
        fc.string({ unit: 'binary', maxLength: 6 }),
        async (at, cut, put) => {
          await loadText(text.slice(0, at) + put + text.slice(at + cut));
        },
      ),
      { numRuns: 200 },
    );
  });
});
