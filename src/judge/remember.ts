/** What a judgement teaches the memory: who was exposed, how accounts were used, and which periods the logs covered. */
import type { FactSource } from '../read/entities/index.ts';
import type { EventSet } from './baseline/index.ts';
import {
  expose,
  learnPasswordChanges,
  learnPeriods,
  learnUses,
  type Memory,
  type Theft,
} from './memory/index.ts';
import type { Naming } from './naming.ts';

/** `evidence` are `eventKey`s: an intruder must not become usual by having been seen once. */
export function rememberedAfter(
  memory: Memory,
  thefts: readonly Theft[],
  facts: FactSource,
  names: Naming,
  evidence: EventSet,
): Memory {
  const taught = learnPeriods(
    learnPasswordChanges(learnUses(memory, facts, names, evidence), facts, names),
    facts,
    names,
  );
  return thefts.reduce(expose, taught);
}
