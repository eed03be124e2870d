/** Which members of an archive `a.zip!/…` asks for. */
import { looksLikeGlob, matchesPath } from '../glob.ts';
import type { ZipEntry } from './entry.ts';
import { normalName } from './names.ts';

export type Choice = {
  readonly entry: ZipEntry;
  /** What is asked for inside this member, where it is an archive; null for all of it. */
  readonly select: string | null;
  /** The user named this very member. */
  readonly asked: boolean;
};

/**
 * The members that `select` names: by their full name, as a folder, as an archive (`inner.zip!/x`), or, where
 * nothing has that name, as a pattern. Null selects all. A name that exists wins over what it could mean.
 */
export function selectMembers(entries: readonly ZipEntry[], select: string | null): Choice[] {
  if (select === null) return entries.map(entry => ({ entry, select: null, asked: false }));
  const wanted = normalName(select);
  const named = entries.filter(entry => entry.name === select || normalName(entry.name) === wanted);
  if (named.length > 0) return named.map(entry => ({ entry, select: null, asked: true }));
  const folder = wanted.endsWith('/') ? wanted : `${wanted}/`;
  const inFolder = entries.filter(entry => folder === '/' || normalName(entry.name).startsWith(folder));
  if (inFolder.length > 0) return inFolder.map(entry => ({ entry, select: null, asked: false }));
  const inside = insideMembers(entries, wanted, (name, before) => name === before);
  if (inside.length > 0 || !looksLikeGlob(wanted)) return inside;
  const fitting = entries.filter(entry => matchesPath(wanted, normalName(entry.name)));
  if (fitting.length > 0) return fitting.map(entry => ({ entry, select: null, asked: false }));
  return insideMembers(entries, wanted, (name, before) => matchesPath(before, name));
}

function insideMembers(
  entries: readonly ZipEntry[],
  wanted: string,
  fits: (name: string, before: string) => boolean,
): Choice[] {
  for (let mark = wanted.indexOf('!/'); mark >= 0; mark = wanted.indexOf('!/', mark + 1)) {
    const before = wanted.slice(0, mark);
    const chosen = entries.filter(entry => fits(normalName(entry.name), before));
    if (chosen.length > 0)
      return chosen.map(entry => ({ entry, select: wanted.slice(mark + 2), asked: true }));
  }
  return [];
}
