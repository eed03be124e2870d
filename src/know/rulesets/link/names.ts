/**
 * Who is meant by a reference: a document by its id, else by its `name`. Two rules of one id are one rule when their
 * text is the same (a folder given twice, a copy); a name or id that stands for different texts is ambiguous.
 */
import type { RuleDocument } from '../../sigma/index.ts';

/** Index of the document, or why there is none. */
export type Resolved = number | 'unknown' | { readonly ambiguous: readonly number[] };

export class Names {
  readonly #documents: readonly RuleDocument[];
  readonly #byId = new Map<string, number[]>();
  readonly #byName = new Map<string, number[]>();

  constructor(documents: readonly RuleDocument[]) {
    this.#documents = documents;
    for (const [index, { id, name, kind }] of documents.entries()) {
      if (kind === 'filter') continue;
      if (id !== null) append(this.#byId, id.toLowerCase(), index);
      if (name !== null) append(this.#byName, name, index);
    }
  }

  resolve(reference: string): Resolved {
    const found = this.#byId.get(reference.toLowerCase()) ?? this.#byName.get(reference) ?? [];
    const [first, ...others] = found;
    if (first === undefined) return 'unknown';
    const { sha256 } = this.#documents[first]!;
    if (others.every(other => this.#documents[other]!.sha256 === sha256)) return first;
    return { ambiguous: found };
  }
}

function append(lists: Map<string, number[]>, key: string, index: number): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [index]);
  else list.push(index);
}
