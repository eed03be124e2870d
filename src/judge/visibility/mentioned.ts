/**
 * Hosts that logs speak of: where somebody logged on from, what he asked tickets for, where he went. Failed logons are left
 * out, because whoever guesses passwords from outside says any name.
 */
import type { FactSource, FactType } from '../../read/entities/index.ts';

/** Names at most; a site of more hosts is told of in part. */
const MOST_MENTIONED = 20_000;

const telling: readonly FactType[] = [
  'logon',
  'explicit-credentials',
  'ticket',
  'share-access',
  'remote-session',
  'remote-session-out',
];

/** As written, each once, sorted. */
export function mentionedHosts(facts: FactSource): string[] {
  const names = new Set<string>();
  const add = (name: string | undefined): void => {
    if (name !== undefined && names.size < MOST_MENTIONED && isHostName(name)) names.add(name.toLowerCase());
  };
  facts.scan(fact => {
    if (fact.text('action') === 'refused') return;
    add(fact.text('sourceHost'));
    const target = fact.text('target');
    if (target === undefined) return;
    // A ticket is for a computer where its name ends so, else for a service's account.
    if (fact.type === 'ticket') add(target.endsWith('$') ? target.slice(0, -1) : undefined);
    else if (fact.type !== 'logon') add(target.slice(target.lastIndexOf('/') + 1));
  }, telling);
  return [...names].sort();
}

const hostName = /^[a-z0-9_](?:[a-z0-9_-]{0,62}\.){0,8}[a-z0-9_-]{0,62}$/i;
const nobody: ReadonlySet<string> = new Set(['localhost', 'workstation', 'unknown', 'n_a', 'anonymous']);

/** A name of one host: no address, and none that says nothing. */
function isHostName(name: string): boolean {
  if (name.length < 2 || name.length > 255 || nobody.has(name.toLowerCase())) return false;
  return hostName.test(name) && /[a-z]/i.test(name);
}
