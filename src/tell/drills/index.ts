/** Drills: their kinds and scores, for people. */
export { renderDrillKinds, renderDrillScore } from './text.ts';
export { type DrillKind, type DrillScore, drillTargets, type ScoredIntrusion } from './types.ts';
