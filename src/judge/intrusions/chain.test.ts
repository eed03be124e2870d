/** The chain that ships: it can be read, and its verdicts are those that tests of judging rest on. */
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { judged, verdictsOf } from '../../../test/judged.ts';
import { World } from '../../../test/judging.ts';
import { type Advisory, loadAdvisory } from '../../know/advisories/index.ts';

let advisory: Advisory;

beforeAll(async () => {
  const path = fileURLToPath(new URL('../../../advisories/volt-typhoon', import.meta.url));
  const loaded = await loadAdvisory(path);
  expect(loaded.problems.filter(({ place }) => place.path.endsWith('chain.yml'))).toEqual([]);
  advisory = loaded.advisory!;
});

test('every step of a behaviour is a step of the chain', () => {
  const steps = new Set(advisory.chain.steps.map(({ id }) => id));
  expect(advisory.behaviours.filter(({ step }) => step !== null && !steps.has(step))).toEqual([]);
});

const act = { at: '2026-10-08T01:52:33Z', account: 'EXAMPLE\\adm', logonId: 0x77, pid: 1 };

function verdicts(...ids: readonly string[]): string[] {
  const world = new World();
  for (const [i, id] of ids.entries()) {
    const behaviour = advisory.behaviours.find(each => each.id === id)!;
    world.find(behaviour, { ...act, at: `2026-10-08T01:5${i}:33Z`, pid: 100 + i });
  }
  return verdictsOf(judged(world, {}, { advisories: [advisory] }));
}

test.each([
  ['intrusion', ['VT-CA-01', 'VT-ST-01']],
  ['intrusion', ['VT-CA-05', 'VT-C2-01']],
  ['intrusion', ['VT-LM-01', 'VT-CA-01', 'VT-DE-01']],
  ['suspected', ['VT-LM-01', 'VT-CA-01']],
  ['suspected', ['VT-CA-01', 'VT-ST-07']],
  ['suspected', ['VT-DE-01', 'VT-CA-01']],
  ['suspected', ['VT-DE-01']],
  ['suspected', ['VT-LM-01', 'VT-C2-01']],
] as const)('%s: %s in one logon, in this order', (verdict, ids) => {
  expect(verdicts(...ids)).toEqual([verdict]);
});

test('surveys of every kind in one logon are nothing', () => {
  const weak = advisory.behaviours.filter(({ gravity, step }) => gravity === 'weak' && step === 'look');
  expect(weak.length).toBeGreaterThan(5);
  expect(verdicts(...weak.slice(0, 9).map(({ id }) => id))).toEqual([]);
});
