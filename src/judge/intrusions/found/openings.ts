/**
 * The logon in which strong evidence ran, as the event that opened it: a remote desktop session, or a logon over the network
 * behind WMI, a share or a service. It is part of the story only where it came from what is part of it too: through a
 * tunnel, from outside, from where the account hardly ever came from, or from a host with evidence of its own. That
 * somebody worked from his own desk is a reason of a link and no evidence. Where a session went on from a host at which the
 * account sat, the logon there is looked at in the same way, and so on back to the door. Weak by itself.
 */
import type { Advisory } from '../../../know/advisories/index.ts';
import type { Context, Opened } from '../context.ts';
import type { Found } from '../gather.ts';
import type { Item } from '../item.ts';
import { byKey, hex, isOutside } from '../joins/index.ts';
import { isAddress } from '../names.ts';
import type { Ways } from '../ordinary.ts';
import { hopsTo } from '../sessions.ts';
import { DAY, HOUR, near, SECOND, saidTime } from '../time.ts';
import { type Tunnel, tunnelAt } from '../tunnels.ts';
import type { Weighed } from '../weigh.ts';
import { behaviourFor } from './behaviour.ts';

/** Evidence on the other host that a logon came from is of the same visit. */
const SAME_VISIT = 12 * HOUR;
const remote: ReadonlySet<number> = new Set([10, 12]);
const NETWORK = 3;

export type Opening = {
  readonly opened: Opened;
  /** Where it was opened. */
  readonly host: string;
  /** What ran in it, the first of it; or, where it led on to another host, what ran there. */
  readonly item: Item;
  readonly logonId: number;
};

/** Logons from elsewhere in which strong evidence ran that is not ordinary, each once. */
export function openingsOf(items: readonly Item[], weighed: readonly Weighed[], context: Context): Opening[] {
  const openings = new Map<Opened['fact'], Opening>();
  const isNew = (opened: Opened | null, micros: number): opened is Opened =>
    opened?.source != null &&
    opened.fact.type === 'logon' &&
    !openings.has(opened.fact) &&
    near(opened.fact.micros, micros, DAY);
  for (const [at, item] of items.entries()) {
    if (item.gravity === 'weak' || weighed[at]!.ordinary !== null) continue;
    for (const logonId of item.logons) {
      const opened = context.opened(item.host, logonId, item.micros);
      if (!isNew(opened, item.micros)) continue;
      const add = (opening: Opening): void => {
        openings.set(opening.opened.fact, opening);
        for (const half of halvesOf(opening, context)) {
          if (isNew(half.opened, opened.fact.micros)) openings.set(half.opened.fact, half);
        }
      };
      add({ opened, host: item.host, item, logonId });
      for (const hop of hopsTo(opened, context)) {
        if (!isNew(hop.opened, opened.fact.micros)) break;
        add({ ...hop, item });
      }
    }
  }
  return [...openings.values()];
}

/** An administrator's remote session has two logons, one with full rights and one without: both are its opening. */
function* halvesOf({ opened, host, item }: Opening, context: Context): Generator<Opening> {
  const { account, sid, logonType } = opened.fact.values;
  const { key } = context.names.account(account, sid);
  if (key === null || !remote.has(logonType ?? 0)) return;
  for (const logonId of context.sitting(host, key, opened.fact.micros + SECOND) ?? []) {
    const half = context.opened(host, logonId, opened.fact.micros);
    if (half !== null && half.source === opened.source) yield { opened: half, host, item, logonId };
  }
}

export function findOpenings(
  openings: readonly Opening[],
  items: readonly Item[],
  context: Context,
  tunnels: ReadonlyMap<string, readonly Tunnel[]>,
  ways: Ways,
  advisories: readonly Advisory[],
): Found[] {
  const byHost = byKey(items, ({ host, accountKey, gravity }) => [
    `${host}\n${accountKey}`,
    ...(gravity === 'weak' ? [] : [host]),
  ]);
  const isStory = ({ opened: { fact, source }, host: here }: Opening): boolean => {
    if (isOutside(source!) || ways.isUnusual(fact)) return true;
    if (tunnelAt(tunnels.get(source!), fact.micros) !== null) return true;
    const { key } = context.names.account(fact.values.account, fact.values.sid);
    return (isAddress(source!) ? context.hostsAt(source!) : [source!]).some(host => {
      if (host === here) return false;
      const isNear = (at: number): boolean => near(items[at]!.micros, fact.micros, SAME_VISIT);
      if (byHost.get(host)?.some(isNear)) return true;
      const sitting = key === null ? null : context.sitting(host, key, fact.micros);
      if (sitting === null) return false;
      return (
        byHost.get(`${host}\n${key}`)?.some(at => items[at]!.logons.some(id => sitting.includes(id))) ?? false
      );
    });
  };
  return openings.flatMap(opening => {
    const { opened, host, item, logonId } = opening;
    const { logonType } = opened.fact.values;
    const isRemote = remote.has(logonType ?? 0);
    if (!(isRemote || logonType === NETWORK) || !isStory(opening)) return [];
    const { account } = opened.fact.values;
    return [
      {
        fact: opened.fact,
        behaviour: isRemote ? behaviourFor(advisories, ['move'], opened.fact) : null,
        stage: 'lateral-movement',
        step: 'move',
        gravity: 'weak',
        example: `${account ?? 'somebody'} · ${opened.source} · logon type ${logonType}`,
        surprise: null,
        reasons: [
          host === item.host
            ? `opened logon ${hex(logonId)} on ${host} from ${opened.source}, in which evidence ran at ${saidTime(item.micros)}`
            : `opened logon ${hex(logonId)} on ${host} from ${opened.source}, from which a session led on to ${item.host}, where evidence ran at ${saidTime(item.micros)}`,
        ],
      },
    ];
  });
}
