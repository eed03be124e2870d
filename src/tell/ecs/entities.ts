/**
 * Writes what an event says of users, processes and addresses as ECS objects. The table is resolved once per
 * shape: fields that the shape lacks are gone, and what remains reads its values by slot.
 */
import { isIP } from 'node:net';
import { fold, type LazyEvent, type Shape, ValueType } from '../../read/events/index.ts';
import type { ByteWriter } from '../bytes/byte-writer.ts';
import { trimmedEnd, writeSlotText } from '../bytes/slots.ts';
import { mask } from '../masking/index.ts';
import { keyOf, type Parts } from '../parts/part.ts';
import { type Choice, choose, firstSlot, firstText, UNDECIDED } from './first.ts';
import type { AddressFrom, From, Mapping, ProcessFrom } from './mapping.ts';
import { generic, mappings } from './table.ts';

const QUOTE = 0x22;
const COMMA = 0x2c;
const SLASH = 0x2f;
const LETTER_S = 0x53;
const BACKSLASH = 0x5c;
/** Bytes of a SID before its sub-authorities. */
const SID_HEAD = 8;

/** The line of the table for events of this channel and id. */
export function mappingOf(channel: string, eventId: number): Mapping {
  const name = fold(channel);
  for (const [rowChannel, eventIds, mapping] of mappings) {
    if (fold(rowChannel) === name && (eventIds === null || eventIds.includes(eventId))) return mapping;
  }
  return generic;
}

/** Writes `"user":{…},"process":{…},"source":{…},"destination":{…},`, each only where it says something. */
export function entities(parts: Parts, shape: Shape, mapping: Mapping): void {
  const { user, process, source, destination } = mapping;
  if (user !== undefined) section(parts, 'user', () => userMembers(parts, shape, user));
  if (process !== undefined) section(parts, 'process', () => processMembers(parts, shape, process));
  if (source !== undefined) section(parts, 'source', () => addressMembers(parts, shape, source));
  if (destination !== undefined) {
    section(parts, 'destination', () => addressMembers(parts, shape, destination));
  }
}

/** `"name":{…},` around the members; nothing where none is written. */
function section(parts: Parts, name: string, members: () => void): void {
  parts.open(`"${name}":{`);
  members();
  parts.closeOr('},', '');
}

function stringMember(out: ByteWriter, key: Buffer, value: string | undefined): void {
  if (value === undefined || value === '') return;
  out.raw(key);
  out.jsonString(value);
  out.byte(COMMA);
}

const NAME = Buffer.from('"name":');
const DOMAIN = Buffer.from('"domain":');
const ID = Buffer.from('"id":');
const PID = Buffer.from('"pid":');
const EXECUTABLE = Buffer.from('"executable":');
const IP = Buffer.from('"ip":');
const PORT = Buffer.from('"port":');

/** A member of the UTF-16 text in `bytes`; nothing where it is empty. */
function bytesMember(out: ByteWriter, key: Buffer, bytes: Buffer, start: number, end: number): void {
  if (start >= end) return;
  out.raw(key);
  out.jsonUtf16(bytes, start, end);
  out.byte(COMMA);
}

function userMembers(parts: Parts, shape: Shape, from: NonNullable<Mapping['user']>): void {
  const names = choose(shape, from.name);
  const domains = choose(shape, from.domain);
  const ids = choose(shape, from.id);
  if (names.fields.length + domains.fields.length + ids.fields.length === 0) return;
  parts.call((out, event) => {
    const slot = firstSlot(event, names);
    if (slot === UNDECIDED) accountOfText(out, firstText(event, names), event, domains);
    else accountOfSlot(out, event, slot, domains);
    idMember(out, event, ids);
  });
}

/** `name` and `domain` of `DOMAIN\name` or `name`. */
function accountOfText(out: ByteWriter, name: string | undefined, event: LazyEvent, domains: Choice): void {
  const split = name?.indexOf('\\') ?? -1;
  stringMember(out, NAME, split >= 0 ? name!.slice(split + 1) : name);
  stringMember(out, DOMAIN, split > 0 ? name!.slice(0, split) : firstText(event, domains));
}

/** The same of the UTF-16 text in a slot, or of none. */
function accountOfSlot(out: ByteWriter, event: LazyEvent, slot: number, domains: Choice): void {
  const { bytes } = event;
  if (slot >= 0) {
    const start = event.offsets[slot]!;
    const end = trimmedEnd(bytes, start, event.sizes[slot]!);
    let split = start;
    while (split < end && !(bytes[split] === BACKSLASH && bytes[split + 1] === 0)) split += 2;
    bytesMember(out, NAME, bytes, split < end ? split + 2 : start, end);
    if (split > start && split < end) {
      bytesMember(out, DOMAIN, bytes, start, split);
      return;
    }
  }
  const domain = firstSlot(event, domains);
  if (domain >= 0) {
    const start = event.offsets[domain]!;
    bytesMember(out, DOMAIN, bytes, start, trimmedEnd(bytes, start, event.sizes[domain]!));
  } else if (domain === UNDECIDED) stringMember(out, DOMAIN, firstText(event, domains));
}

/** A SID; anything else that stands there is none. */
function idMember(out: ByteWriter, event: LazyEvent, ids: Choice): void {
  const first = ids.slots[0] ?? -1;
  if (first < 0 || event.types[first] !== ValueType.Sid || event.sizes[first]! < SID_HEAD) {
    const id = firstText(event, ids);
    if (id?.startsWith('S-1-') === true) stringMember(out, ID, id);
    return;
  }
  if (event.bytes[event.offsets[first]!] !== 1) return;
  const before = out.length;
  out.raw(ID);
  out.byte(QUOTE);
  const start = out.length;
  writeSlotText(out, event, first);
  // A count beyond its bytes makes it hexadecimal.
  if (out.bytes[start] !== LETTER_S) {
    out.truncate(before);
    return;
  }
  out.byte(QUOTE);
  out.byte(COMMA);
}

function processMembers(
  parts: Parts,
  shape: Shape,
  from: ProcessFrom & { readonly parent?: ProcessFrom },
): void {
  const pids = choose(shape, from.pid);
  if (pids.fields.length > 0) parts.call((out, event) => numberMember(out, PID, pidOf(event, pids)));
  const executables = choose(shape, from.executable);
  if (executables.fields.length > 0) {
    parts.call((out, event) => {
      const slot = firstSlot(event, executables);
      if (slot >= 0) {
        executableOfSlot(out, event, slot);
      } else if (slot === UNDECIDED) {
        const path = firstText(event, executables);
        if (path === undefined) return;
        stringMember(out, EXECUTABLE, path);
        stringMember(out, NAME, baseName(path));
      }
    });
  }
  for (const name of ['command_line', 'working_directory', 'entity_id'] as const) {
    plainMember(parts, shape, name, from[name]);
  }
  const { parent } = from;
  if (parent !== undefined) section(parts, 'parent', () => processMembers(parts, shape, parent));
}

function executableOfSlot(out: ByteWriter, event: LazyEvent, slot: number): void {
  const { bytes } = event;
  const start = event.offsets[slot]!;
  const end = trimmedEnd(bytes, start, event.sizes[slot]!);
  bytesMember(out, EXECUTABLE, bytes, start, end);
  let base = end;
  while (base > start && !isSeparator(bytes, base - 2)) base -= 2;
  bytesMember(out, NAME, bytes, base, end);
}

function isSeparator(bytes: Buffer, at: number): boolean {
  return (bytes[at] === BACKSLASH || bytes[at] === SLASH) && bytes[at + 1] === 0;
}

/** A text as it is, from the first field that says something. */
function plainMember(parts: Parts, shape: Shape, name: string, from: From | undefined): void {
  const choice = choose(shape, from);
  const { fields, slots } = choice;
  if (fields.length === 0) return;
  const isMasked = parts.isMasked(fields[0]!.name);
  const slot = slots[0]!;
  if (fields.length === 1 && slot >= 0) {
    parts.field(name, slot, isMasked, true);
    return;
  }
  const key = keyOf(name);
  parts.call((out, event) => {
    const text = firstText(event, choice);
    if (text !== undefined) stringMember(out, key, isMasked ? mask(text) : text);
  });
}

function addressMembers(parts: Parts, shape: Shape, from: AddressFrom): void {
  const ips = choose(shape, from.ip);
  const ports = choose(shape, from.port);
  const domains = choose(shape, from.domain);
  if (ips.fields.length + ports.fields.length + domains.fields.length === 0) return;
  parts.call((out, event) => {
    const written = firstText(event, ips);
    const ip = written === undefined ? undefined : addressOf(written);
    stringMember(out, IP, ip);
    const port = Number(firstText(event, ports) ?? 0);
    if (Number.isInteger(port) && port > 0 && port < 65_536) numberMember(out, PORT, port);
    const name = firstText(event, domains) ?? (ip === undefined ? written : undefined);
    if (name !== undefined && !isPlaceholder(name)) stringMember(out, DOMAIN, name.replace(/^\\\\/, ''));
  });
}

/** What Windows writes where there is no remote side. */
function isPlaceholder(name: string): boolean {
  return name === 'LOCAL' || name === 'localhost' || name === 'Unknown' || name === '-' || name === '';
}

/**
 * The address as ECS takes it: without zone and brackets, an IPv4 address mapped into IPv6 as IPv4; undefined
 * where it is none. Loopback and unspecified addresses stay: that a logon came from the host itself is a fact.
 */
export function addressOf(written: string): string | undefined {
  let text = written.trim();
  if (text.startsWith('[')) text = text.slice(1, text.indexOf(']') > 0 ? text.indexOf(']') : undefined);
  const zone = text.indexOf('%');
  if (zone > 0) text = text.slice(0, zone);
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(text)?.[1];
  if (mapped !== undefined) text = mapped;
  return isIP(text) === 0 ? undefined : text;
}

/** A process id written in decimal or as 0x…; undefined where it is neither. */
function pidOf(event: LazyEvent, pids: Choice): number | undefined {
  const first = pids.slots[0] ?? -1;
  if (first >= 0 && event.sizes[first] === 4) {
    const type = event.types[first];
    if (type === ValueType.UInt32 || type === ValueType.HexInt32) {
      return event.bytes.readUInt32LE(event.offsets[first]!);
    }
  }
  const text = firstText(event, pids);
  if (text === undefined || !/^(?:0x[0-9a-f]{1,8}|\d{1,10})$/i.test(text)) return undefined;
  return Number(text);
}

function numberMember(out: ByteWriter, key: Buffer, value: number | undefined): void {
  if (value === undefined) return;
  out.raw(key);
  out.integer(value);
  out.byte(COMMA);
}

/** What stands after the last separator of a path. */
export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1);
}
