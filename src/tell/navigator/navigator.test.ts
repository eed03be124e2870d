/** The layer: whole as a golden file, its counts by hand and by brute force, and inert whatever a log holds. */
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Blind, Cell, Sight, Visibility } from '../../judge/index.ts';
import type { Advisory, Behaviour } from '../../know/advisories/index.ts';
import { loadAdvisory } from '../../know/advisories/index.ts';
import { parseTime } from '../../read/events/index.ts';
import { navigatorText } from './index.ts';
import { techniqueTallies } from './tally.ts';

const now = parseTime('2026-11-24T12:00:00Z')!;
const packed = await loadedPack();

describe('a layer', () => {
  const advisory = advised([
    behaviour('B-1', ['T1003.003', 'T1047']),
    behaviour('B-2', ['T1047', 'T1070.001'], { attackReplaced: { 'T1070.001': 'T1685.005' } }),
    behaviour('B-3', ['T1584.005'], { notObservable: 'Only the owners of the routers could see it' }),
  ]);
  const blinds = [
    blind('field-absent', 'ws1', ['policy-command-line', 'audit-process-creation']),
    blind('log-cleared', 'dc1', []),
  ];
  const seen = visibility({
    hosts: ['dc1', 'ws1'],
    cells: [
      cell('B-1', 'dc1', 'found', 10, 12),
      cell('B-1', 'dc1', 'would-have-shown', 12, 20),
      cell('B-1', 'ws1', 'could-not-see', 10, 20, [0]),
      cell('B-2', 'dc1', 'would-have-shown', 10, 18),
      cell('B-2', 'dc1', 'could-not-see', 18, 20, [1]),
      cell('B-2', 'ws1', 'could-not-see', 10, 20, [0]),
    ],
    blinds,
    said: ['Nothing else found on 2 hosts.'],
  });

  it('stays as it was agreed', async () => {
    await expect(navigatorText([advisory], seen, now)).toMatchFileSnapshot('golden/navigator.json.txt');
  });

  it('has every technique of the pack that ships, once, in the shape of format 4.5', () => {
    const layer = JSON.parse(navigatorText([packed], visibility({}), now));
    expect(layer).toMatchObject({
      versions: { attack: '18', navigator: expect.stringMatching(/^\d+\.\d+\.\d+$/), layer: '4.5' },
      domain: 'enterprise-attack',
      gradient: { minValue: 0, maxValue: 100 },
    });
    const wanted = new Set(packed.behaviours.flatMap(({ attack }) => attack));
    const ids = layer.techniques.map((each: { techniqueID: string }) => each.techniqueID);
    expect(ids).toEqual([...wanted].sort());
    for (const technique of layer.techniques) {
      expect(technique.techniqueID).toMatch(/^T\d{4}(?:\.\d{3})?$/);
      expect(technique.color).toMatch(/^#[\da-f]{6}$/);
      expect(technique.comment).not.toBe('');
      for (const { name, value } of technique.metadata)
        expect([typeof name, typeof value]).toEqual(['string', 'string']);
    }
    const colours = layer.legendItems.map((each: { color: string }) => each.color);
    expect(new Set(colours).size).toBe(3);
    expect(layer.gradient.colors).toEqual(colours.toReversed());
  });

  it('names what v19 calls a technique beside its id of v18', () => {
    const layer = JSON.parse(navigatorText([packed], visibility({}), now));
    const cleared = layer.techniques.find(
      (each: { techniqueID: string }) => each.techniqueID === 'T1070.001',
    );
    expect(cleared.metadata).toContainEqual({ name: 'ATT&CK v19', value: 'T1685.005' });
  });

  it('calls nothing seen where there are no cells', () => {
    const layer = JSON.parse(navigatorText([packed], visibility({}), now));
    expect(new Set(layer.techniques.map((each: { score: number }) => each.score))).toEqual(new Set([0]));
  });

  it('writes nothing that a terminal obeys, from names of hosts', () => {
    const hostile = 'a\u001b[31m\u202e<b>';
    const text = navigatorText([advisory], visibility({ cells: [cell('B-1', hostile, 'found', 1, 2)] }), now);
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202a-\u202e]/);
    expect(JSON.parse(text).techniques[0].comment).toContain(hostile);
  });

  it('says what the site as a whole lacks although no host counts for it', () => {
    const cells = [{ ...cell('B-3', '', 'could-not-see', 1, 9, [0]), host: null }];
    const blinds = [{ ...blind('no-source', '', []), host: null }];
    const [, , , technique] = JSON.parse(
      navigatorText([advisory], visibility({ cells, blinds }), now),
    ).techniques;
    expect(technique.comment).toBe('Could not be seen: no log of that kind is here at all.');
  });

  it('names five hosts at most', () => {
    const cells = Array.from({ length: 9 }, (_, i) => cell('B-1', `h${i}`, 'found', 1, 2));
    const [technique] = JSON.parse(navigatorText([advisory], visibility({ cells }), now)).techniques;
    expect(technique.comment).toContain('Found on 9 of 9 hosts (h0, h1, h2, h3, h4, …), 9 host days.');
  });
});

describe('tallies', () => {
  const advisory = advised([behaviour('B-1', ['T1']), behaviour('B-2', ['T1'])]);
  const tally = (...cells: Cell[]) => techniqueTallies([advisory], visibility({ cells }))[0]!;

  it('take found over all else, and seen anywhere over unseen', () => {
    expect(
      tally(cell('B-1', 'a', 'could-not-see', 1, 2), cell('B-2', 'b', 'would-have-shown', 1, 2)).sight,
    ).toBe('would-have-shown');
    expect(tally(cell('B-1', 'a', 'found', 1, 2), cell('B-2', 'b', 'would-have-shown', 1, 9)).sight).toBe(
      'found',
    );
  });

  it('do not count the site as a host', () => {
    const { hosts, counts } = tally({ ...cell('B-1', 'a', 'could-not-see', 1, 4), host: null });
    expect([hosts, counts['could-not-see']]).toEqual([0, { hosts: 0, days: 0 }]);
  });

  it('count each host and day once, by its best sight', () => {
    const sights: readonly Sight[] = ['found', 'would-have-shown', 'could-not-see'];
    const some = fc.record({
      behaviour: fc.constantFrom('B-1', 'B-2'),
      host: fc.constantFrom('a', 'b', 'c'),
      sight: fc.constantFrom(...sights),
      from: fc.integer({ min: 0, max: 12 }),
      days: fc.integer({ min: 1, max: 6 }),
    });
    fc.assert(
      fc.property(fc.array(some, { maxLength: 12 }), drawn => {
        const cells = drawn.map(({ behaviour: id, host, sight, from, days }) =>
          cell(id, host, sight, from, from + days),
        );
        const best = new Map<string, number>();
        for (const { host, sight, period } of cells) {
          for (let day = period.from; day < period.to; day++) {
            const key = `${host} ${day}`;
            best.set(key, Math.min(best.get(key) ?? 3, sights.indexOf(sight)));
          }
        }
        const { counts } = tally(...cells);
        sights.forEach((sight, rank) => {
          const keys = [...best].filter(([, each]) => each === rank).map(([key]) => key);
          const hosts = new Set(keys.map(key => key[0]));
          expect(counts[sight]).toEqual({ hosts: hosts.size, days: keys.length });
        });
      }),
    );
  });
});

async function loadedPack(): Promise<Advisory> {
  const path = fileURLToPath(new URL('../../../advisories/volt-typhoon', import.meta.url));
  return (await loadAdvisory(path)).advisory!;
}

function behaviour(id: string, attack: readonly string[], over: Partial<Behaviour> = {}): Behaviour {
  return {
    ...packed.behaviours[0]!,
    id,
    title: `what ${id} is`,
    attack,
    attackReplaced: {},
    notObservable: null,
    ...over,
  };
}

function advised(behaviours: readonly Behaviour[]): Advisory {
  return { ...packed, behaviours };
}

function cell(
  id: string,
  host: string,
  sight: Sight,
  from: number,
  to: number,
  blinds: readonly number[] = [],
): Cell {
  return { behaviour: id, host, sight, period: { from, to }, isPartial: false, blinds };
}

function blind(kind: Blind['kind'], host: string, settings: readonly string[]): Blind {
  const period = { from: 10, to: 20 };
  return {
    kind,
    host,
    channel: 'Security',
    eventIds: [4688],
    field: null,
    period,
    said: '',
    settings,
    behaviours: [],
  };
}

type Given = Partial<Pick<Visibility, 'cells' | 'blinds' | 'said'>> & { readonly hosts?: readonly string[] };

function visibility({ hosts = [], cells = [], blinds = [], said = [] }: Given): Visibility {
  return {
    span: null,
    hosts: hosts.map(host => ({ host, roles: [], zone: null, basis: 'none', period: { from: 10, to: 20 } })),
    cells,
    blinds,
    fixes: [],
    counts: { found: 0, 'would-have-shown': 0, 'could-not-see': 0 },
    said,
  };
}
