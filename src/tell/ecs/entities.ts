/**
 * Writes what an event says of users, processes and addresses as ECS objects. The table is resolved once per
 * shape: fields that the shape lacks are gone, and what remains reads its values by slot.
 */
import { isIP } from 'node:net';
import {
  fieldText,
  fold,
  type LazyEvent,
  type Shape,
  type ShapeField,
  soleSlot,
  ValueType,
} from '../../read/events/index.ts';
import type { ByteWriter } from '../bytes/byte-writer.ts';
import { mask } from '../masking/index.ts';
import { compile, json, object, type Write } from '../parts/part.ts';
import { isMasked, type Reveal, textMember } from '../parts/values.ts';
import type { AddressFrom, From, Mapping, ProcessFrom } from './mapping.ts';
import { generic, mappings } from './table.ts';

const COMMA = 0x2c;

/** The line of the table for events of this channel and id. */
export function mappingOf(channel: string, eventId: number): Mapping {
  const name = fold(channel);
  for (const [rowChannel, eventIds, mapping] of mappings) {
    if (fold(rowChannel) === name && (eventIds === null || eventIds.includes(eventId))) return mapping;
  }
  return generic;
}

/** Writes `"user":{…},"process":{…},"source":{…},"destination":{…},`, each only where it says something. */
export function entities(shape: Shape, mapping: Mapping, options: Reveal): Write {
  const { user, process, source, destination } = mapping;
  const found: Write[] = [];
  if (user !== undefined) found.push(...userMember(shape, user));
  if (process !== undefined) found.push(...section('process', processMembers(shape, process, options)));
  if (source !== undefined) found.push(...section('source', addressMembers(shape, source)));
  if (destination !== undefined) found.push(...section('destination', addressMembers(shape, destination)));
  return compile(found);
}

/** `"name":{…},` around the members; nothing where none is written. */
function section(name: string, members: readonly Write[]): Write[] {
  return members.length === 0 ? [] : [object(members, { open: `${json(name)}:{`, close: ',', empty: '' })];
}

/** Fields of the shape that `from` names, in order of preference. */
function resolve(shape: Shape, from: From | undefined): readonly ShapeField[] {
  if (from === undefined) return [];
  const names = typeof from === 'string' ? [from] : from;
  return names.flatMap(name => shape.byName.get(name) ?? []);
}

/** The first value that says something; undefined where none does. */
function firstText(event: LazyEvent, fields: readonly ShapeField[]): string | undefined {
  for (const field of fields) {
    const text = fieldText(event, field);
    if (text !== undefined && text !== '' && text !== '-') return text;
  }
  return undefined;
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

function userMember(shape: Shape, from: NonNullable<Mapping['user']>): Write[] {
  const names = resolve(shape, from.name);
  const domains = resolve(shape, from.domain);
  const ids = resolve(shape, from.id);
  if (names.length + domains.length + ids.length === 0) return [];
  const write: Write = (out, event) => {
    const name = firstText(event, names);
    const split = name?.indexOf('\\') ?? -1;
    const domain = split > 0 ? name!.slice(0, split) : firstText(event, domains);
    const id = firstText(event, ids);
    stringMember(out, NAME, split >= 0 ? name!.slice(split + 1) : name);
    stringMember(out, DOMAIN, domain);
    if (id?.startsWith('S-1-') === true) stringMember(out, ID, id);
  };
  return section('user', [write]);
}

function processMembers(
  shape: Shape,
  from: ProcessFrom & { readonly parent?: ProcessFrom },
  options: Reveal,
): Write[] {
  const members: Write[] = [];
  const pids = resolve(shape, from.pid);
  if (pids.length > 0) members.push((out, event) => numberMember(out, PID, pidOf(firstText(event, pids))));
  const executables = resolve(shape, from.executable);
  if (executables.length > 0) {
    members.push((out, event) => {
      const path = firstText(event, executables);
      if (path === undefined) return;
      stringMember(out, EXECUTABLE, path);
      stringMember(out, NAME, baseName(path));
    });
  }
  for (const name of ['command_line', 'working_directory', 'entity_id'] as const) {
    members.push(...plainMember(shape, name, from[name], options));
  }
  if (from.parent !== undefined) {
    members.push(...section('parent', processMembers(shape, from.parent, options)));
  }
  return members;
}

/** A text as it is, from the first field that says something. */
function plainMember(shape: Shape, name: string, from: From | undefined, options: Reveal): Write[] {
  const fields = resolve(shape, from);
  if (fields.length === 0) return [];
  const isMaskedField = isMasked(fields[0]!.name, options);
  const slot = fields.length === 1 ? soleSlot(fields[0]!) : -1;
  if (slot >= 0) {
    const write = textMember(name, fields[0]!.values, isMaskedField);
    return [
      (out, event) => {
        if (!saysNothing(event, slot)) write(out, event);
      },
    ];
  }
  const key = Buffer.from(`${json(name)}:`, 'utf8');
  return [
    (out, event) => {
      const text = firstText(event, fields);
      if (text !== undefined) stringMember(out, key, isMaskedField ? mask(text) : text);
    },
  ];
}

/** True for an empty value and for `-` as UTF-16. */
function saysNothing(event: LazyEvent, slot: number): boolean {
  const size = event.sizes[slot]!;
  if (size === 0) return true;
  const at = event.offsets[slot]!;
  return (
    event.types[slot] === ValueType.String &&
    size === 2 &&
    event.bytes[at] === 0x2d &&
    event.bytes[at + 1] === 0
  );
}

function addressMembers(shape: Shape, from: AddressFrom): Write[] {
  const ips = resolve(shape, from.ip);
  const ports = resolve(shape, from.port);
  const domains = resolve(shape, from.domain);
  if (ips.length + ports.length + domains.length === 0) return [];
  return [
    (out, event) => {
      const written = firstText(event, ips);
      const ip = written === undefined ? undefined : addressOf(written);
      stringMember(out, IP, ip);
      const port = Number(firstText(event, ports) ?? 0);
      if (Number.isInteger(port) && port > 0 && port < 65_536) numberMember(out, PORT, port);
      const name = firstText(event, domains) ?? (ip === undefined ? written : undefined);
      if (name !== undefined && !isPlaceholder(name)) stringMember(out, DOMAIN, name.replace(/^\\\\/, ''));
    },
  ];
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
function pidOf(text: string | undefined): number | undefined {
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
