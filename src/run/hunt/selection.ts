/**
 * Which rules of a set run: by level, status, id and tag. What is left out keeps its place in the ledger with the
 * reason, because a rule that was switched off and a rule that found nothing must not look alike.
 */
import type { Level, Rule, RuleDocument, Status } from '../../know/sigma/index.ts';
import { levels, ruleId } from '../../know/sigma/index.ts';

export type Selection = {
  /** Minimum; null = all. */
  readonly level: Level | null;
  /** Null = every status but deprecated and unsupported. */
  readonly statuses: readonly Status[] | null;
  /** Ids or tags, `*` and `?` allowed; empty = all. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
};

export type Selected = {
  /** What the matcher gets, in order of the documents. */
  readonly rules: readonly Rule[];
  /** By index of the document: why it was left out, else null. */
  readonly excluded: readonly (string | null)[];
  /** By index of the document: its index in `rules`, else -1. */
  readonly indexOf: Int32Array;
  /** Patterns of `include` and `exclude` that fit not one document. */
  readonly idle: { readonly include: readonly string[]; readonly exclude: readonly string[] };
};

const skippedStatuses: ReadonlySet<Status | null> = new Set<Status>(['deprecated', 'unsupported']);

/** The rank of a level; a rule without one counts as informational. */
export function levelRank(level: Level | null): number {
  return level === null ? 0 : levels.indexOf(level);
}

/** A test for `pattern` (`*` any run, `?` one character) on whole text without regard to case. */
function glob(pattern: string): (text: string) => boolean {
  const source = pattern
    .toLowerCase()
    .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replaceAll('?', '.');
  const expression = new RegExp(`^${source}$`, 's');
  return text => expression.test(text.toLowerCase());
}

type Matcher = { readonly pattern: string; readonly fits: (document: RuleDocument) => boolean };

function matcherOf(pattern: string): Matcher {
  const fits = glob(pattern);
  return {
    pattern,
    fits: document => fits(ruleId(document)) || (document.kind === 'rule' && document.tags.some(fits)),
  };
}

export function selectRules(documents: readonly RuleDocument[], selection: Selection): Selected {
  const include = selection.include.map(matcherOf);
  const exclude = selection.exclude.map(matcherOf);
  const statuses = selection.statuses === null ? null : new Set<Status | null>(selection.statuses);
  const least = selection.level === null ? 0 : levelRank(selection.level);

  const reasonAgainst = (document: RuleDocument): string | null => {
    const { status, level } = document;
    if (statuses === null ? skippedStatuses.has(status) : !statuses.has(status)) {
      // A document too broken to tell its status is reported as what it is: refused.
      if (status !== null || document.kind !== 'rejection') return `excluded: status ${status ?? 'none'}`;
    }
    if (levelRank(level) < least && (level !== null || document.kind !== 'rejection')) {
      return `excluded: level ${level ?? 'none'}`;
    }
    const against = exclude.find(matcher => matcher.fits(document));
    if (against !== undefined) return `excluded: by ${against.pattern}`;
    // Tags of refused documents are unknown, so that they can't be told to be unwanted.
    if (include.length > 0 && document.kind === 'rule' && !include.some(matcher => matcher.fits(document))) {
      return 'excluded: not included';
    }
    return null;
  };

  const rules: Rule[] = [];
  const excluded = documents.map(reasonAgainst);
  const indexOf = new Int32Array(documents.length).fill(-1);
  documents.forEach((document, i) => {
    if (document.kind !== 'rule' || excluded[i] !== null) return;
    indexOf[i] = rules.length;
    rules.push(document);
  });
  const idle = (matchers: readonly Matcher[]): string[] =>
    matchers.filter(({ fits }) => !documents.some(fits)).map(({ pattern }) => pattern);
  return { rules, excluded, indexOf, idle: { include: idle(include), exclude: idle(exclude) } };
}
