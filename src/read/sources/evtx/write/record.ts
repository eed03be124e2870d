/**
 * Records as BinXML ([MS-EVEN6] 2.2.12): as template instances, the form that Windows logs have, or spelled out
 * token by token, the form that some exports and collectors write.
 */
import { ValueType, valueText } from '../../../events/index.ts';
import type { ChunkWriter } from './chunk.ts';
import type { EvtxOptions } from './options.ts';
import type { Content, Instance, TreeElement } from './tree.ts';
import { type Encoded, fileTimeTicks } from './values.ts';

const MORE = 0x40;
const OPEN = 0x01;
const CLOSE_START = 0x02;
const CLOSE_EMPTY = 0x03;
const END_ELEMENT = 0x04;
const VALUE = 0x05;
const ATTRIBUTE = 0x06;
const CDATA = 0x07;
const CHAR_REFERENCE = 0x08;
const ENTITY_REFERENCE = 0x09;
const TEMPLATE_INSTANCE = 0x0c;
const SUBSTITUTION = 0x0d;
const OPTIONAL_SUBSTITUTION = 0x0e;
const END = 0x00;

/** Fragment header: token, version 1.1, no flags. */
const fragmentHeader = Uint8Array.of(0x0f, 1, 1, 0);
const RECORD_MAGIC = 0x00002a2a;

/** Writes elements; in a template definition holes stay holes, else they are filled with `values` as text. */
class ElementWriter {
  readonly #chunk: ChunkWriter;
  readonly #dependencyIds: boolean;
  readonly #filling: Instance | null;

  constructor(chunk: ChunkWriter, dependencyIds: boolean, filling: Instance | null) {
    this.#chunk = chunk;
    this.#dependencyIds = dependencyIds;
    this.#filling = filling;
  }

  element(element: TreeElement): void {
    const chunk = this.#chunk;
    const attributes = element.attributes.filter(({ content }) => !this.#vanishes(content));
    const content = element.content.filter(part => !this.#vanishes([part]));
    chunk.u8(OPEN | (attributes.length > 0 ? MORE : 0));
    if (this.#dependencyIds) chunk.u16(element.dependency);
    const size = chunk.openSize();
    chunk.name(element.name);
    if (attributes.length > 0) {
      const list = chunk.openSize();
      for (const [i, attribute] of attributes.entries()) {
        chunk.u8(ATTRIBUTE | (i < attributes.length - 1 ? MORE : 0));
        chunk.name(attribute.name);
        for (const part of attribute.content) this.#content(part);
      }
      chunk.closeSize(list);
    }
    if (content.length === 0) {
      chunk.u8(CLOSE_EMPTY);
    } else {
      chunk.u8(CLOSE_START);
      for (const part of content) this.#content(part);
      chunk.u8(END_ELEMENT);
    }
    chunk.closeSize(size);
  }

  /** True where all that would stand there is an optional value that is absent, and there is no hole to leave. */
  #vanishes(content: readonly Content[]): boolean {
    const filling = this.#filling;
    if (filling === null) return false;
    return content.every(
      part =>
        part.kind === 'slot' &&
        filling.values[part.slot]!.type === ValueType.Null &&
        !holdsInner(filling, part.slot),
    );
  }

  #content(part: Content): void {
    const chunk = this.#chunk;
    switch (part.kind) {
      case 'element':
        if (this.#kept(part.element)) this.element(part.element);
        break;
      case 'text':
        this.#text(part.text);
        break;
      case 'cdata':
        chunk.u8(CDATA);
        chunk.u16(part.text.length);
        chunk.utf16(part.text);
        break;
      case 'charRef':
        chunk.u8(CHAR_REFERENCE);
        chunk.u16(part.code);
        break;
      case 'entity':
        chunk.u8(ENTITY_REFERENCE);
        chunk.name(part.name);
        break;
      case 'slot':
        if (this.#filling !== null) this.#fill(this.#filling, part.slot);
        else {
          chunk.u8(part.optional ? OPTIONAL_SUBSTITUTION : SUBSTITUTION);
          chunk.u16(part.slot);
          chunk.u8(part.type);
        }
        break;
    }
  }

  /** An element that depends on an absent value is left out where values are filled in. */
  #kept(element: TreeElement): boolean {
    const value = this.#filling?.values[element.dependency];
    return value === undefined || value.type !== ValueType.Null;
  }

  #fill(filling: Instance, slot: number): void {
    const value = filling.values[slot]!;
    if (filling.inner !== null && holdsInner(filling, slot)) {
      new ElementWriter(this.#chunk, this.#dependencyIds, filling.inner).element(filling.inner.template.root);
    } else if (value.type !== ValueType.Null) {
      this.#text(plainText(value));
    }
  }

  #text(text: string): void {
    this.#chunk.u8(VALUE);
    this.#chunk.u8(ValueType.String);
    this.#chunk.u16(text.length);
    this.#chunk.utf16(text);
  }
}

/** The last value of an outer template is the fragment inside it. */
function holdsInner(filling: Instance, slot: number): boolean {
  return filling.inner !== null && slot === filling.values.length - 1;
}

/** What the value looks like where it is written out; the values of an array are joined by commas. */
function plainText({ type, bytes }: Encoded): string {
  const buffer = Buffer.from(bytes);
  if ((type & ValueType.Array) === 0) return valueText(buffer, type, 0, buffer.length);
  return valueText(buffer, type & 0x7f, 0, buffer.length)
    .replace(/\0$/, '')
    .replaceAll('\0', ', ');
}

function templateInstance(chunk: ChunkWriter, instance: Instance, options: EvtxOptions): void {
  const { template, values, inner } = instance;
  chunk.u8(TEMPLATE_INSTANCE);
  chunk.u8(1);
  chunk.template(template.guid, () => {
    chunk.raw(fragmentHeader);
    new ElementWriter(chunk, options.dependencyIds ?? true, null).element(template.root);
    chunk.u8(END);
  });
  chunk.u32(values.length);
  const descriptors = chunk.position;
  for (const { type, bytes } of values) {
    if (bytes.length > 0xffff) throw new RangeError(`a value of ${bytes.length} bytes does not fit a record`);
    chunk.u16(bytes.length);
    chunk.u8(type);
    chunk.u8(0);
  }
  for (const { bytes } of values) chunk.raw(bytes);
  if (inner === null) return;
  const start = chunk.position;
  if (options.innerTemplate === false) {
    chunk.raw(fragmentHeader);
    new ElementWriter(chunk, options.dependencyIds ?? false, inner).element(inner.template.root);
    chunk.u8(END);
  } else {
    templateInstance(chunk, inner, options);
  }
  const descriptor = descriptors + (values.length - 1) * 4;
  chunk.bytes.writeUInt16LE(chunk.position - start, descriptor);
  chunk.bytes.writeUInt8(ValueType.BinXml, descriptor + 2);
}

/** Writes one record with its header and trailing size. `micros` is the time it was written. */
export function writeRecord(
  chunk: ChunkWriter,
  number: number,
  micros: number,
  instance: Instance,
  options: EvtxOptions,
): void {
  const start = chunk.position;
  chunk.u32(RECORD_MAGIC);
  chunk.u32(0);
  chunk.u64(BigInt(number));
  chunk.u64(fileTimeTicks(micros));
  chunk.raw(fragmentHeader);
  if (options.templates === false) {
    new ElementWriter(chunk, options.dependencyIds ?? false, instance).element(instance.template.root);
  } else {
    templateInstance(chunk, instance, options);
  }
  chunk.u8(END);
  // Records are padded so that the next one, after the trailing size, starts at a multiple of eight.
  while ((chunk.position + 4 - start) % 8 !== 0) chunk.u8(0);
  const size = chunk.position + 4 - start;
  chunk.u32(size);
  chunk.bytes.writeUInt32LE(size, start + 4);
}
