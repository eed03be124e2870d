/**
 * Filters laid over rules: a rule that a filter names, and whose log source the filter's contains, holds only where the
 * filter's condition holds as well. Nothing is rewritten: the rule gets another plan, made when somebody asks for it, so
 * that rules whose logs never come are not even unpacked.
 */
import { fold } from '../../../read/events/index.ts';
import type { Filter, LogSource, Plan, Rule, RuleDocument } from '../../sigma/index.ts';

export type Filtered = {
  readonly documents: readonly RuleDocument[];
  /** By index of the filter: how many rules it narrows. */
  readonly narrowed: ReadonlyMap<number, number>;
  /** By index of a rule that filters narrow: their indices. */
  readonly narrowedBy: ReadonlyMap<number, readonly number[]>;
};

/** `isActive` says by index which filters count. */
export function applyFilters(
  documents: readonly RuleDocument[],
  isActive: (index: number) => boolean,
): Filtered {
  const narrowed = new Map<number, number>();
  const narrowedBy = new Map<number, readonly number[]>();
  const filters = documents.flatMap((document, index) => {
    if (document.kind !== 'filter') return [];
    narrowed.set(index, 0);
    return isActive(index) ? [{ index, filter: document, names: namesOf(document) }] : [];
  });
  if (filters.length === 0) return { documents, narrowed, narrowedBy };
  return {
    narrowed,
    narrowedBy,
    documents: documents.map((document, at) => {
      if (document.kind !== 'rule') return document;
      const own = filters.filter(({ filter, names }) => concerns(filter, names, document));
      if (own.length === 0) return document;
      for (const { index } of own) narrowed.set(index, narrowed.get(index)! + 1);
      narrowedBy.set(
        at,
        own.map(({ index }) => index),
      );
      return narrow(
        document,
        own.map(({ filter }) => filter),
      );
    }),
  };
}

function namesOf({ rules }: Filter): ReadonlySet<string> | null {
  return rules === null ? null : new Set(rules.flatMap(name => [name, name.toLowerCase()]));
}

function concerns(filter: Filter, names: ReadonlySet<string> | null, rule: Rule): boolean {
  if (names !== null) {
    const byId = rule.id !== null && names.has(rule.id.toLowerCase());
    if (!byId && (rule.name === null || !names.has(rule.name))) return false;
  }
  return contains(filter.logSource, rule.logSource);
}

/** Every attribute that the wider one gives, the narrower has too. */
function contains(wider: LogSource, narrower: LogSource): boolean {
  return (['product', 'category', 'service'] as const).every(attribute => {
    const wanted = wider[attribute];
    const has = narrower[attribute];
    return wanted === null || (has !== null && fold(wanted) === fold(has));
  });
}

function narrow(rule: Rule, filters: readonly Filter[]): Rule {
  let plan: Plan | undefined;
  // Copied with its accessors, because reading them would unpack the rule.
  const copy = Object.create(Object.getPrototypeOf(rule), Object.getOwnPropertyDescriptors(rule));
  return Object.defineProperty(copy, 'plan', {
    enumerable: true,
    configurable: true,
    get() {
      plan ??= {
        op: 'and',
        nodes: [
          rule.plan,
          ...filters.map(
            (filter): Plan => ({
              op: 'named',
              name: `filter ${filter.title ?? ''}`.trim(),
              node: filter.plan,
            }),
          ),
        ],
      };
      return plan;
    },
  });
}
