/** Intrusions: as JSON for programs, as a story for people. */
export { type FirstLines, renderFirst, renderUnfolded } from './first-lines.ts';
export { intrusionsText, type WrittenEvidence } from './json.ts';
export { renderIntrusions } from './render.ts';
export { strengthWords, verdictWords } from './words.ts';
