/**
 * A memory under a secret: it names accounts that an intruder may hold, which is worth stealing. AES-256-GCM with a key that
 * scrypt (RFC 7914) makes of a passphrase or of the bytes of a key file; a new salt and nonce each time it is written.
 *
 * scrypt runs with N = 2^15, r = 8, p = 3, one of the settings of equal strength that the OWASP Password Storage Cheat Sheet
 * recommends, and the one that takes 32 MB; about a third of a second. The file says what it was made with, and reading
 * takes no more than `MOST_MEMORY`, whatever it says.
 *
 * The first line is the header, JSON, authenticated with the rest; the second the sealed text in base64. A check value made
 * of the other half of what scrypt gives tells a wrong secret from a damaged file.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  randomBytes,
  scryptSync,
  timingSafeEqual,
} from 'node:crypto';

export type Secret =
  | { readonly kind: 'passphrase'; readonly text: string }
  | { readonly kind: 'key'; readonly bytes: Uint8Array };

export type Unsealed =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'fault'; readonly message: string };

type Header = {
  readonly huntaway: 'sealed-memory';
  readonly version: 1;
  readonly cipher: 'aes-256-gcm';
  readonly kdf: 'scrypt';
  readonly n: number;
  readonly r: number;
  readonly p: number;
  readonly salt: string;
  readonly nonce: string;
  readonly check: string;
};

const MARK = '{"huntaway":"sealed-memory"';
const COST = { n: 2 ** 15, r: 8, p: 3 } as const;
const MOST_MEMORY = 256 * 2 ** 20;
const MOST_HEADER = 1_024;
const TAG_LENGTH = 16;

export function isSealed(text: string): boolean {
  return text.startsWith(MARK);
}

export function sealText(text: string, secret: Secret): string {
  const salt = randomBytes(16);
  const nonce = randomBytes(12);
  const { key, check } = keysOf(secret, salt, COST);
  const header: Header = {
    huntaway: 'sealed-memory',
    version: 1,
    cipher: 'aes-256-gcm',
    kdf: 'scrypt',
    ...COST,
    salt: salt.toString('base64'),
    nonce: nonce.toString('base64'),
    check: check.toString('base64'),
  };
  const line = JSON.stringify(header);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(line));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `${line}\n${sealed.toString('base64')}\n`;
}

/** Never throws. */
export function unsealText(sealed: string, secret: Secret): Unsealed {
  const cut = sealed.indexOf('\n');
  const line = sealed.slice(0, cut < 0 ? 0 : Math.min(cut, MOST_HEADER));
  const header = headerOf(line);
  if (typeof header === 'string') return { kind: 'fault', message: header };
  const { key, check } = keysOf(secret, Buffer.from(header.salt, 'base64'), header);
  const expected = Buffer.from(header.check, 'base64');
  if (expected.length !== check.length || !timingSafeEqual(expected, check)) {
    const what = secret.kind === 'key' ? 'the key file is not the one' : 'the passphrase is not the one';
    return { kind: 'fault', message: `${what} that it was written with` };
  }
  try {
    const bytes = Buffer.from(sealed.slice(cut + 1), 'base64');
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(header.nonce, 'base64'), {
      authTagLength: TAG_LENGTH,
    });
    decipher.setAAD(Buffer.from(line));
    decipher.setAuthTag(bytes.subarray(bytes.length - TAG_LENGTH));
    const text = Buffer.concat([
      decipher.update(bytes.subarray(0, bytes.length - TAG_LENGTH)),
      decipher.final(),
    ]);
    return { kind: 'text', text: text.toString('utf8') };
  } catch {
    return { kind: 'fault', message: 'it is damaged: what it holds is not what was written' };
  }
}

/** What is wrong with the header, else the header. */
function headerOf(line: string): Header | string {
  let value: Partial<Record<keyof Header, unknown>>;
  try {
    value = JSON.parse(line);
  } catch {
    return 'its first line is damaged';
  }
  const { version, cipher, kdf, n, r, p, salt, nonce, check } = value;
  if (typeof version === 'number' && version > 1) return 'it was written by a newer version of Huntaway';
  if (version !== 1 || cipher !== 'aes-256-gcm' || kdf !== 'scrypt')
    return 'how it is encrypted is not known';
  const isCost =
    isWithin(n, 2 ** 14, 2 ** 20) &&
    Number.isInteger(Math.log2(n)) &&
    isWithin(r, 1, 16) &&
    isWithin(p, 1, 16);
  if (!isCost || memoryOf({ n, r, p }) > MOST_MEMORY)
    return 'it asks for more work than is done for a memory';
  if (!isBase64(salt, 16) || !isBase64(nonce, 12) || !isBase64(check, 8)) return 'its first line is damaged';
  return value as Header;
}

function isWithin(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
}

function isBase64(value: unknown, bytes: number): value is string {
  return typeof value === 'string' && Buffer.from(value, 'base64').length === bytes;
}

type Cost = { readonly n: number; readonly r: number; readonly p: number };

function memoryOf({ n, r, p }: Cost): number {
  return 128 * r * (n + p + 2);
}

function keysOf(secret: Secret, salt: Buffer, cost: Cost): { readonly key: Buffer; readonly check: Buffer } {
  const password = secret.kind === 'key' ? secret.bytes : Buffer.from(secret.text.normalize('NFC'));
  const both = scryptSync(password, salt, 64, {
    N: cost.n,
    r: cost.r,
    p: cost.p,
    maxmem: memoryOf(cost) + 2 ** 20,
  });
  return {
    key: both.subarray(0, 32),
    check: createHash('sha256').update(both.subarray(32)).digest().subarray(0, 8),
  };
}
