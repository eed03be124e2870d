/**
 * Has a named person approved this? Every condition that an approval gives must hold; what the event does not say never
 * holds. An approval lowers evidence and hides nothing: whoever asks counts and lists what it lowered.
 */
import type { Gravity } from '../advisories/index.ts';
import { liesIn, matchesGlob, namesPlace, namesSomething } from './glob.ts';
import { matchesAccount, matchesHost } from './lookups.ts';
import type { Approval, Site } from './types.ts';

/** What is asked about; null where the event does not say. */
export type Approvable = {
  readonly account: string | null;
  readonly host: string | null;
  /** Image of the parent, and its command line. */
  readonly parent: string | null;
  readonly parentCommand?: string | null;
  /** Where the output goes. */
  readonly path: string | null;
  readonly command: string | null;
  readonly behaviour: { readonly id: string; readonly gravity: Gravity } | null;
  readonly micros: number;
  /** The moment at which approvals must not have ended; microseconds. */
  readonly now: number;
};

/** The first approval that fits; null where none does. */
export function approvalFor(site: Site, what: Approvable): Approval | null {
  return site.approvals.find(approval => counts(approval, what) && fits(approval, what)) ?? null;
}

/** Signed, not over, and for something grave exact. */
function counts(approval: Approval, { behaviour, now, micros }: Approvable): boolean {
  const { by, why, until, account, parent, host, path } = approval;
  if (by.trim() === '' || why.trim() === '') return false;
  if (until !== null && (now >= until || micros >= until)) return false;
  if (behaviour?.gravity !== 'grave') return true;
  return namesSomething(account) && namesSomething(parent) && namesSomething(host) && namesPlace(path);
}

function fits(approval: Approval, what: Approvable): boolean {
  const { account, host, parent, path, command, behaviours, schedule } = approval;
  return (
    holds(account, what.account, matchesAccount) &&
    holds(host, what.host, matchesHost) &&
    (holds(parent, what.parent, matchesProgram) || holds(parent, what.parentCommand ?? null, matchesGlob)) &&
    holds(path, what.path, liesIn) &&
    holds(command, what.command, matchesGlob) &&
    (behaviours === null ||
      (what.behaviour !== null && behaviours.includes(what.behaviour.id.toUpperCase()))) &&
    (schedule === null || isWithin(schedule, what.micros))
  );
}

function holds(
  pattern: string | null,
  value: string | null,
  matches: (pattern: string, value: string) => boolean,
): boolean {
  return pattern === null || (value !== null && matches(pattern, value));
}

/** A pattern without a folder means the program wherever it lies. */
function matchesProgram(pattern: string, image: string): boolean {
  if (matchesGlob(pattern, image)) return true;
  return !pattern.includes('\\') && matchesGlob(pattern, image.slice(image.lastIndexOf('\\') + 1));
}

const DAY_MINUTES = 24 * 60;

/** A window that ends before it begins goes on after midnight, and belongs to the day on which it began. */
function isWithin({ days, from, to }: NonNullable<Approval['schedule']>, micros: number): boolean {
  if (micros === 0) return false;
  const minutes = Math.floor(micros / 60e6);
  // 1 January 1970 was a Thursday.
  const day = (Math.floor(minutes / DAY_MINUTES) + 4) % 7;
  const minute = minutes % DAY_MINUTES;
  if (from <= to) return days.includes(day) && minute >= from && minute < to;
  return (days.includes(day) && minute >= from) || (days.includes((day + 6) % 7) && minute < to);
}
