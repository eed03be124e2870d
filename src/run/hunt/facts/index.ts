/** What workers keep for judging: facts and evidence, and how they are put together. */
export {
  type FiredEvents,
  type FoundEvidence,
  type Gathered,
  type GatherOptions,
  gatherEvidence,
  MOST_EVIDENCE,
} from './gather.ts';
export {
  type EvidenceRequest,
  FACT_MEMORY,
  FactKeeper,
  type Observed,
  observedTransferables,
} from './keeper.ts';
export { type WantedEvidence, wantedEvidence } from './wanted.ts';
