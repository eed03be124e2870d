/** Findings as JSON lines and in the formats made of them. */
export { correlationLine, type FiredCorrelation, summaryOf } from './correlation.ts';
export type { CorrelatedEvent, CorrelationFinding, EventFinding, Finding } from './finding.ts';
export { type FindingFormat, type Formatter, findingFormats } from './formats/index.ts';
export { levelOf } from './rule-parts.ts';
export { createFindingWriter, type FindingWriter } from './writer.ts';
