/**
 * EVTX bytes put together by hand, byte for byte as the format says, for tests of the reader. It shares no code with
 * the reader or the writer, so that no mistake can hide on both sides.
 */

export const CHUNK_SIZE = 65_536;

export function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

export function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
}

export function u64(value: bigint | number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

export function utf16(text: string): Buffer {
  return Buffer.from(text, 'utf16le');
}

/** 2026-04-17T05:24:53.0888490Z as a FILETIME. */
export const FILE_TIME = 134_208_770_930_888_490n;

/** Every name carries it: times 65599, plus the next unit; the lower half. */
function hashOf(name: string): number {
  let hash = 0;
  for (const unit of utf16(name).swap16().toString('hex').match(/.{4}/g) ?? []) {
    hash = (Math.imul(hash, 65_599) + Number.parseInt(unit, 16)) >>> 0;
  }
  return hash & 0xffff;
}

/** Writes BinXML that will lie at `at` of its chunk; every name stands in place. */
export class BinXml {
  readonly #parts: Buffer[] = [];
  readonly #start: number;
  size = 0;

  constructor(at: number) {
    this.#start = at;
  }

  /** Offset in the chunk of what is written next. */
  get at(): number {
    return this.#start + this.size;
  }

  put(...parts: readonly (Buffer | readonly number[])[]): this {
    for (const part of parts) {
      const bytes = Buffer.isBuffer(part) ? part : Buffer.from(part as readonly number[]);
      this.#parts.push(bytes);
      this.size += bytes.length;
    }
    return this;
  }

  header(): this {
    return this.put([0x0f, 1, 1, 0]);
  }

  /** A name reference, and the name right behind it. */
  name(text: string): this {
    return this.put(u32(this.at + 4), u32(0), u16(hashOf(text)), u16(text.length), utf16(text), u16(0));
  }

  /** The start of an element; `dependency` as in templates. Sizes are not exact, only plausible. */
  open(name: string, options: { dependency?: boolean; attributes?: boolean } = {}): this {
    this.put([options.attributes === true ? 0x41 : 0x01]);
    if (options.dependency === true) this.put(u16(0xffff));
    this.put(u32(16)).name(name);
    return options.attributes === true ? this.put(u32(0)) : this;
  }

  attribute(name: string): this {
    return this.put([0x06]).name(name);
  }

  text(value: string): this {
    return this.put([0x05, 0x01], u16(value.length), utf16(value));
  }

  entity(name: string): this {
    return this.put([0x09]).name(name);
  }

  slot(id: number, type: number): this {
    return this.put([0x0d], u16(id), [type]);
  }

  content(): this {
    return this.put([0x02]);
  }

  close(): this {
    return this.put([0x04]);
  }

  closeEmpty(): this {
    return this.put([0x03]);
  }

  /** `<name>text</name>` */
  leaf(name: string, text: string): this {
    return this.open(name).content().text(text).close();
  }

  bytes(): Buffer {
    return Buffer.concat(this.#parts);
  }
}

export type Value = { readonly type: number; readonly bytes: Buffer };

/** Writes a template instance with its definition in place at `at` of the chunk; `define` writes the elements. */
export function instance(
  at: number,
  templateId: number,
  values: readonly Value[],
  define: (xml: BinXml) => void,
): Buffer {
  const definition = new BinXml(at + 14 + 24).header();
  define(definition);
  definition.put([0x00]);
  const offset = at + 14;
  return Buffer.concat([
    Buffer.from([0x0f, 1, 1, 0, 0x0c, 1]),
    u32(templateId),
    u32(offset),
    u32(0),
    u32(templateId),
    Buffer.alloc(12, 7),
    u32(definition.size),
    definition.bytes(),
    descriptors(values),
  ]);
}

/** Writes a template instance that refers to the definition at `offset` of the chunk. */
export function reference(offset: number, templateId: number, values: readonly Value[]): Buffer {
  return Buffer.concat([
    Buffer.from([0x0f, 1, 1, 0, 0x0c, 1]),
    u32(templateId),
    u32(offset),
    descriptors(values),
  ]);
}

function descriptors(values: readonly Value[]): Buffer {
  return Buffer.concat([
    u32(values.length),
    ...values.map(value => Buffer.concat([u16(value.bytes.length), Buffer.from([value.type, 0])])),
    ...values.map(value => value.bytes),
  ]);
}

/** A record around BinXML: header, content, end token, copy of the size. */
export function record(number: number, content: Buffer, fileTime: bigint = FILE_TIME): Buffer {
  const size = 24 + content.length + 1 + 4;
  return Buffer.concat([
    u32(0x2a2a),
    u32(size),
    u64(number),
    u64(fileTime),
    content,
    Buffer.from([0]),
    u32(size),
  ]);
}

/** Offset in the chunk at which the content of the first record begins, and of one behind `before` bytes of records. */
export function contentAt(before = 0): number {
  return 512 + before + 24;
}

/** A chunk with these records; `free` is what its header states as the end of its used part. */
export function chunk(records: readonly Buffer[], free?: number): Buffer {
  const bytes = Buffer.alloc(CHUNK_SIZE);
  bytes.write('ElfChnk\0', 'latin1');
  const body = Buffer.concat(records);
  body.copy(bytes, 512);
  bytes.writeUInt32LE(free ?? 512 + body.length, 48);
  return bytes;
}

/** A file with these chunks. */
export function file(...chunks: readonly Buffer[]): Buffer {
  const header = Buffer.alloc(4096);
  header.write('ElfFile\0', 'latin1');
  header.writeUInt32LE(128, 32);
  header.writeUInt16LE(1, 36);
  header.writeUInt16LE(3, 38);
  header.writeUInt16LE(4096, 40);
  return Buffer.concat([header, ...chunks]);
}

/** A record without template: System with id, channel and host, and EventData with one `Data` per entry. */
export function writtenEvent(
  at: number,
  data: readonly (readonly [name: string | null, text: string])[],
  system: { id?: string; channel?: string; host?: string; time?: string } = {},
): Buffer {
  const xml = new BinXml(at).header().open('Event').content().open('System').content();
  xml.open('Provider', { attributes: true }).attribute('Name').text('Test-Provider').closeEmpty();
  xml.leaf('EventID', system.id ?? '4624');
  xml.open('TimeCreated', { attributes: true }).attribute('SystemTime');
  xml.text(system.time ?? '2026-04-17T05:24:53.0888490Z').closeEmpty();
  xml.leaf('EventRecordID', '77');
  xml
    .leaf('Channel', system.channel ?? 'Security')
    .leaf('Computer', system.host ?? 'host.example')
    .close();
  xml.open('EventData').content();
  for (const [name, text] of data) {
    if (name === null) xml.open('Data');
    else xml.open('Data', { attributes: true }).attribute('Name').text(name);
    if (text === '') xml.closeEmpty();
    else xml.content().text(text).close();
  }
  return xml.close().close().bytes();
}
