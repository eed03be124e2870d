/**
 * A correlation taken apart for an explanation: what feeds it, through chains, and what one event is to all of that. The
 * verdict comes from the matcher's own parts: rules are explained as they run, values are read as for a hunt, and whether
 * the event completes anything is asked of the engine. Each rule and correlation is looked at once, however often a chain
 * leads to it.
 */
import { inputField, type LinkedCorrelation, type LinkedRuleSet } from '../../know/rulesets/index.ts';
import type { Correlation, Rule } from '../../know/sigma/index.ts';
import { correlate, HitValueReader, type PlainEvent } from '../../match/index.ts';
import { fold, type LazyEvent } from '../../read/events/index.ts';
import type {
  CorrelationExplanation,
  CorrelationOutcome,
  Feed,
  FeedOutcome,
  RuleOutcome,
} from '../../tell/index.ts';
import { explainForms } from './forms.ts';
import type { RunSet } from './run-set.ts';

/** Values of an event by index of a rule's document, then by field. */
export type HitValues = ReadonlyMap<number, ReadonlyMap<string, string>>;

export class Correlated {
  readonly #linked: LinkedRuleSet;
  readonly #isShown: RunSet['isShown'];
  readonly #root: LinkedCorrelation;
  readonly #byDocument: ReadonlyMap<number, LinkedCorrelation>;
  /** By index of a rule's document: the fields that are read of its events. */
  readonly #fields = new Map<number, Set<string>>();

  /** `document` is the index of a correlation that was linked. */
  constructor({ linked, isShown }: RunSet, document: number) {
    this.#linked = linked;
    this.#isShown = isShown;
    this.#byDocument = new Map(linked.correlations.map(each => [each.document, each]));
    this.#root = this.#byDocument.get(document)!;
    this.#collect(this.#root, new Set());
  }

  #collect(linked: LinkedCorrelation, seen: Set<number>): void {
    if (seen.has(linked.document)) return;
    seen.add(linked.document);
    for (const [position, { document, kind }] of linked.inputs.entries()) {
      if (kind === 'correlation') this.#collect(this.#byDocument.get(document)!, seen);
      else {
        const fields = this.#fields.get(document) ?? new Set();
        this.#fields.set(document, fields);
        for (const field of this.#names(linked, position).values()) if (field !== null) fields.add(field);
      }
    }
  }

  /** What each name of the correlation is called in the input at `position`. */
  #names({ correlation, inputs }: LinkedCorrelation, position: number): Map<string, string | null> {
    const source = this.#source(inputs[position]!.document);
    const names = new Set([...correlation.groupBy, ...correlation.condition.fields]);
    return new Map([...names].map(name => [name, inputField(correlation, position, source, name)]));
  }

  #source(document: number): Rule | Correlation {
    return this.#linked.documents[document] as Rule | Correlation;
  }

  /** Reads of an event what the explanation needs of it while it is at hand. */
  hitValues(event: LazyEvent): HitValues {
    const requests = [...this.#fields].map(([document, fields], rule) => ({
      document,
      rule,
      fields: [...fields],
    }));
    const rules = requests.map(({ document }) => this.#source(document) as Rule);
    const reader = new HitValueReader(rules, requests);
    return new Map(
      requests.map(({ document, rule, fields }) => {
        const texts = reader.read(event, rule);
        return [
          document,
          new Map(fields.flatMap((field, i) => (texts[i] === undefined ? [] : [[field, texts[i]]]))),
        ];
      }),
    );
  }

  explain(on: { readonly event: PlainEvent; readonly hitValues: HitValues } | null): Omit<
    CorrelationExplanation,
    'on'
  > & {
    readonly outcome: CorrelationOutcome | null;
  } {
    const run = on === null ? null : new OneEvent(this.#linked, this.#byDocument, on.event, on.hitValues);
    return {
      correlation: this.#root.correlation,
      isShown: this.#isShown(this.#root.document),
      inputs: this.#feeds(this.#root, run, new Set()),
      outcome: run?.outcomeOf(this.#root) ?? null,
    };
  }

  #feeds(linked: LinkedCorrelation, run: OneEvent | null, seen: Set<number>): Feed[] {
    return linked.inputs.map(({ document, kind }, position): Feed => {
      const source = this.#source(document);
      const isNew = kind === 'correlation' && !seen.has(document);
      seen.add(document);
      return {
        document: source,
        isShown: this.#isShown(document),
        fields: this.#names(linked, position),
        inputs: isNew ? this.#feeds(this.#byDocument.get(document)!, run, seen) : [],
        on: run?.feedOutcome(linked, position) ?? null,
      };
    });
  }
}

/** A correlation that fired on the event, with the values of its group. */
type Fired = { readonly outcome: CorrelationOutcome; readonly group: ReadonlyMap<string, string> };

/** What one event is to rules and correlations. */
class OneEvent {
  readonly #linked: LinkedRuleSet;
  readonly #byDocument: ReadonlyMap<number, LinkedCorrelation>;
  readonly #event: PlainEvent;
  readonly #hitValues: HitValues;
  readonly #explanations = new Map<number, RuleOutcome>();
  readonly #fired = new Map<number, Fired>();

  constructor(
    linked: LinkedRuleSet,
    byDocument: ReadonlyMap<number, LinkedCorrelation>,
    event: PlainEvent,
    hitValues: HitValues,
  ) {
    this.#linked = linked;
    this.#byDocument = byDocument;
    this.#event = event;
    this.#hitValues = hitValues;
  }

  outcomeOf(linked: LinkedCorrelation): CorrelationOutcome {
    return this.#correlation(linked).outcome;
  }

  feedOutcome(linked: LinkedCorrelation, position: number): FeedOutcome {
    const { document, kind } = linked.inputs[position]!;
    return {
      outcome:
        kind === 'rule' ? this.#rule(document) : this.#correlation(this.#byDocument.get(document)!).outcome,
      values: this.#values(linked, position),
    };
  }

  #rule(document: number): RuleOutcome {
    let explanation = this.#explanations.get(document);
    if (explanation === undefined) {
      explanation = explainForms(this.#linked.documents[document] as Rule, this.#event);
      this.#explanations.set(document, explanation);
    }
    return explanation;
  }

  /** The values of the correlation's names in what the event is to the input at `position`. */
  #values({ correlation, inputs }: LinkedCorrelation, position: number): Map<string, string> {
    const { document, kind } = inputs[position]!;
    const source = this.#linked.documents[document] as Rule | Correlation;
    const from =
      kind === 'rule'
        ? this.#hitValues.get(document)
        : this.#correlation(this.#byDocument.get(document)!).group;
    return new Map(
      [...correlation.groupBy, ...correlation.condition.fields].flatMap(name => {
        const field = inputField(correlation, position, source, name);
        const value = field === null ? undefined : from?.get(field);
        return value === undefined ? [] : [[name, value]];
      }),
    );
  }

  #isHit({ document, kind }: LinkedCorrelation['inputs'][number]): boolean {
    if (kind === 'rule') return this.#rule(document).matched;
    return this.#correlation(this.#byDocument.get(document)!).outcome.fires;
  }

  #correlation(linked: LinkedCorrelation): Fired {
    let fired = this.#fired.get(linked.document);
    if (fired === undefined) {
      fired = this.#run(linked);
      this.#fired.set(linked.document, fired);
    }
    return fired;
  }

  #run(linked: LinkedCorrelation): Fired {
    const { correlation, inputs } = linked;
    const { type, timespan, condition, groupBy, rules } = correlation;
    const hits = [...inputs.keys()].filter(position => this.#isHit(inputs[position]!));
    const counted = hits.filter(position => this.#counts(linked, hits, position));
    const values = counted.map(position => this.#values(linked, position));
    const keyOf = (position: number, names: readonly string[]): string | null => {
      const own = values[position]!;
      return names.every(name => own.has(name)) ? names.map(name => fold(own.get(name)!)).join('\0') : null;
    };
    const groups = numbers(counted.map((_, i) => keyOf(i, groupBy)));
    const tuples = numbers(
      counted.map((_, i) => (condition.fields.length === 0 ? null : keyOf(i, condition.fields))),
    );
    const firings = correlate(
      { type, timespan, condition, rules: rules.length },
      {
        length: counted.length,
        micros: new Float64Array(counted.length),
        rule: Uint32Array.from(counted),
        group: groups.ids,
        value: tuples.ids,
        texts: tuples.keys,
      },
    );
    const first = firings[0]?.hits[0];
    return {
      outcome: {
        fires: firings.length > 0,
        hits,
        ungrouped: hits.filter(position => {
          const own = this.#values(linked, position);
          return !groupBy.every(name => own.has(name));
        }),
      },
      group: first === undefined ? new Map() : values[first]!,
    };
  }

  /** Where events are counted, one that matched several rules is one hit: of the rule that stands first in the set. */
  #counts({ correlation, inputs }: LinkedCorrelation, hits: readonly number[], position: number): boolean {
    const isTemporal = correlation.type === 'temporal' || correlation.type === 'temporal_ordered';
    if (isTemporal || inputs[position]!.kind !== 'rule') return true;
    return hits.every(
      other => inputs[other]!.kind !== 'rule' || inputs[other]!.document >= inputs[position]!.document,
    );
  }
}

/** Equal keys get one number; null gets -1. */
function numbers(keys: readonly (string | null)[]): {
  readonly ids: Int32Array;
  readonly keys: readonly string[];
} {
  const known = new Map<string, number>();
  const ids = Int32Array.from(keys, key => {
    if (key === null) return -1;
    const id = known.get(key) ?? known.size;
    known.set(key, id);
    return id;
  });
  return { ids, keys: [...known.keys()] };
}
