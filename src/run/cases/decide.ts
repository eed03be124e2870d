/** `case ask`, `case confirm`, `case dismiss`: a person's decision on an intrusion that a hunt found. */
import { join } from 'node:path';
import { type CaseEntry, type Decision, evidenceKey, MOST_KEYS, questionFor } from '../../judge/index.ts';
import { plain, renderDecision } from '../../tell/index.ts';
import { exitCodes } from '../exit-code.ts';
import { CannotRun, type Io, writeResult } from '../io.ts';
import { type PastIntrusion, readIntrusions } from '../results/index.ts';
import { appendCase, CASES_FILE } from './file.ts';

export type DecideOptions = {
  readonly decision: Decision;
  /** Id of the intrusion, or how it begins. */
  readonly id: string;
  /** The folder that a hunt wrote. */
  readonly hunt: string;
  /** Null = in that folder. */
  readonly cases: string | null;
  readonly by: string;
  readonly reason: string;
  /** Microseconds; null = without end. */
  readonly until: number | null;
  /** Whom to ask about, of `ask`; null = the first account of the intrusion. */
  readonly account: string | null;
  readonly format: 'text' | 'json';
};

/** Appends the decision and prints it. Returns the exit code. Throws `CannotRun`. */
export function decideCase(options: DecideOptions, io: Io): number {
  const intrusion = intrusionOf(readIntrusions(options.hunt), options);
  const entry = entryOf(intrusion, options, io.now() * 1000);
  const path = options.cases ?? join(options.hunt, CASES_FILE);
  appendCase(path, entry);
  const { isTerminal, columns, color } = io.stdout;
  const text =
    options.format === 'json'
      ? `${JSON.stringify(entry)}\n`
      : renderDecision(entry, { width: isTerminal ? columns : 100, color });
  writeResult(io.stdout, text);
  io.stderr.write(Buffer.from(`huntaway: kept in ${plain(path)}\n`));
  return exitCodes.finished;
}

function intrusionOf(intrusions: readonly PastIntrusion[], { id, hunt }: DecideOptions): PastIntrusion {
  const fitting = intrusions.filter(each => each.id.startsWith(id));
  const exact = fitting.find(each => each.id === id);
  if (exact !== undefined) return exact;
  if (fitting.length === 1) return fitting[0]!;
  const known = (fitting.length > 0 ? fitting : intrusions).slice(0, 5).map(each => each.id);
  const names =
    known.length === 0 ? 'it found none' : `there ${known.length === 1 ? 'is' : 'are'} ${known.join(', ')}`;
  const many = fitting.length > 1 ? 'more than one intrusion' : 'no intrusion';
  throw new CannotRun(
    `${many} of ${plain(hunt)} is called ${plain(id)}: ${names}; 'huntaway case list' shows all`,
  );
}

function entryOf(intrusion: PastIntrusion, options: DecideOptions, at: number): CaseEntry {
  const { decision, by, reason, until } = options;
  return {
    version: 1,
    at,
    decision,
    intrusion: intrusion.id,
    verdict: intrusion.verdict,
    summary: intrusion.summary.slice(0, 2000),
    evidence: intrusion.evidence.slice(0, MOST_KEYS).map(evidenceKey),
    by,
    reason,
    until,
    question: decision === 'ask' ? questionOf(intrusion, options.account) : null,
  };
}

function questionOf(
  { id, accounts, evidence, sources }: PastIntrusion,
  wanted: string | null,
): { whom: string; text: string } {
  const account =
    wanted === null
      ? accounts[0]
      : accounts.find(each => each.toLowerCase() === wanted.toLowerCase() || nameOf(each) === nameOf(wanted));
  if (account === undefined) {
    const names = accounts.slice(0, 5).map(plain).join(', ');
    throw new CannotRun(
      wanted === null
        ? `no account is known in ${id}: there is nobody to ask`
        : `${plain(wanted)} is no account of ${id}: there ${accounts.length === 1 ? 'is' : 'are'} ${names || 'none'}`,
    );
  }
  const own = evidence.filter(each => each.account === account);
  return questionFor({ account, uses: own.length > 0 ? own : evidence, sources });
}

/** `DOMAIN\user` and `user@realm` without what stands around the name. */
function nameOf(account: string): string {
  return account
    .slice(account.indexOf('\\') + 1)
    .split('@')[0]!
    .toLowerCase();
}
