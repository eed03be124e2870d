/**
 * A matcher for terms and rules in one pass. The literal index finds events that may hold a term, at what every other rule
 * costs; only of those are the values decoded and asked. The first rules of the inner matcher are those of the terms.
 */
import {
  type AccountName,
  type AccountTerm,
  accountText,
  type Session,
  type Sought,
  type Term,
} from '../../know/terms/index.ts';
import type { LazyEvent } from '../../read/events/index.ts';
import type { EventMatcher, Learned, RuleActivity, Sighting } from '../types.ts';
import { MOST_NAMES, namedTogether } from './known-as.ts';
import { MOST_SESSIONS, sessionOf } from './logons.ts';
import { FoldedValues, type TermTest, termTest } from './sighting.ts';

export class TermMatcher implements EventMatcher {
  readonly #inner: EventMatcher;
  readonly #terms: readonly Sought[];
  readonly #tests: readonly TermTest[];
  /** By term and the name's text. */
  readonly #learned = new Map<string, { term: number; name: AccountName; records: number }>();
  readonly #learnedOf: number[];
  /** By term: logons that it touches. */
  readonly #sessions = new Map<number, Map<string, Session>>();
  /** Beside each hit of a term: where it stands. */
  readonly sightings: (Sighting | null)[] = [];

  constructor(inner: EventMatcher, terms: readonly Sought[]) {
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
        const term = this.#terms[rule]!;
        // Terms come before their logons: what holds the term itself needs no logon to be its.
        if (term.kind === 'logon') {
          if (hits.subarray(0, kept).includes(term.of)) continue;
        } else this.#learn(rule, term, sighting, values);
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

  learned(): Learned {
    return {
      names: [...this.#learned.values()],
      sessions: [...this.#sessions].flatMap(([term, sessions]) =>
        [...sessions.values()].map(session => ({ term, session })),
      ),
    };
  }

  #learn(index: number, term: Term, sighting: Sighting, values: FoldedValues): void {
    const session = sessionOf(term, sighting, values);
    if (session !== null) this.#learnSession(index, session);
    if (term.kind === 'account') this.#learnNames(index, term, values);
  }

  #learnSession(index: number, session: Session): void {
    let sessions = this.#sessions.get(index);
    if (sessions === undefined) {
      sessions = new Map();
      this.#sessions.set(index, sessions);
    }
    // One more than is followed, so that whoever puts workers together sees that there were too many.
    if (sessions.size <= MOST_SESSIONS)
      sessions.set(`${session.host}\0${session.id}\0${session.from}`, session);
  }

  #learnNames(index: number, term: AccountTerm, values: FoldedValues): void {
    for (const [name, sid] of namedTogether(values)) {
      const [knowsName, knowsSid] = [name, sid].map(each => term.names.some(known => covers(known, each)));
      if (knowsName === knowsSid) continue;
      const fresh = knowsName ? sid : name;
      const key = `${index}\0${accountText(fresh)}`;
      const known = this.#learned.get(key);
      if (known !== undefined) known.records++;
      else if (this.#learnedOf[index]! <= MOST_NAMES) {
        // One more than counts, as with logons.
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
