/**
 * Logons that a term touches, by the id that the other records of the logon carry. A record that says who logged on, and from
 * where, is the only one that ties an address to what was done from it.
 */
import type { Session, Term } from '../../know/terms/index.ts';
import { fold } from '../../read/events/index.ts';
import type { Sighting } from '../types.ts';
import type { FoldedValues } from './sighting.ts';

/** Logons followed of one term: beyond it the term is of everybody's daily work, and none is followed. */
export const MOST_SESSIONS = 1000;

/** Event ids of Security that begin or take up a logon, and the field that says its id. */
const begins: ReadonlyMap<number, string> = new Map([
  [4624, 'TargetLogonId'],
  [4778, 'LogonID'],
]);

/** Of the system itself and its services: what they do is no one's logon. */
const systems: ReadonlySet<string> = new Set(['0x0', '0x3e4', '0x3e5', '0x3e7']);

/** The logon that this record begins for the term; null where it begins none, or one of somebody else. */
export function sessionOf(term: Term, { fields }: Sighting, values: FoldedValues): Session | null {
  const { kind, micros } = values.event;
  const field = fold(kind.channel) === 'security' ? begins.get(kind.eventId) : undefined;
  const id = field === undefined ? null : values.text(field);
  if (id === null || !/^0x[0-9a-f]{1,16}$/.test(id) || systems.has(id)) return null;
  // Whoever asked for the logon (the subject) is not the one who is logged on.
  if (term.kind === 'account' && !fields.some(name => /^(?:Target|Account)/.test(name))) return null;
  return { host: fold(kind.host), id, from: micros };
}
