/** A drill's records are matched as what they imitate: the mark in the provider decides nothing. */
import { describe, expect, test } from 'vitest';
import { EventBuilder, type TestEvent } from '../../test/event.ts';
import { ruleOf } from '../../test/generators.ts';
import { matchers } from '../../test/matchers.ts';
import { ANY, type Plan } from '../know/sigma/index.ts';
import { DRILL_MARK, fold, withoutMark } from '../read/events/index.ts';

const provider = 'Microsoft-Windows-Security-Auditing';
const marked = `${DRILL_MARK}${provider}`;
const everywhere = { product: 'windows', category: null, service: null };
const asks = (...pattern: (string | typeof ANY)[]): Plan => ({
  op: 'field',
  field: 'Provider_Name',
  test: {
    kind: 'text',
    any: [pattern.map(part => (typeof part === 'string' ? fold(part) : part))],
    cased: false,
  },
});
const rules = [
  asks(provider),
  { op: 'not' as const, node: asks(provider) },
  asks(ANY, DRILL_MARK, ANY),
  asks(ANY, 'Security-Auditing'),
].map(plan => ruleOf(plan, everywhere));

describe.each(matchers)('$name: rules see a marked provider without its mark', ({ of }) => {
  const hits = (event: TestEvent, times = 1): readonly number[] => {
    const builder = new EventBuilder();
    const match = of(rules);
    let found: readonly number[] = [];
    for (let i = 0; i < times; i++) found = match(builder.build(event));
    return found;
  };

  test.each(['slots', 'constants'] as const)('in %s', as => {
    const event = { provider: marked, as, fields: { A: 'x' } };
    expect(hits(event)).toEqual([0, 3]);
    expect(hits({ ...event, provider })).toEqual([0, 3]);
  });

  test('after the prefilter is built', () => {
    expect(hits({ provider: marked, fields: { A: 'x' } }, 40)).toEqual([0, 3]);
  });

  test('where the header does not read as its kind says', () => {
    const builder = new EventBuilder();
    const event = builder.build({ provider: marked, fields: { A: 'x' } });
    const match = of(rules);
    const slot = event.shape.byName.get('Provider_Name')?.values[0];
    if (slot?.kind === 'slot') event.types[slot.slot] = 2;
    event.bytes = Buffer.from(event.bytes);
    if (slot?.kind === 'slot') {
      event.bytes.write(marked, event.offsets[slot.slot]!, 'latin1');
      event.sizes[slot.slot] = marked.length;
    }
    expect(match(event)).toEqual([0, 3]);
  });
});

test('only a mark at the beginning is taken off, and once', () => {
  expect(withoutMark(`x${marked}`)).toBe(`x${marked}`);
  expect(withoutMark(`${DRILL_MARK}${marked}`)).toBe(marked);
});
