/**
 * Same logon: what ran under one effective logon id, on one host, since one start of it. The strongest join there is,
 * for the id is in every record of the session; the ids that all services share join nothing.
 */
import type { Opened } from '../context.ts';
import type { Item } from '../item.ts';
import { saidTime } from '../time.ts';
import { byKey, type Evidenced, hex, type Joiner, neighbours, type Pair } from './join.ts';

export const joinLogons: Joiner = function* (evidenced) {
  const { items, context } = evidenced;
  const index = byKey(items, item =>
    item.logons.map(id => `${item.host} ${context.boot(item.host, item.micros)} ${id}`),
  );
  for (const { key, from, to } of neighbours(items, index)) {
    const id = Number(key.slice(key.lastIndexOf(' ') + 1));
    const item = items[to]!;
    yield {
      from,
      to,
      join: 'logon',
      reason: () => saidLogon(item, id, context.opened(item.host, id, item.micros)),
    };
  }
  yield* splitTokens(evidenced);
};

function saidLogon({ host }: Item, id: number, opened: Opened | null): string {
  const from = opened?.source == null ? '' : `, opened from ${opened.source}`;
  return `same logon ${hex(id)} on ${host}${from}`;
}

/**
 * An administrator's logon gives two ids, one with full rights and one without: two 4624 within a second, of one account,
 * from one source. What ran under either was the same person's.
 */
function* splitTokens({ items, context }: Evidenced): Generator<Pair> {
  const halves = byKey(items, item => {
    const keys: string[] = [];
    for (const id of item.logons) {
      const opened = context.opened(item.host, id, item.micros);
      const { logonType } = opened?.fact.values ?? {};
      if (opened === null || (logonType !== 2 && logonType !== 10 && logonType !== 11)) continue;
      const who = context.names.account(opened.fact.values.account, opened.fact.values.sid).key;
      if (who === null) continue;
      keys.push([item.host, who, opened.source, Math.round(opened.fact.micros / 1e6)].join(' '));
    }
    return keys;
  });
  for (const { from, to } of neighbours(items, halves)) {
    const item = items[to]!;
    if (items[from]!.logons.some(id => item.logons.includes(id))) continue;
    const id = item.logons[0]!;
    const opened = context.opened(item.host, id, item.micros)!;
    yield {
      from,
      to,
      join: 'logon',
      reason: () =>
        `logons ${hex(items[from]!.logons[0]!)} and ${hex(id)} on ${item.host} were opened together by ${item.account ?? 'the same account'} at ${saidTime(opened.fact.micros)}`,
    };
  }
}
