/**
 * What became of each document of a rule set: one state each. A rule says itself what it saw; a filter, how many rules
 * it narrows; a correlation could only fire where what it is fed with ran.
 */
import { type Correlation, type Filter, type RuleDocument, ruleId } from '../../know/sigma/index.ts';
import type { RuleActivity } from '../../match/index.ts';
import type { Selected } from '../selection.ts';
import type { Merged } from './merged.ts';

export type RuleEntry = {
  readonly id: string | null;
  readonly title: string | null;
  readonly path: string;
  readonly level: string | null;
  readonly sigmaStatus: string | null;
  readonly state: 'matched' | 'ran' | 'unrouted' | 'refused';
  readonly reason: string | null;
  readonly line: number;
  readonly column: number;
  /** Findings; of a filter, the rules that it narrows. */
  readonly matches: number;
  /** Set where its findings are counted here and not shown, because it only feeds correlations. */
  readonly hidden?: true;
  /** Hits that a correlation was fed with and could not group, because the event lacks a field of `group-by`, or a time. */
  readonly ungrouped?: number;
  /** Events on which the rule ran into a limit of the platform and was taken not to match. */
  readonly failed?: number;
};

/** What a correlation was fed with: hits, and how many of them lack a field of `group-by`. */
export type CorrelationOutcome = { readonly hits: number; readonly ungrouped: number };

/** What the states are told from. */
export type RuleParts = {
  readonly selected: Selected;
  readonly merged: Merged;
  /** By correlation. */
  readonly outcomes: readonly CorrelationOutcome[];
};

export function matchesByRule({ merged, selected }: Pick<RuleParts, 'merged' | 'selected'>): number[] {
  const matches = new Array<number>(selected.reported.length).fill(0);
  for (const group of merged.groups) matches[group.rule]! += group.count;
  return matches;
}

/** What a run knows of one document. */
type Account = {
  readonly excluded: string | null;
  readonly activity: RuleActivity | undefined;
  readonly matches: number;
  readonly isHidden: boolean;
  readonly outcome: CorrelationOutcome | undefined;
  /** Why a correlation could not fire whatever happened: what it is fed with did not run. */
  readonly starved: string | null;
};

/** The entries of all documents; those of correlations after those of what they are fed with. */
export function ruleEntries(parts: RuleParts): RuleEntry[] {
  const matches = matchesByRule(parts);
  const { selected } = parts;
  const entries: RuleEntry[] = [];
  const documentOf: number[] = [];
  for (const [document, index] of selected.indexOf.entries()) if (index >= 0) documentOf[index] = document;
  const put = (document: number, starved: string | null): void => {
    const account = { ...accountOf(parts, matches, document), starved };
    entries[document] = ruleEntry(selected.documents[document]!, account);
  };
  for (const document of selected.documents.keys()) put(document, null);
  for (const [i, { correlation, inputs }] of selected.correlations.entries()) {
    const document = documentOf[selected.rules.length + i]!;
    put(
      document,
      starvation(
        correlation,
        inputs.map(input => entries[documentOf[input]!]!),
      ),
    );
  }
  return entries;
}

/** A temporal correlation needs each of its rules, unless its condition says otherwise; the others any of them. */
function starvation({ type, condition }: Correlation, inputs: readonly RuleEntry[]): string | null {
  const isTemporal = type === 'temporal' || type === 'temporal_ordered';
  const needsAll = isTemporal && condition.occurrence === null && condition.bounds.length === 0;
  // One that was left out by choice still feeds correlations; its own entry says only that it was left out.
  const idle = inputs.filter(
    ({ state, reason }) => state === 'unrouted' && reason?.startsWith('excluded') !== true,
  );
  if (idle.length === 0 || (!needsAll && idle.length < inputs.length)) return null;
  const { title, id, reason } = idle[0]!;
  return `base-unrouted: ${title ?? id} (${reason})`;
}

function accountOf(
  { selected, merged, outcomes }: RuleParts,
  matches: readonly number[],
  document: number,
): Omit<Account, 'starved'> {
  const index = selected.indexOf[document]!;
  return {
    excluded: selected.excluded[document] ?? null,
    activity: merged.activity[index],
    matches: matches[index] ?? selected.narrowed.get(document) ?? 0,
    isHidden: selected.hidden[index] === 1,
    outcome: outcomes[index - selected.rules.length],
  };
}

function ruleEntry(document: RuleDocument, account: Account): RuleEntry {
  const { title, place, level, status } = document;
  // As in the findings: a rule without an id goes by its hash.
  const id = document.kind === 'rule' || document.kind === 'correlation' ? ruleId(document) : document.id;
  const { state, reason } = stateOf(document, account);
  const ungrouped = account.outcome?.ungrouped ?? 0;
  const failed = account.activity?.failed ?? 0;
  return {
    id,
    title,
    path: place.path,
    level,
    sigmaStatus: status,
    state,
    reason,
    line: place.line,
    column: place.column,
    matches: account.matches,
    ...(account.isHidden ? { hidden: true } : {}),
    ...(ungrouped > 0 ? { ungrouped } : {}),
    ...(failed > 0 ? { failed } : {}),
  };
}

type State = Pick<RuleEntry, 'state' | 'reason'>;

const noSuchLog: State = { state: 'unrouted', reason: 'no-such-log' };

function stateOf(document: RuleDocument, { excluded, activity, matches, starved }: Account): State {
  if (excluded !== null) return { state: 'unrouted', reason: excluded };
  switch (document.kind) {
    case 'rejection':
      return { state: 'refused', reason: document.reason };
    case 'filter':
      return filterState(document, matches);
    case 'correlation':
      if (matches > 0) return { state: 'matched', reason: null };
      return starved === null ? { state: 'ran', reason: null } : { state: 'unrouted', reason: starved };
    case 'rule':
      return matches > 0 ? { state: 'matched', reason: null } : unmatchedState(activity);
  }
}

function filterState({ rules }: Filter, narrowed: number): State {
  if (narrowed > 0) return { state: 'ran', reason: null };
  const what =
    rules === null ? 'no rule of its log source' : 'no rule that it names and whose log source it covers';
  return { state: 'unrouted', reason: `no-such-rule: ${what} is in this set` };
}

function unmatchedState(activity: RuleActivity | undefined): State {
  if (activity === undefined) return noSuchLog;
  if (!activity.routable) return { state: 'unrouted', reason: 'no-source' };
  if (!activity.offered) return noSuchLog;
  if (activity.blind !== null) {
    const { source, fields } = activity.blind;
    return {
      state: 'unrouted',
      reason: `field-absent: ${fields.join(', ')} (no ${source} event here carries it)`,
    };
  }
  return { state: 'ran', reason: null };
}
