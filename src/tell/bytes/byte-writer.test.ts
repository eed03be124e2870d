import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteWriter } from './byte-writer.ts';

/** What `write` writes. */
function written(write: (out: ByteWriter) => void, capacity = 1): Buffer {
  const out = new ByteWriter(capacity);
  write(out);
  return Buffer.from(out.take());
}

const anyText = fc.string({ unit: fc.nat(0xffff).map(unit => String.fromCharCode(unit)) });
const oddText = fc.string({
  unit: fc.constantFrom(
    'a',
    '"',
    '\\',
    '\0',
    '\x1b',
    '\x9b',
    '\u2028',
    '\ud83d',
    '\ude00',
    '\u202e',
    'é',
    '日',
  ),
});
const text = fc.oneof(anyText, oddText, fc.string({ unit: 'binary' }));

const wellFormed = (value: string): string => Buffer.from(value, 'utf8').toString('utf8');

describe('JSON strings', () => {
  it('parse back to the text, half surrogates apart', () => {
    fc.assert(
      fc.property(text, value => {
        const bytes = written(out => out.jsonString(value));
        expect(JSON.parse(bytes.toString('utf8'))).toBe(wellFormed(value));
      }),
    );
  });

  it('are the same from UTF-16 bytes as from a string, at any offset', () => {
    fc.assert(
      fc.property(text, fc.nat(3), (value, offset) => {
        const source = Buffer.concat([
          Buffer.alloc(offset, 7),
          Buffer.from(value, 'utf16le'),
          Buffer.alloc(2, 9),
        ]);
        const fromBytes = written(out => out.jsonUtf16(source, offset, offset + value.length * 2));
        expect(fromBytes).toEqual(written(out => out.jsonString(value)));
      }),
    );
  });

  it('are the same from UTF-8 bytes as from a string', () => {
    fc.assert(
      fc.property(text, value => {
        const source = Buffer.from(`x${value}y`, 'utf8');
        const fromBytes = written(out => out.escapedUtf8(source, 1, source.length - 1));
        expect(fromBytes).toEqual(written(out => out.escaped(wellFormed(value))));
      }),
    );
  });

  it('are valid UTF-8 whatever the UTF-16 bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), source => {
        const bytes = written(out => out.jsonUtf16(source, 0, source.length));
        const decoded = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
        expect(typeof JSON.parse(decoded)).toBe('string');
      }),
    );
  });

  it('hold nothing that a terminal obeys and nothing invisible', () => {
    fc.assert(
      fc.property(text, value => {
        const json = written(out => out.jsonString(value)).toString('utf8');
        expect(json).not.toMatch(/[\0-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/);
      }),
    );
  });

  it('escape each of the dangerous characters, alone in its string', () => {
    const dangerous = /[\0-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/;
    for (let unit = 0; unit <= 0xffff; unit++) {
      const value = String.fromCharCode(unit);
      const json = written(out => out.jsonString(value)).toString('utf8');
      if (dangerous.test(json)) expect.fail(`U+${unit.toString(16)} is written as ${json}`);
      if (JSON.parse(json) !== wellFormed(value)) expect.fail(`U+${unit.toString(16)} reads as ${json}`);
    }
  });

  it('agree with JSON.stringify where no more than JSON asks for is escaped', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), value => {
        expect(written(out => out.jsonString(value)).toString()).toBe(JSON.stringify(value));
      }),
    );
  });

  it('write a half surrogate as U+FFFD', () => {
    expect(written(out => out.jsonString('a\ud800b\udc00')).toString()).toBe('"a\ufffdb\ufffd"');
  });

  it('escape invisible tag characters as two units', () => {
    expect(written(out => out.jsonString('\u{e0041}')).toString()).toBe('"\\udb40\\udc41"');
  });
});

describe('numbers', () => {
  it('are written in decimal', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), value => {
        expect(written(out => out.integer(value)).toString()).toBe(String(value));
      }),
    );
  });

  it('are written in decimal from two unsigned halves', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 0xffff_ffff_ffff_ffffn), value => {
        const high = Number(value >> 32n) | 0;
        const low = Number(value & 0xffff_ffffn) | 0;
        expect(written(out => out.unsigned64(high, low)).toString()).toBe(value.toString());
        expect(written(out => out.hex64(high, low)).toString()).toBe(value.toString(16));
      }),
    );
  });
});

describe('bytes', () => {
  it('stay in order whatever the lengths', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 })), parts => {
        const whole = Buffer.concat(parts);
        expect(written(out => parts.forEach(part => void out.raw(part)))).toEqual(whole);
        expect(written(out => parts.forEach(part => void out.slice(part, 0, part.length)))).toEqual(whole);
      }),
    );
  });

  it('are written as upper-case hexadecimal', () => {
    expect(written(out => out.hexBytes(Uint8Array.of(0, 0xab, 0x10), 0, 3)).toString()).toBe('00AB10');
  });

  it('begin anew in the same memory after a reset', () => {
    const out = new ByteWriter(16);
    out.ascii('first');
    out.reset();
    out.utf8('zwölf');
    expect(out.take().toString()).toBe('zwölf');
    expect(out.bytes.length).toBe(16);
  });
});
