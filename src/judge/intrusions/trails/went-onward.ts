/**
 * The host: from where strong evidence lies, an account went on that had never come from there. What passes a port proxy or a
 * relay comes under the address of its host, in whatever name.
 */
import { sourceOf } from '../context.ts';
import { noveltiesOf, Organisation, significance, type Uses } from '../found/index.ts';
import type { Item } from '../item.ts';
import { isAddress } from '../names.ts';
import { DAY, saidTime } from '../time.ts';
import { lastBefore, type Trailer } from './trail.ts';

/** First uses of accounts that came from hosts with strong evidence, of accounts that had never come from there. */
export const wentOnward: Trailer = function* ({ items, weighed, context, uses }) {
  if (uses === null) return;
  const strong = new Map<string, Item[]>();
  for (const [at, item] of items.entries()) {
    if (item.gravity === 'weak' || weighed[at]!.ordinary !== null) continue;
    const same = strong.get(item.host);
    if (same === undefined) strong.set(item.host, [item]);
    else same.push(item);
  }
  if (strong.size === 0) return;
  const strangers = new Strangers(uses);
  for (const item of items) {
    const { fact, accountKey, host } = item;
    if (fact.type !== 'logon' && fact.type !== 'remote-session') continue;
    const source = accountKey === null ? null : sourceOf(fact, context.names);
    if (source === null) continue;
    const origins = isAddress(source) ? context.hostsAt(source) : [source];
    const origin = origins.length === 1 ? origins[0]! : null;
    const before = origin === null || origin === host ? null : lastBefore(strong.get(origin), item.micros);
    if (before === null || !strangers.isNew(accountKey!, origin!, strong.get(origin!)![0]!.micros)) continue;
    const reason = `${item.account ?? accountKey} came to ${host} from ${origin}${source === origin ? '' : ` (${source})`}, where ${before.behaviour?.title ?? 'evidence'} lies since ${saidTime(before.micros)} and from where it had never come before`;
    yield { from: before.fact, to: item, reason };
  }
};

/** Accounts that were never seen from a host before a moment, and whose first coming from there chance hardly explains. */
class Strangers {
  readonly #uses: Uses;
  readonly #organisation: Organisation;
  readonly #known = new Map<string, boolean>();

  constructor(uses: Uses) {
    this.#uses = uses;
    this.#organisation = new Organisation(uses);
  }

  isNew(account: string, source: string, since: number): boolean {
    const key = `${account}\n${source}\n${since}`;
    let answer = this.#known.get(key);
    if (answer === undefined) {
      answer = this.#ask(account, source, since);
      this.#known.set(key, answer);
    }
    return answer;
  }

  #ask(account: string, source: string, since: number): boolean {
    const own = this.#uses.byAccount.get(account);
    if (own === undefined) return false;
    let first = Number.POSITIVE_INFINITY;
    for (const use of own.uses.values()) if (use.source === source) first = Math.min(first, use.first);
    if (first < since || first === Number.POSITIVE_INFINITY) return false;
    const trials = this.#organisation.chancesFrom(Math.floor(since / DAY));
    return noveltiesOf(own, since, this.#organisation).some(
      novelty => novelty.day === Math.floor(first / DAY) && significance(novelty, trials) !== null,
    );
  }
}
