/** Says what content of no readable type looks like, so that a person knows whether it matters and what to do. */

import { type Description, describeJson } from './describe-json.ts';

const unpackIt = 'unpack it and give the folder';
const mountIt = 'mount it and give the folder with the logs';

/** Beginning of content, its name, the remedy. */
const kinds: readonly (readonly [magic: string, offset: number, name: string, remedy: string])[] = [
  ['7z\xbc\xaf\x27\x1c', 0, 'a 7-Zip archive', unpackIt],
  ['Rar!\x1a\x07', 0, 'a RAR archive', unpackIt],
  ['ustar', 257, 'a tar archive', unpackIt],
  ['BZh', 0, 'bzip2 data', unpackIt],
  ['\xfd7zXZ\0', 0, 'xz data', unpackIt],
  ['\x28\xb5\x2f\xfd', 0, 'Zstandard data', unpackIt],
  ['\x04\x22\x4d\x18', 0, 'LZ4 data', unpackIt],
  ['MSCF', 0, 'a cabinet archive', unpackIt],
  ['EVF\x09\x0d\x0a\xff\0', 0, 'an E01 disk image', mountIt],
  ['vhdxfile', 0, 'a VHDX disk image', mountIt],
  ['conectix', 0, 'a VHD disk image', mountIt],
  ['KDMV', 0, 'a VMDK disk image', mountIt],
  ['\x30\0\0\0LfLe', 0, 'an event log of Windows XP or 2003 (.evt)', 'convert it to .evtx with wevtutil epl'],
  ['regf', 0, 'a registry hive', ''],
  ['SQLite format 3\0', 0, 'an SQLite database', ''],
  ['SCCA', 4, 'a prefetch file', ''],
  ['MAM\x04', 0, 'a prefetch file', ''],
  ['MZ', 0, 'a Windows program', ''],
  ['\x7fELF', 0, 'a program', ''],
  ['%PDF', 0, 'a PDF document', ''],
  ['\xd4\xc3\xb2\xa1', 0, 'a packet capture', ''],
  ['\x0a\x0d\x0d\x0a', 0, 'a packet capture', ''],
  ['\x89PNG', 0, 'a picture', ''],
  ['\xff\xd8\xff', 0, 'a picture', ''],
];

/** One sentence on content that begins with `head`; `types` are the words of the sources that there are. */
export function describeUnknown(head: Uint8Array, types: readonly string[]): string {
  const { name, remedy } = looksLike(head);
  return `${name}; this version reads ${types.join(', ')}${remedy === '' ? '' : `; ${remedy}`}`;
}

function looksLike(head: Uint8Array): Description {
  const text = Buffer.from(head.buffer, head.byteOffset, head.length).toString('latin1');
  for (const [magic, offset, name, remedy] of kinds) {
    if (text.startsWith(magic, offset)) return { name, remedy };
  }
  const start = text.replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '').replace(/^[\s\0]+/, '');
  if (start === '') return { name: 'nothing but zeros or blanks at its start', remedy: '' };
  const plain = start.replaceAll('\0', '');
  if (/^[{[]/.test(plain) && /^[\t\n\r\x20-\x7e\x80-\xff]*$/.test(plain)) return describeJson(plain);
  if (/^<[?!a-z_]/i.test(plain)) return looksLikeXml(plain);
  if (/^(?:node=\S{1,255} )?type=\w{1,40} msg=audit\(\d/.test(plain))
    return { name: 'a Linux audit log', remedy: '' };
  if (/^[\t\n\r\x20-\x7e\x80-\xff]*$/.test(plain)) return { name: 'text of no known type', remedy: '' };
  return {
    name: `of no known type (begins with ${Buffer.from(head.subarray(0, 8)).toString('hex')})`,
    remedy: '',
  };
}

/** Names the first element, which says what XML is about. */
function looksLikeXml(text: string): Description {
  const elements = text.replace(/<!--.*?(?:-->|$)/gs, '').replace(/<\?.*?(?:\?>|$)/gs, '');
  const root = /<([a-z_][\w.:-]{0,63})[\s>/]/i.exec(elements)?.[1];
  if (root === undefined) return { name: 'looks like XML', remedy: '' };
  if (root === 'html') return { name: 'a web page', remedy: '' };
  if (root === 'Objs') {
    const remedy = 'export events with: Get-WinEvent … | ForEach-Object { $_.ToXml() }';
    return { name: 'objects of PowerShell (Export-Clixml)', remedy };
  }
  return { name: `looks like XML without Windows events (it begins with the element ${root})`, remedy: '' };
}
