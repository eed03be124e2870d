/** Drills: safe synthetic logs of an intrusion with known ground truth. Log text is written, and nothing else. */
export { type Drill, type DrillFile, type DrillOptions, generateDrill } from './generate.ts';
export { type Scenario, scenarioByName, scenarios } from './scenarios/index.ts';
export type { TrueIntrusion, TrueLookalike, Truth, TruthEvent, TruthEvidence } from './truth.ts';
export type { LogFormat } from './world/site.ts';
