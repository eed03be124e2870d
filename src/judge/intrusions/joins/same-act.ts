/**
 * One act in two logs: the same behaviour on one host within seconds, where one of the records names neither logon nor
 * process (PowerShell's classic log, a cleared log's two events). Accounts must agree, or one must be silent.
 */
import { near, SECOND, saidSpan } from '../time.ts';
import { byKey, type Joiner, neighbours } from './join.ts';

const ONE_ACT = 5 * SECOND;

export const joinSameActs: Joiner = function* ({ items }) {
  const index = byKey(items, ({ host, behaviour }) =>
    behaviour === null ? [] : [`${host}\n${behaviour.id}`],
  );
  for (const { from, to } of neighbours(items, index)) {
    const [a, b] = [items[from]!, items[to]!];
    if (!near(a.micros, b.micros, ONE_ACT)) continue;
    const isSilent = a.accountKey === null || b.accountKey === null;
    if (!isSilent && a.accountKey !== b.accountKey) continue;
    const who = isSilent ? '' : ` by ${a.account}`;
    const reason = (): string =>
      `the same behaviour on ${a.host}${who}, ${saidSpan(b.micros - a.micros)} apart: one act in two records`;
    yield { from, to, join: isSilent ? 'host' : 'account-host', reason };
  }
};
