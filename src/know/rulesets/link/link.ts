/**
 * Links a set of documents: lays filters over rules and leads each reference of a correlation to the document it means,
 * in whatever file that stands. A reference that leads nowhere, to several, to something refused or in a circle turns
 * the correlation into a rejection: data like any other, reported and never dropped. Cost: a walk over the documents;
 * nothing for sets without filters and correlations.
 */
import type { Correlation, Place, Rejection, RuleDocument } from '../../sigma/index.ts';
import { applyFilters } from './filters.ts';
import { Names } from './names.ts';

/** What a correlation is fed with: hits of a rule or firings of another correlation; an index of `documents`. */
export type Input = { readonly kind: 'rule' | 'correlation'; readonly document: number };

export type LinkedCorrelation = {
  /** Index of its document. */
  readonly document: number;
  readonly correlation: Correlation;
  /** By position in `correlation.rules`. */
  readonly inputs: readonly Input[];
};

export type LinkedRuleSet = {
  /** In the order of before: rules with their filters, correlations that can't be linked as rejections. */
  readonly documents: readonly RuleDocument[];
  /** Each after those that it refers to. */
  readonly correlations: readonly LinkedCorrelation[];
  /** By index of a filter's document: how many rules it narrows. */
  readonly narrowed: ReadonlyMap<number, number>;
  /** By index of a rule's document that filters narrow: the indices of these. */
  readonly narrowedBy: ReadonlyMap<number, readonly number[]>;
};

/** `isActive` says by index which filters are laid over rules. */
export function linkRules(
  documents: readonly RuleDocument[],
  isActive: (index: number) => boolean = () => true,
): LinkedRuleSet {
  const filtered = applyFilters(documents, isActive);
  if (!documents.some(({ kind }) => kind === 'correlation')) return { ...filtered, correlations: [] };
  const linker = new Linker(filtered.documents);
  return { ...filtered, ...linker.link() };
}

/** Correlations that refer to correlations and so on. */
const MOST_DEEP = 32;

class Linker {
  readonly #documents: readonly RuleDocument[];
  readonly #names: Names;
  readonly #linked = new Map<number, LinkedCorrelation>();
  readonly #refused = new Map<number, Rejection>();
  /** Correlations that are being linked, outermost first. */
  readonly #path: number[] = [];

  constructor(documents: readonly RuleDocument[]) {
    this.#documents = documents;
    this.#names = new Names(documents);
  }

  link(): Pick<LinkedRuleSet, 'documents' | 'correlations'> {
    for (const [index, document] of this.#documents.entries()) {
      if (document.kind === 'correlation') this.#correlation(index, document);
    }
    return {
      documents: this.#documents.map((document, index) => this.#refused.get(index) ?? document),
      correlations: [...this.#linked.values()],
    };
  }

  /** Links one and, before it, those that it refers to; false where it had to be refused. */
  #correlation(index: number, correlation: Correlation): boolean {
    if (this.#linked.has(index)) return true;
    if (this.#refused.has(index)) return false;
    this.#path.push(index);
    const inputs: Input[] = [];
    let refusal: string | null = null;
    let at = 0;
    for (; at < correlation.rules.length && refusal === null; at++) {
      const input = this.#input(correlation.rules[at]!);
      if (typeof input === 'string') refusal = input;
      else inputs.push(input);
    }
    this.#path.pop();
    if (refusal === null) this.#linked.set(index, { document: index, correlation, inputs });
    else this.#refused.set(index, refuse(correlation, refusal, correlation.rulePlaces[at - 1]!));
    return refusal === null;
  }

  /** What a reference leads to, or why it does not. */
  #input(reference: string): Input | string {
    const found = this.#names.resolve(reference);
    if (found === 'unknown') return `'${reference}' is neither id nor name of a rule in this set`;
    if (typeof found === 'object') {
      const places = found.ambiguous.slice(0, 3).map(each => placeText(this.#documents[each]!.place));
      return `'${reference}' means ${found.ambiguous.length} different rules: ${places.join(', ')}`;
    }
    const document = this.#documents[found]!;
    if (document.kind === 'rule') return { kind: 'rule', document: found };
    if (document.kind === 'correlation') {
      if (this.#path.includes(found)) return `'${reference}' leads back to this correlation: a circle`;
      if (this.#path.length >= MOST_DEEP)
        return `correlations refer to each other more than ${MOST_DEEP} deep`;
      if (this.#correlation(found, document)) return { kind: 'correlation', document: found };
    }
    return `'${reference}' is refused itself (${placeText(document.place)})`;
  }
}

function placeText({ path, line }: Place): string {
  return `${path}:${line}`;
}

function refuse(correlation: Correlation, message: string, place: Place): Rejection {
  const { id, sha256, title, name, level, status } = correlation;
  return { kind: 'rejection', reason: 'reference', message, id, sha256, title, name, level, status, place };
}
