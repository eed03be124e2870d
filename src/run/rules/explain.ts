/**
 * `rules explain`: what a rule, a correlation or a filter means, or how it came out on an event. The set is linked as a
 * hunt without flags links it, so that a rule is explained with its filters and the verdict is the one of a hunt.
 */
import type { LinkedRuleSet } from '../../know/rulesets/index.ts';
import type { Filter, Rule } from '../../know/sigma/index.ts';
import { explain, type PlainEvent } from '../../match/index.ts';
import type { LazyEvent } from '../../read/events/index.ts';
import {
  type DocumentExplanation,
  type EventLabel,
  explanationJson,
  type FilterExplanation,
  type FilterOutcome,
  plain,
  renderExplanation,
} from '../../tell/index.ts';
import { exitCodes } from '../exit-code.ts';
import { BrokenPipe, type Io } from '../io.ts';
import { Correlated, type HitValues } from './correlated.ts';
import { findEvent, type RecordReference } from './find-event.ts';
import { findRule } from './find-rule.ts';
import { explainForms } from './forms.ts';
import { loadRules, type RuleInputs } from './load.ts';
import { type RunSet, runSetOf } from './run-set.ts';

export type ExplainOptions = RuleInputs & {
  /** Id, title, path, or a part of the title. */
  readonly rule: string;
  /** Null = only the rule is explained. */
  readonly event: RecordReference | null;
  readonly format: 'text' | 'json';
  readonly reveal: boolean;
};

/** Returns the exit code; whether the rule matched does not change it. */
export async function explainRule(options: ExplainOptions, io: Io): Promise<number> {
  const { documents } = await loadRules(options);
  const explainer = explainerOf(runSetOf(documents), options.rule);
  let on: Asked | null = null;
  if (options.event !== null) {
    const found = await findEvent(options.event, io.signal, event => explainer.take(event));
    if (found === null) return exitCodes.interrupted;
    if (found.count > 1) {
      const { path, offset } = found.label;
      io.stderr.write(
        Buffer.from(`huntaway: ${found.count} records fit; this is the first: ${plain(path)}#@${offset}\n`),
      );
    }
    on = { label: found.label, event: found.plain, hitValues: found.taken };
  }
  const explanation = explainer.explain(on);
  const { reveal, format } = options;
  const { columns: width, color } = io.stdout;
  const text =
    format === 'json'
      ? explanationJson(explanation, { reveal })
      : renderExplanation(explanation, { width, color, reveal });
  try {
    io.stdout.write(Buffer.from(text));
  } catch (error) {
    if (!(error instanceof BrokenPipe)) throw error;
  }
  return exitCodes.finished;
}

/** The event that somebody asks about. */
export type Asked = { readonly label: EventLabel; readonly event: PlainEvent; readonly hitValues: HitValues };

export type Explainer = {
  /** Reads what the explanation needs of an event, which nobody may keep. */
  take(event: LazyEvent): HitValues;
  explain(on: Asked | null): DocumentExplanation;
};

const noHitValues: HitValues = new Map();

/** Explains the document that `asked` names. Throws `CannotRun` where there is none, or not one alone. */
export function explainerOf(set: RunSet, asked: string): Explainer {
  const { linked } = set;
  const document = findRule(linked.documents, asked);
  const index = linked.documents.indexOf(document);
  switch (document.kind) {
    case 'rule':
      return {
        take: () => noHitValues,
        explain: on => ({
          rule: document,
          feeds: linked.correlations
            .filter(({ inputs }) => inputs.some(input => input.document === index))
            .map(({ correlation }) => correlation),
          isShown: set.isShown(index),
          filters: (linked.narrowedBy.get(index) ?? []).map(each => linked.documents[each] as Filter),
          on: on && { event: on.label, explanation: explainForms(document, on.event) },
        }),
      };
    case 'filter':
      return {
        take: () => noHitValues,
        explain: on => explainFilter(document, narrowedBy(linked, index), on),
      };
    case 'correlation': {
      const correlated = new Correlated(set, index);
      return {
        take: event => correlated.hitValues(event),
        explain: on => {
          const { outcome, ...explanation } = correlated.explain(on);
          return { ...explanation, on: on && { event: on.label, outcome: outcome! } };
        },
      };
    }
  }
}

/** The rules that the filter at `index` narrows. */
function narrowedBy({ documents, narrowedBy }: LinkedRuleSet, index: number): Rule[] {
  return [...narrowedBy].flatMap(([rule, filters]) =>
    filters.includes(index) ? [documents[rule] as Rule] : [],
  );
}

/** A filter on an event, read as the rules that it narrows read it: once for each view among those that are asked. */
function explainFilter(filter: Filter, narrows: readonly Rule[], on: Asked | null): FilterExplanation {
  if (on === null) return { filter, narrows, on: null };
  const outcomes = new Map<string, FilterOutcome>();
  for (const rule of narrows) {
    const explanation = explain({ ...rule, plan: filter.plan }, on.event);
    const asked = explanation.routes?.find(({ condition }) => condition !== null);
    if (asked === undefined) continue;
    const view = asked.view?.name ?? '';
    const before = outcomes.get(view);
    outcomes.set(view, { explanation: before?.explanation ?? explanation, asked: (before?.asked ?? 0) + 1 });
  }
  return { filter, narrows, on: { event: on.label, outcomes: [...outcomes.values()] } };
}
