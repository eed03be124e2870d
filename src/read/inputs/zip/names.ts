/** Names of zip members: the encodings they come in, and which of them are odd. */
import { crc32 } from 'node:zlib';

/** Code page 437, upper half: what a name is in where nothing says otherwise and it is not UTF-8. */
const cp437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The name's text. Many writers store UTF-8 without saying so; what is valid UTF-8 is taken for it. */
export function decodeName(bytes: Uint8Array, saidUtf8: boolean): string {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    if (saidUtf8) return Buffer.from(bytes).toString('utf8');
    let name = '';
    for (const byte of bytes) name += byte < 0x80 ? String.fromCharCode(byte) : cp437[byte - 0x80];
    return name;
  }
}

/** The name in an Info-ZIP Unicode Path field (0x7075), if it belongs to `name`; else null. */
export function unicodeName(field: Buffer, name: Uint8Array): string | null {
  if (field.length < 5 || field[0] !== 1 || field.readUInt32LE(1) !== crc32(name)) return null;
  return field.toString('utf8', 5);
}

/** A member's name with `/` between its parts and no `./` before it; for comparing only. */
export function normalName(name: string): string {
  const slashed = name.includes('\\') ? name.replaceAll('\\', '/') : name;
  return slashed.startsWith('./') ? slashed.slice(2) : slashed;
}

/** Directories have no content and a name that ends with a separator. */
export function isDirectoryName(name: string): boolean {
  return name.endsWith('/') || name.endsWith('\\');
}

/** What is odd about a name, else null; see `Note`. */
export function oddity(name: string): 'traversal' | 'odd-name' | null {
  if (/[\0-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/.test(name)) return 'odd-name';
  if (/^[\\/]|^[a-z]:|(?:^|[\\/])\.\.(?:[\\/]|$)/i.test(name)) return 'traversal';
  return null;
}
