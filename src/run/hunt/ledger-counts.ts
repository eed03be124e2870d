/** The ledger in numbers, for its one line and the end of a run. */
import type { LedgerCounts } from '../../tell/index.ts';
import { isDamaged, type Ledger } from './ledger.ts';

/** The numbers of the ledger's one line. Every rule and every file counts in exactly one part. */
export function countLedger(ledger: Ledger): LedgerCounts {
  const rules = {
    total: 0,
    ran: 0,
    matched: 0,
    withoutLog: 0,
    noSource: 0,
    withoutRule: 0,
    blind: 0,
    refused: 0,
    filtered: 0,
    vanished: ledger.vanished.length,
  };
  for (const { state, reason } of ledger.rules) {
    if (reason?.startsWith('excluded:') === true) {
      rules.filtered++;
      continue;
    }
    rules.total++;
    if (state === 'refused') rules.refused++;
    else if (state === 'matched') {
      rules.matched++;
      rules.ran++;
    } else if (state === 'ran') rules.ran++;
    else if (reason === 'no-source') rules.noSource++;
    else if (reason?.startsWith('no-such-rule') === true) rules.withoutRule++;
    else if (reason === 'no-such-log' || reason?.startsWith('base-unrouted') === true) rules.withoutLog++;
    else rules.blind++;
  }
  const files = { total: ledger.files.length, read: 0, damaged: 0, unread: 0, unknown: 0 };
  for (const entry of ledger.files) {
    if (entry.unread?.reason === 'unknown-type') files.unknown++;
    else if (entry.unread !== undefined) files.unread++;
    else if (isDamaged(entry)) files.damaged++;
    else files.read++;
  }
  return { rules, files };
}
