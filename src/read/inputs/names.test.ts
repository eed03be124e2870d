import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fileNameOf, readableName } from './names.ts';

it('gives back the bytes of a name that is no text', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1 }), bytes => {
      const readable = readableName(bytes);
      // A name that has a backslash, x and two digits in it as text may be taken for another one.
      if (/\\x[89a-f][0-9a-f]/.test(Buffer.from(bytes).toString('latin1'))) return;
      const isText = Buffer.from(readable).equals(Buffer.from(bytes));
      expect(fileNameOf(readable)).toEqual(isText ? null : Buffer.from(bytes));
    }),
  );
});
