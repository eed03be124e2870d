/**
 * What a hunt found as a STIX 2.1 bundle, for an exchange with others. Each piece of evidence is an `observed-data`, each
 * behaviour that showed a `sighting` of an attack pattern, each intrusion a `grouping` of both.
 *
 * It attributes nothing. The advisory's actor is there as a reference: of an attack pattern it is said, with low
 * confidence, that it indicates him, because others do the same. An `incident` is made only where a person confirmed one.
 *
 * A bundle holds `MOST` pieces of evidence, those of the strongest verdicts and of these the weightiest; a note says what
 * was left out. Cost: a few objects for each, shared ones once.
 */
import type { CaseView, Evidence, Intrusion, Verdict } from '../../judge/index.ts';
import type { Advisory, Behaviour } from '../../know/advisories/index.ts';
import { DRILL_MARK, formatMicros } from '../../read/events/index.ts';
import { verdictWords } from '../intrusions/index.ts';
import { jsonText } from '../json-text.ts';
import { mask } from '../masking/index.ts';
import { objectId } from './ids.ts';
import { huntNote, incidentText, intrusionNote, type LeftOut } from './notes.ts';
import { day, isTime, Objects, RECORD_EXTENSION } from './objects.ts';
import { observablesOf } from './observables.ts';
import type { StixInput } from './types.ts';

/** Pieces of evidence in a bundle: some ten megabytes at the worst, which every reader still opens. */
const MOST = 2000;
/** Relationships between pieces of evidence of one intrusion. */
const MOST_LINKS = 2000;

/** Middles of STIX's scale of High, Medium, Low. */
const CONFIDENCE: Readonly<Record<Verdict, number>> = { intrusion: 85, suspected: 50, lead: 15 };
const LOW = 15;

const DRILL = 'huntaway-drill';

/** The whole file. */
export function stixText(input: StixInput): string {
  const objects = new Objects(input.operator);
  const chosen = chooseEvidence(input.intrusions);
  const writer = new BundleWriter(input, objects, chosen.kept);
  const groups = input.intrusions.flatMap(each => writer.intrusion(each));
  writer.hunt(groups, chosen.left);
  const all = objects.all;
  const bundle = { type: 'bundle', id: objectId('bundle', all.map(({ id }) => id).sort()), objects: all };
  return `${jsonText(bundle, 1)}\n`;
}

/** The weightiest evidence of the strongest intrusions, until the bundle is full. */
function chooseEvidence(intrusions: readonly Intrusion[]): {
  readonly kept: ReadonlySet<Evidence>;
  readonly left: LeftOut;
} {
  const kept = new Set<Evidence>();
  let all = 0;
  let timeless = 0;
  for (const { evidence } of intrusions) {
    all += evidence.length;
    const timed = evidence.filter(({ micros }) => isTime(micros));
    timeless += evidence.length - timed.length;
    const weightiest = timed.toSorted((left, right) => right.weight - left.weight);
    for (const each of weightiest.slice(0, MOST - kept.size)) kept.add(each);
  }
  return { kept, left: { all, timeless, beyond: all - timeless - kept.size } };
}

/** One bundle's writing: what was seen is put before what speaks of it. */
class BundleWriter {
  readonly #input: StixInput;
  readonly #objects: Objects;
  readonly #kept: ReadonlySet<Evidence>;
  readonly #cases: ReadonlyMap<string, CaseView>;
  readonly #advisories: ReadonlyMap<string, Advisory>;

  constructor(input: StixInput, objects: Objects, kept: ReadonlySet<Evidence>) {
    this.#input = input;
    this.#objects = objects;
    this.#kept = kept;
    this.#cases = new Map(input.cases.map(each => [each.intrusion, each]));
    this.#advisories = new Map(
      input.advisories.flatMap(advisory => advisory.behaviours.map(({ id }) => [id, advisory])),
    );
  }

  /** The grouping of an intrusion, or nothing where none of its evidence got in. */
  intrusion(intrusion: Intrusion): readonly string[] {
    const kept = intrusion.evidence.filter(each => this.#kept.has(each));
    if (kept.length === 0) return [];
    const labels = drillLabels(kept);
    const last = kept.reduce((latest, { micros }) => Math.max(latest, micros), kept[0]!.micros);
    const observed = new Map(kept.map(each => [each.id, this.#observed(each)]));
    const seen = [
      ...new Set([
        ...observed.values(),
        ...this.#sightings(kept, observed),
        ...this.#links(intrusion, kept, observed),
      ]),
    ];
    const view = this.#cases.get(intrusion.id);
    const note = this.#objects.put('note', last, {
      abstract: `${verdictWords[intrusion.verdict]}: what speaks for it, what against, what would settle it`,
      content: intrusionNote(intrusion, view),
      object_refs: [...new Set(observed.values())],
      ...labels,
    });
    const incident = view?.state === 'confirmed' ? [this.#incident(intrusion, view, last, labels)] : [];
    return [
      this.#objects.put('grouping', last, {
        name: `${verdictWords[intrusion.verdict]}: ${mask(intrusion.summary)}`,
        description: mask(intrusion.story.join('\n')),
        context: 'suspicious-activity',
        confidence: CONFIDENCE[intrusion.verdict],
        object_refs: [...seen, note, ...incident],
        ...labels,
      }),
    ];
  }

  /** What the hunt as a whole says: on its groupings, or on its producer where there are none. */
  hunt(groups: readonly string[], left: LeftOut): void {
    const { visibility, ended } = this.#input;
    const last = [...this.#kept].reduce(
      (latest, { micros }) => Math.max(latest, micros),
      Number.NEGATIVE_INFINITY,
    );
    const end = visibility.span === null ? ended : (visibility.span.to - 1) * DAY;
    this.#objects.put('note', Number.isFinite(last) ? last : end, {
      abstract: 'The hunt: how strong the evidence is, whether it reached the plant, what could not be seen',
      content: huntNote(this.#input, left),
      object_refs: groups.length === 0 ? [this.#objects.producer] : groups,
      ...drillLabels([...this.#kept]),
    });
  }

  /** It says only what its record says, so that it is the same in every hunt over that record. */
  #observed(evidence: Evidence): string {
    const { fact, host, channel, micros, place, example } = evidence;
    const time = formatMicros(micros);
    return this.#objects.put('observed-data', micros, {
      first_observed: time,
      last_observed: time,
      number_observed: 1,
      object_refs: observablesOf(evidence, this.#objects),
      extensions: {
        [RECORD_EXTENSION]: {
          extension_type: 'property-extension',
          host,
          channel,
          provider: fact.provider,
          event_id: fact.eventId,
          ...(place.record >= 0 ? { record_id: place.record } : {}),
          ...(example === '' ? {} : { example: mask(example) }),
        },
      },
      ...drillLabels([evidence]),
    });
  }

  #sightings(kept: readonly Evidence[], observed: ReadonlyMap<string, string>): readonly string[] {
    const { producer } = this.#objects;
    const byBehaviour = new Map<Behaviour, Evidence[]>();
    for (const each of kept) {
      if (each.behaviour === null) continue;
      const known = byBehaviour.get(each.behaviour);
      if (known === undefined) byBehaviour.set(each.behaviour, [each]);
      else known.push(each);
    }
    return [...byBehaviour].map(([behaviour, shown]) => {
      const times = shown.map(({ micros }) => micros).sort((left, right) => left - right);
      return this.#objects.put('sighting', times.at(-1)!, {
        first_seen: formatMicros(times[0]!),
        last_seen: formatMicros(times.at(-1)!),
        count: shown.length,
        sighting_of_ref: this.#pattern(behaviour),
        observed_data_refs: [...new Set(shown.map(({ id }) => observed.get(id)!))],
        ...(this.#input.operator === null ? {} : { where_sighted_refs: [producer] }),
        ...drillLabels(shown),
      });
    });
  }

  /** A behaviour as the advisory describes it, with the actor of whom it says so. */
  #pattern(behaviour: Behaviour): string {
    const { id, title, stage, attack, attackReplaced } = behaviour;
    const advisory = this.#advisories.get(id);
    const since = day(advisory?.modified ?? '2026-11-24');
    const techniques = attack.flatMap(each => {
      const now = attackReplaced[each];
      return [
        technique(each, 'ATT&CK v18'),
        ...(now === undefined ? [] : [technique(now, `ATT&CK v19, for ${each}`)]),
      ];
    });
    const pattern = this.#objects.put(
      'attack-pattern',
      since,
      {
        name: title,
        external_references: [{ source_name: 'huntaway', external_id: id }, ...techniques],
        kill_chain_phases: [
          // ATT&CK has no stage for staging: it counts to collection.
          { kill_chain_name: 'mitre-attack', phase_name: stage === 'staging' ? 'collection' : stage },
        ],
      },
      this.#objects.program,
    );
    if (advisory !== undefined) this.#reference(pattern, advisory, since);
    return pattern;
  }

  #reference(pattern: string, { actor, references, title }: Advisory, since: number): void {
    const { program } = this.#objects;
    const named = this.#objects.put(
      'intrusion-set',
      since,
      {
        name: actor.name,
        ...(actor.aliases.length === 0 ? {} : { aliases: actor.aliases }),
        description: `Whom the advisory "${title}" describes. A reference only: nothing in this bundle is attributed.`,
        external_references: references.map(({ title: source_name, url, date }) =>
          url === null ? { source_name, description: date } : { source_name, description: date, url },
        ),
      },
      program,
    );
    this.#objects.put(
      'relationship',
      since,
      {
        relationship_type: 'indicates',
        source_ref: pattern,
        target_ref: named,
        description:
          'The advisory describes the actor so. Others do the same; by itself this attributes nothing.',
        confidence: LOW,
      },
      program,
    );
  }

  #links(
    { links }: Intrusion,
    kept: readonly Evidence[],
    observed: ReadonlyMap<string, string>,
  ): readonly string[] {
    const times = new Map(kept.map(({ id, micros }) => [id, micros]));
    return links
      .filter(({ from, to }) => times.has(from) && times.has(to) && observed.get(from) !== observed.get(to))
      .slice(0, MOST_LINKS)
      .map(({ from, to, reason }) =>
        this.#objects.put('relationship', Math.max(times.get(from)!, times.get(to)!), {
          relationship_type: 'related-to',
          source_ref: observed.get(from)!,
          target_ref: observed.get(to)!,
          description: mask(reason),
        }),
      );
  }

  #incident(intrusion: Intrusion, view: CaseView, last: number, labels: Labels): string {
    return this.#objects.put('incident', view.aware ?? last, {
      name: mask(intrusion.summary),
      description: incidentText(view),
      ...labels,
    });
  }
}

const DAY = 86_400_000_000;

type Labels = { readonly labels?: readonly string[] };

/** Nobody must take what a drill wrote for a real thing. */
function drillLabels(evidence: readonly Evidence[]): Labels {
  const isDrill = evidence.some(({ host, fact }) =>
    [host, fact.host, fact.provider].some(name => name.toUpperCase().includes(DRILL_MARK)),
  );
  return isDrill ? { labels: [DRILL] } : {};
}

function technique(id: string, description: string): object {
  const url = `https://attack.mitre.org/techniques/${id.replace('.', '/')}`;
  return { source_name: 'mitre-attack', external_id: id, url, description };
}
