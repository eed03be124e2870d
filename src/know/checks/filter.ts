/** Checks of filters beside the rules that they narrow. */
import type { Filter, RuleDocument } from '../sigma/index.ts';
import { constantOf } from './detection.ts';
import { type CheckedSet, placeOf, placeWithin, type SetCheck, titleOf } from './problem.ts';

type Listed = { readonly filter: Filter; readonly narrowed: number };

function filtersOf({ documents, linked }: CheckedSet): Listed[] {
  return documents.flatMap((filter, index) =>
    filter.kind === 'filter' ? [{ filter, narrowed: linked.narrowed.get(index) ?? 0 }] : [],
  );
}

/** The documents that a filter's reference means. */
function meant(documents: readonly RuleDocument[], reference: string): RuleDocument[] {
  return documents.filter(
    ({ kind, id, name }) =>
      kind !== 'filter' && (id?.toLowerCase() === reference.toLowerCase() || name === reference),
  );
}

/** Why a filter that names `reference` does not narrow it; null where the name alone is no reason. */
function troubleOf(documents: readonly RuleDocument[], reference: string): string | null {
  const found = meant(documents, reference);
  if (found.length === 0) return `'${reference}' is neither id nor name of a rule in this set`;
  if (found.some(({ kind }) => kind === 'rule')) return null;
  if (found.some(({ kind }) => kind === 'correlation'))
    return `'${reference}' is a correlation, and filters narrow rules only`;
  return `'${reference}' is refused itself`;
}

export const filterIdle: SetCheck = {
  code: 'filter-idle',
  severity: 'warning',
  about: 'A filter narrows not one rule of the set',
  *run(set, written) {
    for (const { filter, narrowed } of filtersOf(set)) {
      if (narrowed > 0) continue;
      const [first] = filter.rules?.flatMap(name => troubleOf(set.documents, name) ?? []) ?? [];
      const why =
        filter.rules === null
          ? 'no rule of this set is of its log source'
          : (first ?? 'its log source is not that of the rules that it names, or says more than theirs');
      yield {
        document: filter,
        message: `the filter narrows no rule: ${why}`,
        place: placeWithin(filter, written, 'filter', 'rules', filter.rules?.[0] ?? 'any'),
      };
    }
  },
};

export const filterReference: SetCheck = {
  code: 'filter-reference',
  severity: 'warning',
  about: 'A filter that narrows some rules names another that is not there or is no rule',
  *run(set, written) {
    for (const { filter, narrowed } of filtersOf(set)) {
      // One that narrows nothing at all is told once, by `filter-idle`.
      if (narrowed === 0) continue;
      for (const name of filter.rules ?? []) {
        const message = troubleOf(set.documents, name);
        if (message === null) continue;
        yield { document: filter, message, place: placeWithin(filter, written, 'filter', 'rules', name) };
      }
    }
  },
};

export const filterTooWide: SetCheck = {
  code: 'filter-too-wide',
  severity: 'warning',
  about: 'With its filters a rule can never fire, because their conditions exclude its own',
  *run({ documents, linked }, written) {
    for (const [index, document] of documents.entries()) {
      const narrowed = linked.documents[index]!;
      if (document.kind !== 'rule' || narrowed.kind !== 'rule' || narrowed === document) continue;
      if (constantOf(document) === false || constantOf(narrowed) !== false) continue;
      yield {
        document,
        message: `with the filters laid over ${titleOf(document)} its condition can never hold`,
        place: placeOf(document, written, 'detection'),
      };
    }
  },
};
