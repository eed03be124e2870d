/**
 * What a judgement teaches the memory: who was exposed, how accounts were used, and which periods the logs covered; and
 * whether it may be used at all: a memory is of a drill or of a site, and neither speaks of the other's accounts.
 */
import type { FactSource } from '../read/entities/index.ts';
import {
  emptyMemory,
  expose,
  isBlank,
  isDrill,
  learnPasswordChanges,
  learnPeriods,
  type Memory,
  mergeMemories,
  type SeenUse,
  type Theft,
  type UsedDays,
} from './memory/index.ts';
import type { Naming } from './naming.ts';

/** What was learnt of uses: each with what memory knew before. */
export type Taught = { readonly uses: readonly SeenUse[]; readonly days: readonly UsedDays[] };

/** The memory as a hunt of logs of these hosts may use it; null where it is of the other kind. */
export function memoryFor(memory: Memory, hosts: readonly string[]): Memory | null {
  const drill = hosts.length > 0 && hosts.every(host => isDrill(host));
  if (isBlank(memory)) return { ...memory, drill };
  return memory.drill === drill ? memory : null;
}

export function rememberedAfter(
  memory: Memory,
  thefts: readonly Theft[],
  taught: Taught,
  facts: FactSource,
  names: Naming,
): Memory {
  const { drill } = memory;
  const learnt = mergeMemories(memory, { ...emptyMemory(), drill, ...taught });
  return thefts.reduce(expose, learnPeriods(learnPasswordChanges(learnt, facts, names), facts, names));
}
