import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fileTimeMicros, formatMicros, parseTime, writeFileTime } from '../../events/index.ts';
import { TextTimes } from './text-times.ts';

const times = new TextTimes();

function read(text: string): number {
  const bytes = Buffer.from(`x${text}y`, 'utf16le');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return times.read(bytes, view, 2, bytes.length - 4);
}

const micros = fc.integer({ min: -2e15, max: 9e15 });

test('what formatMicros writes reads back', () => {
  fc.assert(
    fc.property(micros, time => {
      expect(read(formatMicros(time))).toBe(time);
      expect(times.zoned).toBe(true);
    }),
  );
});

test('any text reads as parseTime reads it', () => {
  const unit = fc.constantFrom(...'0123456789-:TZ .+,zx/');
  const nearly = fc
    .tuple(micros, fc.nat(30), unit)
    .map(([time, at, letter]) => formatMicros(time).slice(0, at) + letter + formatMicros(time).slice(at + 1));
  fc.assert(
    fc.property(fc.oneof(nearly, fc.string({ unit, maxLength: 34 })), text => {
      fc.pre(!/^\s*\d{9,16}(\.\d{1,9})?\s*$/.test(text));
      expect(read(text)).toBe(parseTime(text) ?? Number.NaN);
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['2020-09-04 03:08:06', false],
  ['2020-10-18 07:50:06.220', false],
  ['2020-10-18', false],
  ['2023-07-19T12:20:11.928Z', true],
  ['2023-07-19T12:20:11+02:00', true],
  ['2023-07-19 12:20:11.5 -0700', true],
])('%s says its zone: %s', (text, zoned) => {
  expect(read(text)).toBe(parseTime(text));
  expect(times.zoned).toBe(zoned);
});

test('a number alone counts from 1970', () => {
  expect(read('1593600000')).toBe(1_593_600_000_000_000);
  expect(read('1593600000.25')).toBe(1_593_600_000_250_000);
  expect(read('1593600000250')).toBe(1_593_600_000_250_000);
  expect(read('1593600000250001')).toBe(1_593_600_000_250_001);
});

test('a FILETIME that is written reads back', () => {
  const view = new DataView(new ArrayBuffer(10));
  fc.assert(
    fc.property(micros, time => {
      writeFileTime(view, 1, time);
      expect(fileTimeMicros(view.getUint32(1, true), view.getUint32(5, true))).toBe(time);
    }),
  );
});
