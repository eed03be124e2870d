import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Texts } from './texts.ts';

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

test('equal bytes have one id, others another, and each its text', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 12 }), { maxLength: 60 }), strings => {
      const texts = new Texts();
      const ids = strings.map(text => texts.internText(text));
      for (const [i, text] of strings.entries()) {
        expect(texts.text(ids[i]!)).toBe(text.replace(/\0+$/, ''));
        for (const [j, other] of strings.entries()) expect(ids[i] === ids[j]).toBe(text === other);
      }
    }),
  );
});

test('ids and texts survive growth', () => {
  const texts = new Texts();
  const ids = Array.from({ length: 20_000 }, (_, i) => texts.internText(`text ${i}`));
  expect(new Set(ids).size).toBe(20_000);
  expect(texts.text(ids[19_999]!)).toBe('text 19999');
  expect(texts.internText('text 0')).toBe(ids[0]);
});

test('bytes are compared to the last one, at any offset and length', () => {
  const texts = new Texts();
  for (let size = 0; size < 20; size++) {
    const bytes = Buffer.from(Array.from({ length: size + 1 }, (_, i) => i + 1));
    const id = texts.intern(viewOf(bytes), 1, size);
    expect(texts.equals(id, viewOf(bytes), 1, size)).toBe(true);
    if (size === 0) continue;
    bytes[size]! ^= 0x80;
    expect(texts.equals(id, viewOf(bytes), 1, size)).toBe(false);
    expect(texts.equals(id, viewOf(bytes), 1, size - 1)).toBe(false);
  }
});
