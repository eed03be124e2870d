/**
 * The indexed matcher finds exactly what the plain evaluator finds: on real logs under all real rules, and on
 * generated rules and events. The plain one is slow, so of the dense log every tenth event is compared;
 * `HUNTAWAY_FULL=1` compares all of it.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { routesOf } from '../src/know/logsources/index.ts';
import type { Rule } from '../src/know/sigma/index.ts';
import { createMatcher } from '../src/match/index.ts';
import { plainEvent, referenceMatch } from '../src/match/reference/index.ts';
import { fold, type LazyEvent } from '../src/read/events/index.ts';
import { EventBuilder } from './event.ts';
import { arbitraryEvent, arbitraryRule } from './generators.ts';
import { eachEvent, filesBelow, sharedRules } from './logs.ts';
import { haveShared, sharedData } from './shared.ts';

const full = process.env['HUNTAWAY_FULL'] === '1';

/** The rules that could match an event of this channel and id, so that the plain one need not try all. */
class Routing {
  readonly #rules: readonly Rule[];
  readonly #byKind = new Map<string, readonly number[]>();

  constructor(rules: readonly Rule[]) {
    this.#rules = rules;
  }

  of(event: LazyEvent): readonly number[] {
    const key = `${event.kind.eventId} ${fold(event.kind.channel)}`;
    let indices = this.#byKind.get(key);
    if (indices === undefined) {
      indices = this.#rules.flatMap((rule, index) =>
        (routesOf(rule.logSource) ?? []).some(
          route =>
            (route.channel ?? fold(event.kind.channel)) === fold(event.kind.channel) &&
            (route.eventIds?.includes(event.kind.eventId) ?? true),
        )
          ? [index]
          : [],
      );
      this.#byKind.set(key, indices);
    }
    return indices;
  }
}

/** Compares both on every `stride`-th event; returns how many events and matches were compared. */
function compare(
  paths: readonly string[],
  rules: readonly Rule[],
  stride: number,
): { events: number; matches: number } {
  const matcher = createMatcher(rules);
  const routing = new Routing(rules);
  const differences: string[] = [];
  let seen = 0;
  let events = 0;
  let matches = 0;
  eachEvent(paths, (event, path) => {
    // The indexed one sees every event, because what it does depends on what it saw before.
    const count = matcher.match(event);
    if (seen++ % stride !== 0) return;
    const indexed = [...matcher.hits.subarray(0, count)];
    const plain = plainEvent(event);
    const expected = routing.of(event).filter(index => referenceMatch(rules[index]!, plain));
    events++;
    matches += expected.length;
    if (indexed.join() === expected.join()) return;
    const title = (index: number): string => rules[index]!.title ?? '';
    differences.push(
      `${path} at ${event.recordOffset}: missed [${expected.filter(i => !indexed.includes(i)).map(title)}], ` +
        `invented [${indexed.filter(i => !expected.includes(i)).map(title)}]`,
    );
  });
  expect(differences.slice(0, 20)).toEqual([]);
  return { events, matches };
}

describe.skipIf(!haveShared)('the indexed matcher and the plain evaluator agree on real logs', () => {
  const rules = haveShared ? sharedRules() : [];

  test.each(['sigma/regression_data', 'evtx-damaged', 'evtx-attack-samples'])(
    '%s',
    folder => {
      const stride = folder === 'evtx-attack-samples' && !full ? 4 : 1;
      const { events, matches } = compare(filesBelow(sharedData(folder), '.evtx'), rules, stride);
      expect(events).toBeGreaterThan(100);
      expect(matches).toBeGreaterThan(10);
    },
    600_000,
  );

  test('dense.evtx', () => {
    const { events, matches } = compare([sharedData('dense.evtx')], rules, full ? 1 : 10);
    expect(events).toBeGreaterThan(3_000);
    expect(matches).toBeGreaterThan(500);
  }, 1_200_000);
});

describe('the indexed matcher and the plain evaluator agree on generated rules and events', () => {
  test('whatever the rules and events', () => {
    fc.assert(
      fc.property(
        fc.array(arbitraryRule, { minLength: 1, maxLength: 12 }),
        fc.array(arbitraryEvent, { minLength: 1, maxLength: 8 }),
        fc.constantFrom(1, 12),
        (rules, events, rounds) => {
          const matcher = createMatcher(rules);
          const builder = new EventBuilder();
          const built = events.map(from => builder.build(from));
          // Again and again, because an engine may treat the first events of a kind in another way than later ones.
          for (let round = 0; round < rounds; round++) {
            for (const event of built) {
              const count = matcher.match(event);
              const plain = plainEvent(event);
              const expected = rules.flatMap((rule, index) => (referenceMatch(rule, plain) ? [index] : []));
              expect([...matcher.hits.subarray(0, count)]).toEqual(expected);
            }
          }
        },
      ),
      { numRuns: full ? 20_000 : 1_000 },
    );
  }, 600_000);

  test('a good share of the generated pairs match, and of the routed ones most are decided by fields', () => {
    let pairs = 0;
    let matching = 0;
    const builder = new EventBuilder();
    for (const rule of fc.sample(arbitraryRule, { numRuns: 200, seed: 1 })) {
      for (const from of fc.sample(arbitraryEvent, { numRuns: 50, seed: 2 })) {
        const plain = plainEvent(builder.build(from));
        pairs++;
        if (referenceMatch(rule, plain)) matching++;
      }
    }
    expect(matching / pairs).toBeGreaterThan(0.05);
    expect(matching / pairs).toBeLessThan(0.6);
  });
});
