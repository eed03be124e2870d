/** The kinds of drills. A new one is a file and a line here. */
import { fullChain } from './full-chain.ts';
import type { Scenario } from './scenario.ts';

export type { Scenario } from './scenario.ts';

export const scenarios: readonly Scenario[] = [fullChain];

export function scenarioByName(name: string): Scenario | undefined {
  return scenarios.find(scenario => scenario.name === name);
}
