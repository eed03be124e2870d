import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMicros, LazyEvent, slotText, slotTexts, ValueType } from '../../read/events/index.ts';
import { ByteWriter } from './byte-writer.ts';
import { writeSlotJson, writeSlotText } from './slots.ts';
import { writeMicros } from './times.ts';

/** An event with one slot of `type` at an odd offset. */
function oneSlot(type: number, value: Uint8Array): LazyEvent {
  const event = new LazyEvent();
  event.bytes = Buffer.concat([Buffer.of(0xee), value, Buffer.alloc(4, 0xdd)]);
  event.offsets[0] = 1;
  event.sizes[0] = value.length;
  event.types[0] = type;
  return event;
}

function written(write: (out: ByteWriter) => void): string {
  const out = new ByteWriter(1);
  write(out);
  return out.take().toString('utf8');
}

const scalarTypes = Object.entries(ValueType).filter(([name]) => name !== 'Array' && name !== 'Null');
const wellFormed = (text: string): string => Buffer.from(text, 'utf8').toString('utf8');

describe.each(scalarTypes)('a value of type %s', (_, type) => {
  const sizes = fc.constantFrom(0, 1, 2, 4, 8, 16, 28, 33);
  const values = sizes.chain(size => fc.uint8Array({ minLength: size, maxLength: size }));

  it('is written as the text that it reads as', () => {
    fc.assert(
      fc.property(values, value => {
        const event = oneSlot(type, value);
        const text = written(out => writeSlotText(out, event, 0));
        expect(JSON.parse(`"${text}"`)).toBe(wellFormed(slotText(event, 0)!));
      }),
      { numRuns: 200 },
    );
  });

  it('is written as JSON that says the same', () => {
    fc.assert(
      fc.property(values, fc.boolean(), (value, array) => {
        const event = oneSlot(array ? type | ValueType.Array : type, value);
        const json = written(out => writeSlotJson(out, event, 0));
        const parsed: unknown = JSON.parse(json);
        const texts = slotTexts(event, 0).map(wellFormed);
        if (array) expect(parsed).toHaveLength(texts.length);
        for (const [i, text] of texts.entries()) {
          const one: unknown = array ? (parsed as unknown[])[i] : parsed;
          if (typeof one === 'number') expect(one).toBe(Number(text));
          else expect(String(one)).toBe(text);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('JSON of a slot', () => {
  it('keeps every digit of a 64-bit number', () => {
    const event = oneSlot(ValueType.UInt64, Buffer.from('ffffffffffffffff', 'hex'));
    expect(written(out => writeSlotJson(out, event, 0))).toBe('18446744073709551615');
    const least = oneSlot(ValueType.Int64, Buffer.from('0000000000000080', 'hex'));
    expect(written(out => writeSlotJson(out, least, 0))).toBe('-9223372036854775808');
  });

  it('is null for an absent value, and no text', () => {
    const event = oneSlot(ValueType.Null, new Uint8Array(0));
    expect(written(out => writeSlotJson(out, event, 0))).toBe('null');
    expect(written(out => writeSlotText(out, event, 0))).toBe('');
  });

  it('is a boolean for a boolean and a number for a number', () => {
    const yes = oneSlot(ValueType.Bool, Buffer.from('ffffffff', 'hex'));
    expect(written(out => writeSlotJson(out, yes, 0))).toBe('true');
    const id = oneSlot(ValueType.UInt16, Buffer.from('5012', 'hex'));
    expect(written(out => writeSlotJson(out, id, 0))).toBe('4688');
  });
});

describe('a time', () => {
  it('is written as it is formatted', () => {
    const micros = fc.oneof(
      fc.integer({ min: -62_167_219_200_000_000, max: Number.MAX_SAFE_INTEGER }),
      fc.double(),
      fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, 0, -1, 253_402_300_800_000_000),
    );
    fc.assert(
      fc.property(micros, value => {
        expect(written(out => writeMicros(out, value))).toBe(formatMicros(value));
      }),
      { numRuns: 1000 },
    );
  });
});
