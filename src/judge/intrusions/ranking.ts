/** Which of several rules on one event leads: the one that says most of what was done. Worked out once for each rule. */
import type { Behaviour, Gravity, Stage } from '../../know/advisories/index.ts';
import { levels } from '../../know/sigma/index.ts';
import type { JudgedFinding, JudgedRule } from '../types.ts';
import { compareFacts, compareGravity, compareTexts } from './item.ts';

export type Traits = {
  /** The gravest; null for a rule of somebody else's, which only supports, whatever level it says. */
  readonly behaviour: Behaviour | null;
  readonly gravity: Gravity;
  /** Steps that it places an event at with more than weak evidence. */
  readonly steps: readonly string[];
  /** As a reason. */
  readonly said: readonly string[];
};

export class Ranking {
  readonly #traits = new Map<JudgedRule, Traits>();

  traits(rule: JudgedRule): Traits {
    let traits = this.#traits.get(rule);
    if (traits === undefined) {
      traits = traitsOf(rule);
      this.#traits.set(rule, traits);
    }
    return traits;
  }

  /** In their order; what is told of the event stands first. */
  sort(findings: readonly JudgedFinding[]): readonly JudgedFinding[] {
    const ranked = findings.toSorted(this.compare);
    const lead = ranked[0]!;
    const graver = ranked.find(({ rule }) => this.#raises(rule, lead.rule));
    return graver === undefined ? ranked : [graver, ...ranked.filter(each => each !== graver)];
  }

  /**
   * Steps of all rules on one event, in their order. A correlation speaks of the set that the event stands in, so of an event
   * that rules know by itself it says nothing more: a hive that was saved before an archive was made is not packed by that.
   */
  steps(ranked: readonly JudgedFinding[]): readonly string[] {
    const isKnown = ranked.some(({ rule }) => this.#isOwn(rule));
    const telling = isKnown ? ranked.filter(({ rule }, at) => at === 0 || this.#isOwn(rule)) : ranked;
    return [...new Set(telling.flatMap(({ rule }) => this.traits(rule).steps))].sort();
  }

  /** Whether a set makes graver what its events are, and nothing else of them: a password file copied, and its key beside it. */
  #raises(set: JudgedRule, own: JudgedRule): boolean {
    if (set.kind !== 'correlation' || !set.decides || !this.#isOwn(own)) return false;
    const [graver, known] = [this.traits(set).behaviour, this.traits(own).behaviour];
    if (graver === null || known === null || graver.step === null || graver.step !== known.step) return false;
    return graver.stage === known.stage && compareGravity(graver.gravity, known.gravity) < 0;
  }

  #isOwn(rule: JudgedRule): boolean {
    return rule.kind !== 'correlation' && this.traits(rule).behaviour !== null;
  }

  /**
   * What decides before what does not, what speaks of the event before what speaks of a set, then by behaviour, the surer
   * rule first.
   */
  readonly compare = (a: JudgedFinding, b: JudgedFinding): number =>
    Number(b.rule.decides) - Number(a.rule.decides) ||
    Number(this.#isOwn(b.rule)) - Number(this.#isOwn(a.rule)) ||
    compareBehaviours(this.traits(a.rule).behaviour, this.traits(b.rule).behaviour) ||
    levelRank(b.rule) - levelRank(a.rule) ||
    kindRank[a.rule.kind] - kindRank[b.rule.kind] ||
    compareTexts(a.rule.id, b.rule.id) ||
    compareFacts(a.fact, b.fact);
}

function traitsOf(rule: JudgedRule): Traits {
  const behaviour = leadingBehaviour(rule);
  const steps = rule.behaviours.flatMap(({ step, gravity }) =>
    step === null || gravity === 'weak' || !rule.decides ? [] : [step],
  );
  return {
    behaviour,
    gravity: behaviour?.gravity ?? 'weak',
    steps: [...new Set(steps)].sort(),
    said: [behaviour === null ? rule.title : `${behaviour.title} (${behaviour.id})`],
  };
}

function leadingBehaviour({ behaviours }: JudgedRule): Behaviour | null {
  let lead: Behaviour | null = null;
  for (const behaviour of behaviours) {
    const order = compareBehaviours(behaviour, lead);
    if (order < 0 || (order === 0 && behaviour.id < lead!.id)) lead = behaviour;
  }
  return lead;
}

/** Of behaviours that are equally grave the one that says what was done leads, not the one that says how it was started. */
const stageRank: Readonly<Record<Stage, number>> = {
  'credential-access': 0,
  collection: 1,
  staging: 2,
  exfiltration: 3,
  'command-and-control': 4,
  persistence: 5,
  'defense-evasion': 6,
  'initial-access': 7,
  'lateral-movement': 8,
  execution: 9,
  discovery: 10,
};

function compareBehaviours(a: Behaviour | null, b: Behaviour | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return compareGravity(a.gravity, b.gravity) || stageRank[a.stage] - stageRank[b.stage];
}

const levelRank = ({ level }: JudgedRule): number => (level === null ? -1 : levels.indexOf(level));

const kindRank: Readonly<Record<JudgedRule['kind'], number>> = { rule: 0, correlation: 1, indicator: 2 };
