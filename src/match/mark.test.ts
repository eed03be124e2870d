/** A drill's records are matched as what they imitate: the mark in the provider decides nothing. */
import { afterAll, describe, expect, test } from 'vitest';
import { TestReader } from '../../test/evtx-collect.ts';
import { ruleOf } from '../../test/generators.ts';
import { matchers } from '../../test/matchers.ts';
import { ANY, type Plan } from '../know/sigma/index.ts';
import { DRILL_MARK, fold, type LazyEvent, ValueType, withoutMark } from '../read/events/index.ts';
import { type EvtxOptions, writeEvtx } from '../read/sources/evtx/write/index.ts';

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

/** More than are evaluated in full before a prefilter is built. */
const events = 40;

describe.each(matchers)('$name: rules see a marked provider without its mark', ({ of }) => {
  const reader = new TestReader();
  afterAll(() => reader.close());

  const hits = (name: string, options: EvtxOptions, change: (event: LazyEvent) => void = () => {}) => {
    const log = writeEvtx(
      Array.from({ length: events }, (_, i) => ({
        provider: { name },
        eventId: 4688,
        time: i,
        channel: 'Security',
        computer: 'HWDRILL-A',
        data: { kind: 'named' as const, fields: [['A', 'x']] as const },
      })),
      options,
    );
    const match = of(rules);
    const found: (readonly number[])[] = [];
    const sink = {
      event: (event: LazyEvent): void => {
        change(event);
        found.push(match(event));
      },
      damaged: (): void => {},
      unparsed: (): void => {},
    };
    reader.withFile(log, fd => {
      for (const _ of reader.reader.readFile(fd, 0, log.length, sink)) {
        // Progress is of no interest here.
      }
    });
    return found;
  };
  const expected = Array(events).fill([0, 3]);

  test.each<[string, EvtxOptions]>([
    ['in a value', {}],
    ['in a constant of the template', { constantHeader: true }],
    ['in a record spelled out', { templates: false }],
  ])('%s', (_, options) => {
    expect(hits(marked, options)).toEqual(expected);
    expect(hits(provider, options)).toEqual(expected);
  });

  test('where it has a type that headers do not have', () => {
    const asAnsi = (event: LazyEvent): void => {
      const ref = event.shape.byName.get('Provider_Name')!.values[0]!;
      if (ref.kind !== 'slot') throw new Error('the provider is a value');
      event.types[ref.slot] = ValueType.AnsiString;
      event.bytes.write(marked, event.offsets[ref.slot]!, 'latin1');
      event.sizes[ref.slot] = marked.length;
    };
    expect(hits(marked, {}, asAnsi)).toEqual(expected);
  });
});

test('only a mark at the beginning is taken off, and once', () => {
  expect(withoutMark(`x${marked}`)).toBe(`x${marked}`);
  expect(withoutMark(`${DRILL_MARK}${marked}`)).toBe(marked);
});
