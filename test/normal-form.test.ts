/**
 * Matching the normal form on real logs: with every real rule allowed to ask for it, the indexed matcher finds what the
 * plain evaluator finds on each event or on the event with its command lines put in their normal form.
 */
import { describe, expect, test } from 'vitest';
import { createMatcher } from '../src/match/index.ts';
import { type PlainEvent, plainEvent, referenceMatch } from '../src/match/reference/index.ts';
import { normalCommandLine } from '../src/read/events/index.ts';
import { eachEvent, filesBelow, sharedRules } from './logs.ts';
import { haveShared, sharedData } from './shared.ts';

const names = ['CommandLine', 'ParentCommandLine', 'ImagePath', 'ServiceFileName'];

/** The event in its normal form; null where that is what was written. */
function normalized(event: PlainEvent): PlainEvent | null {
  const fields = new Map(event.fields);
  let values = event.values;
  for (const name of names) {
    const written = event.fields.get(name)?.[0];
    const normal = written === undefined ? undefined : normalCommandLine(written);
    if (normal === undefined || normal === written) continue;
    fields.set(name, [normal]);
    values = [...values, normal];
  }
  return values === event.values ? null : { ...event, fields, values };
}

describe.skipIf(!haveShared)('both forms of real command lines', () => {
  test('are matched as the plain evaluator matches them', () => {
    // Of 3,000 rules a third is about processes; keywords ask every value, of which both forms are given above.
    const rules = sharedRules().filter(
      ({ logSource: { category, service } }, i) =>
        i % 3 === 0 && (category === 'process_creation' || service === 'system' || service === 'security'),
    );
    const matcher = createMatcher(rules, { normal: new Uint8Array(rules.length).fill(1) });
    let [events, onlyNormal] = [0, 0];
    const paths = [
      ...filesBelow(sharedData('evtx-attack-samples'), '.evtx').filter((_, i) => i % 4 === 0),
      sharedData('dense.evtx'),
    ];
    eachEvent(paths, event => {
      const count = matcher.match(event);
      const plain = plainEvent(event);
      const normal = normalized(plain);
      if (normal === null || events++ % 3 !== 0) return;
      const expected = rules.flatMap((rule, index): [number, number][] => {
        if (referenceMatch(rule, plain)) return [[index, 0]];
        return referenceMatch(rule, normal) ? [[index, 1]] : [];
      });
      onlyNormal += expected.filter(([, form]) => form === 1).length;
      const found = Array.from({ length: count }, (_, i) => [matcher.hits[i]!, matcher.forms[i]!]);
      expect(found).toEqual(expected);
    });
    expect(events).toBeGreaterThan(1_000);
    expect(onlyNormal).toBeGreaterThan(0);
  }, 600_000);
});
