/** How a hunt did on a drill. */
export { parseTruth } from './parse-truth.ts';
export { scoreDrill } from './score.ts';
