/** What a hunt says on standard error: what was refused, missing or left out, and how it ended. */
import type { RuleSet } from '../../know/rulesets/index.ts';
import { levels } from '../../know/sigma/index.ts';
import type { Discovery } from '../../read/inputs/index.ts';
import {
  type LedgerCounts,
  type LookAnswer,
  plain,
  renderLookSummary,
  renderSummary,
} from '../../tell/index.ts';
import { BrokenPipe, type Io } from '../io.ts';
import type { Selected } from '../selection.ts';
import { SEVERAL_HOSTS } from './correlations/index.ts';
import { isMostlyForeign, type Ledger } from './ledger.ts';
import type { Merged } from './merged.ts';
import type { OutFile } from './out-folder.ts';
import { troubleOf } from './troubles.ts';

/** Writes to standard error; nobody reading it is no reason to stop. */
export function remark(io: Io, text: string): void {
  try {
    io.stderr.write(Buffer.from(text));
  } catch (error) {
    if (!(error instanceof BrokenPipe)) throw error;
  }
}

/** Refusals of a kind that a whole public rule set is full of are told once, with the remedy. */
const PLACEHOLDER = 'placeholder-unresolved';

/** `paths` of the rules that were loaded. */
export function tellRules(io: Io, paths: readonly string[], set: RuleSet, selected: Selected): void {
  if (paths.length === 0) {
    remark(
      io,
      'huntaway: no rules given: every event is read, none is matched; give Sigma rules with --rules DIR\n',
    );
    return;
  }
  let placeholders = 0;
  selected.documents.forEach((document, i) => {
    if (document.kind !== 'rejection' || selected.excluded[i] !== null) return;
    if (document.reason === PLACEHOLDER) {
      placeholders++;
      return;
    }
    const { path, line, column } = document.place;
    remark(io, `huntaway: ${plain(`${path}:${line}:${column}: refused: ${document.message}`)}\n`);
  });
  if (placeholders > 0) {
    remark(
      io,
      `huntaway: ${placeholders} ${placeholders === 1 ? 'rule needs' : 'rules need'} values for placeholders and cannot run; give them with --placeholders FILE\n`,
    );
  }
  for (const path of set.vanished) {
    remark(io, `huntaway: ${plain(path)}: this rule file was there at an earlier run and is gone\n`);
  }
  for (const flag of ['include', 'exclude'] as const) {
    for (const pattern of selected.idle[flag]) {
      remark(io, `huntaway: --${flag} ${plain(pattern)}: no rule has this id or tag\n`);
    }
  }
  if (set.documents.length === 0) {
    remark(io, `huntaway: ${plain(paths.join(', '))}: no rule in it; Sigma rules are .yml or .yaml files\n`);
  }
  if (selected.rules.length === 0) {
    remark(io, 'huntaway: not one rule is left to run: every event is read, none is matched\n');
  }
}

export function tellDiscovery(io: Io, discovery: Discovery): void {
  for (const { path, message } of discovery.notes) remark(io, `huntaway: ${plain(`${path}: ${message}`)}\n`);
}

export type EndParts = {
  readonly io: Io;
  readonly merged: Merged;
  readonly selected: Selected;
  readonly matches: readonly number[];
  readonly ledger: Ledger;
  readonly counts: LedgerCounts;
  readonly interrupted: boolean;
  readonly bytes: number;
  readonly seconds: number;
  /** Of times that do not say theirs. */
  readonly timeZone: string;
};

export function tellEnd(parts: EndParts): void {
  const { io, merged, selected, matches, ledger } = parts;
  const byLevel = Object.fromEntries(levels.map(level => [level, 0])) as Record<
    (typeof levels)[number],
    number
  >;
  const shown = matches.map((count, i) => (selected.hidden[i] === 1 ? 0 : count));
  selected.reported.forEach((rule, i) => {
    byLevel[rule.level ?? 'informational'] += shown[i]!;
  });
  const byHost = new Map<string, number>();
  for (const { rule, host, count } of merged.groups) {
    if (selected.hidden[rule] === 1 || host === SEVERAL_HOSTS) continue;
    byHost.set(host, (byHost.get(host) ?? 0) + count);
  }
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const channel of merged.channels) {
    first = Math.min(first, channel.first);
    last = Math.max(last, channel.last);
  }
  const text = renderSummary(
    {
      events: merged.events,
      duplicates: merged.duplicates,
      salvaged: merged.salvaged,
      traces: merged.groups.reduce((sum, group) => sum + (group.collection ? group.count : 0), 0),
      bytes: parts.bytes,
      seconds: parts.seconds,
      span: first > last ? null : { first, last },
      findings: byLevel,
      byRule: shown.flatMap((count, rule) => (count > 0 ? [{ rule, count }] : [])),
      byHost: [...byHost].map(([host, count]) => ({ host, count })),
      troubles: ledger.files.flatMap(troubleOf),
      ledger: parts.counts,
    },
    selected.reported,
    { width: io.stderr.columns, color: io.stderr.color },
  );
  remark(io, text);
  const hiddenFindings = matches.reduce((sum, count, i) => sum + count - shown[i]!, 0);
  if (hiddenFindings > 0) {
    remark(
      io,
      `huntaway: ${hiddenFindings === 1 ? '1 finding of a rule that only feeds correlations is' : `${hiddenFindings} findings of rules that only feed correlations are`} not shown; a correlation with 'generate: true' shows them\n`,
    );
  }
  tellFailed(io, ledger);
  tellForeign(io, ledger);
  if (merged.timeless > 0) {
    const events = merged.timeless === 1 ? '1 event says' : `${merged.timeless} events say`;
    remark(io, `huntaway: ${events} no time: in findings 1970-01-01, and in no correlation\n`);
  }
  if (merged.zoneless > 0) tellZoneless(io, merged.zoneless, parts.timeZone);
  if (merged.outside > 0) {
    remark(io, `huntaway: ${merged.outside} events lie outside --from and --to and were not matched\n`);
  }
  if (parts.interrupted) remark(io, 'huntaway: interrupted: this is what was found until then\n');
}

/** The answer to what was looked for, where the records themselves go down a pipe. */
export function tellLook(io: Io, answer: LookAnswer): void {
  remark(io, renderLookSummary(answer, null, { width: io.stderr.columns, color: io.stderr.color }));
}

/** Rules that were asked more of an event than the platform gives. */
function tellFailed(io: Io, { rules }: Ledger): void {
  for (const { title, id, failed } of rules) {
    if (failed === undefined) continue;
    const events = failed === 1 ? 'one event' : `${failed} events`;
    remark(
      io,
      `huntaway: ${plain(title ?? id ?? '(untitled)')}: ${events} could not be evaluated within the limits of the platform and did not match\n`,
    );
  }
}

/** Files named one by one; more are counted, and stand in the ledger. */
const MOST_FOREIGN = 5;

/** Lines of other devices in a log that a relay wrote: nobody lost anything, and nobody has to wonder. */
function tellForeign(io: Io, { files }: Ledger): void {
  const mixed = files.filter(file => file.foreign !== undefined && !isMostlyForeign(file));
  for (const { path, foreign } of mixed.slice(0, MOST_FOREIGN)) {
    const { lines, first } = foreign!;
    const what =
      lines === 1 ? '1 line is of something else and was' : `${lines} lines are of something else and were`;
    remark(io, `huntaway: ${plain(path)}: ${what} passed over; first at offset ${first}\n`);
  }
  const more = mixed.length - MOST_FOREIGN;
  if (more > 0) {
    remark(
      io,
      `huntaway: ${more} more ${more === 1 ? 'file holds' : 'files hold'} lines of something else\n`,
    );
  }
}

function tellZoneless(io: Io, count: number, timeZone: string): void {
  const remedy =
    timeZone === 'UTC' ? '; if they are local, say whose: --time-zone Pacific/Auckland or +12:00' : '';
  const events = count === 1 ? '1 event says' : `${count} events say`;
  remark(io, `huntaway: ${events} no time zone: taken as ${plain(timeZone)}${remedy}\n`);
}

/** The one line by which somebody can show later that nothing was changed, if it is kept elsewhere. */
export function tellRecord(io: Io, folder: string, { name, sha256 }: OutFile): void {
  remark(
    io,
    `huntaway: SHA-256 of ${plain(folder)}/${name}: ${sha256}; keep it elsewhere and check it later with 'huntaway verify'\n`,
  );
}
