/** Findings as JSON lines and in the formats made of them. */
export { type FiredCorrelation, summaryOf, writeCorrelation } from './correlation.ts';
export type { CorrelatedEvent, CorrelationFinding, EventFinding, Finding } from './finding.ts';
export { type FindingFormat, type Formatter, findingFormatNames, findingFormats } from './formats/index.ts';
export { levelOf } from './rule-parts.ts';
export { createFindingWriter, type FindingWriter, type Seen } from './writer.ts';
