/**
 * Same source address and account: two visits of one person, or of whoever has his credentials. A week apart at most from
 * outside the network, a day from inside, where many share an address.
 */
import { isAddress } from '../names.ts';
import { sourcesOf } from '../sessions.ts';
import { DAY, near } from '../time.ts';
import { byKey, type Joiner, neighbours } from './join.ts';

const OUTSIDE_LASTS = 7 * DAY;
const INSIDE_LASTS = DAY;

export const joinSources: Joiner = function* ({ items, context }) {
  const index = byKey(items, item =>
    item.accountKey === null ? [] : sourcesOf(item, context).map(source => `${source}\n${item.accountKey}`),
  );
  for (const { key, from, to } of neighbours(index)) {
    const source = key.slice(0, key.indexOf('\n'));
    const lasts = isOutside(source) ? OUTSIDE_LASTS : INSIDE_LASTS;
    if (!near(items[from]!.micros, items[to]!.micros, lasts)) continue;
    const who = items[to]!.account ?? key.slice(key.indexOf('\n') + 1);
    yield { from, to, join: 'source', reason: () => `same account ${who} from the same source ${source}` };
  }
};

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
