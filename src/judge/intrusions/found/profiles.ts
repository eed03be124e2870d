/**
 * Whose stored passwords a theft read. Who acts is the thief; the profile says whose they were: `\Users\NAME\` in a path, on
 * this host or on the one whose share the path names. What that person's programs keep is what he logs on to from there:
 * so his own account is exposed, and those that had gone on to other hosts from that machine before. Where no path names a
 * profile, it is the one of the account that acted.
 */
import type { Item } from '../item.ts';
import type { Names } from '../names.ts';
import type { Uses } from './uses.ts';

/** As long as names of accounts get (sAMAccountName: 20; folders add the domain). */
const profile = /(?:\\\\([^\\\s"']{1,255})\\[a-z]\$|\b[a-z]:)?\\users\\([^\\\s"':*?]{1,64})\\/gi;
/** Folders there that are nobody's. */
const nobody: ReadonlySet<string> = new Set(['public', 'default', 'default user', 'all users']);
/** Of one command so many profiles are looked at. */
const MOST_PROFILES = 16;

type Profile = { readonly host: string; readonly user: string };

/** Profiles that an event names, in their order. */
export function profilesOf({ fact, host }: Item, names: Names): Profile[] {
  const { commandLine, file } = fact.values;
  const found: Profile[] = [];
  for (const [, server, user] of `\\${commandLine ?? ''} \\${file ?? ''}`.matchAll(profile)) {
    if (found.length >= MOST_PROFILES) break;
    if (nobody.has(user!.toLowerCase())) continue;
    found.push({
      host: (server === undefined ? null : names.known(server)) ?? host,
      user: user!.toLowerCase(),
    });
  }
  return found;
}

/** Keys of the accounts whose passwords the profiles may hold. */
export function keptIn(item: Item, { byAccount }: Uses, names: Names): ReadonlySet<string> {
  const profiles = profilesOf(item, names);
  if (profiles.length === 0) return new Set(item.accountKey === null ? [] : [item.accountKey]);
  const kept = new Set<string>();
  for (const { host, user } of profiles) {
    kept.add(user).add(`${host}\\${user}`);
    for (const [account, { uses }] of byAccount) {
      for (const use of uses.values()) {
        if (use.source === host && use.host !== host && use.first <= item.micros) {
          kept.add(account);
          break;
        }
      }
    }
  }
  return kept;
}
