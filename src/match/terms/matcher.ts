/**
 * A matcher for terms and rules in one pass. The literal index finds events that may hold a term, at what every other rule
 * costs; only of those are the values decoded and asked. The first rules of the inner matcher are those of the terms.
 */
import { type AccountName, accountText, type Term } from '../../know/terms/index.ts';
import type { LazyEvent } from '../../read/events/index.ts';
import type { EventMatcher, LearnedName, RuleActivity, Sighting } from '../types.ts';
import { MOST_NAMES, namedTogether } from './known-as.ts';
import { FoldedValues, type TermTest, termTest } from './sighting.ts';

export class TermMatcher implements EventMatcher {
  readonly #inner: EventMatcher;
  readonly #terms: readonly Term[];
  readonly #tests: readonly TermTest[];
  /** By term and the name's text. */
  readonly #learned = new Map<string, { term: number; name: AccountName; records: number }>();
  readonly #learnedOf: number[];
  /** Beside each hit of a term: where it stands. */
  readonly sightings: (Sighting | null)[] = [];

  constructor(inner: EventMatcher, terms: readonly Term[]) {
    this.#inner = inner;
    this.#terms = terms;
    this.#tests = terms.map(termTest);
    this.#learnedOf = terms.map(() => 0);
  }

  get hits(): Uint32Array {
    return this.#inner.hits;
  }

  get forms(): Uint8Array {
    return this.#inner.forms;
  }

  match(event: LazyEvent): number {
    const count = this.#inner.match(event);
    if (count === 0) return 0;
    const { hits, forms } = this.#inner;
    let values: FoldedValues | null = null;
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const rule = hits[i]!;
      let sighting: Sighting | null = null;
      if (rule < this.#terms.length) {
        values ??= new FoldedValues(event);
        sighting = this.#tests[rule]!(values);
        if (sighting === null) continue;
        this.#learn(rule, values);
      }
      hits[kept] = rule;
      forms[kept] = forms[i]!;
      this.sightings[kept] = sighting;
      kept++;
    }
    return kept;
  }

  activity(): readonly RuleActivity[] {
    return this.#inner.activity();
  }

  learned(): readonly LearnedName[] {
    return [...this.#learned.values()];
  }

  #learn(index: number, values: FoldedValues): void {
    const term = this.#terms[index]!;
    if (term.kind !== 'account') return;
    for (const [name, sid] of namedTogether(values)) {
      const [knowsName, knowsSid] = [name, sid].map(each => term.names.some(known => covers(known, each)));
      if (knowsName === knowsSid) continue;
      const fresh = knowsName ? sid : name;
      const key = `${index}\0${accountText(fresh)}`;
      const known = this.#learned.get(key);
      if (known !== undefined) known.records++;
      else if (this.#learnedOf[index]! < MOST_NAMES) {
        this.#learnedOf[index]!++;
        this.#learned.set(key, { term: index, name: fresh, records: 1 });
      }
    }
  }
}

/** Whether one who looks for `known` finds `name` as well. */
export function covers(known: AccountName, name: AccountName): boolean {
  if (known.kind === 'sid' || name.kind === 'sid') {
    return known.kind === 'sid' && name.kind === 'sid' && known.sid === name.sid;
  }
  return known.user === name.user && (known.domain === null || known.domain === name.domain);
}
