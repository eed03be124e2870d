/**
 * Ids that say the same of the same, so that a hunt that is run again gives the same bundle, and two organisations that saw
 * one address name it alike. An observable's id follows from its contributing properties, as STIX 2.1 section 2.9 lays down;
 * every other object's id from all it says, in a namespace of ours. An object that says something else is thus another
 * object and never a version of the first, because a version would need a memory of when the first was made.
 */
import { createHash } from 'node:crypto';

/** Namespace of observables, laid down by STIX 2.1; for nothing else. */
const OBSERVABLES = '00abedb4-aa42-466c-9c01-fed23315a9b7';
/** Ours, drawn once. */
const OURS = 'f40e06a7-b25b-49ee-b8b3-e2e6695ef4c8';

/** Id of an observable by its contributing properties; absent ones are left out. */
export function observableId(type: string, contributing: Readonly<Record<string, unknown>>): string {
  return `${type}--${uuid5(OBSERVABLES, canonical(contributing))}`;
}

/** Id of anything else by what it says. The type counts, for one UUID must not name two things. */
export function objectId(type: string, content: unknown): string {
  return `${type}--${uuid5(OURS, `${type} ${canonical(content)}`)}`;
}

/**
 * Id of an observable that no property names (a process): STIX asks for version 4, drawn by lot. Ours has its form and is
 * drawn from what the object says and of which event it is, so that it comes out the same again.
 */
export function unnamedId(type: string, content: unknown): string {
  return `${type}--${uuidOf(OURS, `${type} ${canonical(content)}`, 4)}`;
}

/** Version 5 of RFC 9562. */
export function uuid5(namespace: string, name: string): string {
  return uuidOf(namespace, name, 5);
}

function uuidOf(namespace: string, name: string, version: 4 | 5): string {
  const hash = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name, 'utf8')
    .digest()
    .subarray(0, 16);
  hash[6] = (hash[6]! & 0x0f) | (version << 4);
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** Halves of pairs, which are no text. They are written so in the bundle too. */
const halves = /\p{Surrogate}/gu;

/** JSON as RFC 8785 writes it: keys in order, no spaces. For text, whole numbers, truth values, lists and objects of these. */
export function canonical(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.replace(halves, '\ufffd'));
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${entries.map(([key, each]) => `${canonical(key)}:${canonical(each)}`).join(',')}}`;
}
