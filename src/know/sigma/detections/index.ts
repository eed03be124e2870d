/** Detections: search identifiers and conditions → plans. */
export type { DetectionContext } from './item.ts';
export { compilePlan } from './plan.ts';
