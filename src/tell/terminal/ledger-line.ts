/** The ledger in one line: what ran, what did not and why; the numbers of each half add up to its first. */
import { counted, grouped } from './style.ts';
import type { LedgerCounts } from './types.ts';

type Piece = readonly [count: number, text: string];

/** `3,754 rules: 2,831 ran, 402 matched, 900 without such a log, 23 refused; 870 files: 868 read, 2 damaged`. */
export function renderLedgerLine({ rules, files }: LedgerCounts): string {
  const ruleParts: Piece[] = [
    [rules.withoutLog, 'without such a log'],
    [rules.noSource, 'for logs of another kind'],
    [rules.blind, 'lacking a field'],
    [rules.withoutRule, 'for rules that are not there (filters)'],
    [rules.refused, 'refused'],
  ];
  const fileParts: Piece[] = [
    [files.damaged, 'damaged'],
    [files.unread, 'unread'],
    [files.unknown, 'of another kind'],
  ];
  const aside: Piece[] = [
    [rules.filtered, 'left out by choice'],
    [rules.vanished, 'gone since the last run'],
  ];
  const ruleText = `${counted(rules.total, 'rule')}: ${grouped(rules.ran)} ran, ${grouped(rules.matched)} matched`;
  const fileText = `${counted(files.total, 'file')}: ${grouped(files.read)} read`;
  const asideText = list(aside);
  return `${ruleText}${list(ruleParts)}${asideText === '' ? '' : ` (besides${asideText.slice(1)})`}; ${fileText}${list(fileParts)}`;
}

function list(pieces: readonly Piece[]): string {
  return pieces.map(([count, text]) => (count > 0 ? `, ${grouped(count)} ${text}` : '')).join('');
}
