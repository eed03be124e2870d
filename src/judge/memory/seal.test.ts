import { describe, expect, it } from 'vitest';
import { isSealed, type Secret, sealText, unsealText } from './index.ts';

const secret: Secret = { kind: 'passphrase', text: 'correct horse battery staple' };
const key: Secret = { kind: 'key', bytes: Buffer.from('0123456789abcdef0123456789abcdef') };
const sealed = sealText('what is known: WAIRUA\\adm', secret);
const [header, body] = sealed.split('\n') as [string, string];
const fault = (text: string, with_: Secret = secret): string => {
  const opened = unsealText(text, with_);
  return opened.kind === 'fault' ? opened.message : 'none';
};
const withHeader = (changes: object): string =>
  `${JSON.stringify({ ...JSON.parse(header), ...changes })}\n${body}\n`;

describe('a sealed memory', () => {
  it('opens with its passphrase or key file', () => {
    expect(unsealText(sealed, secret)).toEqual({ kind: 'text', text: 'what is known: WAIRUA\\adm' });
    expect(unsealText(sealText('x', key), key)).toEqual({ kind: 'text', text: 'x' });
  });
  it('holds nothing that can be read, and is another each time', () => {
    expect(sealed).not.toMatch(/WAIRUA|adm/);
    expect(Buffer.from(body, 'base64').toString('latin1')).not.toContain('WAIRUA');
    expect(sealText('what is known: WAIRUA\\adm', secret)).not.toBe(sealed);
    expect(isSealed(sealed)).toBe(true);
    expect(isSealed('{"version":1}')).toBe(false);
  });
  it('says that the secret is wrong, and not that the file is', () => {
    expect(fault(sealed, { kind: 'passphrase', text: 'x' })).toBe(
      'the passphrase is not the one that it was written with',
    );
    expect(fault(sealed, key)).toBe('the key file is not the one that it was written with');
  });
  it('takes a passphrase typed with other accents of Unicode for the same', () => {
    const one = sealText('x', { kind: 'passphrase', text: 'M\u0101ori' });
    expect(fault(one, { kind: 'passphrase', text: 'Ma\u0304ori' })).toBe('none');
  });
  it('says that it is damaged where one byte is another', () => {
    const bytes = Buffer.from(body, 'base64');
    bytes[3]! ^= 1;
    expect(fault(`${header}\n${bytes.toString('base64')}\n`)).toBe(
      'it is damaged: what it holds is not what was written',
    );
    expect(fault(`${header}\n${body.slice(0, 12)}\n`)).toBe(
      'it is damaged: what it holds is not what was written',
    );
    expect(fault(`${header}\n`)).toBe('it is damaged: what it holds is not what was written');
  });
  it('authenticates its header', () => {
    expect(fault(withHeader({ more: 1 }))).toBe('it is damaged: what it holds is not what was written');
  });
  it.each([
    [{ version: 2 }, 'it was written by a newer version of Huntaway'],
    [{ kdf: 'md5' }, 'how it is encrypted is not known'],
    [{ n: 2 ** 30 }, 'it asks for more work than is done for a memory'],
    [{ n: 2 ** 20, r: 16 }, 'it asks for more work than is done for a memory'],
    [{ n: 2 }, 'it asks for more work than is done for a memory'],
    [{ p: 1000 }, 'it asks for more work than is done for a memory'],
    [{ p: 1e9 }, 'it asks for more work than is done for a memory'],
    [{ n: 40_000 }, 'it asks for more work than is done for a memory'],
    [{ salt: '' }, 'its first line is damaged'],
    [{ nonce: 7 }, 'its first line is damaged'],
  ])('with %j is refused at once', (changes, message) => {
    const start = performance.now();
    expect(fault(withHeader(changes))).toBe(message);
    expect(performance.now() - start).toBeLessThan(100);
  });
  it('is damaged where its first line is', () => {
    expect(fault(sealed.slice(5))).toBe('its first line is damaged');
    expect(fault('')).toBe('its first line is damaged');
    expect(fault('{"huntaway":"sealed-memory"'.padEnd(10_000, ' '))).toBe('its first line is damaged');
  });
});
