/** How a hunt did on a drill. */
export {
  parseReported,
  parseTruth,
  type ReportedEvidence,
  type ReportedIntrusion,
  type ReportedLink,
} from './reported.ts';
export { scoreDrill } from './score.ts';
