/**
 * Which rules of a set run: by level, status, id and tag. What is left out keeps its place in the ledger with the
 * reason, because a rule that was switched off and a rule that found nothing must not look alike.
 */
import { type CorrelationInput, type LinkedCorrelation, linkRules } from '../know/rulesets/index.ts';
import type { Correlation, Level, Rule, RuleDocument, Status } from '../know/sigma/index.ts';
import { levels, ruleId } from '../know/sigma/index.ts';

export type Selection = {
  /** Minimum; null = all. */
  readonly level: Level | null;
  /** Null = every status but deprecated and unsupported. */
  readonly statuses: readonly Status[] | null;
  /** Ids or tags, `*` and `?` allowed; empty = all. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
};

/** A correlation that runs. */
export type SelectedCorrelation = {
  readonly correlation: Correlation;
  /** By position in `correlation.rules`: index in `reported`. */
  readonly inputs: readonly number[];
};

export type Selected = {
  /** As linked: rules with their filters, correlations that lead nowhere as rejections. */
  readonly documents: readonly RuleDocument[];
  /** What the matcher gets, in order of the documents: what was selected, and what selected correlations are fed with. */
  readonly rules: readonly Rule[];
  /** Each after those that it refers to. */
  readonly correlations: readonly SelectedCorrelation[];
  /** Whatever can have findings: `rules`, then the correlations. */
  readonly reported: readonly (Rule | Correlation)[];
  /** By index in `reported`: 1 where its findings are not shown, because it only feeds correlations. */
  readonly hidden: Uint8Array;
  /** By index of the document: why it was left out, else null. */
  readonly excluded: readonly (string | null)[];
  /** By index of the document: its index in `reported`, else -1. */
  readonly indexOf: Int32Array;
  /** By index of a filter's document: how many rules it narrows. */
  readonly narrowed: ReadonlyMap<number, number>;
  /** Patterns of `include` and `exclude` that fit not one document. */
  readonly idle: { readonly include: readonly string[]; readonly exclude: readonly string[] };
};

const skippedStatuses: ReadonlySet<Status | null> = new Set<Status>(['deprecated', 'unsupported']);

/** True where a hunt without flags leaves the document out: it is deprecated or unsupported. */
export function isLeftOut({ status }: RuleDocument): boolean {
  return skippedStatuses.has(status);
}

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
    fits: document => fits(ruleId(document)) || (document.kind !== 'rejection' && document.tags.some(fits)),
  };
}

/** `always`: documents that run whatever the selection says. */
export function selectRules(
  documents: readonly RuleDocument[],
  selection: Selection,
  always: ReadonlySet<RuleDocument> = new Set(),
): Selected {
  const include = selection.include.map(matcherOf);
  const exclude = selection.exclude.map(matcherOf);
  const statuses = selection.statuses === null ? null : new Set<Status | null>(selection.statuses);
  const least = selection.level === null ? 0 : levelRank(selection.level);

  const reasonAgainst = (document: RuleDocument): string | null => {
    // A filter claims nothing by itself: it goes with the rules that it narrows.
    const claims = document.kind === 'rule' || document.kind === 'correlation';
    const { status, level } = document;
    if (statuses === null ? skippedStatuses.has(status) : !statuses.has(status)) {
      // A document too broken to tell its status is reported as what it is: refused.
      if (status !== null || document.kind !== 'rejection') return `excluded: status ${status ?? 'none'}`;
    }
    if (levelRank(level) < least && document.kind !== 'filter' && (level !== null || claims)) {
      return `excluded: level ${level ?? 'none'}`;
    }
    const against = exclude.find(matcher => matcher.fits(document));
    if (against !== undefined) return `excluded: by ${against.pattern}`;
    // Tags of refused documents are unknown, so that they can't be told to be unwanted.
    if (include.length > 0 && claims && !include.some(matcher => matcher.fits(document))) {
      return 'excluded: not included';
    }
    return null;
  };

  const excluded = documents.map(document => (always.has(document) ? null : reasonAgainst(document)));
  const linked = linkRules(documents, index => excluded[index] === null);
  const idle = (matchers: readonly Matcher[]): string[] =>
    matchers.filter(({ fits }) => !documents.some(fits)).map(({ pattern }) => pattern);
  return {
    ...arrange(linked.documents, linked.correlations, excluded),
    excluded,
    narrowed: linked.narrowed,
    idle: { include: idle(include), exclude: idle(exclude) },
  };
}

/** Puts what runs in order: which rules and correlations, and whose findings are shown. */
function arrange(
  documents: readonly RuleDocument[],
  correlations: readonly LinkedCorrelation[],
  excluded: readonly (string | null)[],
): Pick<Selected, 'documents' | 'rules' | 'correlations' | 'reported' | 'hidden' | 'indexOf'> {
  const { running, generated, fed } = feeding(correlations, excluded);
  const rules: Rule[] = [];
  const indexOf = new Int32Array(documents.length).fill(-1);
  documents.forEach((document, i) => {
    if (document.kind !== 'rule' || (excluded[i] !== null && !fed.has(i))) return;
    indexOf[i] = rules.push(document) - 1;
  });
  running.forEach(({ document }, i) => {
    indexOf[document] = rules.length + i;
  });
  const reported = [...rules, ...running.map(({ correlation }) => correlation)];
  const hidden = new Uint8Array(reported.length);
  for (const [document, index] of indexOf.entries()) {
    if (index < 0) continue;
    const isBase = fed.has(document) && !generated.has(document);
    if (isBase || excluded[document] !== null) hidden[index] = 1;
  }
  return {
    documents,
    rules,
    correlations: running.map(({ correlation, inputs }) => ({
      correlation,
      inputs: inputs.map(({ document }: CorrelationInput) => indexOf[document]!),
    })),
    reported,
    hidden,
    indexOf,
  };
}

type Feeding = {
  /** Correlations that run: selected, or fed into one that is. */
  readonly running: readonly LinkedCorrelation[];
  /** Documents that feed one of them, and those of them that are to be shown as well (`generate`). */
  readonly fed: ReadonlySet<number>;
  readonly generated: ReadonlySet<number>;
};

function feeding(correlations: readonly LinkedCorrelation[], excluded: readonly (string | null)[]): Feeding {
  const fed = new Set<number>();
  const generated = new Set<number>();
  const running: LinkedCorrelation[] = [];
  // From the outermost inwards: each stands behind those that it refers to.
  for (const linked of correlations.toReversed()) {
    if (excluded[linked.document] !== null && !fed.has(linked.document)) continue;
    running.push(linked);
    for (const { document } of linked.inputs) {
      fed.add(document);
      if (linked.correlation.generate) generated.add(document);
    }
  }
  return { running: running.reverse(), fed, generated };
}
