/** Telling: what people and machines read. Everything printed of a log passes through here. */
export {
  type AdvisoryReport,
  advisoriesJson,
  advisoryCheckJson,
  advisoryJson,
  type ListedAdvisory,
  renderAdvisories,
  renderAdvisory,
  renderAdvisoryCheck,
  starterFiles,
  type ToldTest,
} from './advisories/index.ts';
export { ByteWriter } from './bytes/byte-writer.ts';
export { caseWords, renderCases, renderDecision, saidEntry, saidState } from './cases/index.ts';
export {
  type CheckReport,
  countSeverities,
  problemsJson,
  problemsSarif,
  renderProblems,
  summaryLine,
} from './checks/index.ts';
export {
  type CollectFormat,
  type CollectScript,
  collectedChannels,
  collectScript,
  isChannelName,
  isFolderName,
  type Since,
} from './collect/index.ts';
export { comparisonText, renderComparison } from './compare/index.ts';
export {
  type Check,
  type CheckGroup,
  type Diagnosis,
  renderDiagnosis,
  type Verdict,
} from './diagnosis/index.ts';
export {
  type DrillKind,
  type DrillScore,
  drillTargets,
  renderDrillKinds,
  renderDrillScore,
  type ScoredIntrusion,
} from './drills/index.ts';
export { createEventWriter, type EventLayout, type EventWriter } from './events/index.ts';
export {
  type CorrelationExplanation,
  type CorrelationOutcome,
  type DocumentExplanation,
  type EventLabel,
  type ExplanationOptions,
  explanationJson,
  type Feed,
  type FeedOutcome,
  type FilterExplanation,
  type FilterOutcome,
  type RuleExplanation,
  type RuleOutcome,
  renderExplanation,
} from './explanations/index.ts';
export {
  type CorrelatedEvent,
  type CorrelationFinding,
  createFindingWriter,
  type EventFinding,
  type Finding,
  type FindingFormat,
  type FindingWriter,
  type FiredCorrelation,
  type Formatter,
  findingFormatNames,
  findingFormats,
  summaryOf,
  writeCorrelation,
} from './findings/index.ts';
export {
  type FirstLines,
  intrusionsText,
  renderFirst,
  renderIntrusions,
  renderUnfolded,
  strengthWords,
  verdictWords,
} from './intrusions/index.ts';
export { jsonText } from './json-text.ts';
export {
  type FollowedLogons,
  type KnownAs,
  type LookAnswer,
  lookText,
  renderLook,
  renderLookSummary,
  type SeenOnHost,
  type ShownRecord,
  type Stretch,
  type TermAnswer,
} from './look/index.ts';
export { mask, maskedValue } from './masking/index.ts';
export { type MemoryPlace, renderMemory, tellForgotten } from './memory/index.ts';
export { navigatorText } from './navigator/index.ts';
export * from './page/index.ts';
export {
  completionScript,
  manualPage,
  type ProgramCommand,
  type ProgramFlag,
  type ProgramTable,
  type Shell,
  shells,
} from './program/index.ts';
export {
  type ListedCorrelation,
  type ListedRoute,
  type ListedRule,
  renderRuleTable,
  rulesCsv,
  rulesJson,
  rulesJsonl,
} from './rules/index.ts';
export { type StixInput, stixText } from './stix/index.ts';
export {
  exampleText,
  type FileTrouble,
  type FindingGroup,
  grouped,
  type LedgerCounts,
  plain,
  type RuleLabel,
  renderLedgerLine,
  renderRest,
  renderSummary,
  renderTable,
  type Summary,
  type TableOptions,
} from './terminal/index.ts';
export {
  type CheckedFile,
  type FileStatus,
  renderVerification,
  type Verification,
} from './verification/index.ts';
export { visibilityText, type WrittenVisibility } from './visibility/index.ts';
