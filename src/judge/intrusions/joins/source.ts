/**
 * Same source address and account: two visits of one person, or of whoever has his credentials. From outside the network
 * a week apart, or at any time where both are more than weak and no habit: an address and an account together are hardly
 * anybody else's. From inside a day at most, for there many share an address. Inside, somebody's desk is no reason to take what
 * is weak for what somebody else did with his account: there both must be more, and the chain must lead from one to the
 * other. An administrator who makes media in the morning and packs a folder at night does both from his desk.
 */
import { isAddress } from '../names.ts';
import { sourcesOf } from '../sessions.ts';
import { DAY, near } from '../time.ts';
import { byKey, type Evidenced, type Joiner, neighbours, type Pair } from './join.ts';

const OUTSIDE_LASTS = 7 * DAY;
const INSIDE_LASTS = DAY;

export const joinSources: Joiner = function* ({ items, context, tunnels }) {
  const index = byKey(items, item =>
    item.accountKey === null ? [] : sourcesOf(item, context).map(source => `${source}\n${item.accountKey}`),
  );
  for (const { key, from, to } of neighbours(items, index)) {
    const source = key.slice(0, key.indexOf('\n'));
    const lasts = isOutside(source) ? OUTSIDE_LASTS : INSIDE_LASTS;
    const isNear = near(items[from]!.micros, items[to]!.micros, lasts);
    const isWeak = items[from]!.gravity === 'weak' || items[to]!.gravity === 'weak';
    if (lasts === INSIDE_LASTS ? !isNear || isWeak : !isNear && isWeak) continue;
    const who = items[to]!.account ?? key.slice(key.indexOf('\n') + 1);
    const reason = (): string => `same account ${who} from the same source ${source}`;
    if (lasts === INSIDE_LASTS) yield { from, to, join: 'source', ifChained: true, reason };
    else if (isNear) yield { from, to, join: 'source', reason };
    else yield { from, to, join: 'source', ifUnusual: true, reason };
  }
  yield* sameOutside({ items, context, tunnels });
};

/** More accounts than that behind one address are an office or a provider, not a person. */
const MOST_ACCOUNTS = 3;

/**
 * One address outside under different accounts within a day: a stolen device's administrator and the user of a tunnel, say.
 * Notes, "Home and office routers as exits": one source address, two unrelated accounts.
 */
function* sameOutside({ items, context }: Evidenced): Generator<Pair> {
  const index = byKey(items, item => sourcesOf(item, context).filter(isOutside));
  for (const [source, positions] of index) {
    if (new Set(positions.map(at => items[at]!.accountKey)).size > MOST_ACCOUNTS) index.delete(source);
  }
  for (const { key, from, to } of neighbours(items, index)) {
    const [a, b] = [items[from]!, items[to]!];
    if (a.accountKey === b.accountKey || !near(a.micros, b.micros, INSIDE_LASTS)) continue;
    yield { from, to, join: 'source', reason: () => `both came from ${key}` };
  }
}

/** Whether an address is routed in public; a host name is not. */
export function isOutside(source: string): boolean {
  if (!isAddress(source)) return false;
  if (source.includes(':')) return !/^(?:f[cd]|fe[89ab]|::1$|::$)/.test(source);
  const [a, b] = source.split('.').map(Number) as [number, number];
  if (a === 10 || a === 127 || a === 0 || a >= 224) return false;
  if (a === 172 && b >= 16 && b <= 31) return false;
  if (a === 192 && b === 168) return false;
  if (a === 169 && b === 254) return false;
  return !(a === 100 && b >= 64 && b <= 127);
}
