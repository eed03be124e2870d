/** Drills: safe synthetic logs of an intrusion with known ground truth. Log text is written, and nothing else. */
export { type DrillRun, drill, listDrills, scoreDrillRun } from './commands.ts';
export { type Drill, type DrillFile, type DrillOptions, generateDrill } from './generate.ts';
export { type Scenario, scenarioByName, scenarios } from './scenarios/index.ts';
export { parseTruth, scoreDrill } from './score/index.ts';
export type { TrueIntrusion, TrueLookalike, Truth, TruthEvent, TruthEvidence } from './truth.ts';
export type { TrueBlinding, TrueSource } from './visibility.ts';
export type { LogFormat } from './world/site.ts';
export { SITE_FILE, writeDrill } from './write.ts';
