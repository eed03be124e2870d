/**
 * What evidence of a theft exposes. The directory exposes everybody, hives the accounts of the machine, a profile the one
 * that it belongs to, and the memory of a host those who had logged on there in a way that leaves credentials behind:
 * at the console, by remote desktop, as a service or a batch job, in the clear, or with other credentials (Microsoft, "Administrative
 * tools and logon types", reference of Securing privileged access); a logon over the network leaves none.
 */
import type { Behaviour } from '../../know/advisories/index.ts';
import type { Fact, FactSource } from '../../read/entities/index.ts';
import { NO_TIME } from '../../read/events/index.ts';
import type { Naming } from '../naming.ts';
import { domainOf, type Theft } from './exposure.ts';

/** As much of a piece of evidence as is asked here. */
export type TheftEvidence = {
  readonly behaviour: Pick<Behaviour, 'id' | 'exposes'> | null;
  readonly micros: number;
  /** Canonical. */
  readonly host: string;
  readonly fact: Fact;
};

const leaving: ReadonlySet<number> = new Set([2, 4, 5, 7, 8, 9, 10, 11, 12, 13]);
/** One theft shows in several events: command, file, database. */
const ONE_THEFT = 3600e6;

/** The thefts among `evidence`, each once; `files` are the paths of the inputs. One pass over the logons. */
export function theftsOf(
  evidence: readonly TheftEvidence[],
  facts: FactSource,
  names: Naming,
  files: readonly string[],
): Theft[] {
  const thefts: (Theft & { readonly by: string | null })[] = [];
  for (const { behaviour, micros, host, fact } of [...evidence].sort((a, b) => a.micros - b.micros)) {
    const how = behaviour?.exposes ?? null;
    if (how === null || micros === NO_TIME) continue;
    const scope = how === 'domain' ? domainOf(host) : host;
    const by = names.account(fact.values.account, fact.values.sid).key;
    const whose = how === 'profile' ? by : null;
    if (how === 'profile' && whose === null) continue;
    const isKnown = thefts.some(
      each =>
        each.how === how &&
        each.scope === scope &&
        micros - each.since < ONE_THEFT &&
        (whose === null || each.by === whose),
    );
    if (isKnown) continue;
    const text = `${behaviour!.id} on ${host}, ${placeText(fact, files)}`;
    thefts.push({ how, scope, since: micros, accounts: whose === null ? null : [whose], evidence: text, by });
  }
  const loggedOn = logonsOn(
    new Set(thefts.filter(({ how }) => how === 'host').map(({ scope }) => scope)),
    facts,
    names,
  );
  return thefts.map(({ by, ...theft }) => {
    if (theft.how !== 'host') return theft;
    const accounts = [...(loggedOn.get(theft.scope) ?? [])].filter(([, first]) => first <= theft.since);
    return {
      ...theft,
      accounts: [...new Set([...accounts.map(([key]) => key), ...(by === null ? [] : [by])])].sort(),
    };
  });
}

/** By host: the first logon of each account that left credentials there. */
function logonsOn(
  hosts: ReadonlySet<string>,
  facts: FactSource,
  names: Naming,
): Map<string, Map<string, number>> {
  const found = new Map<string, Map<string, number>>();
  if (hosts.size === 0) return found;
  facts.scan(
    fact => {
      const host = names.host(fact.host);
      if (!hosts.has(host) || fact.micros === NO_TIME || !leaving.has(fact.number('logonType') ?? 0)) return;
      const { key } = names.account(fact.text('account'), fact.text('sid'));
      if (key === null || key.endsWith('$')) return;
      const own = found.get(host) ?? new Map<string, number>();
      own.set(key, Math.min(own.get(key) ?? fact.micros, fact.micros));
      found.set(host, own);
    },
    ['logon'],
  );
  return found;
}

function placeText({ place, channel }: Fact, files: readonly string[]): string {
  const file = files[place.input] ?? channel;
  return place.record < 0 ? `offset ${place.offset} of ${file}` : `record ${place.record} of ${file}`;
}
